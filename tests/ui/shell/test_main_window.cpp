#include "tests/ui/shell/window_fixture.h"
#include "ui/entities/entity_browser.h"
#include "ui/entities/entity_list.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/shell/error_bar.h"
#include "ui/shell/status_line.h"
#include "ui/state/changes_list.h"
#include "ui/state/diff_page.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"
#include "ui/timeline/timeline_view.h"
#include "ui/types/types_list.h"
#include "ui/types/types_panel.h"

#include <QAbstractScrollArea>
#include <QDropEvent>
#include <QMenuBar>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSplitter>

#include <cstdlib>
#include <tuple>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestMainWindow : public InWindow {
    Q_OBJECT

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init() { QVERIFY(begin()); }
    void cleanup() { at_.reset(); }

    void withoutAWorkspaceItSaysWhatOneCanDo()
    {
        QVERIFY(!at_->window->timeline().isVisible());
        QVERIFY(!at_->window->actions().next.isEnabled());
        QVERIFY(at_->window->actions().openDemo.isEnabled());
    }

    void aWorkspaceWithoutEntitiesAsksNobodyToSelectOne()
    {
        StateInspector& state = at_->window->state();
        const auto texts = [&] {
            return QStringList{
                at_->window->entities().list().emptyText(), at_->window->events().table().emptyText(),
                at_->window->types().list().emptyText(),    state.statePage().tree().emptyText(),
                state.diffPage().list().emptyText(),        at_->window->timeline().canvas().accessibleDescription()};
        };
        QVERIFY(at_->open() && settle(*at_->window));
        state.showTab(StateInspector::Diff);
        QCOMPARE(texts(), QStringList(6, QStringLiteral("No entities yet")));
        // And the list says how some come.
        QCOMPARE(at_->window->entities().list().emptyHint(),
                 QStringLiteral("Connect to Kafka (Ctrl+K), or import a file (Ctrl+I)."));
        state.showTab(StateInspector::State);
        QVERIFY(at_->openWithEvents(5, 12));
        state.showTab(StateInspector::Diff);
        for (const QString& text : texts().mid(1)) QVERIFY2(!text.contains(QStringLiteral("No entities yet")), qPrintable(text));
    }

    void anImportedWorkspaceShowsItsEntitiesAndTheSelectedOnesLife()
    {
        QVERIFY(at_->openWithEvents(5, 12));
        QVERIFY(at_->window->timeline().isVisible());
        QVERIFY(at_->select(QStringLiteral("user/user-3")));
        QVERIFY2(at_->window->statusLine().text().startsWith(QStringLiteral("event 12 / 12")),
                 qPrintable(at_->window->statusLine().text()));
        QVERIFY(at_->window->windowTitle().startsWith(QStringLiteral("user-3")));
        QCOMPARE(at_->window->events().table().rowCount(), 12);
        QCOMPARE(at_->window->entities().list().rowCount(), 5);
        QVERIFY(!at_->window->timeline().canvas().geometry(0).marks.empty());
    }

    void theSidePanelsBeginNarrowAndWhatChangedHasTheRest()
    {
        QVERIFY(at_->openWithEvents(3, 20));
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
        for (const auto& [size, left, right] : {std::tuple(QSize(1400, 850), 250, 380), std::tuple(QSize(1280, 720), 230, 360)}) {
            at_->window->resize(size);
            at_->window->actions().resetLayout.trigger();
            QVERIFY(settle(*at_->window));
            const int ofTypes = at_->window->types().width();
            QVERIFY2(std::abs(ofTypes - left) <= 8, qPrintable(QString::number(ofTypes)));
            const int ofState = at_->window->state().width();
            QVERIFY2(std::abs(ofState - right) <= 8, qPrintable(QString::number(ofState)));
            // Nothing sideways to scroll, and more for what changed than for any other column.
            for (const auto* view : at_->window->findChildren<RowView*>())
                if (view->isVisible()) QVERIFY2(view->horizontalScrollBar()->maximum() == 0, qPrintable(view->accessibleName()));
            const EventTable& table = at_->window->events().table();
            const auto width = [&](int column) { return table.cellRect(table.currentRow(), column).width(); };
            for (const int other : {EventTable::Number, EventTable::Time, EventTable::Type, EventTable::Place})
                QVERIFY2(width(EventTable::Changed) > width(other),
                         qPrintable(
                             QStringLiteral("%1 beside %2 of %3").arg(width(EventTable::Changed)).arg(width(other)).arg(other)));
        }
    }

    void theNarrowestWindowScrollsNothingSidewaysButTheTable()
    {
        QVERIFY(at_->openWithEvents(3, 20));
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
        const auto check = [&] {
            for (const auto* area : at_->window->findChildren<QAbstractScrollArea*>())
                if (area->isVisible() && area != &at_->window->events().table())
                    QVERIFY2(area->horizontalScrollBar()->maximum() == 0,
                             qPrintable(QStringLiteral("%1, %2 wide").arg(area->accessibleName()).arg(area->width())));
        };
        // Made narrower, and in the layout that it has of itself.
        at_->window->resize(at_->window->minimumSize());
        QVERIFY(settle(*at_->window));
        check();
        at_->window->actions().resetLayout.trigger();
        QVERIFY(settle(*at_->window));
        check();
    }

    void draggingThePlayheadRebuildsTheState()
    {
        QVERIFY(at_->openWithEvents(2, 20));
        QVERIFY(at_->select(QStringLiteral("user/user-0")));
        TimelineCanvas& canvas = at_->window->timeline().canvas();
        const auto xOf = [&](std::size_t version) {
            return static_cast<int>(canvas.scale().pixelFromTime(at_->session->history()->events[version - 1].effective));
        };
        QTest::mousePress(&canvas, Qt::LeftButton, {}, QPoint(xOf(20), 60));
        for (std::size_t version = 19; version >= 7; --version) QTest::mouseMove(&canvas, QPoint(xOf(version), 60));
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, QPoint(xOf(7), 60));
        QVERIFY(settle(*at_->window));
        QCOMPARE(at_->session->playhead()->version().value, std::uint64_t{7});
        QCOMPARE(at_->session->state()->state.version.value, std::uint64_t{7});
        QVERIFY(at_->window->statusLine().text().startsWith(QStringLiteral("event 7 / 20")));
    }

    void theOrderOfTheEntitiesIsRemembered()
    {
        QCOMPARE(at_->window->entities().model().order(), EntityOrder::Recent);
        at_->window->entities().setOrder(EntityOrder::MostEvents);
        at_->restart();
        QCOMPARE(at_->window->entities().model().order(), EntityOrder::MostEvents);
        QSettings().setValue(QStringLiteral("entities/order"), 99);  // of another version
        at_->restart();
        QCOMPARE(at_->window->entities().model().order(), EntityOrder::Recent);
    }

    void theKeyboardStepsFromAnywhere()
    {
        QVERIFY(at_->openWithEvents(1, 6));
        QVERIFY(at_->select(QStringLiteral("user/user-0")));
        at_->window->actions().first.trigger();
        QCOMPARE(at_->session->playhead()->version().value, std::uint64_t{1});
        QVERIFY(!at_->window->actions().first.isEnabled());
        at_->window->actions().next.trigger();
        QCOMPARE(at_->session->playhead()->version().value, std::uint64_t{2});
        at_->window->actions().last.trigger();
        QCOMPARE(at_->session->playhead()->version().value, std::uint64_t{6});
        QVERIFY(!at_->window->actions().next.isEnabled());
    }

    void troubleShowsInTheBarAndNotInADialog()
    {
        at_->window->openWorkspace(at_->path("nothing.hindcast"));
        QVERIFY(QTest::qWaitFor([&] { return !at_->window->errorBar().isHidden(); }, kWaitMs));
        QVERIFY2(at_->window->errorBar().text().contains(QStringLiteral("nothing.hindcast")),
                 qPrintable(at_->window->errorBar().text()));
        QVERIFY(!QApplication::activeModalWidget());
    }

    void aDroppedWorkspaceIsOpened()
    {
        QVERIFY(at_->openWithEvents(1, 3));
        at_->window->actions().closeWorkspace.trigger();
        QVERIFY(!at_->session->isOpen());
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(at_->path("shop.hindcast"))});
        QDragEnterEvent enter(QPoint(50, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(at_->window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(50, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(at_->window.get(), &drop);
        QVERIFY(QTest::qWaitFor([&] { return at_->session->isOpen(); }, kWaitMs));
        QCOMPARE(at_->session->counts().events, std::uint64_t{3});
    }

    void everyCommandHasWordsAndEveryControlAName()
    {
        QCOMPARE(at_->window->menuBar()->actions().size(), 6);
        for (QAction* menu : at_->window->menuBar()->actions()) {
            QVERIFY(!menu->text().isEmpty());
            for (QAction* action : menu->menu()->actions()) QVERIFY(action->isSeparator() || !action->text().isEmpty());
        }
        QVERIFY(at_->openWithEvents(1, 3));
        for (QWidget* widget : at_->window->findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() ||
                widget->objectName().startsWith(QLatin1String("qt_")))
                continue;
            const bool named = !widget->accessibleName().isEmpty() || !widget->property("text").toString().isEmpty() ||
                               widget->focusProxy() || widget->inherits("QSplitter") || widget->inherits("QTabBar") ||
                               widget->inherits("QScrollBar");
            QVERIFY2(named, qPrintable(QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') +
                                       widget->objectName()));
        }
    }

    void lanesThatASmallWindowSqueezedHaveTheirRoomBackInALargerOne()
    {
        QVERIFY(at_->openWithEvents(4, 12));
        for (const char* name : {"user/user-2", "user/user-3"}) at_->session->pins()->add(QString::fromLatin1(name));
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
        TimelineView& timeline = at_->window->timeline();
        QTRY_COMPARE(timeline.canvas().lanes().size(), std::size_t{3});
        const auto resizeTo = [this](int width, int height) {
            at_->window->resize(width, height);
            return settle(*at_->window);
        };
        QVERIFY(resizeTo(860, 520));
        QVERIFY(at_->select(QStringLiteral("user/user-0")));
        QVERIFY(timeline.height() < timeline.heightFor(3));
        QVERIFY(resizeTo(1280, 720));
        QVERIFY2(timeline.height() >= timeline.heightFor(3), qPrintable(QString::number(timeline.height())));
        // Not a height that the user chose.
        auto* middle = qobject_cast<QSplitter*>(timeline.parentWidget());
        QVERIFY(middle);
        QSplitterHandle* handle = middle->handle(1);
        const QPoint from = handle->rect().center();
        QTest::mousePress(handle, Qt::LeftButton, {}, from);
        QTest::mouseMove(handle, from - QPoint(0, 50));
        QTest::mouseRelease(handle, Qt::LeftButton, {}, from - QPoint(0, 50));
        const int chosen = timeline.height();
        QVERIFY(chosen < timeline.heightFor(3));
        QVERIFY(resizeTo(1300, 800));
        QCOMPARE(timeline.height(), chosen);
    }

    void thePictureOfTheWindowIsWritten()
    {
        QVERIFY(at_->openWithEvents(3, 9));
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
        QVERIFY(renderToFile(*at_->window, at_->path("window.png")));
        const QImage picture(at_->path("window.png"));
        QCOMPARE(picture.size(), QSize(1400, 850));
        QVERIFY(at_->session->state() && at_->session->state()->provenance);
        QVERIFY(!renderToFile(*at_->window, at_->path("no/such/folder/window.png")));
    }
};

QTEST_MAIN(TestMainWindow)
#include "test_main_window.moc"
