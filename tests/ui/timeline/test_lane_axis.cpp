#include "ui/timeline/axis_ticks.h"
#include "ui/timeline/axis_window.h"
#include "ui/timeline/fan.h"
#include "ui/timeline/lane_axis.h"

#include <QtTest>

#include <algorithm>
#include <random>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

std::shared_ptr<const replay::History> historyAt(std::vector<std::int64_t> seconds, std::uint32_t part = 0)
{
    auto history = std::make_shared<replay::History>();
    history->entity = EntityId{part};
    for (std::size_t i = 0; i < seconds.size(); ++i) {
        replay::HistoryEvent event;
        event.id = EventId{PartId{part}, Offset{static_cast<std::int64_t>(i)}};
        event.time = event.effective = Timestamp{seconds[i] * kSecond};
        event.type = TypeId{static_cast<std::uint32_t>(i % 3)};
        history->events.push_back(event);
    }
    return history;
}

AxisTask taskOf(std::vector<std::shared_ptr<const replay::History>> lanes, bool order = false, bool fold = true)
{
    AxisTask task;
    task.lanes = std::move(lanes);
    task.choice.order = order;
    task.choice.fold = fold;
    return task;
}

/// Two busy minutes with ten days between them.
std::vector<std::int64_t> twoBursts()
{
    std::vector<std::int64_t> seconds;
    for (int i = 0; i < 20; ++i) seconds.push_back(1'000 + i * 6);
    for (int i = 0; i < 20; ++i) seconds.push_back(1'000 + 10 * 86'400 + i * 6);
    return seconds;
}

}  // namespace

class TestLaneAxis : public QObject {
    Q_OBJECT
private slots:
    void anEvenLifeIsDrawnInItsOwnTime()
    {
        const AxisResult result = layOutAxis(taskOf({historyAt({10, 20, 31, 40, 52, 60, 71})}));
        QVERIFY(result.map->isTime());
        for (std::size_t i = 0; i < result.lanes[0]->size(); ++i)
            QCOMPARE(result.lanes[0]->at[i], result.lanes[0]->event(i).effective);
    }

    void aLongQuietPeriodIsFoldedToAStrip()
    {
        const AxisResult result = layOutAxis(taskOf({historyAt(twoBursts())}));
        QCOMPARE(result.map->folds().size(), std::size_t{1});
        const Fold& fold = result.map->folds().front();
        QCOMPARE(fold.after, Timestamp{(1'000 + 19 * 6) * kSecond});
        QCOMPARE(fold.before, Timestamp{(1'000 + 10 * 86'400) * kSecond});
        QVERIFY(fold.after < fold.from && fold.to < fold.before);  // its events' marks have room beside the strip
        QVERIFY(fold.end.ns - fold.at.ns < 20 * kSecond);
        const auto& at = result.lanes[0]->at;
        QVERIFY(at.back().ns - at.front().ns < 300 * kSecond);
        QVERIFY(std::is_sorted(at.begin(), at.end()));
    }

    void quietPeriodsAreThoseOfTheLifeThatIsLookedAt()
    {
        // Beside a life of some hours a pinned one of two bursts: its ten days are no reason to fold the hours.
        AxisTask task = taskOf({historyAt(twoBursts(), 1), historyAt({2'000, 11'000, 21'000, 31'000}, 2)});
        QVERIFY(!layOutAxis(task).map->folds().empty());
        task.about = 1;
        QVERIFY(layOutAxis(task).map->isTime());
        task.about = 0;
        QVERIFY(!layOutAxis(task).map->folds().empty());
    }

    void anOpenedFoldTakesItsWholeTime()
    {
        AxisTask task = taskOf({historyAt(twoBursts())});
        task.choice.opened = {layOutAxis(task).map->folds().front().after};
        QVERIFY(layOutAxis(task).map->isTime());
        AxisTask without = taskOf({historyAt(twoBursts())}, false, false);
        QVERIFY(layOutAxis(without).map->isTime());
    }

    void timesAndPlacesOfAFoldedAxisGoBackAndForth()
    {
        const AxisResult result = layOutAxis(taskOf({historyAt(twoBursts())}));
        std::mt19937_64 random(4);
        Timestamp before = Timestamp::min();
        std::vector<std::int64_t> times;
        for (int i = 0; i < 2'000; ++i) times.push_back(std::uniform_int_distribution<std::int64_t>(-kDay, 12 * kDay)(random));
        std::ranges::sort(times);
        const Fold& fold = result.map->folds().front();
        for (const std::int64_t ns : times) {
            const Timestamp place = result.map->place(Timestamp{ns});
            QVERIFY(place >= before);  // never falls
            before = place;
            // Within the fold a place stands for some hours.
            const std::int64_t exact =
                Timestamp{ns} > fold.from && Timestamp{ns} < fold.to ? fold.ns() / (fold.end.ns - fold.at.ns) + 1 : 0;
            QVERIFY(std::abs(result.map->time(place).ns - ns) <= exact);
        }
    }

    void inLogOrderEventsStandAsFarApartWhateverTimeLiesBetween()
    {
        const AxisResult result = layOutAxis(taskOf({historyAt({1, 2, 2, 2, 900, 5'000})}, true));
        QVERIFY(result.map->isOrder());
        for (std::size_t i = 0; i < 6; ++i) QCOMPARE(result.lanes[0]->at[i].ns, static_cast<std::int64_t>(i) * AxisMap::kRank);
        QCOMPARE(result.map->place(Timestamp{2 * kSecond}).ns, 3 * AxisMap::kRank);  // as of then: the last of the three
        QCOMPARE(result.map->place(Timestamp{0}).ns, -AxisMap::kRank);
        QCOMPARE(result.map->time(Timestamp{4 * AxisMap::kRank}).ns, 900 * kSecond);
    }

    void anEventOfTwoLanesHasOnePlace()
    {
        auto user = historyAt({1, 5, 9});
        auto order = std::make_shared<replay::History>(*historyAt({5, 7}, 1));
        order->events[0].id = user->events[1].id;
        const AxisResult result = layOutAxis(taskOf({user, order}, true));
        QCOMPARE(result.lanes[0]->at[1], result.lanes[1]->at[0]);
        QCOMPARE(result.map->ranks(), std::size_t{4});
        QVERIFY(result.lanes[1]->at[1] < result.lanes[0]->at[2]);
    }

    void withoutAnyTimeTheAxisIsThatOfOrder()
    {
        QVERIFY(layOutAxis(taskOf({historyAt({0, 0, 0})})).map->isTimeless());
        QVERIFY(!layOutAxis(taskOf({historyAt({1, 2, 3})}, true)).map->isTimeless());
        const AxisResult result = layOutAxis(taskOf({historyAt({0, 0, 0})}));
        QVERIFY(result.map->isOrder());
        QVERIFY(result.lanes[0]->at[0] < result.lanes[0]->at[1]);
    }

    void hiddenTypesAreLeftOutAndVersionsStay()
    {
        AxisTask task = taskOf({historyAt({1, 2, 3, 4, 5, 6, 7})}, true);
        task.filter.named = {TypeId{1}};
        const AxisResult result = layOutAxis(task);
        const LaneEvents& lane = *result.lanes[0];
        QCOMPARE(lane.size(), std::size_t{5});
        QCOMPARE(lane.version(1).value, std::uint64_t{3});
        QCOMPARE(lane.upTo(Version{2}), std::size_t{1});  // version 2 is hidden: one event is passed
        QCOMPARE(lane.upTo(Version{3}), std::size_t{2});
        QCOMPARE(result.map->ranks(), std::size_t{5});
    }

    void theWindowOfPlacesFollowsTheWindowOfTimesAndBack()
    {
        TimeWindow times;
        AxisWindow axis(times);
        const AxisResult result = layOutAxis(taskOf({historyAt(twoBursts())}));
        times.setExtent(result.lanes[0]->event(0).effective, result.lanes[0]->event(39).effective);
        times.fit();
        axis.setMap(result.map);
        const std::int64_t wide = times.span();
        QVERIFY(axis.window().span() < wide / 100);
        // Zooming in the places about the second burst ends there in time.
        const Timestamp about = result.lanes[0]->at[30];
        for (int i = 0; i < 12; ++i) axis.window().zoomAbout(about, 1.5);
        QVERIFY(times.from() <= result.lanes[0]->event(30).effective && result.lanes[0]->event(30).effective < times.to());
        QVERIFY(times.span() < 60 * kSecond);
        axis.fit();
        QVERIFY(times.from() < times.extentFirst() && times.extentLast() < times.to());
    }

    void inLogOrderWhatIsShownStaysWhileEventsComeAtTheEnd()
    {
        TimeWindow times;
        AxisWindow axis(times);
        std::vector<std::int64_t> seconds(40, 7);  // no time tells them apart
        axis.setMap(layOutAxis(taskOf({historyAt(seconds)}, true)).map);
        axis.window().set(Timestamp{10 * AxisMap::kRank}, Timestamp{14 * AxisMap::kRank});
        for (int i = 0; i < 5; ++i) seconds.push_back(900 + i);
        axis.setMap(layOutAxis(taskOf({historyAt(seconds)}, true)).map, true);
        QCOMPARE(axis.window().from().ns, 10 * AxisMap::kRank);
        QCOMPARE(axis.window().to().ns, 14 * AxisMap::kRank);
        axis.fit();
        QVERIFY(times.from() <= Timestamp{7 * kSecond} && Timestamp{904 * kSecond} < times.to());
    }

    void aFoldKeepsItsWidthAndItsPlaceWhileEventsComeAtTheEnd()
    {
        std::vector<std::int64_t> seconds = twoBursts();
        AxisResult before = layOutAxis(taskOf({historyAt(seconds)}));
        QCOMPARE(before.map->folds().size(), std::size_t{1});
        for (int arrival = 0; arrival < 40; ++arrival) {
            seconds.push_back(seconds.back() + 1 + arrival % 9);
            AxisTask task = taskOf({historyAt(seconds)});
            task.kept = before.map;
            task.seen = Timestamp{seconds.back() * kSecond};
            const AxisResult after = layOutAxis(task);
            QCOMPARE(after.map->folds(), before.map->folds());
            for (std::size_t i = 0; i < before.lanes[0]->size(); ++i) QCOMPARE(after.lanes[0]->at[i], before.lanes[0]->at[i]);
            before = after;
        }
        // Made anew it would have another one: the life is longer.
        QVERIFY(layOutAxis(taskOf({historyAt(seconds)})).map->folds() != before.map->folds());
    }

    void whatIsClosedByAnArrivalIsFoldedOnlyRightOfWhatWasThereAndInView()
    {
        std::vector<std::int64_t> seconds = twoBursts();
        const AxisResult before = layOutAxis(taskOf({historyAt(seconds)}));
        const Timestamp last{seconds.back() * kSecond};
        for (int i = 0; i < 5; ++i) seconds.push_back(seconds.back() + (i == 0 ? 9 * 86'400 : 6));
        AxisTask task = taskOf({historyAt(seconds)});
        task.kept = before.map;
        task.seen = last;
        const AxisResult after = layOutAxis(task);
        QCOMPARE(after.map->folds().size(), std::size_t{2});
        QCOMPARE(after.map->folds()[0], before.map->folds()[0]);
        QCOMPARE(after.map->folds()[1].after, last);
        QVERIFY(after.map->folds()[1].from > last);
        QCOMPARE(after.map->place(last), before.map->place(last));
        // Some of the quiet after it is in view.
        task.seen = Timestamp{last.ns + 1};
        QCOMPARE(layOutAxis(task).map->folds(), before.map->folds());
        // What had been an even life without any fold is not folded afterwards where something was.
        const AxisResult even = layOutAxis(taskOf({historyAt({10, 20, 30, 40, 50, 95, 105, 115})}));
        QVERIFY(even.map->isTime());
        AxisTask denser = taskOf({historyAt({10, 20, 30, 40, 50, 95, 105, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124})});
        QVERIFY(!layOutAxis(denser).map->isTime());
        denser.kept = even.map;
        QVERIFY(layOutAxis(denser).map->isTime());
    }

    void aFoldThatSomethingHappenedInIsNotKept()
    {
        std::vector<std::int64_t> seconds = twoBursts();
        const AxisResult before = layOutAxis(taskOf({historyAt(seconds)}));
        seconds.insert(seconds.begin() + 20, 1'000 + 5 * 86'400);
        AxisTask task = taskOf({historyAt(seconds)});
        task.kept = before.map;
        const AxisResult after = layOutAxis(task);
        QCOMPARE(after.map->folds(), layOutAxis(taskOf({historyAt(seconds)})).map->folds());
        QCOMPARE(after.map->folds().size(), std::size_t{2});
    }

    void onAFoldedAxisWhatIsShownStaysWhenTheFittedLifeGrows()
    {
        TimeWindow times;
        AxisWindow axis(times);
        std::vector<std::int64_t> seconds = twoBursts();
        const AxisResult before = layOutAxis(taskOf({historyAt(seconds)}));
        times.setExtent(Timestamp{seconds.front() * kSecond}, Timestamp{seconds.back() * kSecond});
        times.fit();
        axis.setMap(before.map);
        const Timestamp from = axis.window().from();
        const Timestamp to = axis.window().to();
        seconds.push_back(seconds.back() + 4);
        times.setExtent(Timestamp{seconds.front() * kSecond}, Timestamp{seconds.back() * kSecond});
        AxisTask task = taskOf({historyAt(seconds)});
        task.kept = axis.sharedMap();
        task.seen = axis.shownUntil();
        axis.setMap(layOutAxis(task).map, true);
        QCOMPARE(axis.window().from(), from);
        QCOMPARE(axis.window().to(), to);
    }

    void ticksStandAtRoundTimesOnBothSidesOfAFold()
    {
        const AxisResult result = layOutAxis(taskOf({historyAt(twoBursts())}));
        const auto& at = result.lanes[0]->at;
        const TimeScale scale{at.front(), at.back(), 148, 1'000};
        const std::vector<AxisTick> ticks = axisTicks(*result.map, scale, 100);
        const std::vector<FoldSpan> folds = foldsInView(*result.map, scale);
        QCOMPARE(folds.size(), std::size_t{1});
        QVERIFY(ticks.size() >= 4);
        int left = 0;
        int right = 0;
        double before = -1;
        for (const AxisTick& tick : ticks) {
            QVERIFY(tick.x >= before);
            before = tick.x;
            QVERIFY(tick.x <= folds[0].left + 0.5 || tick.x >= folds[0].right - 0.5);
            (tick.x < folds[0].left ? left : right) += 1;
        }
        QVERIFY(left > 0 && right > 0);
    }

    void theTicksOfOrderTellTheTimesOfEvents()
    {
        const AxisResult result = layOutAxis(taskOf({historyAt({0, 60, 120, 90'000, 90'060, 90'120})}, true));
        const std::vector<AxisTick> ticks =
            axisTicks(*result.map, {Timestamp{-AxisMap::kRank}, Timestamp{6 * AxisMap::kRank}, 0, 700}, 90);
        QCOMPARE(ticks.size(), std::size_t{6});
        QVERIFY2(ticks[4].label.contains(QStringLiteral("01:01")), qPrintable(ticks[4].label));
    }

    void labelsWiderThanTheTicksAreApartDoNotOverlap_data()
    {
        QTest::addColumn<bool>("order");
        QTest::newRow("of time") << false;
        QTest::newRow("of order") << true;
    }
    void labelsWiderThanTheTicksAreApartDoNotOverlap()
    {
        QFETCH(bool, order);
        const AxisResult result = layOutAxis(taskOf({historyAt({0, 60, 120, 180, 240, 300, 360, 420})}, order));
        const auto& at = result.lanes[0]->at;
        const auto room = [](const QString& label) { return 14.0 * static_cast<double>(label.size()); };
        double free = -1e9;
        int labels = 0;
        for (const AxisTick& tick : axisTicks(*result.map, {at.front(), at.back(), 0, 900}, 60, room)) {
            if (tick.label.isEmpty()) continue;
            QVERIFY(tick.x >= free - 1);
            free = tick.x + room(tick.label);
            ++labels;
        }
        QVERIFY2(labels >= 3, qPrintable(QString::number(labels)));
    }

    void behindAFoldTheDateIsToldThoughItsTickHadNoRoom()
    {
        // Days are folded between two bursts; the tick right behind the fold stands too near to the last label.
        const AxisResult result = layOutAxis(taskOf({historyAt(twoBursts())}));
        QCOMPARE(result.map->folds().size(), std::size_t{1});
        const Fold fold = result.map->folds().front();
        const TimeScale scale{result.map->place(Timestamp{990 * kSecond}),
                              result.map->place(Timestamp{(1'120 + 10 * 86'400) * kSecond}), 0, 700};
        const auto ticks = axisTicks(*result.map, scale, 60);
        const double edge = scale.pixelFromTime(fold.end);
        const auto behind =
            std::ranges::find_if(ticks, [edge](const AxisTick& tick) { return tick.x >= edge && !tick.label.isEmpty(); });
        QVERIFY(behind != ticks.end());
        QVERIFY2(behind->label.contains(QStringLiteral("11 Jan")), qPrintable(behind->label));
        // No word reaches into the fold.
        const auto wide = axisTicks(*result.map, scale, 60, [](const QString&) { return 90.0; });
        for (const AxisTick& tick : wide)
            QVERIFY(tick.label.isEmpty() || tick.x >= edge || tick.x + 90 <= scale.pixelFromTime(fold.at));
    }

    void onAFoldedAxisAPointerMeansRoundTimesToo()
    {
        const AxisResult result = layOutAxis(taskOf({historyAt(twoBursts())}));
        const Fold fold = result.map->folds().front();
        const TimeScale scale{result.map->place(Timestamp{1'000 * kSecond}),
                              result.map->place(Timestamp{(1'120 + 10 * 86'400) * kSecond}), 0, 700};
        for (const double x : {20.3, 611.7}) {
            const Timestamp time = roundTimeAt(*result.map, scale, x);
            QVERIFY2(time.ns % 1'000'000 == 0, qPrintable(QString::number(time.ns)));
            QVERIFY(std::abs(scale.pixelFromTime(result.map->place(time)) - x) < 0.6);
        }
        const double inside = (scale.pixelFromTime(fold.at) + scale.pixelFromTime(fold.end)) / 2;
        const Timestamp quiet = roundTimeAt(*result.map, scale, inside);
        QVERIFY(quiet > fold.from && quiet < fold.to);
    }

    void aRejectStandsAmongTheEventsOfItsPartitionWhateverItsTime()
    {
        auto history = std::make_shared<replay::History>(*historyAt({10, 20, 30, 40}));
        store::Posting reject;
        reject.id = EventId{PartId{0}, Offset{2}};
        reject.time = Timestamp{9'000 * kSecond};
        history->events[2].id = EventId{PartId{0}, Offset{3}};
        history->events[3].id = EventId{PartId{0}, Offset{4}};
        history->rejects = {reject};
        const AxisResult result = layOutAxis(taskOf({history}, true));
        QCOMPARE(result.lanes[0]->rejects.size(), std::size_t{1});
        QCOMPARE(result.lanes[0]->rejects[0], Timestamp{AxisMap::kRank + AxisMap::kRank / 2});
    }

    void aFanHoldsEveryEventOfItsClusterOrThoseAboutThePlayhead()
    {
        const LaneEvents lane = laneOf(historyAt(std::vector<std::int64_t>(500, 7)));
        FanMetrics metrics;
        metrics.within = QRectF(148, 0, 700, 160);
        const Fan few = layOutFan(lane, 10, 5, 12, 400, 60, 16, metrics);
        QCOMPARE(few.items.size(), std::size_t{5});
        QCOMPARE(few.items[0].event, std::size_t{10});
        QVERIFY(metrics.within.contains(few.bubble));
        for (const Fan::Item& item : few.items) QVERIFY(few.bubble.contains(item.box));
        QCOMPARE(fanItemAt(few, few.items[3].box.center()).value(), std::size_t{3});
        const Fan many = layOutFan(lane, 0, 500, 250, 400, 60, 16, metrics);
        QVERIFY(many.left > 0 && many.right > 0);
        QCOMPARE(many.left + many.items.size() + many.right, std::size_t{500});
        QVERIFY(many.items.front().event <= 250 && many.items.back().event >= 250);
    }

    void aMillionEventsAreLaidOutInBothAxes()
    {
        std::vector<std::int64_t> seconds(1'000'000);
        for (std::size_t i = 0; i < seconds.size(); ++i) seconds[i] = static_cast<std::int64_t>(i + i / 1000 * 5);
        const auto history = historyAt(std::move(seconds));
        for (const bool order : {false, true}) {
            QElapsedTimer timer;
            timer.start();
            const AxisResult result = layOutAxis(taskOf({history}, order));
            qInfo("1 M events on the axis of %s: %lld ms", order ? "order" : "time", timer.elapsed());
            QCOMPARE(result.lanes[0]->size(), std::size_t{1'000'000});
        }
    }
};

QTEST_GUILESS_MAIN(TestLaneAxis)
#include "test_lane_axis.moc"
