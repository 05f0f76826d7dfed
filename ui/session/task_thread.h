#pragma once
#include <array>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace hindcast::ui {

/// A long-lived thread with one place a kind of task. A task that still waits is replaced by a newer one of its kind, so a
/// scrubbed playhead costs one replay, not hundreds. The lowest kind goes first.
/// Threads: post() and the rest from any; tasks run on the thread, one at a time.
class TaskThread {
public:
    static constexpr std::size_t kKinds = 16;
    /// The token is asked to stop when the task is interrupted, cancelled, or the thread ends.
    using Task = std::move_only_function<void(const std::stop_token&)>;

    TaskThread();
    ~TaskThread();  ///< end()
    TaskThread(const TaskThread&) = delete;
    TaskThread& operator=(const TaskThread&) = delete;

    /// REQUIRES: kind < kKinds.
    void post(std::size_t kind, Task task);
    /// As post(); a running task of kind `from` or higher is asked to stop, to make room.
    void postBefore(std::size_t kind, std::size_t from, Task task);
    /// As post(), but a task of that kind that waits already stays. For what goes on after an interruption.
    void postUnlessWaiting(std::size_t kind, Task task);
    /// Drops the waiting task of that kind and asks a running one to stop.
    void cancel(std::size_t kind);
    [[nodiscard]] bool busy() const;
    /// Drops what waits, asks what runs to stop, and joins. Posting does nothing from then on, so two threads that post to each
    /// other can be ended one after the other.
    void end();

private:
    void run();

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::array<std::optional<Task>, kKinds> waiting_;
    std::optional<std::size_t> running_;
    std::stop_source stop_;  ///< of the running task
    bool ending_ = false;
    std::thread thread_;  ///< last: starts when everything else is there
};

}  // namespace hindcast::ui
