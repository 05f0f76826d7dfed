#pragma once
#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>
#include <QThreadPool>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace hindcast::ui {

/// Runs `work` on the global pool and `done(result)` on `context`'s thread; dropped where `context` is gone by then. For pure
/// functions over values and shared immutable data that take longer than a frame; whatever touches a store belongs to Session.
/// `work` captures by value only. Stale answers are the caller's to tell (a generation number in `done`).
/// Threads: call it on `context`'s own thread.
template <class Work, class Done>
void inBackground(QObject* context, Work work, Done done)
{
    using R = decltype(work());
    auto promise = std::make_shared<QPromise<R>>();
    // A watcher dies with the context; QFuture::then(context, …) of Qt 6.4 asserts where the context is gone when work ends.
    auto* watcher = new QFutureWatcher<R>(context);
    QObject::connect(watcher, &QFutureWatcher<R>::finished, context, [watcher, done = std::move(done)]() mutable {
        watcher->deleteLater();
        done(watcher->future().takeResult());
    });
    watcher->setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, work = std::move(work)]() mutable {
        promise->start();
        promise->addResult(work());
        promise->finish();
    });
}

/// The same, one at a time and each for the sake of the latest: what is asked while a task runs waits for its end, and is replaced by
/// what is asked after it. So quick hands never queue walks over a million events. Threads: as inBackground().
template <class Task, class Result>
class LatestTask {
public:
    using Work = Result (*)(const Task&);
    /// `overtaken`: something later has been asked, and will be told. Called on `context`'s thread, which must own this object.
    using Done = std::function<void(Result result, bool overtaken)>;

    LatestTask(QObject* context, Work work, Done done) : context_(context), work_(work), done_(std::move(done)) {}
    void ask(Task task)
    {
        if (isRunning()) {
            waiting_ = std::move(task);
            return;
        }
        run(std::move(task));
    }
    /// Nothing of what has been asked is told.
    void cancel()
    {
        ++generation_;
        running_ = 0;
        waiting_.reset();
    }
    [[nodiscard]] bool isRunning() const { return running_ != 0; }

private:
    void run(Task task)
    {
        running_ = ++generation_;
        inBackground(
            context_, [work = work_, task = std::move(task)] { return work(task); },
            [this, of = generation_](Result result) {
                if (of != running_) return;
                running_ = 0;
                std::optional<Task> next = std::exchange(waiting_, std::nullopt);
                const bool overtaken = next.has_value();
                if (next) run(std::move(*next));
                done_(std::move(result), overtaken);
            });
    }

    QObject* context_;
    Work work_;
    Done done_;
    std::uint64_t generation_ = 0;
    std::uint64_t running_ = 0;  ///< its generation
    std::optional<Task> waiting_;
};

}  // namespace hindcast::ui
