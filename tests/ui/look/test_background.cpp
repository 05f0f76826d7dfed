#include "ui/look/background.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace hindcast::ui;

class TestBackground final : public QObject {
    Q_OBJECT
    static QSemaphore& begun()
    {
        static QSemaphore semaphore;
        return semaphore;
    }
    static QSemaphore& goOn()
    {
        static QSemaphore semaphore;
        return semaphore;
    }
private slots:
    void workRunsElsewhereAndItsResultComesHome()
    {
        QThread* worker = nullptr;
        QThread* home = nullptr;
        int result = 0;
        inBackground(
            this,
            [&worker] {
                worker = QThread::currentThread();
                return 42;
            },
            [&](int value) {
                home = QThread::currentThread();
                result = value;
            });
        QTRY_COMPARE(result, 42);
        QCOMPARE(home, QThread::currentThread());
        QVERIFY(worker != home);
    }

    void aContextThatIsGoneDropsTheResult()
    {
        auto context = std::make_unique<QObject>();
        QSemaphore begun;
        QSemaphore goOn;
        bool told = false;
        inBackground(
            context.get(),
            [&begun, &goOn] {
                begun.release();
                goOn.acquire();
                return 1;
            },
            [&told](int) { told = true; });
        begun.acquire();
        context.reset();
        goOn.release();
        QVERIFY(QThreadPool::globalInstance()->waitForDone(5000));
        QCoreApplication::processEvents();
        QVERIFY(!told);
    }

    void whatIsAskedMeanwhileIsReplacedByWhatIsAskedLast()
    {
        std::vector<std::pair<int, bool>> told;
        LatestTask<int, int> latest(
            this,
            [](const int& task) {
                begun().release();
                goOn().acquire();
                return task;
            },
            [&told](int result, bool overtaken) { told.emplace_back(result, overtaken); });
        latest.ask(1);
        begun().acquire();
        for (int i = 2; i < 100; ++i) latest.ask(i);
        goOn().release(2);
        QTRY_COMPARE(told.size(), std::size_t{2});
        QCOMPARE(told[0], (std::pair{1, true}));
        QCOMPARE(told[1], (std::pair{99, false}));
        QVERIFY(!latest.isRunning());
        begun().acquire();
    }

    void whatIsCancelledIsNeverTold()
    {
        std::vector<int> told;
        LatestTask<int, int> latest(
            this,
            [](const int& task) {
                begun().release();
                goOn().acquire();
                return task;
            },
            [&told](int result, bool) { told.push_back(result); });
        latest.ask(1);
        begun().acquire();
        latest.ask(2);
        latest.cancel();
        QVERIFY(!latest.isRunning());
        latest.ask(3);
        goOn().release(2);
        QTRY_COMPARE(told, std::vector<int>{3});
        QVERIFY(QThreadPool::globalInstance()->waitForDone(5000));
        QCoreApplication::processEvents();
        QCOMPARE(told, std::vector<int>{3});
    }

    void aResultOnItsWayIsDroppedWithItsContext()
    {
        auto context = std::make_unique<QObject>();
        bool told = false;
        inBackground(context.get(), [] { return 7; }, [&told](int) { told = true; });
        QVERIFY(QThreadPool::globalInstance()->waitForDone(5000));
        context.reset();
        QCoreApplication::processEvents();
        QVERIFY(!told);
    }
};

QTEST_GUILESS_MAIN(TestBackground)
#include "test_background.moc"
