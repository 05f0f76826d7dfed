#include "tests/ui/timeline/timeline_fixture.h"
#include "ui/timeline/axis_ticks.h"

#include <QFontMetricsF>
#include <QSignalSpy>
#include <QToolButton>
#include <QToolTip>
#include <QtTest>

using namespace hindcast;
using namespace hindcast::ui;
using test::laneFor;

class TestLanes : public test::LanesTest {
    Q_OBJECT
    std::shared_ptr<replay::History> user_, order_, row_;

    void showInLogOrder()
    {
        AxisChoice choice;
        choice.order = true;
        canvas().setAxis(choice);
    }
    void showTwoBursts()
    {
        std::vector<std::pair<int, int>> bursts;
        for (int i = 0; i < 12; ++i) bursts.emplace_back(i * 3, i % 5);
        for (int i = 0; i < 12; ++i) bursts.emplace_back(20'000 + i * 3, i % 5);
        const auto burst = test::lifeOf(9, bursts);
        playhead_->setHistory(burst);
        canvas().setLanes({laneFor(burst, false)});
        fit(*burst, *burst);
    }

private slots:
    void init()
    {
        beginView(300);
        user_ =
            test::lifeOf(1, {{30, 0}, {240, 1}, {540, 2}, {541, 2}, {541, 2}, {542, 2}, {545, 2}, {700, 3}, {914, 3}, {1130, 2}});
        order_ = test::lifeOf(2, {{535, 2}, {760, 3}, {1000, 2}, {1300, 4}});
        row_ = test::lifeOf(3, {{60, 0}, {420, 3}, {430, 3}, {1500, 4}});
        row_->events.front().kind = EventKind::Create;
        row_->events[1].kind = row_->events[2].kind = EventKind::Update;
        row_->events.back().kind = EventKind::Delete;
        playhead_->setHistory(user_);
        canvas().setLanes({laneFor(user_, true), laneFor(order_, true), laneFor(row_, true)});
        fit(*user_, *row_);
        playhead_->setVersion(Version{8});
    }
    void cleanup() { view_.reset(); }

    void signsOfFindingsStandClearOfClustersAndOfTheRightEdge()
    {
        playhead_->setVersion(Version{5});
        canvas().setFindings(EntityId{1},
                             {{Version{4}, QStringLiteral("in a cluster")}, {Version{10}, QStringLiteral("the last")}});
        window_->set(user_->events.front().effective, user_->events.back().effective.plus(1'000'000'000));
        QCoreApplication::processEvents();
        const LaneGeometry& shown = canvas().geometry(0);
        const auto cluster = markOfEvent(shown, 3);
        QVERIFY(cluster && shown.marks[*cluster].count > 1);
        const auto signs = canvas().findingMarks(0);
        QCOMPARE(signs.size(), std::size_t{2});
        QVERIFY(signs[0].box.left() >= shown.marks[*cluster].x + shown.marks[*cluster].halfWidth);
        QVERIFY(signs[1].box.right() <= canvas().width());
        QVERIFY(signs[1].box.right() < canvas().scale().pixelFromTime(canvas().events(0)->at[9]));
        save("lanes-findings");
    }

    void everyLaneHasItsPlaceFromTopToBottom()
    {
        QCOMPARE(canvas().selectedLane().value(), std::size_t{0});
        QVERIFY(canvas().laneMiddle(0) < canvas().laneMiddle(1));
        QVERIFY(canvas().laneMiddle(2) < canvas().height() - 25);
        save("lanes-light");
        theme_->setScheme(Theme::Scheme::Dark);
        save("lanes-dark");
    }

    void aClickOnAnotherLanesEventSelectsItsEntityThere()
    {
        QSignalSpy chosen(&canvas(), &TimelineCanvas::laneEventChosen);
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, pointOf(1, 1));
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<EntityId>(), EntityId{2});
        QCOMPARE(chosen[0][1].value<EventId>(), order_->events[1].id);
        QCOMPARE(playhead_->version().value, std::uint64_t{8});  // moves when the entity is there
    }

    void aClickOnALanesNameSelectsItsEntity()
    {
        QSignalSpy chosen(&canvas(), &TimelineCanvas::laneChosen);
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, QPoint(30, static_cast<int>(canvas().laneMiddle(2))));
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<EntityId>(), EntityId{3});
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, QPoint(30, static_cast<int>(canvas().laneMiddle(0))));
        QCOMPARE(chosen.size(), 1);  // it is selected already
    }

    void upAndDownSelectTheLaneAboveAndBelow()
    {
        QSignalSpy chosen(&canvas(), &TimelineCanvas::laneChosen);
        QTest::keyClick(&canvas(), Qt::Key_Down);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<EntityId>(), EntityId{2});
        QTest::keyClick(&canvas(), Qt::Key_Up);  // already the first
        QCOMPARE(chosen.size(), 1);
    }

    void aClickOnAClusterFansItOutAndAClickInTheFanGoesToThatEvent()
    {
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, pointOf(0, 4));
        QVERIFY(canvas().fan().has_value());
        QCOMPARE(canvas().fan()->items.size(), std::size_t{5});
        save("lanes-fan");
        const QPoint second = canvas().fan()->items[1].box.center().toPoint();
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, second);
        QCOMPARE(playhead_->version().value, std::uint64_t{4});
        QVERIFY(canvas().fan().has_value());  // one may go on to the next
        QTest::keyClick(&canvas(), Qt::Key_Escape);
        QVERIFY(!canvas().fan().has_value());
    }

    void inAPresentationNeighbouringClustersKeepApart()
    {
        // Pairs a little further apart than a desk's bubble is wide.
        std::vector<std::pair<int, int>> pairs;
        for (int i = 0; i < 30; ++i) {
            pairs.emplace_back(i * 50, i % 5);
            pairs.emplace_back(i * 50 + 4, i % 5);
        }
        const auto many = test::lifeOf(8, pairs);
        for (const double zoom : {1.0, Theme::kPresentation}) {
            theme_->setZoom(zoom);
            playhead_->setHistory(many);
            canvas().setLanes({laneFor(many, false)});
            fit(*many, *many);
            const auto& marks = canvas().geometry(0).marks;
            const QFontMetricsF words(theme_->strong(0.85));
            QVERIFY(marks.size() > 8);
            for (std::size_t i = 0; i < marks.size(); ++i) {
                if (i > 0) QVERIFY(marks[i - 1].x + marks[i - 1].halfWidth < marks[i].x - marks[i].halfWidth);
                const QString count = QStringLiteral("×%1").arg(marks[i].count);
                if (marks[i].count > 1) QVERIFY(words.horizontalAdvance(count) < 2 * marks[i].halfWidth);
            }
        }
    }

    void enterFansOutTheClusterThatThePlayheadStandsIn()
    {
        playhead_->setVersion(Version{5});
        QTest::keyClick(&canvas(), Qt::Key_Return);
        QVERIFY(canvas().fan().has_value());
        QTest::keyClick(&canvas(), Qt::Key_Right);
        QCOMPARE(playhead_->version().value, std::uint64_t{6});
        QTest::keyClick(&canvas(), Qt::Key_Return);
        QVERIFY(!canvas().fan().has_value());
    }

    void theFanClosesWhenThePlayheadLeavesItsCluster()
    {
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, pointOf(0, 4));
        QVERIFY(canvas().fan().has_value());
        playhead_->setVersion(Version{3});
        QVERIFY(canvas().fan().has_value());
        playhead_->setVersion(Version{7});
        QVERIFY(canvas().fan().has_value());
        playhead_->setVersion(Version{8});
        QVERIFY(!canvas().fan().has_value());
    }

    void zoomingClosesTheFan()
    {
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, pointOf(0, 4));
        QVERIFY(canvas().fan().has_value());
        canvas().zoomIn();
        QVERIFY(!canvas().fan().has_value());
    }

    void inLogOrderTheClusterStandsApartAndDraggingStepsFromEventToEvent()
    {
        showInLogOrder();
        QVERIFY(canvas().axisMap().isOrder());
        canvas().fit();
        QCOMPARE(canvas().geometry(0).marks.size(), std::size_t{10});
        save("lanes-order");
        // The two of the same minute are told apart.
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, pointOf(0, 3));
        QCOMPARE(playhead_->version().value, std::uint64_t{4});
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, pointOf(0, 4));
        QCOMPARE(playhead_->version().value, std::uint64_t{5});
        QVERIFY(std::abs(canvas().playheadX() - pointOf(0, 4).x()) < 1);
        QCOMPARE(view_->axisButton().text().left(9), QStringLiteral("log order"));
    }

    void theWheelZoomsAboutThePointerInLogOrderToo()
    {
        showInLogOrder();
        canvas().fit();
        const QPoint at = pointOf(0, 4);
        QWheelEvent event(at, canvas().mapToGlobal(at), {}, QPoint(0, 240), Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&canvas(), &event);
        QVERIFY(std::abs(pointOf(0, 4).x() - at.x()) <= 1);
        QVERIFY(pointOf(0, 5).x() - pointOf(0, 4).x() > 60);
    }

    void aQuietPeriodIsFoldedAndAClickUnfoldsIt()
    {
        showTwoBursts();
        QCOMPARE(canvas().axisMap().folds().size(), std::size_t{1});
        save("lanes-folded");
        const Fold fold = canvas().axisMap().folds().front();
        const int x = static_cast<int>((canvas().scale().pixelFromTime(fold.at) + canvas().scale().pixelFromTime(fold.end)) / 2);
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, QPoint(x, 20));
        QVERIFY(canvas().axisMap().isTime());
    }

    void whatArrivesAtTheEndMovesNoMarkNoTickAndNotThePlayhead_data()
    {
        QTest::addColumn<bool>("foldInView");
        QTest::newRow("with a fold in view") << true;
        QTest::newRow("with a fold left of the view") << false;
    }
    void whatArrivesAtTheEndMovesNoMarkNoTickAndNotThePlayhead()
    {
        QFETCH(bool, foldInView);
        showTwoBursts();
        std::vector<std::pair<int, int>> life;
        for (int i = 0; i < 12; ++i) life.emplace_back(i * 3, i % 5);
        for (int i = 0; i < 12; ++i) life.emplace_back(20'000 + i * 3, i % 5);
        if (!foldInView) {
            const LaneEvents& events = *canvas().events(0);
            playhead_->setVersion(Version{16});
            window_->set(events.event(13).effective, events.event(23).effective.plus(1'200'000'000'000));
            QVERIFY(canvas().scale().from > canvas().axisMap().folds().front().end);
        } else {
            playhead_->setVersion(Version{14});
        }
        const auto ticks = [this] { return axisTicks(canvas().axisMap(), canvas().scale(), 90); };
        const auto ticksBefore = ticks();
        const double headBefore = canvas().playheadX();
        const auto marksBefore = canvas().geometry(0).marks;
        QCOMPARE(canvas().axisMap().folds().size(), std::size_t{1});
        QVERIFY(marksBefore.size() > 2);
        for (int arrival = 0; arrival < 60; ++arrival) {
            life.emplace_back(20'036 + arrival * 2, arrival % 5);
            const auto longer = test::lifeOf(9, life);
            window_->setExtent(longer->events.front().effective, longer->events.back().effective);
            playhead_->setHistory(longer);
            canvas().setLanes({laneFor(longer, false)});
            QCOMPARE(canvas().playheadX(), headBefore);
            const auto ticksAfter = ticks();
            QCOMPARE(ticksAfter.size(), ticksBefore.size());
            for (std::size_t i = 0; i < ticksBefore.size(); ++i) QCOMPARE(ticksAfter[i].x, ticksBefore[i].x);
            // The last one may have become a cluster with what came.
            const auto& marks = canvas().geometry(0).marks;
            QVERIFY(marks.size() >= marksBefore.size());
            for (std::size_t i = 0; i + 1 < marksBefore.size(); ++i) {
                QCOMPARE(marks[i].x, marksBefore[i].x);
                QCOMPARE(marks[i].count, marksBefore[i].count);
            }
        }
        // Fit shows the life as it is now, with folds made for it.
        const auto kept = canvas().axisMap().folds();
        canvas().fit();
        QCOMPARE(canvas().axisMap().folds().size(), std::size_t{1});
        QVERIFY(canvas().axisMap().folds() != kept);
        const auto& at = canvas().events(0)->at;
        QVERIFY(canvas().scale().from < at.front() && at.back() < canvas().scale().to);
    }

    void whoFollowsSeesFoldsMadeForTheLifeAsItIs()
    {
        showTwoBursts();
        const auto before = canvas().axisMap().folds();
        std::vector<std::pair<int, int>> life;
        for (int i = 0; i < 12; ++i) life.emplace_back(i * 3, i % 5);
        for (int i = 0; i < 40; ++i) life.emplace_back(20'000 + i * 3, i % 5);
        const auto longer = test::lifeOf(9, life);
        playhead_->setHistory(longer);
        canvas().setLanes({laneFor(longer, false)});
        QCOMPARE(canvas().axisMap().folds(), before);
        canvas().setFollowing(true);
        QVERIFY(canvas().axisMap().folds() != before);
    }

    void thePlayheadIsTakenHoldOfAlsoWhereItStandsInAFold()
    {
        showTwoBursts();
        const Fold fold = canvas().axisMap().folds().front();
        playhead_->setTime(Timestamp{fold.from.ns + (fold.to.ns - fold.from.ns) / 2});
        const QPoint head(static_cast<int>(std::lround(canvas().playheadX())), 20);
        QTest::mousePress(&canvas(), Qt::LeftButton, {}, head);
        QTest::mouseMove(&canvas(), pointOf(0, 3));
        QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, pointOf(0, 3));
        QCOMPARE(canvas().axisMap().folds().size(), std::size_t{1});
        QVERIFY(playhead_->time() < fold.from);
    }

    void theFrameOfTheFocusStaysWhenOneComesBackFromAnotherWindow()
    {
        const auto framed = [&] {
            return canvas().grab().toImage().pixelColor(canvas().width() / 2, 0) == theme_->color(Theme::Role::Accent);
        };
        const auto focus = [&](Qt::FocusReason reason) {
            canvas().clearFocus();
            canvas().setFocus(reason);
        };
        view_->show();
        QApplication::setActiveWindow(view_.get());
        QVERIFY(QTest::qWaitForWindowActive(view_.get()));
        focus(Qt::TabFocusReason);
        QVERIFY(framed());
        focus(Qt::ActiveWindowFocusReason);
        QVERIFY(framed());
        focus(Qt::MouseFocusReason);
        QVERIFY(!framed());
        focus(Qt::PopupFocusReason);
        QVERIFY(!framed());
    }

    void aHiddenTypeLeavesTheLanesAndThePlayheadStaysWhereItWas()
    {
        TypeFilter::Choice filter;
        filter.named = {TypeId{3}};
        canvas().setFilter(filter);
        QCOMPARE(canvas().events(0)->size(), std::size_t{8});
        QCOMPARE(playhead_->version().value, std::uint64_t{8});
        QCOMPARE(canvas().events(0)->upTo(playhead_->version()), std::size_t{7});
        (void)canvas().grab();
    }

    void moreLanesThanFitScrollAndTheSelectedOneIsBroughtIntoView()
    {
        std::vector<Lane> lanes;
        for (std::uint32_t i = 10; i < 30; ++i) lanes.push_back(laneFor(test::lifeOf(i, {{30, 0}, {600, 1}, {900, 2}}), true));
        lanes.push_back(laneFor(user_, true));
        canvas().setLanes(std::move(lanes));
        const double middle = canvas().laneMiddle(*canvas().selectedLane());
        QVERIFY(middle > 36 && middle < canvas().height() - 25);
        save("lanes-scrolled");
    }

    void theTipOfAMarkAsksForWhatTheEventChanged()
    {
        QSignalSpy wanted(&canvas(), &TimelineCanvas::tipWanted);
        const QPoint at = pointOf(1, 1);
        QHelpEvent help(QEvent::ToolTip, at, canvas().mapToGlobal(at));
        QCoreApplication::sendEvent(&canvas(), &help);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].value<EntityId>(), EntityId{2});
        QCOMPARE(wanted[0][1].value<Version>().value, std::uint64_t{2});
        QVERIFY(QToolTip::text().contains(QStringLiteral("AddressChanged")));
        canvas().setTipText(EntityId{2}, Version{2}, QStringLiteral("address Old → New"));
        QVERIFY(QToolTip::text().contains(QStringLiteral("Old → New")));
    }

    void aMillionEventsArePreparedWithoutBlockingTheWindow()
    {
        std::vector<std::pair<int, int>> many;
        many.reserve(1'000'000);
        for (int i = 0; i < 1'000'000; ++i) many.emplace_back(i, i % 5);
        const auto big = test::lifeOf(4, many);
        canvas().setLanes({laneFor(big, false)});
        QVERIFY(canvas().isPreparing());
        QCOMPARE(canvas().selectedLane().value(), std::size_t{0});  // the old lanes stay until the new ones are there
        QTRY_VERIFY(!canvas().isPreparing());
        playhead_->setHistory(big);
        QVERIFY(canvas().geometry(0).density());
    }

    void redIsThePlayheadsAlone()
    {
        window_->set(Timestamp{playhead_->time().ns + 1}, window_->to());  // out of view: only its arrow is red
        const QImage image = canvas().grab().toImage();
        const QColor red = theme_->color(Theme::Role::Playhead);
        for (int y = 20; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) QVERIFY(image.pixelColor(x, y) != red);
    }
};

QTEST_MAIN(TestLanes)
#include "test_lanes.moc"
