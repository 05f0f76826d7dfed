#include "ui/session/playback.h"

#include <QSignalSpy>
#include <QtTest>

#include <cmath>
#include <numeric>

using namespace hindcast;
using namespace hindcast::ui;
using namespace std::chrono_literals;

namespace {

using Unit = PlaybackSpeed::Unit;
using State = Playback::State;

constexpr std::int64_t kBegin = 1'700'000'000;  // of the tests' seconds: the epoch itself stands for no time at all

Timestamp sec(double seconds) { return Timestamp::fromSeconds(kBegin).plus(std::llround(seconds * 1e9)); }

/// An event at each of these seconds.
std::shared_ptr<replay::History> life(const std::vector<std::int64_t>& seconds, std::uint32_t entity = 1)
{
    auto out = std::make_shared<replay::History>();
    out->entity = EntityId{entity};
    for (std::size_t i = 0; i < seconds.size(); ++i) {
        replay::HistoryEvent event;
        event.id = EventId{PartId{entity}, Offset{static_cast<std::int64_t>(i)}};
        event.time = event.effective = Timestamp::fromSeconds(kBegin + seconds[i]);
        out->events.push_back(event);
    }
    return out;
}

/// A playhead that is played by a clock of the test's.
struct Player {
    explicit Player(std::shared_ptr<replay::History> history = nullptr)
    {
        if (history) playhead.setHistory(std::move(history));
        playback.setSpeed({Unit::Times, 1});
        playback.setSkipsQuiet(false);
    }
    /// So much time goes by, and a frame is due.
    void after(std::chrono::nanoseconds time)
    {
        now += time;
        playback.frame();
    }
    /// The same, frame by frame, as a window does.
    void watch(std::chrono::milliseconds time)
    {
        for (auto left = time; left > 0ms; left -= Playback::kFrame)
            after(std::min<std::chrono::milliseconds>(left, Playback::kFrame));
    }
    void playFrom(Timestamp time)
    {
        playhead.setTime(time);
        playback.play();
    }
    [[nodiscard]] std::uint64_t version() const { return playhead.version().value; }

    std::chrono::nanoseconds now{5'000s};
    Playhead playhead;
    Marks marks;
    Playback playback{playhead, marks, nullptr, [this] { return now; }};
};

}  // namespace

class TestPlayback : public QObject {
    Q_OBJECT
private slots:
    void timeGoesByAsItHappened()
    {
        Player at(life({10, 20, 30}));
        at.playFrom(sec(10));
        QCOMPARE(at.playback.state(), State::Playing);
        at.after(2s);
        QCOMPARE(at.playhead.time(), sec(12));
        QCOMPARE(at.version(), std::uint64_t{1});
        at.after(7s);
        at.after(1500ms);
        QCOMPARE(at.playhead.time(), sec(20.5));
        QCOMPARE(at.version(), std::uint64_t{2});
    }

    void timeGoesByAsManyTimesAsFast_data()
    {
        QTest::addColumn<double>("rate");
        for (const double rate : offeredRates(Unit::Times)) QTest::addRow("x%.0f", rate) << rate;
        QTest::newRow("a choice of one's own") << 2.5;
        QTest::newRow("slower than it happened") << 0.5;
    }
    void timeGoesByAsManyTimesAsFast()
    {
        QFETCH(double, rate);
        Player at(life({0, 100'000'000}));
        at.playback.setSpeed({Unit::Times, rate});
        at.playFrom(sec(1'000));
        at.watch(4s);
        // Digits that nobody could read are cut.
        const double off = (sec(1'000 + 4 * rate).ns - at.playhead.time().ns) / 1e9;
        QVERIFY2(off >= 0 && off <= rate * 0.016, qPrintable(QString::number(off)));
        if (rate >= 1'000) QCOMPARE(at.playhead.time().ns % 1'000'000'000, 0);
        QCOMPARE(at.playhead.time().ns % 1'000'000, 0);
    }

    void aLateFrameLeadsToWhereOneShouldBeByThen()
    {
        Player at(life({0, 1'000}));
        Player late(life({0, 1'000}));
        for (Player* one : {&at, &late}) {
            one->playback.setSpeed({Unit::Times, 10});
            one->playFrom(sec(1));
        }
        at.watch(7s);
        late.after(7s);
        QCOMPARE(late.playhead.time(), at.playhead.time());
    }

    void itStandsAtOneEventAfterTheOther()
    {
        Player at(life({10, 20, 20, 5'000}));
        at.playback.setSpeed({Unit::EventsPerSecond, 2});
        at.playhead.setVersion(Version{1});
        at.playback.play();
        at.watch(490ms);
        QCOMPARE(at.version(), std::uint64_t{1});
        at.after(10ms);
        QCOMPARE(at.version(), std::uint64_t{2});  // also where two have the same time
        QCOMPARE(at.playhead.time(), sec(20));
        at.after(500ms);
        QCOMPARE(at.version(), std::uint64_t{3});
        at.after(500ms);
        QCOMPARE(at.version(), std::uint64_t{4});
        QCOMPARE(at.playhead.time(), sec(5'000));
        QCOMPARE(at.playback.state(), State::Paused);
        QVERIFY(at.playback.isAtEnd());
    }

    void moreEventsThanFramesAreTakenSeveralAtATime()
    {
        std::vector<std::int64_t> seconds(10'000);
        std::iota(seconds.begin(), seconds.end(), 0);
        Player at(life(seconds));
        at.playback.setSpeed({Unit::EventsPerSecond, 1'000});
        at.playhead.setVersion(Version{1});
        at.playback.play();
        QSignalSpy moved(&at.playhead, &Playhead::moved);
        at.watch(1'600ms);
        QCOMPARE(at.version(), std::uint64_t{1'601});
        QVERIFY(moved.count() <= 100);
    }

    void fromBetweenTwoEventsItGoesToTheNext()
    {
        Player at(life({10, 20, 30}));
        at.playback.setSpeed({Unit::EventsPerSecond, 1});
        at.playFrom(sec(15));
        at.after(1s);
        QCOMPARE(at.version(), std::uint64_t{2});
    }

    void atTheEndItPausesAndBeginsAnewFromThere()
    {
        Player at(life({10, 20, 30}));
        at.playFrom(sec(29));
        at.after(5s);
        QCOMPARE(at.playhead.time(), sec(30));
        QCOMPARE(at.version(), std::uint64_t{3});
        QCOMPARE(at.playback.state(), State::Paused);
        QVERIFY(at.playback.isAtEnd());
        at.playback.play();
        QVERIFY(!at.playback.isAtEnd());
        QCOMPARE(at.playhead.time(), sec(10));
        at.after(1s);
        QCOMPARE(at.playhead.time(), sec(11));
    }

    void whoStandsBeforeTheFirstEventBeginsAtIt()
    {
        Player at(life({10, 20, 30}));
        at.playFrom(sec(-500'000));
        QCOMPARE(at.playhead.time(), sec(10));
        at.playback.pause();
        at.playback.setSpeed({Unit::EventsPerSecond, 1});
        at.playhead.setVersion(Version{0});
        at.playback.play();
        QCOMPARE(at.version(), std::uint64_t{1});
    }

    void itGoesOnFromWhereItPaused()
    {
        Player at(life({10, 20, 30}));
        at.playFrom(sec(12));
        at.after(1s);
        at.playback.toggle();
        QCOMPARE(at.playback.state(), State::Paused);
        QVERIFY(!at.playback.isAtEnd());
        at.after(60s);
        QCOMPARE(at.playhead.time(), sec(13));
        at.playback.toggle();
        at.after(1s);
        QCOMPARE(at.playhead.time(), sec(14));
    }

    void whoeverElseMovesThePlayheadPausesIt()
    {
        Player at(life({10, 20, 30}));
        at.playFrom(sec(12));
        at.after(1s);
        at.playhead.setTime(sec(25));
        QCOMPARE(at.playback.state(), State::Paused);
        at.after(1s);
        QCOMPARE(at.playhead.time(), sec(25));
        at.playback.play();
        at.playhead.step(-1);
        QCOMPARE(at.playback.state(), State::Paused);
        at.playback.play();
        at.playhead.setVersion(at.playhead.version());  // where it stands: taken hold of all the same
        QCOMPARE(at.playback.state(), State::Paused);
    }

    void anotherSpeedTakesEffectFromWhereItStands()
    {
        Player at(life({0, 10'000}));
        at.playFrom(sec(100));
        at.after(10s);
        at.playback.setSpeed({Unit::Times, 100});
        QCOMPARE(at.playback.state(), State::Playing);
        QCOMPARE(at.playhead.time(), sec(110));
        at.after(2s);
        QCOMPARE(at.playhead.time(), sec(310));
    }

    void fromTimesToEventsAndBackWhileItPlays()
    {
        Player at(life({0, 100, 200, 300}));
        at.playFrom(sec(150));
        at.playback.setSpeed({Unit::EventsPerSecond, 1});
        at.after(1s);
        QCOMPARE(at.version(), std::uint64_t{3});
        at.playback.setSpeed({Unit::Times, 10});
        at.after(1s);
        QCOMPARE(at.playhead.time(), sec(210));
    }

    // ---- A and B

    void itLoopsFromAToBAndShowsB()
    {
        Player at(life({0, 10, 20, 30, 40}));
        at.marks.set(Marks::A, markOf(*at.playhead.history(), Version{2}));
        at.marks.set(Marks::B, Marks::Mark{sec(25), std::nullopt});
        at.playback.setLoops(true);
        at.playFrom(sec(5));  // outside: it begins at A
        QCOMPARE(at.playhead.time(), sec(10));
        at.after(14s);
        QCOMPARE(at.playhead.time(), sec(24));
        at.after(3s);
        QCOMPARE(at.playhead.time(), sec(25));
        QCOMPARE(at.playback.state(), State::Playing);
        at.after(Playback::kLoopEnd - 1ms);
        QCOMPARE(at.playhead.time(), sec(25));
        at.after(1ms);
        QCOMPARE(at.playhead.time(), sec(10));
        at.after(2s);
        QCOMPARE(at.playhead.time(), sec(12));
    }

    void itLoopsFromEventToEvent()
    {
        Player at(life({0, 10, 20, 30, 40}));
        at.marks.setBoth(markOf(*at.playhead.history(), Version{4}), markOf(*at.playhead.history(), Version{2}));  // B is earlier
        at.playback.setLoops(true);
        at.playback.setSpeed({Unit::EventsPerSecond, 1});
        at.playhead.setVersion(Version{5});
        at.playback.play();
        std::vector<std::uint64_t> seen{at.version()};
        for (int i = 0; i < 5; ++i) {
            at.after(1s);
            seen.push_back(at.version());
        }
        QCOMPARE(seen, (std::vector<std::uint64_t>{2, 3, 4, 2, 3, 4}));
    }

    void oneMarkAloneLoopsFromItOrToItAndNoneTheWhole()
    {
        Player at(life({0, 10, 20, 30}));
        at.playback.setLoops(true);
        at.playback.setSpeed({Unit::EventsPerSecond, 1});
        const auto round = [&](int events) {
            at.playhead.setVersion(Version{4});
            at.playback.play();
            std::vector<std::uint64_t> seen{at.version()};
            for (int i = 1; i < events; ++i) {
                at.after(1s);
                seen.push_back(at.version());
            }
            at.playback.pause();
            return seen;
        };
        QCOMPARE(round(5), (std::vector<std::uint64_t>{1, 2, 3, 4, 1}));
        at.marks.set(Marks::A, markOf(*at.playhead.history(), Version{3}));
        QCOMPARE(round(4), (std::vector<std::uint64_t>{3, 4, 3, 4}));
        at.marks.setBoth({}, markOf(*at.playhead.history(), Version{2}));
        QCOMPARE(round(4), (std::vector<std::uint64_t>{1, 2, 1, 2}));
    }

    void aLoopWithinAnInstantIsNone()
    {
        Player at(life({0, 10, 20}));
        const auto here = markOf(*at.playhead.history(), Version{2});
        at.marks.setBoth(here, here);
        at.playback.setLoops(true);
        at.playFrom(sec(12));
        at.after(3s);
        QCOMPARE(at.playhead.time(), sec(15));
    }

    void marksThatAreSetWhileItPlaysCount()
    {
        Player at(life({0, 100}));
        at.playback.setLoops(true);
        at.playFrom(sec(20));
        at.after(10s);
        at.marks.set(Marks::B, markAt(at.playhead));  // here
        at.after(1s);
        QCOMPARE(at.playhead.time(), sec(30));
        at.after(Playback::kLoopEnd);
        QCOMPARE(at.playhead.time(), sec(0));
        at.marks.set(Marks::A, Marks::Mark{sec(20), std::nullopt});
        at.after(1s);
        QCOMPARE(at.playhead.time(), sec(20));
    }

    void aMarkStaysUponItsEventWhileVersionsMove()
    {
        Player at(life({0, 10, 20}));
        const Marks::Mark mark = markOf(*at.playhead.history(), Version{2});
        auto more = life({0, 10, 20});
        replay::HistoryEvent early = more->events.front();
        early.id = EventId{PartId{9}, Offset{0}};
        more->events.insert(more->events.begin(), early);
        QCOMPARE(versionAt(*more, mark), Version{3});
        // In a life that does not hold it, it is its instant.
        QCOMPARE(versionAt(*life({1, 2, 3, 11}, 2), mark), Version{3});
        QCOMPARE(versionAt(*more, markOf(*more, Version{0})), Version{0});
    }

    // ---- quiet periods

    void quietPeriodsAreSkippedAllButTheirEnds()
    {
        Player at(life({0, 1'000, 1'001}));
        at.playback.setSkipsQuiet(true);
        QSignalSpy skipped(&at.playback, &Playback::quietSkipped);
        at.playFrom(sec(0));
        at.watch(1'100ms);
        QVERIFY(at.playhead.time() <= sec(1.1));
        QCOMPARE(skipped.count(), 0);
        at.watch(200ms);
        QCOMPARE(skipped.count(), 1);
        QCOMPARE(*at.playback.skipped(), (Playback::Stretch{sec(1.2), sec(999.2)}));
        QVERIFY(at.playhead.time() >= sec(999.2) && at.playhead.time() < sec(999.5));
        QCOMPARE(at.version(), std::uint64_t{1});
        at.watch(800ms);
        QCOMPARE(at.version(), std::uint64_t{2});
        QCOMPARE(skipped.count(), 1);
    }

    void howLongIsQuietIsAMatterOfHowFastItIsPlayed()
    {
        Player at(life({0, 1'000, 2'000}));
        at.playback.setSkipsQuiet(true);
        at.playback.setSpeed({Unit::Times, 1'000});
        QSignalSpy skipped(&at.playback, &Playback::quietSkipped);
        at.playFrom(sec(0));
        at.watch(1'500ms);  // a gap of one second of watching is none
        QCOMPARE(skipped.count(), 0);
        QCOMPARE(at.version(), std::uint64_t{2});
    }

    void whereAnotherLifeBesideItHasAnEventItIsNotQuiet()
    {
        Player at(life({0, 1'000}));
        at.playback.setSkipsQuiet(true);
        at.playback.setBeside({life({2, 4, 500}, 2), nullptr, life({0}, 1)});
        at.playFrom(sec(0));
        at.watch(5'000ms);
        QVERIFY2(at.playhead.time() <= sec(5), qPrintable(QString::number(at.playhead.time().ns)));
        at.watch(400ms);
        QVERIFY(at.playhead.time() >= sec(499));
        QVERIFY(at.playhead.time() < sec(500));
    }

    void unlessAskedToNothingIsSkipped()
    {
        Player at(life({0, 1'000}));
        at.playFrom(sec(0));
        at.watch(60s);
        QCOMPARE(at.playhead.time(), sec(60));
        QVERIFY(!at.playback.skipped());
        at.playback.setSkipsQuiet(true);  // takes effect at once
        at.after(16ms);
        QVERIFY(at.playhead.time() > sec(998));
    }

    void aLoopSkipsNoFartherThanB()
    {
        Player at(life({0, 1'000}));
        at.marks.setBoth(Marks::Mark{sec(0), {}}, Marks::Mark{sec(100), {}});
        at.playback.setLoops(true);
        at.playback.setSkipsQuiet(true);
        at.playFrom(sec(0));
        at.watch(1'300ms);
        QVERIFY(at.playhead.time() >= sec(99.2) && at.playhead.time() < sec(100));
        at.watch(900ms);
        QCOMPARE(at.playhead.time(), sec(100));
    }

    // ---- what there is to play

    void withoutAnEntityItGoesOverTheLog()
    {
        Player at;
        QCOMPARE(at.playback.obstacle(), Playback::Obstacle::Nothing);
        at.playback.play();
        QCOMPARE(at.playback.state(), State::Stopped);
        QSignalSpy told(&at.playback, &Playback::obstacleChanged);
        at.playback.setLog(Playback::Stretch{sec(100), sec(200)});
        QCOMPARE(told.count(), 1);
        at.playback.setSkipsQuiet(true);  // nobody knows where a log is quiet
        at.playFrom(sec(500));
        QCOMPARE(at.playhead.time(), sec(100));
        at.watch(50s);
        QCOMPARE(at.playhead.time(), sec(150));
        at.after(60s);
        QCOMPARE(at.playhead.time(), sec(200));
        QVERIFY(at.playback.isAtEnd());
        at.playback.setSpeed({Unit::EventsPerSecond, 1});
        QCOMPARE(at.playback.obstacle(), Playback::Obstacle::NoEntity);
    }

    void eventsWithoutATimeArePlayedOneByOneOnly()
    {
        const auto history = life({0, 0, 0});
        for (auto& event : history->events) event.time = event.effective = Timestamp{};
        Player at(history);
        QCOMPARE(at.playback.obstacle(), Playback::Obstacle::NoTimes);
        at.playback.play();
        QVERIFY(!at.playback.isPlaying());
        at.playback.setSpeed({Unit::EventsPerSecond, 1});
        QCOMPARE(at.playback.obstacle(), Playback::Obstacle::None);
        at.playhead.setVersion(Version{1});
        at.playback.play();
        at.after(1s);
        QCOMPARE(at.version(), std::uint64_t{2});
        at.playback.setSpeed({Unit::Times, 1});
        QCOMPARE(at.playback.state(), State::Paused);
    }

    void anotherEntityStopsIt()
    {
        Player at(life({10, 20}));
        at.playFrom(sec(12));
        at.playhead.setHistory(life({11, 12, 13}, 2));
        QCOMPARE(at.playback.state(), State::Stopped);
        at.playback.play();
        at.playhead.setHistory(nullptr);
        QCOMPARE(at.playback.state(), State::Stopped);
    }

    void whatArrivesMeanwhileIsPlayedToo()
    {
        Player at(life({10, 20}));
        at.playFrom(sec(19));
        at.after(500ms);
        at.playhead.setHistory(life({10, 20, 40}));
        QCOMPARE(at.playback.state(), State::Playing);
        at.after(10s);
        QCOMPARE(at.playhead.time(), sec(29.5));
        at.after(60s);
        QVERIFY(at.playback.isAtEnd());
        at.playhead.setHistory(life({10, 20, 40, 50}));
        QVERIFY(!at.playback.isAtEnd());
        at.playback.play();  // there is more: it goes on
        at.after(1s);
        QCOMPARE(at.playhead.time(), sec(41));
    }

    void whatArrivesBeforeMovesVersionsAndTheRhythmStays()
    {
        Player at(life({10, 20, 30, 40}));
        at.playback.setSpeed({Unit::EventsPerSecond, 1});
        at.playhead.setVersion(Version{1});
        at.playback.play();
        at.after(1'600ms);
        QCOMPARE(at.version(), std::uint64_t{2});
        auto more = life({10, 20, 30, 40});
        replay::HistoryEvent early = more->events.front();
        early.id = EventId{PartId{9}, Offset{0}};
        more->events.insert(more->events.begin(), early);
        at.playhead.setHistory(more);
        QCOMPARE(at.playback.state(), State::Playing);
        QCOMPARE(at.version(), std::uint64_t{3});
        at.after(390ms);
        QCOMPARE(at.version(), std::uint64_t{3});
        at.after(10ms);
        QCOMPARE(at.version(), std::uint64_t{4});
    }

    void byItselfItGoesOnFrameByFrame()
    {
        Playhead playhead;
        const Marks marks;
        Playback playback(playhead, marks);  // by the system's clock
        playhead.setHistory(life({0, 1'000'000}));
        playback.setSkipsQuiet(false);
        playhead.setTime(sec(1));
        QSignalSpy moved(&playhead, &Playhead::moved);
        playback.play();
        QTRY_VERIFY(moved.count() >= 3);
        playback.pause();
        const int frames = moved.count();
        QCoreApplication::processEvents();
        QCOMPARE(moved.count(), frames);
    }

    void speedsGoUpAndDownTheLadder()
    {
        QCOMPARE(fasterThan({Unit::Times, 1}), (PlaybackSpeed{Unit::Times, 10}));
        QCOMPARE(fasterThan({Unit::Times, 250}), (PlaybackSpeed{Unit::Times, 1'000}));
        QCOMPARE(fasterThan({Unit::Times, 1e6}), (PlaybackSpeed{Unit::Times, 1e6}));
        QCOMPARE(slowerThan({Unit::Times, 250}), (PlaybackSpeed{Unit::Times, 100}));
        QCOMPARE(slowerThan({Unit::EventsPerSecond, 1}), (PlaybackSpeed{Unit::EventsPerSecond, 1}));
        QVERIFY(!isWithinLimits({Unit::Times, 0}));
        QVERIFY(!isWithinLimits({Unit::EventsPerSecond, 1e12}));
    }
};

QTEST_GUILESS_MAIN(TestPlayback)
#include "test_playback.moc"
