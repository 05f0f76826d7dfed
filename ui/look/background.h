#pragma once
#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>
#include <QThreadPool>

#include <memory>
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

}  // namespace hindcast::ui
