#pragma once
#include <csignal>
#include <stop_token>
#include <thread>

namespace hindcast::platform {

/// While it lives, the first Ctrl+C (SIGINT) or SIGTERM requests a stop instead of ending the program; the second one ends it.
/// A thread of its own waits for them, since next to nothing may be done inside a signal handler: to request a stop runs callbacks,
/// and they take locks. To be made before any other thread, which then leaves the signals to this one. POSIX.
class StopOnSignal {
public:
    /// `stop` must outlive this object.
    explicit StopOnSignal(std::stop_source& stop);
    ~StopOnSignal();
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

private:
    sigset_t before_{};
    std::jthread thread_;
};

}  // namespace hindcast::platform
