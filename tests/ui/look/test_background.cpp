#include "ui/look/background.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace hindcast::ui;

class TestBackground final : public QObject {
    Q_OBJECT
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
