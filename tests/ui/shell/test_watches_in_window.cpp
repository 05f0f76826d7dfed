#include "tests/ui/fixtures.h"
#include "tests/ui/shell/window_fixture.h"
#include "ui/shell/undo.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"
#include "ui/state/writes_panel.h"
#include "ui/timeline/timeline_view.h"

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// From a field of the state to its lane, to who ever wrote it, and to the event that did.
class TestWatchesInWindow : public InWindow {
    Q_OBJECT

    TimelineCanvas& canvas() { return at_->window->timeline().canvas(); }
    StatePage& page() { return at_->window->findChild<StateInspector*>()->statePage(); }
    bool watchAddress()
    {
        if (!QTest::qWaitFor([&] { return at_->session->state() != nullptr; }, kWaitMs)) return false;
        page().tree().reveal(QStringLiteral("/address"));
        QTest::keyClick(&page().tree(), Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
        return QTest::qWaitFor([&] { return canvas().watches().size() == 1 && canvas().watches()[0].runs; }, kWaitMs);
    }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init() { QVERIFY(beginInShop()); }
    void cleanup() { at_.reset(); }

    void aFieldIsWatchedByItsKeyAndTheStepCanBeTakenBack()
    {
        const int high = canvas().height();
        QVERIFY(watchAddress());
        QCOMPARE(canvas().watches()[0].pointer, QStringLiteral("/address"));
        QTRY_VERIFY(canvas().height() > high);  // it has room without another's being taken
        QCOMPARE(at_->window->actions().undo.text(), QStringLiteral("&Undo: watch /address"));
        at_->window->actions().undo.trigger();
        QTRY_VERIFY(canvas().watches().empty());
        QTRY_COMPARE(canvas().height(), high);
        at_->window->actions().redo.trigger();
        QTRY_COMPARE(canvas().watches().size(), std::size_t{1});
    }

    void fromALaneToWhoWroteItAndToTheEvent()
    {
        QVERIFY(watchAddress());
        canvas().setFocus();
        QTest::keyClick(&canvas(), Qt::Key_Down);
        QTest::keyClick(&canvas(), Qt::Key_Return);
        WritesPanel& panel = page().writesPanel();
        QTRY_VERIFY(panel.isVisible());
        QTRY_COMPARE(panel.title(), QStringLiteral("Who ever wrote /address"));
        QTRY_VERIFY(panel.list().rowCount() > 3);
        const auto told = [&](RowView::Row row) { return panel.list().rowText(row); };
        QTRY_VERIFY2_WITH_TIMEOUT(told(panel.list().currentRow()).contains(QStringLiteral("→")),
                                  qPrintable(told(panel.list().currentRow())), kWaitMs);
        const Version before = at_->session->playhead()->version();
        QTest::keyClick(&panel.list(), Qt::Key_Up);
        QVERIFY(at_->session->playhead()->version() < before);
        QTRY_VERIFY(told(panel.list().currentRow()).endsWith(QStringLiteral("at the playhead")));
        picture(*at_->window, QStringLiteral("watches-in-window"));
        QTest::keyClick(&panel.list(), Qt::Key_Escape);
        QVERIFY(!panel.isVisible());
    }

    void theNextRunOfTheProgramShowsThemAgain()
    {
        QVERIFY(watchAddress());
        QVERIFY(settle(*at_->window));
        at_->restart();
        QVERIFY(at_->open());
        QTRY_VERIFY_WITH_TIMEOUT(canvas().watches().size() == 1 && canvas().watches()[0].runs, kWaitMs);
    }
};

QTEST_MAIN(TestWatchesInWindow)
#include "test_watches_in_window.moc"
