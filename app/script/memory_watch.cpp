#include "app/script/memory_watch.h"

#include <fcntl.h>
#include <unistd.h>
#include <chrono>
#include <cstdio>
#include <thread>

namespace hindcast::script {

std::size_t MemoryWatch::resident()
{
    const int file = ::open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    char text[128]{};
    const ssize_t got = ::read(file, text, sizeof text - 1);
    ::close(file);
    unsigned long whole = 0;
    unsigned long pages = 0;
    if (got <= 0 || std::sscanf(text, "%lu %lu", &whole, &pages) != 2) return 0;
    return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

void MemoryWatch::start()
{
    std::thread([this] {
        while (true) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            const std::size_t most = limit_;
            if (most == 0 || resident() <= most) continue;
            progress_->reason = 1;
            ::_exit(kExitMemory);
        }
    }).detach();
}

}  // namespace hindcast::script
