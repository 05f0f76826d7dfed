#include "core/platform/stop_on_signal.h"

#include <pthread.h>

namespace hindcast::platform {

namespace {

sigset_t interrupts()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

void endBy(int signal)
{
    std::signal(signal, SIG_DFL);
    const sigset_t set = interrupts();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
    std::raise(signal);
}

}  // namespace

StopOnSignal::StopOnSignal(std::stop_source& stop)
{
    const sigset_t set = interrupts();
    pthread_sigmask(SIG_BLOCK, &set, &before_);
    thread_ = std::jthread([&stop, set](const std::stop_token& ended) {
        int signal = 0;
        while (sigwait(&set, &signal) == 0 && !ended.stop_requested()) {
            if (stop.stop_requested()) endBy(signal);
            stop.request_stop();
        }
    });
}

StopOnSignal::~StopOnSignal()
{
    thread_.request_stop();
    // Out of its wait, where the signal is taken and ends nothing. NOLINTNEXTLINE(bugprone-bad-signal-to-kill-thread)
    pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace hindcast::platform
