#include "tests/ui/session/workspace_files.h"
#include "ui/entities/entity_browser.h"
#include "ui/entities/entity_list.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/shell/error_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/render.h"
#include "ui/shell/status_line.h"
#include "ui/state/state_inspector.h"
#include "ui/timeline/timeline_view.h"
#include "ui/types/types_panel.h"

#include <QDropEvent>
#include <QMenuBar>
#include <QMimeData>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <cstdlib>
#include <tuple>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

constexpr int kWaitMs = 20'000;

}  // namespace

class TestMainWindow : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Theme> theme_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<MainWindow> window_;

    QString path(const char* name) { return folder_->filePath(QString::fromLatin1(name)); }
    void openWithEvents(int users, int count)
    {
        writeEvents(path("events.jsonl"), users, count);
        bool started = false;
        window_->whenOpen([&] {
            session_->importFile(path("events.jsonl"), {}, {eventsMapping("events")});
            started = true;
        });
        window_->openWorkspace(path("shop.hindcast"), true);
        QVERIFY(QTest::qWaitFor([&] { return started && !session_->reading().reading; }, kWaitMs));
        QVERIFY(settle(*window_));
    }

private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("HindcastTest"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        theme_ = std::make_unique<Theme>(Theme::Scheme::Light);
        theme_->apply();
    }
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, path("settings"));
        session_ = std::make_unique<Session>();
        window_ = std::make_unique<MainWindow>(*session_, *theme_);
        window_->resize(1400, 850);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }
    void cleanup()
    {
        window_.reset();
        session_.reset();
    }

    void withoutAWorkspaceItSaysWhatOneCanDo()
    {
        QVERIFY(!window_->timeline().isVisible());
        QVERIFY(!window_->actions().next.isEnabled());
        QVERIFY(window_->actions().openDemo.isEnabled());
    }

    void anImportedWorkspaceShowsItsEntitiesAndTheSelectedOnesLife()
    {
        openWithEvents(5, 12);
        QVERIFY(window_->timeline().isVisible());
        session_->selectByText(QStringLiteral("user/user-3"));
        QVERIFY(QTest::qWaitFor([&] { return session_->history() != nullptr; }, kWaitMs));
        QVERIFY(settle(*window_));
        QVERIFY2(window_->statusLine().text().startsWith(QStringLiteral("event 12 / 12")),
                 qPrintable(window_->statusLine().text()));
        QVERIFY(window_->windowTitle().startsWith(QStringLiteral("user-3")));
        QCOMPARE(window_->events().table().rowCount(), 12);
        QCOMPARE(window_->entities().list().rowCount(), 5);
        QVERIFY(!window_->timeline().canvas().geometry(0).marks.empty());
    }

    void theSidePanelsBeginNarrowAndWhatChangedHasTheRest()
    {
        openWithEvents(3, 20);
        session_->selectByText(QStringLiteral("user/user-1"));
        QVERIFY(QTest::qWaitFor([&] { return session_->history() != nullptr; }, kWaitMs));
        for (const auto& [size, left, right] : {std::tuple(QSize(1400, 850), 250, 380), std::tuple(QSize(1280, 720), 230, 360)}) {
            window_->resize(size);
            window_->actions().resetLayout.trigger();
            QVERIFY(settle(*window_));
            const int ofTypes = window_->types().width();
            QVERIFY2(std::abs(ofTypes - left) <= 8, qPrintable(QString::number(ofTypes)));
            const int ofState = window_->state().width();
            QVERIFY2(std::abs(ofState - right) <= 8, qPrintable(QString::number(ofState)));
            // Nothing sideways to scroll, and more for what changed than for any other column.
            for (const auto* view : window_->findChildren<RowView*>())
                if (view->isVisible()) QVERIFY2(view->horizontalScrollBar()->maximum() == 0, qPrintable(view->accessibleName()));
            const EventTable& table = window_->events().table();
            for (const int other : {EventTable::Number, EventTable::Time, EventTable::Type, EventTable::Place})
                QVERIFY(table.cellRect(0, EventTable::Changed).width() > table.cellRect(0, other).width());
        }
    }

    void draggingThePlayheadRebuildsTheState()
    {
        openWithEvents(2, 20);
        session_->selectByText(QStringLiteral("user/user-0"));
        QVERIFY(QTest::qWaitFor([&] { return session_->history() != nullptr; }, kWaitMs));
        QVERIFY(settle(*window_));
        TimelineCanvas& canvas = window_->timeline().canvas();
        const auto xOf = [&](std::size_t version) {
            return static_cast<int>(canvas.scale().pixelFromTime(session_->history()->events[version - 1].effective));
        };
        QTest::mousePress(&canvas, Qt::LeftButton, {}, QPoint(xOf(20), 60));
        for (std::size_t version = 19; version >= 7; --version) QTest::mouseMove(&canvas, QPoint(xOf(version), 60));
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, QPoint(xOf(7), 60));
        QVERIFY(settle(*window_));
        QCOMPARE(session_->playhead()->version().value, std::uint64_t{7});
        QCOMPARE(session_->state()->state.version.value, std::uint64_t{7});
        QVERIFY(window_->statusLine().text().startsWith(QStringLiteral("event 7 / 20")));
    }

    void theKeyboardStepsFromAnywhere()
    {
        openWithEvents(1, 6);
        session_->selectByText(QStringLiteral("user/user-0"));
        QVERIFY(QTest::qWaitFor([&] { return session_->history() != nullptr; }, kWaitMs));
        window_->actions().first.trigger();
        QCOMPARE(session_->playhead()->version().value, std::uint64_t{1});
        QVERIFY(!window_->actions().first.isEnabled());
        window_->actions().next.trigger();
        QCOMPARE(session_->playhead()->version().value, std::uint64_t{2});
        window_->actions().last.trigger();
        QCOMPARE(session_->playhead()->version().value, std::uint64_t{6});
        QVERIFY(!window_->actions().next.isEnabled());
    }

    void troubleShowsInTheBarAndNotInADialog()
    {
        window_->openWorkspace(path("nothing.hindcast"));
        QVERIFY(QTest::qWaitFor([&] { return !window_->errorBar().isHidden(); }, kWaitMs));
        QVERIFY2(window_->errorBar().text().contains(QStringLiteral("nothing.hindcast")), qPrintable(window_->errorBar().text()));
        QVERIFY(!QApplication::activeModalWidget());
    }

    void aDroppedWorkspaceIsOpened()
    {
        openWithEvents(1, 3);
        window_->actions().closeWorkspace.trigger();
        QVERIFY(!session_->isOpen());
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path("shop.hindcast"))});
        QDragEnterEvent enter(QPoint(50, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window_.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(50, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window_.get(), &drop);
        QVERIFY(QTest::qWaitFor([&] { return session_->isOpen(); }, kWaitMs));
        QCOMPARE(session_->counts().events, std::uint64_t{3});
    }

    void everyCommandHasWordsAndEveryControlAName()
    {
        QCOMPARE(window_->menuBar()->actions().size(), 5);
        for (QAction* menu : window_->menuBar()->actions()) {
            QVERIFY(!menu->text().isEmpty());
            for (QAction* action : menu->menu()->actions()) QVERIFY(action->isSeparator() || !action->text().isEmpty());
        }
        openWithEvents(1, 3);
        for (QWidget* widget : window_->findChildren<QWidget*>()) {
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

    void thePictureOfTheWindowIsWritten()
    {
        openWithEvents(3, 9);
        session_->selectByText(QStringLiteral("user/user-1"));
        QVERIFY(QTest::qWaitFor([&] { return session_->history() != nullptr; }, kWaitMs));
        QVERIFY(renderToFile(*window_, path("window.png")));
        const QImage picture(path("window.png"));
        QCOMPARE(picture.size(), QSize(1400, 850));
        QVERIFY(session_->state() && session_->state()->provenance);
        QVERIFY(!renderToFile(*window_, path("no/such/folder/window.png")));
    }
};

QTEST_MAIN(TestMainWindow)
#include "test_main_window.moc"
