#include "ui/look/theme.h"
#include "ui/timeline/lane_events.h"
#include "ui/timeline/lane_layout.h"

#include <QtTest>

#include <algorithm>
#include <random>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

replay::History historyAt(std::vector<std::int64_t> seconds)
{
    replay::History history;
    for (std::size_t i = 0; i < seconds.size(); ++i) {
        replay::HistoryEvent event;
        event.id = EventId{PartId{0}, Offset{static_cast<std::int64_t>(i)}};
        event.time = event.effective = Timestamp{seconds[i] * kSecond};
        event.type = TypeId{static_cast<std::uint32_t>(i % 3)};
        history.events.push_back(event);
    }
    return history;
}

LaneEvents laneFrom(replay::History history) { return laneOf(std::make_shared<const replay::History>(std::move(history))); }

replay::History randomHistory(std::size_t size, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::vector<std::int64_t> seconds(size);
    for (auto& second : seconds) second = std::uniform_int_distribution<std::int64_t>(0, 1'000'000)(random);
    std::sort(seconds.begin(), seconds.end());
    return historyAt(std::move(seconds));
}

TimeScale secondsOver(std::int64_t from, std::int64_t to, double width = 1000)
{
    return {Timestamp{from * kSecond}, Timestamp{to * kSecond}, 100, width};
}

std::size_t eventsIn(const LaneGeometry& geometry)
{
    std::size_t sum = 0;
    for (const LaneMark& mark : geometry.marks) sum += mark.count;
    for (const LaneColumn& column : geometry.columns) sum += column.count;
    return sum;
}

}  // namespace

class TestLaneLayout : public QObject {
    Q_OBJECT
private slots:
    void eventsApartHaveAMarkEach()
    {
        const replay::History history = historyAt({100, 300, 500});
        const LaneGeometry geometry = layOutLane(laneFrom(history), secondsOver(0, 1000), {});
        QCOMPARE(geometry.marks.size(), std::size_t{3});
        QVERIFY(!geometry.density());
        QCOMPARE(geometry.marks[1].x, 400.0);
        QCOMPARE(geometry.marks[1].first, std::size_t{1});
    }

    void eventsThatWouldOverlapBecomeOnePillWithTheirCount()
    {
        const replay::History history = historyAt({100, 300, 301, 302, 303, 304, 600});
        const LaneGeometry geometry = layOutLane(laneFrom(history), secondsOver(0, 1000), {});
        QCOMPARE(geometry.marks.size(), std::size_t{3});
        QCOMPARE(geometry.marks[1].count, std::size_t{5});
        QCOMPARE(geometry.marks[1].x, 402.0);
        QVERIFY(geometry.marks[1].halfWidth > 6.5);
    }

    void aSteadyLifeIsARowOfCountsAndNotOneCountForAllOfIt()
    {
        std::vector<std::int64_t> seconds;
        for (int i = 0; i < 90; ++i) seconds.push_back(100 + i * 6);
        const LaneGeometry geometry = layOutLane(laneFrom(historyAt(std::move(seconds))), secondsOver(0, 1000), {});
        QVERIFY(!geometry.density());
        QVERIFY2(geometry.marks.size() >= 10, qPrintable(QString::number(geometry.marks.size())));
        for (std::size_t i = 1; i < geometry.marks.size(); ++i)
            QVERIFY(geometry.marks[i].x - geometry.marks[i].halfWidth >=
                    geometry.marks[i - 1].x + geometry.marks[i - 1].halfWidth);
    }

    void zoomingInTakesAPillApart()
    {
        const replay::History history = historyAt({300, 301, 302, 303, 304});
        const LaneGeometry geometry = layOutLane(laneFrom(history), secondsOver(295, 310), {});
        QCOMPARE(geometry.marks.size(), std::size_t{5});
    }

    void everyVisibleEventIsCountedOnce_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {1, 10, 60, 199, 250, 1000, 20'000}) QTest::addRow("%d", size) << size;
    }
    void everyVisibleEventIsCountedOnce()
    {
        QFETCH(int, size);
        const replay::History history = randomHistory(static_cast<std::size_t>(size), 3);
        QCOMPARE(eventsIn(layOutLane(laneFrom(history), secondsOver(-1, 1'000'001), {})), static_cast<std::size_t>(size));
        // Within a part of the time, against a walk over all events.
        const TimeScale part = secondsOver(250'000, 400'000);
        const LaneGeometry geometry = layOutLane(laneFrom(history), part, {});
        std::size_t naive = 0;
        for (const auto& event : history.events) naive += event.effective >= part.from && event.effective < part.to;
        QCOMPARE(geometry.endVisible - geometry.firstVisible, naive);
        if (geometry.density()) QCOMPARE(eventsIn(geometry), naive);
        for (const LaneMark& mark : geometry.marks) QVERIFY(mark.first + mark.count <= history.events.size());
    }

    void whatIsDrawnIsBoundedByTheWidthAndNotByTheEvents()
    {
        const LaneEvents lane = laneFrom(randomHistory(500'000, 5));
        for (int seconds = 1'000'000; seconds > 1; seconds /= 3) {
            const LaneGeometry geometry = layOutLane(lane, secondsOver(0, seconds, 1'000), {});
            QVERIFY2(geometry.marks.size() + geometry.columns.size() <= 1'000, qPrintable(QString::number(seconds)));
        }
    }

    void marksOfABlockDoNotOverlap()
    {
        for (std::uint64_t seed = 1; seed < 40; ++seed) {
            const replay::History history = randomHistory(60 + seed * 3, seed);
            const LaneGeometry geometry = layOutLane(laneFrom(history), secondsOver(0, 1'000'000), {});
            int overlaps = 0;
            for (std::size_t i = 1; i < geometry.marks.size(); ++i) {
                QVERIFY(geometry.marks[i].x > geometry.marks[i - 1].x);
                overlaps += geometry.marks[i].x - geometry.marks[i].halfWidth + 4 <
                            geometry.marks[i - 1].x + geometry.marks[i - 1].halfWidth;
            }
            QVERIFY2(overlaps <= 2, qPrintable(QString::number(overlaps)));  // where blocks of 640 px meet
        }
    }

    void bubblesAndLabelsNeverOverlapWhateverTheirSize_data()
    {
        QTest::addColumn<double>("unit");
        QTest::addColumn<double>("digitWidth");
        QTest::newRow("on a desk") << 1.0 << 7.0;
        QTest::newRow("in a presentation") << Theme::kPresentation << 9.6;
        QTest::newRow("with a wide font") << 1.0 << 14.0;
    }
    void bubblesAndLabelsNeverOverlapWhateverTheirSize()
    {
        QFETCH(double, unit);
        QFETCH(double, digitWidth);
        LaneMetrics metrics;
        metrics.unit = unit;
        metrics.markWidth *= unit;
        metrics.digitWidth = digitWidth;
        metrics.labelWidth = [unit](TypeId type) { return (40 + 20 * type.value) * unit; };
        for (std::uint64_t seed = 1; seed < 60; ++seed) {
            // Wide enough for several of the blocks that merging begins anew at.
            const LaneEvents lane = laneFrom(randomHistory(40 + seed * 5, seed));
            const TimeScale scale = secondsOver(0, 1'000'000, 1900);
            const LaneGeometry geometry = layOutLane(lane, scale, metrics);
            QVERIFY(!geometry.density());
            for (std::size_t i = 1; i < geometry.marks.size(); ++i)
                QVERIFY(geometry.marks[i - 1].x + geometry.marks[i - 1].halfWidth <
                        geometry.marks[i].x - geometry.marks[i].halfWidth);
            for (std::size_t upTo = 0; upTo <= lane.size(); ++upTo) {
                const std::vector<LaneLabel> labels = labelsOf(geometry, lane, upTo, scale, metrics);
                for (std::size_t i = 1; i < labels.size(); ++i)
                    QVERIFY(labels[i - 1].left + labels[i - 1].width < labels[i].left);
            }
        }
    }

    void whereBlocksMeetTwoBubblesThatWouldOverlapAreOne()
    {
        // At 1 px a second merging begins anew at 640 s.
        const LaneGeometry geometry = layOutLane(laneFrom(historyAt({630, 636, 641, 648})), secondsOver(0, 1000), {});
        QCOMPARE(geometry.marks.size(), std::size_t{1});
        QCOMPARE(geometry.marks[0].count, std::size_t{4});
        QCOMPARE(geometry.marks[0].x, 739.0);
    }

    void whatArrivesAtTheEndChangesTheLastMarkOnly_data()
    {
        QTest::addColumn<double>("unit");
        QTest::newRow("on a desk") << 1.0;
        QTest::newRow("in a presentation") << Theme::kPresentation;
    }
    void whatArrivesAtTheEndChangesTheLastMarkOnly()
    {
        QFETCH(double, unit);
        LaneMetrics metrics;
        metrics.unit = unit;
        metrics.markWidth *= unit;
        metrics.digitWidth *= unit;
        const TimeScale scale = secondsOver(0, 1'000'000, 1900);
        for (std::uint64_t seed = 1; seed < 30; ++seed) {
            const replay::History life = randomHistory(40 + seed * 6, seed);
            LaneGeometry before;
            replay::History growing;
            for (const replay::HistoryEvent& event : life.events) {
                growing.events.push_back(event);
                const LaneGeometry after = layOutLane(laneFrom(growing), scale, metrics);
                QVERIFY(!after.density());
                QVERIFY(after.marks.size() >= before.marks.size());
                for (std::size_t i = 0; i + 1 < before.marks.size(); ++i) {
                    QCOMPARE(after.marks[i].first, before.marks[i].first);
                    QCOMPARE(after.marks[i].count, before.marks[i].count);
                    QCOMPARE(after.marks[i].x, before.marks[i].x);
                    QCOMPARE(after.marks[i].halfWidth, before.marks[i].halfWidth);
                }
                before = after;
            }
        }
    }

    void aClusterHoldsThePlacesOfItsFirstAndItsLastEventThoughItGaveWay()
    {
        // A pill in the middle of the two would lie over the one before it.
        const LaneGeometry geometry = layOutLane(laneFrom(historyAt({100, 101, 122, 122, 300})), secondsOver(0, 1000), {});
        QCOMPARE(geometry.marks.size(), std::size_t{3});
        QVERIFY(geometry.marks[0].x + geometry.marks[0].halfWidth < geometry.marks[1].x - geometry.marks[1].halfWidth);
        QVERIFY(geometry.marks[1].x > 222.0);
        QVERIFY(std::abs(geometry.marks[1].x - 222.0) < geometry.marks[1].halfWidth);
    }

    void theNameOfWhatIsStoodUponIsWholeAtTheLeftEdgeToo()
    {
        LaneMetrics metrics;
        metrics.labelWidth = [](TypeId) { return 60.0; };
        const LaneEvents lane = laneFrom(historyAt({1, 500}));
        const TimeScale scale = secondsOver(0, 1000);
        const auto labels = labelsOf(layOutLane(lane, scale, metrics), lane, 1, scale, metrics);
        QCOMPARE(labels.front().left, scale.left);
    }

    void theMarkOfAnEventIsFound()
    {
        const LaneEvents lane = laneFrom(randomHistory(180, 4));
        const LaneGeometry all = layOutLane(lane, secondsOver(0, 1'000'001), {});
        const LaneGeometry part = layOutLane(lane, secondsOver(400'000, 600'000), {});
        for (const LaneGeometry* geometry : {&all, &part})
            for (std::size_t event = 0; event < lane.size(); ++event) {
                std::optional<std::size_t> naive;
                for (std::size_t i = 0; i < geometry->marks.size(); ++i)
                    if (event >= geometry->marks[i].first && event < geometry->marks[i].first + geometry->marks[i].count)
                        naive = i;
                QCOMPARE(markOfEvent(*geometry, event), naive);
            }
        QVERIFY(!markOfEvent({}, 0));
    }

    void whatIsMergedDoesNotChangeWhilePanning()
    {
        const LaneEvents lane = laneFrom(randomHistory(150, 5));
        const auto shapes = [](const LaneGeometry& geometry, double shift) {
            std::map<std::size_t, std::size_t> byFirst;
            for (const LaneMark& mark : geometry.marks)
                if (mark.x + shift > 300 && mark.x + shift < 900) byFirst[mark.first] = mark.count;
            return byFirst;
        };
        const auto before = shapes(layOutLane(lane, secondsOver(200'000, 700'000), {}), 0);
        for (int pan = 1; pan < 100; ++pan) {
            const auto after = shapes(layOutLane(lane, secondsOver(200'000 + pan * 500, 700'000 + pan * 500), {}), pan * 1.0);
            QCOMPARE(after, before);
        }
    }

    void manyEventsAreShownAsDensity()
    {
        const replay::History history = randomHistory(20'000, 9);
        const LaneGeometry geometry = layOutLane(laneFrom(history), secondsOver(0, 1'000'001), {});
        QVERIFY(geometry.density());
        QVERIFY(geometry.columns.size() <= 202);
        std::size_t most = 0;
        for (const LaneColumn& column : geometry.columns) {
            most = std::max(most, column.count);
            // Each column holds the events of its own pixels.
            const TimeScale scale = secondsOver(0, 1'000'001);
            const double x = scale.pixelFromTime(history.events[column.first].effective);
            QVERIFY(x >= column.x - 0.01 && x < column.x + 5.01);
        }
        QCOMPARE(geometry.mostInColumn, most);
    }

    void whatThePlayheadStandsOnIsNamedWholeAndOthersGiveWay()
    {
        LaneMetrics metrics;
        metrics.labelWidth = [](TypeId type) { return type.value == 1 ? 120.0 : 60.0; };
        const LaneEvents lane = laneFrom(historyAt({100, 170, 240, 990}));
        const TimeScale scale = secondsOver(0, 1000);
        const LaneGeometry geometry = layOutLane(lane, scale, metrics);
        const auto marksNamed = [&](std::size_t upTo) {
            std::vector<std::size_t> out;
            for (const LaneLabel& label : labelsOf(geometry, lane, upTo, scale, metrics)) out.push_back(label.mark);
            return out;
        };
        QCOMPARE(marksNamed(0), (std::vector<std::size_t>{0, 1}));
        QCOMPARE(marksNamed(3), (std::vector<std::size_t>{0, 2}));  // the second would reach over the third's
        // At the edge there is no room to the right: the name stands left of the mark.
        const auto last = labelsOf(geometry, lane, 4, scale, metrics).back();
        QCOMPARE(last.mark, std::size_t{3});
        QCOMPARE(last.left + last.width, scale.right());
    }

    void aNameWhoseMarkIsOutOfViewIsNotDrawn()
    {
        LaneMetrics metrics;
        metrics.labelWidth = [](TypeId) { return 80.0; };
        const replay::History history = historyAt({90, 500, 900});
        const LaneEvents lane = laneFrom(history);
        for (int from = 0; from < 300; ++from) {
            const TimeScale scale = secondsOver(from, from + 1'000);
            for (const LaneLabel& label : labelsOf(layOutLane(lane, scale, metrics), lane, 0, scale, metrics))
                QVERIFY2(label.left >= scale.left - 8, qPrintable(QStringLiteral("%1 at %2").arg(from).arg(label.left)));
        }
    }

    void aMarkAtTheEdgeIsNamedInAPresentationToo()
    {
        LaneMetrics metrics;
        metrics.labelWidth = [](TypeId) { return 80.0; };
        const LaneEvents lane = laneFrom(historyAt({100, 500}));
        const TimeScale scale = secondsOver(100, 1'100);  // the first stands upon the edge
        for (const double unit : {1.0, Theme::kPresentation, 2.0}) {
            metrics.unit = unit;
            metrics.markWidth = 13 * unit;
            QCOMPARE(labelsOf(layOutLane(lane, scale, metrics), lane, 0, scale, metrics).size(), std::size_t{2});
        }
    }

    void labelsDoNotOverlap()
    {
        LaneMetrics metrics;
        metrics.labelWidth = [](TypeId) { return 80.0; };
        const replay::History history = historyAt({100, 130, 160, 250, 400});
        const LaneGeometry geometry = layOutLane(laneFrom(history), secondsOver(0, 1000), metrics);
        std::vector<bool> labelled;
        for (const LaneMark& mark : geometry.marks) labelled.push_back(mark.label);
        QCOMPARE(labelled, (std::vector<bool>{true, false, false, true, true}));
    }

    void shapesFollowTheKindOfEventAndTheLife()
    {
        replay::History history = historyAt({1, 2, 3, 4, 5, 6});
        history.events[1].kind = EventKind::Update;
        history.events[2].kind = EventKind::Delete;
        history.events[4].kind = EventKind::Snapshot;
        history.events[5].kind = EventKind::Create;
        const auto shape = [&](std::size_t i) { return static_cast<int>(markOf(history, i)); };
        QCOMPARE(shape(0), static_cast<int>(Mark::Birth));
        QCOMPARE(shape(1), static_cast<int>(Mark::Plain));
        QCOMPARE(shape(2), static_cast<int>(Mark::Death));
        QCOMPARE(shape(3), static_cast<int>(Mark::Birth));  // the first of a new life
        QCOMPARE(shape(4), static_cast<int>(Mark::Snapshot));
        QCOMPARE(shape(5), static_cast<int>(Mark::Birth));
    }

    void theNearestEventAttractsThePlayhead()
    {
        const replay::History history = historyAt({100, 300, 300, 500});
        const TimeScale scale = secondsOver(0, 1000);
        const LaneEvents lane = laneFrom(history);
        QVERIFY(!snap(lane, scale, 300, 6));
        QCOMPARE(*snap(lane, scale, 204, 6), std::size_t{0});
        QCOMPARE(*snap(lane, scale, 196, 6), std::size_t{0});
        QCOMPARE(*snap(lane, scale, 402, 6), std::size_t{2});  // of two at one instant the last
        QVERIFY(!snap(laneFrom({}), scale, 300, 6));
    }

    void snappingAgreesWithAWalkOverAllEvents()
    {
        const replay::History history = randomHistory(400, 21);
        const LaneEvents lane = laneFrom(history);
        const TimeScale scale = secondsOver(0, 1'000'000);
        std::mt19937_64 random(2);
        for (int i = 0; i < 2'000; ++i) {
            const double x = std::uniform_real_distribution<double>(100, 1100)(random);
            double best = 1e18;
            for (const auto& event : history.events) best = std::min(best, std::abs(scale.pixelFromTime(event.effective) - x));
            const auto event = snap(lane, scale, x, 6);
            QCOMPARE(event.has_value(), best <= 6);
            if (event) QVERIFY(std::abs(std::abs(scale.pixelFromTime(history.events[*event].effective) - x) - best) < 1e-6);
        }
    }

    void whatIsWiderThanItsMarkIsFittedBetweenTheNeighbours()
    {
        LaneGeometry geometry;
        for (const double x : {100.0, 130.0, 200.0, 228.0, 256.0}) {
            LaneMark mark;
            mark.x = x;
            mark.halfWidth = 13;
            geometry.marks.push_back(mark);
        }
        const auto span = [&](std::size_t mark, double wanted) {
            const LaneSpan found = spanAtMark(geometry, mark, wanted, 0.5);
            return std::pair(found.left, found.right);
        };
        QCOMPARE(span(0, 30), std::pair(85.0, 115.0));    // there is room about it
        QCOMPARE(span(0, 40), std::pair(76.5, 116.5));    // the neighbour's edge at 117
        QCOMPARE(span(1, 40), std::pair(113.5, 153.5));   // moved to the other side
        QCOMPARE(span(3, 40), std::pair(213.5, 242.5));   // no more room than this
        QCOMPARE(span(4, 400), std::pair(241.5, 641.5));  // open to the right
        for (std::size_t i = 0; i < geometry.marks.size(); ++i)
            for (const double wanted : {26.0, 36.0, 60.0}) {
                const auto [left, right] = span(i, wanted);
                QVERIFY(left <= geometry.marks[i].x - 13 && right >= geometry.marks[i].x + 13);
            }
    }

    void theMarkUnderThePointerIsFound()
    {
        const replay::History history = historyAt({100, 300, 301, 302, 600});
        const LaneGeometry geometry = layOutLane(laneFrom(history), secondsOver(0, 1000), {});
        QCOMPARE(markAt(geometry, 401).value(), std::size_t{1});
        QCOMPARE(markAt(geometry, 700).value(), std::size_t{2});
        QVERIFY(!markAt(geometry, 550));
        const LaneGeometry many = layOutLane(laneFrom(randomHistory(20'000, 9)), secondsOver(0, 1'000'001), {});
        QVERIFY(columnAt(many, 500).has_value());
        QVERIFY(!columnAt(many, 5).has_value());
    }

    void ofAMillionEventsThereIsNoMoreToPaintThanPixels()
    {
        const LaneEvents history = laneFrom(randomHistory(1'000'000, 17));
        for (int i = 0; i < 50; ++i) {
            const LaneGeometry lane = layOutLane(history, secondsOver(i * 100, 900'000 + i * 100, 1600), {});
            QVERIFY(lane.density());
            QVERIFY(lane.marks.empty());
            QVERIFY2(lane.columns.size() <= 1600 / 5 + 2, qPrintable(QString::number(lane.columns.size())));
        }
    }
};

QTEST_GUILESS_MAIN(TestLaneLayout)
#include "test_lane_layout.moc"
