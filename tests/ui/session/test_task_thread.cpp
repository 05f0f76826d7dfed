#include "ui/session/task_thread.h"

#include <QtTest>

#include <atomic>
#include <future>
#include <vector>

using hindcast::ui::TaskThread;

namespace {

/// A thread that is busy with its first task, so that what is posted waits.
struct HeldThread {
    std::promise<void> begun, goOn;
    TaskThread thread;

    HeldThread()
    {
        thread.post(0, [this](const std::stop_token&) {
            begun.set_value();
            goOn.get_future().wait();
        });
        begun.get_future().wait();
    }
    void goOnUntilIdle()
    {
        std::promise<void> done;
        thread.post(TaskThread::kKinds - 1, [&](const std::stop_token&) { done.set_value(); });
        goOn.set_value();
        done.get_future().wait();
    }
};

}  // namespace

class TestTaskThread : public QObject {
    Q_OBJECT
private slots:
    void onlyTheNewestWaitingTaskOfAKindRuns()
    {
        std::vector<int> ran;
        HeldThread held;
        for (int i = 0; i < 100; ++i) held.thread.post(1, [&ran, i](const std::stop_token&) { ran.push_back(i); });
        held.goOnUntilIdle();
        QCOMPARE(ran, std::vector<int>{99});
    }

    void theLowestKindGoesFirst()
    {
        std::vector<int> ran;
        HeldThread held;
        for (const int kind : {5, 3, 4})
            held.thread.post(static_cast<std::size_t>(kind), [&ran, kind](const std::stop_token&) { ran.push_back(kind); });
        held.goOnUntilIdle();
        QCOMPARE(ran, (std::vector<int>{3, 4, 5}));
    }

    void whatRunsIsInterruptedForSomethingMoreUrgentAndMayGoOnLater()
    {
        std::promise<void> begun;
        std::promise<void> done;
        std::vector<int> order;
        TaskThread thread;
        thread.post(5, [&](const std::stop_token& stop) {
            begun.set_value();
            while (!stop.stop_requested()) std::this_thread::yield();
            order.push_back(1);
            thread.postUnlessWaiting(5, [&](const std::stop_token&) {
                order.push_back(3);
                done.set_value();
            });
        });
        begun.get_future().wait();
        thread.postBefore(2, 5, [&](const std::stop_token&) { order.push_back(2); });
        done.get_future().wait();
        QCOMPARE(order, (std::vector<int>{1, 2, 3}));
    }

    void endingStopsWhatRunsAndDropsWhatWaits()
    {
        std::promise<void> begun;
        std::atomic<bool> stopped = false;
        std::atomic<bool> dropped = true;
        {
            TaskThread thread;
            thread.post(0, [&](const std::stop_token& stop) {
                begun.set_value();
                while (!stop.stop_requested()) std::this_thread::yield();
                stopped = true;
            });
            begun.get_future().wait();
            thread.post(1, [&](const std::stop_token&) { dropped = false; });
            thread.end();
            thread.post(1, [&](const std::stop_token&) { dropped = false; });
            QVERIFY(!thread.busy());
        }
        QVERIFY(stopped);
        QVERIFY(dropped);
    }
};

QTEST_GUILESS_MAIN(TestTaskThread)
#include "test_task_thread.moc"
