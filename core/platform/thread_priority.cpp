#include "core/platform/thread_priority.h"

#if defined(__linux__)
#include <sys/resource.h>
#endif

namespace hindcast::platform {

void lowerThisThread()
{
#if defined(__linux__)
    // On Linux a nice value belongs to a thread, and 0 is the calling one.
    constexpr int kNice = 10;
    (void)setpriority(PRIO_PROCESS, 0, kNice);
#endif
}

}  // namespace hindcast::platform
