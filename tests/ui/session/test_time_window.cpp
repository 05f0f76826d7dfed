#include "ui/session/time_window.h"

#include <QSignalSpy>
#include <QtTest>

#include <cmath>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
Timestamp at(std::int64_t seconds) { return Timestamp::fromSeconds(seconds); }

}  // namespace

class TestTimeWindow : public QObject {
    Q_OBJECT
private slots:
    void fittingShowsTheExtentWithAMargin()
    {
        TimeWindow window;
        window.setExtent(at(1000), at(2000));
        window.fit();
        QVERIFY(window.from() < at(1000) && window.from() > at(900));
        QVERIFY(window.to() > at(2000) && window.to() < at(2100));
    }

    void aSingleInstantGetsAMinuteAround()
    {
        TimeWindow window;
        window.setExtent(at(1000), at(1000));
        window.fit();
        QCOMPARE(window.span(), 60 * kSecond);
    }

    void zoomingKeepsTheFixedTimeInPlace()
    {
        TimeWindow window;
        window.setExtent(at(0), at(1'000'000));
        window.fit();
        const auto share = [&] {
            return static_cast<double>(at(300'000).ns - window.from().ns) / static_cast<double>(window.span());
        };
        const double before = share();
        for (int i = 0; i < 10; ++i) window.zoomAbout(at(300'000), 1.5);
        QVERIFY(std::abs(share() - before) < 1e-6);
    }

    void zoomingEndsAtAMicrosecondAndAtTheExtent()
    {
        TimeWindow window;
        window.setExtent(at(0), at(1000));
        window.fit();
        const std::int64_t whole = window.span();
        for (int i = 0; i < 200; ++i) window.zoomAbout(at(500), 2);
        QCOMPARE(window.span(), std::int64_t{1000});
        for (int i = 0; i < 200; ++i) window.zoomAbout(at(500), 0.5);
        QCOMPARE(window.span(), whole);
    }

    void panningKeepsTheSpanAndStopsNearTheExtent()
    {
        TimeWindow window;
        window.setExtent(at(0), at(1000));
        window.set(at(0), at(100));
        window.panBy(50 * kSecond);
        QCOMPARE(window.from(), at(50));
        QCOMPARE(window.span(), 100 * kSecond);
        window.panBy(INT64_MAX / 2);
        QCOMPARE(window.from(), at(950));
        window.panBy(-(INT64_MAX / 2));
        QCOMPARE(window.from(), at(-50));
    }

    void revealingMovesByNoMoreThanIsNeeded()
    {
        TimeWindow window;
        window.set(at(0), at(120));
        QSignalSpy changed(&window, &TimeWindow::changed);
        window.reveal(at(60));
        QCOMPARE(changed.count(), 0);
        window.reveal(at(150));
        QCOMPARE(window.from(), at(40));
        window.reveal(at(20));
        QCOMPARE(window.from(), at(10));
        QCOMPARE(window.span(), 120 * kSecond);
    }

    void turningThePageShowsWhatComesButNoFartherThanTheEnd()
    {
        TimeWindow window;
        window.setExtent(at(0), at(1'000));
        window.set(at(0), at(120));
        QSignalSpy changed(&window, &TimeWindow::changed);
        window.turnTo(at(119));
        QCOMPARE(changed.count(), 0);
        window.turnTo(at(120));
        QCOMPARE(window.from(), at(110));
        window.turnTo(at(950));
        QCOMPARE(window.to(), at(1'010));
        window.turnTo(at(20));  // a loop begins anew
        QCOMPARE(window.from(), at(10));
        QCOMPARE(window.span(), 120 * kSecond);
    }

    void afterAResetNothingIsLeftOfWhatWas()
    {
        TimeWindow fresh;
        fresh.fit();
        TimeWindow window;
        window.setExtent(at(1000), at(2000));
        window.setLimits(at(0), at(9000));
        window.fit();
        QSignalSpy changed(&window, &TimeWindow::changed);
        window.reset();
        QCOMPARE(changed.count(), 1);
        QCOMPARE(window.from(), fresh.from());
        QCOMPARE(window.to(), fresh.to());
        QCOMPARE(window.limitFirst(), fresh.limitFirst());
        QCOMPARE(window.limitLast(), fresh.limitLast());
        QVERIFY(window.isFitted());
        window.reset();
        QCOMPARE(changed.count(), 1);
    }

    void theEndsOfTimeDoNotOverflow()
    {
        TimeWindow window;
        window.setExtent(Timestamp::min(), Timestamp::max());
        window.fit();
        QVERIFY(window.span() > 0);
        window.zoomAbout(Timestamp::max(), 3);
        window.panBy(INT64_MAX);
        window.panBy(INT64_MIN);
        window.reveal(Timestamp::max());
        window.turnTo(Timestamp::max());
        window.turnTo(Timestamp::min());
        QVERIFY(window.span() > 0);
        QVERIFY(window.from() < window.to());
    }
};

QTEST_GUILESS_MAIN(TestTimeWindow)
#include "test_time_window.moc"
