#include "tests/ui/timeline/timeline_fixture.h"
#include "tests/ui/timeline/watch_fixture.h"
#include "ui/timeline/lane_space.h"

#include <QSignalSpy>
#include <QtTest>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// The lane of a what-if branch: what stands where, and what the hands and the keys want.
class TestBranchLane : public LanesTest {
    Q_OBJECT

    std::shared_ptr<replay::History> life_;
    replay::BranchTypes types_{{}};

    EventId id(std::size_t version) const { return life_->events[version - 1].id; }
    void show(const replay::Branch& branch)
    {
        BranchShown shown;
        shown.entity = life_->entity;
        shown.made = replay::BranchHistory::apply(branch, life_, types_);
        shown.name = QStringLiteral("without the order");
        shown.about = QStringLiteral("skip 3 · edit 4");
        canvas().setBranch(std::move(shown));
        QCoreApplication::processEvents();
    }
    /// Skips #3, edits #4, adds one after #5.
    replay::Branch three() const
    {
        replay::Branch branch("without the order", life_->key);
        branch.skip(id(3));
        (void)branch.edit(id(4), R"({"a":1})", {});
        (void)branch.add(replay::EventRef(id(5)), "OrderPlaced", R"({"total":1})",
                         Timestamp{life_->events[4].time.ns + 1'800'000'000'000});
        return branch;
    }
    std::size_t item(std::size_t realVersion) { return *canvas().branchLane()->itemAt(Version{realVersion}); }
    QPoint at(std::size_t index)
    {
        const double x = canvas().scale().pixelFromTime(canvas().branchLane()->events.at[index]);
        return {static_cast<int>(std::lround(x)), static_cast<int>(canvas().branchMiddle())};
    }

private slots:
    void init()
    {
        beginView(260);
        life_ = lifeOf(1, {{0, UserRegistered},
                           {60, AddressAdded},
                           {130, OrderPlaced},
                           {200, OrderPlaced},
                           {260, AddressChanged},
                           {360, OrderCancelled}});
        fit(*life_, *life_);
        playhead_->setHistory(life_);
        canvas().setLanes({laneFor(life_, false)});
        playhead_->setVersion(Version{4});
    }

    void itShowsWhatIsSkippedEditedAndAddedAndWhereItDeparts()
    {
        QVERIFY(canvas().branchLane() == nullptr);
        const int before = canvas().heightFor(1);
        show(three());
        QVERIFY(canvas().heightFor(1) > before);
        const BranchLane& lane = *canvas().branchLane();
        QCOMPARE(lane.items.size(), std::size_t{7});
        QVERIFY(lane.items[0].same() && lane.items[1].same());
        QVERIFY(lane.items[2].skipped() && lane.items[3].edited && lane.items[4].same() && lane.items[5].added());
        QCOMPARE(*lane.departs, 2U);
        QCOMPARE(lane.places.size(), std::size_t{6});
        // What both have stands in one place.
        QCOMPARE(lane.events.at[4], canvas().events(0)->at[4]);
        QVERIFY(canvas().branchBox().top() >= canvas().laneMiddle(0));
        save("branch-lane");
        theme_->setScheme(Theme::Scheme::Dark);
        save("branch-lane-dark");
        theme_->setScheme(Theme::Scheme::Light);
        canvas().setBranch({});
        QCOMPARE(canvas().heightFor(1), before);
    }

    void aClickPutsThePlayheadThereAndADragMovesTheEvent()
    {
        show(three());
        QSignalSpy moved(&canvas(), &TimelineCanvas::branchMoveWanted);
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, at(item(5)));
        QCOMPARE(playhead_->version(), Version{5});
        QCOMPARE(canvas().branchItem()->real, Version{5});
        QVERIFY(canvas().isBranchFocused());
        // The added one: its time, where the real history is at #5.
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, at(5));
        QCOMPARE(playhead_->version(), Version{5});
        QVERIFY(playhead_->time() > life_->events[4].time);
        QVERIFY(canvas().branchItem()->added());
        // #5 to the left of #4.
        const QPoint from = at(item(5));
        const QPoint to((at(item(4)).x() + at(item(2)).x()) / 2 + 20, from.y());
        QTest::mousePress(&canvas(), Qt::LeftButton, {}, from);
        QTest::mouseMove(&canvas(), from - QPoint(10, 0));
        QTest::mouseMove(&canvas(), to);
        save("branch-drag");
        QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, to);
        QCOMPARE(moved.count(), 1);
        QCOMPARE(moved[0][0].value<BranchItem>().real, Version{5});
        QCOMPARE(moved[0][1].value<std::optional<EventId>>(), std::optional(id(2)));  // #3 is not there to stand behind
        const auto time = moved[0][2].value<std::optional<Timestamp>>();
        QVERIFY(time && *time > life_->events[1].time && *time < life_->events[3].time);
        QCOMPARE(moved[0][3].toBool(), false);
    }

    void theEventUnderThePlayheadIsDraggedAndElsewhereThePlayheadIs()
    {
        show(three());
        QSignalSpy moved(&canvas(), &TimelineCanvas::branchMoveWanted);
        const QPoint from = at(item(5));
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, from);
        QCOMPARE(playhead_->version(), Version{5});
        QTest::mousePress(&canvas(), Qt::LeftButton, {}, from);
        QTest::mouseMove(&canvas(), from - QPoint(10, 0));
        QTest::mouseMove(&canvas(), from - QPoint(30, 0));
        QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, from - QPoint(30, 0));
        QCOMPARE(moved.count(), 1);
        QCOMPARE(moved[0][0].value<BranchItem>().real, Version{5});
        QCOMPARE(playhead_->version(), Version{5});
        // Its handle, and its line in the entity's lane.
        for (const int y : {10, static_cast<int>(canvas().laneMiddle(0))}) {
            playhead_->setVersion(Version{5});
            const QPoint on(static_cast<int>(std::lround(canvas().playheadX())), y);
            QTest::mousePress(&canvas(), Qt::LeftButton, {}, on);
            QTest::mouseMove(&canvas(), on - QPoint(200, 0));
            QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, on - QPoint(200, 0));
            QVERIFY(playhead_->version() < Version{5});
        }
        QCOMPARE(moved.count(), 1);
    }

    void ofEventsAtOneTimeThePlayheadsVersionIsMeant()
    {
        life_ = lifeOf(1, {{0, UserRegistered},
                           {0, AddressAdded},
                           {0, OrderPlaced},
                           {0, OrderPlaced},
                           {0, AddressChanged},
                           {0, OrderPlaced},
                           {0, OrderPlaced},
                           {0, OrderCancelled}});
        fit(*life_, *life_);
        playhead_->setHistory(life_);
        canvas().setLanes({laneFor(life_, false)});
        replay::Branch branch("what if", life_->key);
        show(branch);
        canvas().setFocus();
        QSignalSpy skip(&canvas(), &TimelineCanvas::branchSkipWanted);
        QSignalSpy edit(&canvas(), &TimelineCanvas::branchEditWanted);
        playhead_->toLast();
        QTest::keyClick(&canvas(), Qt::Key_Down);
        QVERIFY(canvas().isBranchFocused());
        playhead_->step(-1);
        playhead_->step(-1);
        playhead_->step(-1);
        QCOMPARE(playhead_->version(), Version{5});
        QCOMPARE(canvas().branchItem()->real, Version{5});
        QTest::keyClick(&canvas(), Qt::Key_E);
        QCOMPARE(edit[0][0].value<BranchItem>().real, Version{5});
        QTest::keyClick(&canvas(), Qt::Key_Delete);
        QCOMPARE(skip[0][0].value<BranchItem>().real, Version{5});
        QVERIFY(canvas().accessibleDescription().contains(QStringLiteral("#5")));
        // One more among them: it is come by after #5, and the playhead stays beside it.
        (void)branch.add(replay::EventRef(id(5)), "OrderPlaced", R"({"total":1})", life_->events[4].time);
        show(branch);
        QCOMPARE(canvas().branchItem()->real, Version{5});
        QTest::keyClick(&canvas(), Qt::Key_Right);
        QVERIFY(canvas().branchItem()->added());
        QCOMPARE(playhead_->version(), Version{5});
        QTest::keyClick(&canvas(), Qt::Key_Right);
        QCOMPARE(canvas().branchItem()->real, Version{6});
        QTest::keyClick(&canvas(), Qt::Key_Left);
        QVERIFY(canvas().branchItem()->added());
        QCOMPARE(playhead_->version(), Version{5});
        // Behind all of them, between two events, the last one that has come is meant.
        playhead_->setTime(life_->events[7].time.plus(1'000'000'000));
        QCOMPARE(canvas().branchItem()->real, Version{8});
    }

    void aBranchThatIsShownComesIntoView()
    {
        view_->resize(970, 240);
        std::vector<Lane> lanes;
        for (std::uint32_t entity = 2; entity < 6; ++entity)
            lanes.push_back(laneFor(lifeOf(entity, {{0, UserRegistered}, {360, OrderPlaced}}), true));
        lanes.insert(lanes.begin() + 1, laneFor(life_, true));
        canvas().setLanes(lanes);
        QCoreApplication::processEvents();
        show(three());
        QVERIFY(canvas().branchLane() != nullptr);
        QVERIFY2(canvas().branchBox().bottom() <= canvas().height() - space::kFoot + 1,
                 qPrintable(QString::number(canvas().branchBox().bottom())));
        QVERIFY2(canvas().branchBox().top() >= space::kAxis - 1, qPrintable(QString::number(canvas().branchBox().top())));
        save("branch-revealed");
    }

    void aDragBetweenItsNeighboursIsAnotherTimeAndEscapeGivesItUp()
    {
        show(three());
        QSignalSpy moved(&canvas(), &TimelineCanvas::branchMoveWanted);
        const QPoint from = at(item(2));
        QTest::mousePress(&canvas(), Qt::LeftButton, {}, from);
        QTest::mouseMove(&canvas(), from + QPoint(6, 0));
        QTest::mouseMove(&canvas(), from + QPoint(30, 0));
        QTest::keyClick(&canvas(), Qt::Key_Escape);
        QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, from + QPoint(30, 0));
        QCOMPARE(moved.count(), 0);
        QTest::mousePress(&canvas(), Qt::LeftButton, {}, from);
        QTest::mouseMove(&canvas(), from + QPoint(6, 0));
        QTest::mouseMove(&canvas(), from + QPoint(30, 0));
        QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, from + QPoint(30, 0));
        QCOMPARE(moved.count(), 1);
        QCOMPARE(moved[0][3].toBool(), true);
        // Let go far from the lane nothing is meant.
        QTest::mousePress(&canvas(), Qt::LeftButton, {}, from);
        QTest::mouseMove(&canvas(), from + QPoint(6, 0));
        QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, QPoint(from.x() + 80, 4));
        QCOMPARE(moved.count(), 1);
    }

    void doubleClickEditsAndTheMenuIsOfTheEvent()
    {
        show(three());
        QSignalSpy edit(&canvas(), &TimelineCanvas::branchEditWanted);
        QSignalSpy menu(&canvas(), &TimelineCanvas::branchMenuWanted);
        QTest::mouseDClick(&canvas(), Qt::LeftButton, {}, at(item(5)));
        QCOMPARE(edit.count(), 1);
        QTest::mouseDClick(&canvas(), Qt::LeftButton, {}, at(2));  // skipped: there is nothing to edit
        QCOMPARE(edit.count(), 1);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at(2), canvas().mapToGlobal(at(2)));
        QCoreApplication::sendEvent(&canvas(), &event);
        QCOMPARE(menu.count(), 1);
        QVERIFY(menu[0][0].value<std::optional<BranchItem>>()->skipped());
        // Of the real lane: the event that it is opened on.
        const QPoint real = pointOf(0, 3);
        QContextMenuEvent other(QContextMenuEvent::Mouse, real, canvas().mapToGlobal(real));
        canvas().disconnect(view_.get());
        QCoreApplication::sendEvent(&canvas(), &other);
        QCOMPARE(canvas().menuEvent(), std::optional(id(4)));
    }

    void allOfItGoesByKeys()
    {
        show(three());
        canvas().setFocus();
        QSignalSpy skip(&canvas(), &TimelineCanvas::branchSkipWanted);
        QSignalSpy edit(&canvas(), &TimelineCanvas::branchEditWanted);
        QSignalSpy add(&canvas(), &TimelineCanvas::branchAddWanted);
        QSignalSpy place(&canvas(), &TimelineCanvas::branchPlaceWanted);
        QSignalSpy moved(&canvas(), &TimelineCanvas::branchMoveWanted);
        // From the real lane it is the playhead's event.
        QTest::keyClick(&canvas(), Qt::Key_Delete);
        QCOMPARE(skip[0][0].value<BranchItem>().real, Version{4});
        QTest::keyClick(&canvas(), Qt::Key_E);
        QTest::keyClick(&canvas(), Qt::Key_M);
        QTest::keyClick(&canvas(), Qt::Key_A);
        QCOMPARE(edit.count() + place.count() + add.count(), 3);
        // In its own lane one steps through what the branch alone has, too.
        QTest::keyClick(&canvas(), Qt::Key_Down);
        QVERIFY(canvas().isBranchFocused());
        QTest::keyClick(&canvas(), Qt::Key_Right);
        QTest::keyClick(&canvas(), Qt::Key_Right);
        QVERIFY(canvas().branchItem()->added());
        QTest::keyClick(&canvas(), Qt::Key_Backspace);
        QVERIFY(skip[1][0].value<BranchItem>().added());
        QTest::keyClick(&canvas(), Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(moved.count(), 1);
        QCOMPARE(moved[0][1].value<std::optional<EventId>>(), std::optional(id(4)));
        QVERIFY(canvas().accessibleDescription().contains(QStringLiteral("OrderPlaced")) ||
                canvas().accessibleDescription().contains(QStringLiteral("added")));
        save("branch-focused");
        QTest::keyClick(&canvas(), Qt::Key_Up);
        QVERIFY(!canvas().isBranchFocused());
    }

    void itsWatchesStandBesideTheRealOnes()
    {
        show(three());
        WatchLane number{QStringLiteral("/v"), runsOf({"1", "3", "2", "6", "4", "5"}), {}};
        WatchLane text{
            QStringLiteral("/t"), runsOf({"\"basic\"", "\"basic\"", "\"gold\"", "\"gold\"", "\"blocked\"", "\"blocked\""}), {}};
        canvas().setWatches(life_->entity, {number, text});
        const double band = canvas().watchBox(1).height();
        canvas().setBranchWatches(
            {{QStringLiteral("/v"), runsOf({"1", "3", "8", "7", "9", "8"})},
             {QStringLiteral("/t"), runsOf({"\"basic\"", "\"basic\"", "\"gold\"", "\"gold\"", "\"gold\"", "\"gold\""})}});
        QVERIFY(canvas().watchBox(1).height() > band);
        QVERIFY(canvas().watchBox(0).top() >= canvas().branchBox().bottom() - 0.5);
        view_->resize(970, 360);
        QCoreApplication::processEvents();
        save("branch-watches");
        theme_->setScheme(Theme::Scheme::Dark);
        save("branch-watches-dark");
        theme_->setScheme(Theme::Scheme::Light);
        canvas().setBranch({});
        QCOMPARE(canvas().watchBox(1).height(), band);
    }

    void inTheLogsOrderAnAddedEventStandsBetweenTwo()
    {
        AxisChoice order;
        order.order = true;
        canvas().setAxis(order);
        show(three());
        const BranchLane& lane = *canvas().branchLane();
        QVERIFY(lane.events.at[5] > canvas().events(0)->at[4] && lane.events.at[5] < canvas().events(0)->at[5]);
    }

    void itFollowsTheTypesThatAreShownButNeverHidesWhatIsDifferent()
    {
        show(three());
        TypeFilter::Choice choice;
        choice.named = {TypeId{OrderPlaced}, TypeId{AddressChanged}};
        canvas().setFilter(choice);
        const BranchLane& lane = *canvas().branchLane();
        QCOMPARE(lane.items.size(), std::size_t{6});  // all but #5, whose type is hidden and which is the same
        QVERIFY(!lane.itemAt(Version{5}));
    }
};

QTEST_MAIN(TestBranchLane)
#include "test_branch_lane.moc"
