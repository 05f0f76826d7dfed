#include "ui/session/task_thread.h"

#include <algorithm>
#include <utility>

namespace hindcast::ui {

TaskThread::TaskThread() : thread_([this] { run(); }) {}

TaskThread::~TaskThread() { end(); }

void TaskThread::end()
{
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
        for (auto& task : waiting_) task.reset();
        stop_.request_stop();
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void TaskThread::post(std::size_t kind, Task task) { postBefore(kind, kKinds, std::move(task)); }

void TaskThread::postBefore(std::size_t kind, std::size_t from, Task task)
{
    {
        const std::scoped_lock lock(mutex_);
        if (ending_) return;
        waiting_[kind] = std::move(task);
        if (running_ && *running_ >= from) stop_.request_stop();
    }
    wake_.notify_all();
}

void TaskThread::postUnlessWaiting(std::size_t kind, Task task)
{
    {
        const std::scoped_lock lock(mutex_);
        if (ending_ || waiting_[kind]) return;
        waiting_[kind] = std::move(task);
    }
    wake_.notify_all();
}

void TaskThread::cancel(std::size_t kind)
{
    const std::scoped_lock lock(mutex_);
    waiting_[kind].reset();
    if (running_ == kind) stop_.request_stop();
}

bool TaskThread::busy() const
{
    const std::scoped_lock lock(mutex_);
    return running_.has_value() ||
           std::any_of(waiting_.begin(), waiting_.end(), [](const auto& task) { return task.has_value(); });
}

void TaskThread::run()
{
    std::unique_lock lock(mutex_);
    while (true) {
        const auto next = std::find_if(waiting_.begin(), waiting_.end(), [](const auto& task) { return task.has_value(); });
        if (ending_) return;
        if (next == waiting_.end()) {
            wake_.wait(lock);
            continue;
        }
        Task task = std::move(**next);
        next->reset();
        running_ = static_cast<std::size_t>(next - waiting_.begin());
        stop_ = std::stop_source();
        const std::stop_token token = stop_.get_token();
        lock.unlock();
        task(token);
        task = nullptr;  // what it held is freed here, before the thread counts as idle
        lock.lock();
        running_.reset();
    }
}

}  // namespace hindcast::ui
