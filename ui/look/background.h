#pragma once
#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace hindcast::ui {

/// Runs `work` on the global pool and `done(result)` on `context`'s thread; dropped where `context` is gone by then. For pure
/// functions over values and shared immutable data that take longer than a frame; whatever touches a store belongs to Session.
/// `work` captures by value only. Stale answers are the caller's to tell (a generation number in `done`).
template <class Work, class Done>
void inBackground(QObject* context, Work work, Done done)
{
    using R = decltype(work());
    auto promise = std::make_shared<QPromise<R>>();
    promise->future().then(context, [done = std::move(done)](R result) mutable { done(std::move(result)); });
    QThreadPool::globalInstance()->start([promise, work = std::move(work)]() mutable {
        promise->start();
        promise->addResult(work());
        promise->finish();
    });
}

}  // namespace hindcast::ui
