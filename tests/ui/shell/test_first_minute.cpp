// The demo's first minute: the three things to try and the hint beside the playhead.
#include "tests/ui/shell/window_fixture.h"
#include "ui/shell/first_minute_strip.h"
#include "ui/shell/go_to_box.h"
#include "ui/shell/top_bar.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"
#include "ui/timeline/timeline_view.h"

#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestFirstMinute : public InDemoWindow {
    Q_OBJECT

    /// The program is ended and begun again.
    void again()
    {
        at_->restart();
        QVERIFY(at_->isShown());
    }
    FirstMinuteStrip& strip() { return *at_->window->findChild<FirstMinuteStrip*>(); }
    PlayheadHint& hint() { return *at_->window->findChild<PlayheadHint*>(); }
    void drag()
    {
        TimelineCanvas& canvas = at_->window->timeline().canvas();
        const auto at = [&](double x) { return QPoint(static_cast<int>(x), 60); };
        const double head = canvas.playheadX();
        QTest::mousePress(&canvas, Qt::LeftButton, {}, at(head));
        for (int i = 1; i <= 6; ++i) QTest::mouseMove(&canvas, at(head - i * 20));
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, at(head - 120));
    }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init() { QVERIFY(begin()); }
    void cleanup() { at_.reset(); }

    void whatIsDoneOfTheThreeThingsIsRemembered()
    {
        openDemo();
        drag();
        QVERIFY(at_->window->firstMinute().isDone(FirstMinute::Drag));
        again();
        openDemo();
        QVERIFY(strip().isVisible());
        QVERIFY(at_->window->firstMinute().isDone(FirstMinute::Drag) && !at_->window->firstMinute().isDone(FirstMinute::Step));
        at_->window->actions().thingsToTry.trigger();
        QVERIFY(!at_->window->firstMinute().isDone(FirstMinute::Drag));
        again();
        openDemo();
        QVERIFY(!at_->window->firstMinute().isDone(FirstMinute::Drag));
    }

    void theThreeThingsAreNoticedWhenDone()
    {
        openDemo();
        QVERIFY(strip().isVisible());
        QVERIFY(hint().isVisible());
        FirstMinute& things = at_->window->firstMinute();
        QVERIFY(!things.isDone(FirstMinute::Drag) && !things.isDone(FirstMinute::SetBy) && !things.isDone(FirstMinute::Step));
        drag();
        QVERIFY(things.isDone(FirstMinute::Drag));
        QVERIFY(!hint().isVisible());
        QVERIFY(!things.isDone(FirstMinute::Step));
        // A click on what the name was set by.
        StateTree& tree = at_->window->state().statePage().tree();
        const QRect link = tree.cellRect(1, 2);
        QTest::mouseClick(tree.viewport(), Qt::LeftButton, {}, link.topLeft() + QPoint(10, link.height() / 2));
        QVERIFY(things.isDone(FirstMinute::SetBy));
        QCOMPARE(at_->session->playhead()->version().value, std::uint64_t{1});
        QVERIFY(!things.isDone(FirstMinute::Step));
        QVERIFY(!things.allDone());
        QCoreApplication::processEvents();
        QApplication::setActiveWindow(at_->window.get());
        QTest::keyClick(at_->window.get(), Qt::Key_Right, Qt::AltModifier);
        QVERIFY(things.allDone());
        QVERIFY2(strip().text().count(QStringLiteral(": done")) == 3, qPrintable(strip().text()));
        QVERIFY(strip().isVisible());  // until it is closed, or next time
        again();
        openDemo();
        QVERIFY(!strip().isVisible());
    }

    void aClickIsNoDrag()
    {
        openDemo();
        QTest::mouseClick(&at_->window->timeline().canvas(), Qt::LeftButton, {}, QPoint(400, 60));
        QVERIFY(!at_->window->firstMinute().isDone(FirstMinute::Drag));
        QVERIFY(hint().isVisible());
    }

    void theHintStandsBesideThePlayheadAndFollowsIt()
    {
        openDemo();
        const auto head = [&] {
            TimelineCanvas& canvas = at_->window->timeline().canvas();
            return canvas.mapTo(&at_->window->timeline(), QPoint(qRound(canvas.playheadX()), 0)).x();
        };
        for (const std::uint64_t version : {1, 9, 16}) {
            at_->session->playhead()->setVersion(Version{version});
            QVERIFY(settle(*at_->window));
            const QRect at = hint().geometry();
            QVERIFY(at_->window->timeline().rect().contains(at));
            QVERIFY(at.left() > head() ? at.left() - head() < 20 : head() - at.right() < 20);
        }
        QTest::mouseClick(hint().findChild<QToolButton*>(), Qt::LeftButton);
        QVERIFY(!hint().isVisible());
        QVERIFY(strip().isVisible());
        again();
        openDemo();
        QVERIFY(!hint().isVisible());
    }

    void theThingsStayDismissedUntilTheyAreBroughtBack()
    {
        openDemo();
        QTest::mouseClick(strip().findChild<QToolButton*>(), Qt::LeftButton);
        QVERIFY(!strip().isVisible());
        again();
        openDemo();
        QVERIFY(!strip().isVisible());
        at_->window->actions().thingsToTry.trigger();
        QVERIFY(strip().isVisible());
        QVERIFY(hint().isVisible());
    }

    void onlyTheDemoHasAFirstMinute()
    {
        writeEvents(at_->folder.filePath(QStringLiteral("events.jsonl")), 2, 5);
        bool started = false;
        at_->window->openAndThen(at_->folder.filePath(QStringLiteral("own.hindcast")), [&] {
            at_->session->importFile(at_->folder.filePath(QStringLiteral("events.jsonl")), {}, {eventsMapping("events")});
            started = true;
        });
        QVERIFY(QTest::qWaitFor([&] { return started && !at_->session->reading().reading; }, kWaitMs));
        at_->session->selectByText(QStringLiteral("user/user-1"));
        QVERIFY(QTest::qWaitFor([&] { return at_->session->history() != nullptr; }, kWaitMs));
        QVERIFY(!strip().isVisible());
        QVERIFY(!hint().isVisible());
    }

    void onlyAStepByKeyOrButtonIsAStep()
    {
        openDemo();
        FirstMinute& things = at_->window->firstMinute();
        Playhead& playhead = *at_->session->playhead();
        playhead.setVersion(Version{9});
        // One further, by ways that are no step: a version gone to, a time entered, a row of the table.
        GoToHit next;
        next.kind = GoToHit::Kind::Version;
        next.version = Version{10};
        at_->session->goTo(next);
        QCOMPARE(playhead.version(), Version{10});
        QVERIFY(!things.isDone(FirstMinute::Step));
        next.kind = GoToHit::Kind::Time;
        next.time = playhead.history()->events[8].effective;
        at_->session->goTo(next);
        QCOMPARE(playhead.version(), Version{9});
        QVERIFY(!things.isDone(FirstMinute::Step));
        // A key that leads nowhere does not make a step of what follows.
        playhead.toLast();
        TimelineCanvas& canvas = at_->window->timeline().canvas();
        canvas.setFocus();
        QTest::keyClick(&canvas, Qt::Key_Right);
        QCoreApplication::processEvents();
        playhead.setVersion(Version{playhead.last().value - 1});
        QVERIFY(!things.isDone(FirstMinute::Step));
        QTest::keyClick(&canvas, Qt::Key_Left);
        QVERIFY(things.isDone(FirstMinute::Step));
    }

    void theStepButtonsStep()
    {
        openDemo();
        FirstMinute& things = at_->window->firstMinute();
        at_->session->playhead()->setVersion(Version{9});
        QVERIFY(!things.isDone(FirstMinute::Step));
        for (QToolButton* button : at_->window->topBar().findChildren<QToolButton*>())
            if (button->defaultAction() == &at_->window->actions().previous) QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(at_->session->playhead()->version(), Version{8});
        QVERIFY(things.isDone(FirstMinute::Step));
    }
};

QTEST_MAIN(TestFirstMinute)
#include "test_first_minute.moc"
