#include "ui/session/playhead.h"
#include "ui/session/version_of.h"

#include <QSignalSpy>
#include <QtTest>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

/// An event at each of these seconds; ids by the order of the list unless given.
std::shared_ptr<replay::History> history(const std::vector<std::int64_t>& seconds, std::vector<std::int64_t> offsets = {},
                                         std::uint32_t entity = 1)
{
    auto out = std::make_shared<replay::History>();
    out->entity = EntityId{entity};
    for (std::size_t i = 0; i < seconds.size(); ++i) {
        replay::HistoryEvent event;
        event.id = EventId{PartId{0}, Offset{offsets.empty() ? static_cast<std::int64_t>(i) : offsets[i]}};
        event.time = event.effective = Timestamp::fromSeconds(seconds[i]);
        out->events.push_back(event);
    }
    return out;
}

}  // namespace

class TestPlayhead : public QObject {
    Q_OBJECT
private slots:
    void theVersionFollowsTheTime()
    {
        Playhead playhead;
        playhead.setHistory(history({10, 20, 20, 30}));
        playhead.setTime(Timestamp::fromSeconds(9));
        QCOMPARE(playhead.version().value, std::uint64_t{0});
        playhead.setTime(Timestamp::fromSeconds(10));
        QCOMPARE(playhead.version().value, std::uint64_t{1});
        playhead.setTime(Timestamp::fromSeconds(20));  // "as of T" includes T
        QCOMPARE(playhead.version().value, std::uint64_t{3});
        playhead.setTime(Timestamp::fromSeconds(99));
        QCOMPARE(playhead.version().value, std::uint64_t{4});
    }

    void anEventIsFoundByItsTimeAndWhereThatIsAnotherByWalking()
    {
        const auto events = history({10, 20, 20, 30}, {7, 3, 9, 1});
        const auto id = [](std::int64_t offset) { return EventId{PartId{0}, Offset{offset}}; };
        QCOMPARE(versionOf(*events, id(9), Timestamp::fromSeconds(20)).value, std::uint64_t{3});
        QCOMPARE(versionOf(*events, id(1), Timestamp::fromSeconds(20)).value, std::uint64_t{4});
        QCOMPARE(versionOf(*events, id(7), {}).value, std::uint64_t{1});
        QCOMPARE(versionOf(*events, id(8), Timestamp::fromSeconds(10)).value, std::uint64_t{0});
    }

    void theTimeFollowsTheVersion()
    {
        Playhead playhead;
        playhead.setHistory(history({10, 20, 20, 30}));
        playhead.setVersion(Version{2});  // one of two at the same instant can be stood upon
        QCOMPARE(playhead.version().value, std::uint64_t{2});
        QCOMPARE(playhead.time(), Timestamp::fromSeconds(20));
        playhead.setVersion(Version{77});
        QCOMPARE(playhead.version().value, std::uint64_t{4});
        playhead.setVersion(Version{0});
        QCOMPARE(playhead.version().value, std::uint64_t{0});
        QVERIFY(playhead.time() < Timestamp::fromSeconds(10));
    }

    void stepsStopAtTheEnds()
    {
        Playhead playhead;
        playhead.setHistory(history({10, 20, 30}));
        playhead.toLast();
        playhead.step(1);
        QCOMPARE(playhead.version().value, std::uint64_t{3});
        playhead.step(-2);
        QCOMPARE(playhead.version().value, std::uint64_t{1});
        playhead.step(-5);
        QCOMPARE(playhead.version().value, std::uint64_t{0});
        playhead.step(1);
        QCOMPARE(playhead.version().value, std::uint64_t{1});
    }

    void aStepBackFromBetweenTwoEventsLeadsToTheEventPassed()
    {
        Playhead playhead;
        playhead.setHistory(history({10, 20, 30}));
        playhead.setTime(Timestamp::fromSeconds(25));
        playhead.step(-1);
        QCOMPARE(playhead.version().value, std::uint64_t{2});
        QCOMPARE(playhead.time(), Timestamp::fromSeconds(20));
    }

    void nothingIsSaidWhereNothingMoves()
    {
        Playhead playhead;
        playhead.setHistory(history({10, 20, 30}));
        playhead.setVersion(Version{2});
        QSignalSpy moved(&playhead, &Playhead::moved);
        playhead.setVersion(Version{2});
        playhead.setTime(Timestamp::fromSeconds(20));
        QCOMPARE(moved.count(), 0);
    }

    void aPlaceIsChosenAgainWhereItStandsAlready()
    {
        Playhead playhead;
        playhead.setHistory(history({10, 20, 30}));
        QSignalSpy moved(&playhead, &Playhead::moved);
        QSignalSpy again(&playhead, &Playhead::chosenAgain);
        playhead.setVersion(Version{3});
        QCOMPARE(moved.count(), 1);
        QCOMPARE(again.count(), 0);
        playhead.setVersion(Version{3});
        playhead.setTime(Timestamp::fromSeconds(30));
        playhead.step(1);
        playhead.toLast();
        QCOMPARE(moved.count(), 1);
        QCOMPARE(again.count(), 4);
        // Another history is no choice of a place.
        playhead.setHistory(history({10, 20, 30, 40}));
        QCOMPARE(again.count(), 4);
    }

    void anAppendedEventDoesNotMoveThePlayhead()
    {
        Playhead playhead;
        playhead.setHistory(history({10, 20}));
        playhead.toLast();
        QSignalSpy moved(&playhead, &Playhead::moved);
        playhead.setHistory(history({10, 20, 20}));
        QCOMPARE(playhead.version().value, std::uint64_t{2});
        QCOMPARE(moved.count(), 0);
    }

    void anInsertedEventMovesTheVersionButNotTheEventStoodUpon()
    {
        Playhead playhead;
        playhead.setHistory(history({10, 20, 30}, {0, 1, 2}));
        playhead.setVersion(Version{2});
        QSignalSpy moved(&playhead, &Playhead::moved);
        playhead.setHistory(history({10, 15, 20, 30}, {0, 9, 1, 2}));
        QCOMPARE(playhead.version().value, std::uint64_t{3});
        QCOMPARE(playhead.time(), Timestamp::fromSeconds(20));
        QCOMPARE(moved.count(), 1);
    }

    void betweenEventsTheTimeStaysAndTheVersionFollows()
    {
        Playhead playhead;
        playhead.setHistory(history({10, 20, 30}, {0, 1, 2}));
        playhead.setTime(Timestamp::fromSeconds(25));
        playhead.setHistory(history({10, 20, 24, 30}, {0, 1, 9, 2}));
        QCOMPARE(playhead.version().value, std::uint64_t{3});
        QCOMPARE(playhead.time(), Timestamp::fromSeconds(25));
    }

    void anotherEntityIsShownAsOfTheSameTime()
    {
        Playhead playhead;
        playhead.setHistory(history({10, 20, 30}));
        playhead.setVersion(Version{2});
        QSignalSpy changed(&playhead, &Playhead::historyChanged);
        playhead.setHistory(history({5, 6, 7, 40}, {}, 2));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(playhead.time(), Timestamp::fromSeconds(20));
        QCOMPARE(playhead.version().value, std::uint64_t{3});
        playhead.setHistory(nullptr);
        QCOMPARE(playhead.version().value, std::uint64_t{0});
        QCOMPARE(playhead.time(), Timestamp::fromSeconds(20));
    }
};

QTEST_GUILESS_MAIN(TestPlayhead)
#include "test_playhead.moc"
