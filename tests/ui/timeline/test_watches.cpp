#include "tests/ui/timeline/watch_fixture.h"

#include <QSignalSpy>
#include <QToolTip>
#include <QtTest>

using namespace hindcast;
using namespace hindcast::ui;
using test::laneFor;
using test::runsOf;

/// The lanes of watched fields on the canvas.
class TestWatches : public test::LanesTest {
    Q_OBJECT
    std::shared_ptr<replay::History> user_, order_;

    QPoint middleOf(std::size_t watch, double x) { return {qRound(x), qRound(canvas().watchBox(watch).center().y())}; }
    QPoint pointAt(std::size_t watch, std::size_t event)
    {
        return middleOf(watch, canvas().scale().pixelFromTime(canvas().events(0)->at[event]));
    }
    void key(Qt::Key key) { QTest::keyClick(&canvas(), key); }

private slots:
    void init()
    {
        beginView(420);
        user_ = test::lifeOf(1, {{0, 0}, {100, 1}, {200, 2}, {300, 2}, {400, 3}, {500, 2}, {600, 2}, {700, 3}, {800, 3}});
        order_ = test::lifeOf(2, {{50, 2}, {750, 4}});
        playhead_->setHistory(user_);
        canvas().setLanes({laneFor(user_, true), laneFor(order_, true)});
        fit(*user_, *user_);
        canvas().setWatches(EntityId{1}, {{QStringLiteral("/balance"),
                                           runsOf({"", "50.00", "28.00", "72.00", "46.00", "6.00", "-14.00", "6.00", "-20.00"}),
                                           {}},
                                          {QStringLiteral("/tier"),
                                           runsOf({"\"basic\"", "\"basic\"", "\"basic\"", "\"gold\"", "\"gold\"", "\"gold\"",
                                                   "\"blocked\"", "\"blocked\"", "\"blocked\""}),
                                           {}},
                                          {QStringLiteral("/items"), nullptr, QStringLiteral("working out its values: 40 %")}});
        playhead_->setVersion(Version{6});
    }
    void cleanup() { view_.reset(); }

    void theyStandBetweenTheSelectedLaneAndTheNext()
    {
        QCOMPARE(canvas().watches().size(), std::size_t{3});
        QVERIFY(canvas().laneMiddle(0) < canvas().watchBox(0).top());
        QCOMPARE(canvas().watchBox(0).bottom(), canvas().watchBox(1).top());
        QVERIFY(canvas().watchBox(2).bottom() < canvas().laneMiddle(1));
        QVERIFY(canvas().watchBox(0).height() > canvas().watchBox(1).height());  // a line needs more than bands
        QVERIFY(canvas().laneMiddle(1) < canvas().height() - 25);
        save("watches-light");
        theme_->setScheme(Theme::Scheme::Dark);
        save("watches-dark");
    }

    void theValueAtThePlayheadDoesNotHideTheLinesLastStep()
    {
        playhead_->setVersion(Version{9});
        QCoreApplication::processEvents();
        const QImage shown = canvas().grab().toImage().convertToFormat(QImage::Format_RGB32);
        const double ratio = shown.devicePixelRatio();
        const auto x = [&](std::size_t event) { return canvas().scale().pixelFromTime(canvas().events(0)->at[event]); };
        const QRgb line = theme_->color(Theme::Role::Text).rgb();
        const auto pixel = [&](int column, int row) {
            return shown.pixel(static_cast<int>(column * ratio), static_cast<int>(row * ratio));
        };
        // From #8 on it is level at 6.00, up to where it falls to −20.00.
        const int from = static_cast<int>(x(7)) + 3;
        const QRect box = canvas().watchBox(0).toRect();
        int level = box.top();
        while (level < box.bottom() && pixel(from, level) != line) ++level;
        QVERIFY(level < box.bottom());
        for (int column = from; column < static_cast<int>(x(8)) - 3; ++column)
            QVERIFY2(pixel(column, level) == line, qPrintable(QString::number(column)));
        save("watches-value-at-the-step");
    }

    void theyGoWithTheirEntity()
    {
        const int high = canvas().heightFor(2);
        QSignalSpy resized(&canvas(), &TimelineCanvas::watchesResized);
        playhead_->setHistory(order_);
        QVERIFY(canvas().watches().empty());
        QVERIFY(canvas().heightFor(2) < high);
        playhead_->setHistory(user_);
        QCOMPARE(canvas().watches().size(), std::size_t{3});
        canvas().setWatches(EntityId{1}, {});
        QCOMPARE(resized.size(), 1);
        canvas().setWatches(EntityId{1}, {});
        QCOMPARE(resized.size(), 1);
    }

    void theyKeepTheirRoomWhileTheValuesOfAnotherEntityAreOnTheirWay()
    {
        const double line = canvas().watchBox(0).height();
        playhead_->setHistory(order_);
        canvas().setWatches(EntityId{2}, {{QStringLiteral("/balance"), nullptr, {}}, {QStringLiteral("/tier"), nullptr, {}}});
        QCOMPARE(canvas().watchBox(0).height(), line);
        QVERIFY(canvas().watchBox(1).height() < line);
    }

    void aClickMovesThePlayheadToTheEventThatSetTheValue()
    {
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, pointAt(1, 4));  // gold since the fourth
        QCOMPARE(playhead_->version().value, std::uint64_t{4});
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, pointAt(0, 4) + QPoint(20, 0));
        QCOMPARE(playhead_->version().value, std::uint64_t{5});
        // Where it was not there yet nothing has set it: the playhead goes where one clicks.
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, pointAt(0, 0) + QPoint(30, 0));
        QCOMPARE(playhead_->version().value, std::uint64_t{1});
        QVERIFY(playhead_->time() > user_->events[0].effective);
    }

    void aDragScrubsAsItDoesEverywhere()
    {
        const QPoint from = pointAt(1, 2) + QPoint(20, 0);
        QTest::mousePress(&canvas(), Qt::LeftButton, {}, from);
        QCOMPARE(playhead_->version().value, std::uint64_t{6});
        QTest::mouseMove(&canvas(), from + QPoint(30, 0));
        QTest::mouseMove(&canvas(), pointAt(1, 7) + QPoint(1, 0));
        QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, pointAt(1, 7) + QPoint(1, 0));
        QCOMPARE(playhead_->version().value, std::uint64_t{8});
    }

    void theKeyboardReachesThem()
    {
        QSignalSpy removed(&canvas(), &TimelineCanvas::watchRemoveWanted);
        QSignalSpy writes(&canvas(), &TimelineCanvas::writesWanted);
        QSignalSpy lanes(&canvas(), &TimelineCanvas::laneChosen);
        key(Qt::Key_Down);
        QCOMPARE(canvas().focusedWatch(), std::optional<std::size_t>(0));
        QVERIFY2(canvas().accessibleDescription().startsWith(QStringLiteral("/balance: 6.00, since #6")),
                 qPrintable(canvas().accessibleDescription()));
        key(Qt::Key_Right);
        QCOMPARE(playhead_->version().value, std::uint64_t{7});
        key(Qt::Key_Down);
        key(Qt::Key_Left);
        QCOMPARE(playhead_->version().value, std::uint64_t{4});  // gold before blocked
        key(Qt::Key_Left);
        QCOMPARE(playhead_->version().value, std::uint64_t{1});
        key(Qt::Key_Left);
        QCOMPARE(playhead_->version().value, std::uint64_t{1});
        key(Qt::Key_Right);
        QCOMPARE(playhead_->version().value, std::uint64_t{4});
        key(Qt::Key_Return);
        QCOMPARE(writes.size(), 1);
        QCOMPARE(writes[0][0].toString(), QStringLiteral("/tier"));
        key(Qt::Key_Delete);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed[0][0].toString(), QStringLiteral("/tier"));
        save("watch-focused");
        key(Qt::Key_Down);
        QCOMPARE(lanes.size(), 0);
        key(Qt::Key_Down);  // and on to the next lane
        QCOMPARE(lanes.size(), 1);
        QVERIFY(!canvas().focusedWatch());
        key(Qt::Key_Down);
        key(Qt::Key_Up);
        QVERIFY(!canvas().focusedWatch());
        key(Qt::Key_Down);
        key(Qt::Key_Escape);
        QVERIFY(!canvas().focusedWatch());
        key(Qt::Key_Right);
        QCOMPARE(playhead_->version().value, std::uint64_t{5});  // by events again
    }

    void theLittleCrossAndTheMenuRemoveOne()
    {
        QSignalSpy removed(&canvas(), &TimelineCanvas::watchRemoveWanted);
        disconnect(&canvas(), &TimelineCanvas::watchMenuWanted, view_.get(), nullptr);  // it would open and wait
        QSignalSpy menu(&canvas(), &TimelineCanvas::watchMenuWanted);
        QTest::mouseMove(&canvas(), middleOf(1, 400));
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, canvas().watchCloseBox(1).center().toPoint());
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed[0][0].toString(), QStringLiteral("/tier"));
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, middleOf(0, 30));
        QCOMPARE(canvas().focusedWatch(), std::optional<std::size_t>(0));
        QContextMenuEvent wanted(QContextMenuEvent::Keyboard, {}, {});
        QCoreApplication::sendEvent(&canvas(), &wanted);
        QCOMPARE(menu.size(), 1);
        QCOMPARE(menu[0][0].toString(), QStringLiteral("/balance"));
        const QPoint at = middleOf(2, 300);
        QContextMenuEvent byMouse(QContextMenuEvent::Mouse, at, canvas().mapToGlobal(at));
        QCoreApplication::sendEvent(&canvas(), &byMouse);
        QCOMPARE(menu.back()[0].toString(), QStringLiteral("/items"));
    }

    void theTipTellsTheValueAndItsEvent()
    {
        const QPoint at = pointAt(1, 4) + QPoint(30, 0);
        QHelpEvent help(QEvent::ToolTip, at, canvas().mapToGlobal(at));
        QCoreApplication::sendEvent(&canvas(), &help);
        const QString tip = QToolTip::text();
        for (const char* part : {"/tier", "gold", "#4 OrderPlaced", "#7"})
            QVERIFY2(tip.contains(QLatin1String(part)), qPrintable(tip));
        QToolTip::hideText();
    }

    void aShorterLifeThanTheRunsIsDrawnAsFarAsItGoes()
    {
        canvas().setWatches(EntityId{1},
                            {{QStringLiteral("/n"), runsOf(40, [](std::uint64_t v) { return std::to_string(v); }), {}}});
        QCOMPARE(canvas().watchPieces(0).back().first + canvas().watchPieces(0).back().count, std::size_t{9});
        test::picture(*view_, QStringLiteral("watch-longer"));
    }

    void aMillionRunsAreDrawnWithinAFrame()
    {
        std::vector<std::pair<int, int>> minutes;
        for (int i = 0; i < 1'000'000; ++i) minutes.emplace_back(i, i % 5);
        const auto life = test::lifeOf(5, minutes);
        playhead_->setHistory(life);
        canvas().setLanes({laneFor(life, false)});
        QTRY_VERIFY_WITH_TIMEOUT(!canvas().isPreparing(), 20'000);
        fit(*life, *life);
        playhead_->setVersion(Version{400'000});
        canvas().setWatches(
            EntityId{5},
            {{QStringLiteral("/n"), runsOf(1'000'000, [](std::uint64_t v) { return std::to_string(v * 7919 % 1000); }), {}},
             {QStringLiteral("/t"),
              runsOf(1'000'000, [](std::uint64_t v) { return "\"s" + std::to_string(v % 3) + "\""; }),
              {}}});
        QVERIFY(canvas().watchPieces(0).size() < 3'000);
        QVERIFY(canvas().watchPieces(1).size() < 10);
        view_->grab();
        QElapsedTimer timer;
        timer.start();
        view_->grab();
        const auto drawn = timer.restart();
        window_->panBy(60'000'000'000);
        (void)canvas().watchPieces(0);
        (void)canvas().watchPieces(1);
        qInfo("two lanes of 1 M runs drawn with all else in %lld ms, laid out anew in %lld ms", static_cast<long long>(drawn),
              static_cast<long long>(timer.elapsed()));
        save("watches-million");
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, middleOf(1, 500));
        QVERIFY(playhead_->version().value > 100'000);
    }

    void moreThanThereIsRoomForScrollAndAreRevealed()
    {
        view_->resize(970, 250);
        key(Qt::Key_Down);
        key(Qt::Key_Down);
        key(Qt::Key_Down);
        QCOMPARE(canvas().focusedWatch(), std::optional<std::size_t>(2));
        QVERIFY(canvas().watchBox(2).bottom() <= canvas().height() - 24);
        QVERIFY(canvas().watchBox(2).top() >= 36);
        save("watches-low");
    }
};

QTEST_MAIN(TestWatches)
#include "test_watches.moc"
