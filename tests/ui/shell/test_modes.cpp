// How the window is looked at: zones, presentation, the demo's first minute, the animation.
#include "tests/ui/fixtures.h"
#include "tests/ui/session/workspace_files.h"
#include "ui/entities/entity_browser.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/look/format.h"
#include "ui/look/shown_zone.h"
#include "ui/shell/animation.h"
#include "ui/shell/first_minute_strip.h"
#include "ui/shell/go_to_box.h"
#include "ui/shell/live_controls.h"
#include "ui/shell/main_window.h"
#include "ui/shell/render.h"
#include "ui/shell/status_line.h"
#include "ui/shell/time_field.h"
#include "ui/shell/top_bar.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"
#include "ui/timeline/timeline_view.h"

#include <QClipboard>
#include <QLabel>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtEndian>
#include <QtTest>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

constexpr int kWaitMs = 60'000;

}  // namespace

class TestModes : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::unique_ptr<Theme> theme_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<MainWindow> window_;

    void openDemo()
    {
        session_->openDemo();
        QVERIFY(QTest::qWaitFor([&] { return session_->isOpen() && session_->history(); }, kWaitMs));
        QVERIFY(settle(*window_));
    }
    FirstMinuteStrip& strip() { return *window_->findChild<FirstMinuteStrip*>(); }
    PlayheadHint& hint() { return *window_->findChild<PlayheadHint*>(); }
    void drag()
    {
        TimelineCanvas& canvas = window_->timeline().canvas();
        const auto at = [&](double x) { return QPoint(static_cast<int>(x), 60); };
        const double head = canvas.playheadX();
        QTest::mousePress(&canvas, Qt::LeftButton, {}, at(head));
        for (int i = 1; i <= 6; ++i) QTest::mouseMove(&canvas, at(head - i * 20));
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, at(head - 120));
    }

    QList<QList<int>> sizes()
    {
        QList<QList<int>> all;
        for (const QSplitter* splitter : window_->findChildren<QSplitter*>()) all << splitter->sizes();
        return all;
    }

private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("HindcastTest"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        qputenv("XDG_DATA_HOME", folder_.filePath(QStringLiteral("data")).toUtf8());
        qputenv("TZ", "Europe/Berlin");
        theme_ = std::make_unique<Theme>(Theme::Scheme::Light);
        theme_->apply();
    }
    void init()
    {
        static int run = 0;
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.filePath(QStringLiteral("settings%1").arg(++run)));
        start();
    }
    void start()
    {
        window_.reset();
        session_ = std::make_unique<Session>();
        window_ = std::make_unique<MainWindow>(*session_, *theme_);
        window_->resize(1400, 850);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }
    void cleanup()
    {
        setShownZone(ShownZone::Utc);
        theme_->setZoom(1);
        window_.reset();
        session_.reset();
    }

    void theZonesNameInTheTimeFieldTogglesAllTimes()
    {
        openDemo();
        session_->playhead()->setVersion(Version{9});
        TimeField& field = window_->topBar().timeField();
        QCOMPARE(field.text(), QStringLiteral("2025-11-04 09:14:22.118"));
        auto* zone = field.findChild<QToolButton*>();
        QCOMPARE(zone->text(), QStringLiteral("UTC"));
        QTest::mouseClick(zone, Qt::LeftButton);
        QCOMPARE(field.text(), QStringLiteral("2025-11-04 10:14:22.118"));
        QCOMPARE(zone->text(), QStringLiteral("CET"));
        QVERIFY(window_->actions().localZone.isChecked());
        QCOMPARE(QSettings().value(QStringLiteral("zone")).toString(), QStringLiteral("local"));
        // Every view follows; a copy stays in UTC and says so.
        QCOMPARE(window_->events().table().columns()[1].title, QStringLiteral("Nov 2025, CET"));
        QVERIFY(window_->events().table().rowText(8).contains(QStringLiteral("04 10:14:22.118")));
        emit window_->events().copyWanted({session_->history()->events[8].id, Version{9}});
        QTRY_VERIFY2(QApplication::clipboard()->text().contains(QStringLiteral("2025-11-04T09:14:22.118Z")),
                     qPrintable(QApplication::clipboard()->text()));
        // What is typed is in that zone too; what is shown can be entered and moves nothing.
        field.setFocus();
        field.selectAll();
        QTest::keyClicks(&field, QStringLiteral("2025-11-04 10:14:23"));
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(session_->playhead()->time().ns, timestampFromIso("2025-11-04T09:14:23Z")->ns);
        window_->actions().utc.trigger();
        QCOMPARE(field.text(), QStringLiteral("2025-11-04 09:14:23.000"));
        QCOMPARE(zone->text(), QStringLiteral("UTC"));
    }

    void aPresentationIsLargerAndCanBeLeft()
    {
        openDemo();
        const int row = theme_->rowHeight();
        window_->actions().presentation.trigger();
        QVERIFY(window_->isPresentation());
        QVERIFY(theme_->rowHeight() > row);
        QVERIFY(!window_->menuBar()->isVisible());
        QVERIFY(!window_->entities().isVisible());
        QVERIFY(settle(*window_));
        // "read only" stays in sight.
        QVERIFY2(window_->statusLine().text().contains(QStringLiteral("read-only")), qPrintable(window_->statusLine().text()));
        // Keys that stand in the hidden menus work, and one finds another entity.
        QApplication::setActiveWindow(window_.get());
        QTest::keyClick(window_.get(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(window_->entities().isVisible());
        QTest::keyClick(window_.get(), Qt::Key_F11);
        QVERIFY(!window_->isPresentation());
        QVERIFY(window_->menuBar()->isVisible());
        QCOMPARE(theme_->rowHeight(), row);
    }

    void aPresentationAndBackLeavesTheDefaultLayoutAsItWas()
    {
        openDemo();
        const QList<QList<int>> before = sizes();
        for (int round = 0; round < 2; ++round) {
            window_->setPresentation(true, false);
            QVERIFY(settle(*window_));
            QVERIFY(sizes() != before);
            window_->setPresentation(false);
            QVERIFY(settle(*window_));
            QCOMPARE(sizes(), before);
        }
    }

    void inAPresentationNothingLiesOverAnythingAndThreeLanesAreWhole()
    {
        window_->resize(1280, 720);
        openDemo();
        session_->playhead()->setVersion(Version{9});
        QVERIFY(settle(*window_));
        StateTree& tree = window_->state().statePage().tree();
        QTest::mouseClick(tree.viewport(), Qt::LeftButton, {}, tree.cellRect(2, 1).center());
        window_->setPresentation(true, false);
        QVERIFY(settle(*window_));
        const auto nothingOverlaps = [&] {
            TopBar& bar = window_->topBar();
            QList<QWidget*> shown;
            for (QWidget* child : bar.findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly))
                if (child->isVisible()) shown << child;
            for (const QWidget* one : shown) {
                if (!bar.rect().contains(one->geometry()) ||
                    one->width() < std::min(one->minimumSizeHint().width(), one->maximumWidth()))
                    return false;
                for (const QWidget* other : shown)
                    if (one != other && one->geometry().intersects(other->geometry())) return false;
            }
            return shown.size() > 5;
        };
        QVERIFY(nothingOverlaps());
        QVERIFY(window_->topBar().timeField().findChild<QToolButton*>()->isVisible());
        // The lanes, and what set a field.
        TimelineView& timeline = window_->timeline();
        QVERIFY2(timeline.canvas().lanes().size() >= 3, "the demo has three lanes");
        QVERIFY2(timeline.height() >= timeline.heightFor(3), qPrintable(QString::number(timeline.height())));
        QCOMPARE(tree.horizontalScrollBar()->maximum(), 0);
        QVERIFY(window_->events().height() > 4 * theme_->rowHeight());
        picture(*window_, QStringLiteral("presentation-1280"));
        // Live, there is still more in it.
        ReadingView reading;
        reading.reading = reading.resumable = reading.live = true;
        window_->topBar().live().setReading(true, reading);
        window_->topBar().live().setNew(312, 3);
        QVERIFY(settle(*window_));
        QVERIFY(nothingOverlaps());
        picture(*window_, QStringLiteral("presentation-1280-live"));
        window_->setPresentation(false);
        window_->resize(window_->minimumSize());
        QVERIFY(settle(*window_));
        QVERIFY(nothingOverlaps());
        picture(*window_, QStringLiteral("bar-at-least"));
    }

    void theGoToBoxTakesWhatTheDemoShows()
    {
        openDemo();
        GoToBox& box = window_->topBar().goTo();
        const auto found = [&](const QString& text) {
            QSignalSpy answer(session_.get(), &Session::lookedUp);
            box.setFocus();
            box.selectAll();
            QTest::keyClicks(&box, text);
            QStringList out;
            if (!QTest::qWaitFor(
                    [&] { return !answer.isEmpty() && answer.last().at(0).toString() == text && answer.last().at(2).toBool(); },
                    kWaitMs))
                return out;
            for (const GoToHit& hit : box.hits()) out << hit.entityText;
            return out;
        };
        const QStringList alice = found(QStringLiteral("Alice Miller"));
        QVERIFY2(alice.contains(QStringLiteral("user/user-123")), qPrintable(alice.join(u' ')));
        picture(*window_, QStringLiteral("go-to-name"));
        const QStringList parts = found(QStringLiteral("8841"));
        QVERIFY2(parts.contains(QStringLiteral("order/order-8841")), qPrintable(parts.join(u' ')));
        QVERIFY2(parts.join(u' ').contains(QStringLiteral("order_items/8841,1")), qPrintable(parts.join(u' ')));
        picture(*window_, QStringLiteral("go-to-part"));
        // A record by its place, as older copies wrote it.
        const QStringList place = found(QStringLiteral("users/2@1531"));
        QCOMPARE(place.value(0), QStringLiteral("user/user-123"));
    }

    void whatIsDoneOfTheThreeThingsIsRemembered()
    {
        openDemo();
        drag();
        QVERIFY(window_->firstMinute().isDone(FirstMinute::Drag));
        start();
        openDemo();
        QVERIFY(strip().isVisible());
        QVERIFY(window_->firstMinute().isDone(FirstMinute::Drag) && !window_->firstMinute().isDone(FirstMinute::Step));
        window_->actions().thingsToTry.trigger();
        QVERIFY(!window_->firstMinute().isDone(FirstMinute::Drag));
        start();
        openDemo();
        QVERIFY(!window_->firstMinute().isDone(FirstMinute::Drag));
    }

    void theThreeThingsAreNoticedWhenDone()
    {
        openDemo();
        QVERIFY(strip().isVisible());
        QVERIFY(hint().isVisible());
        FirstMinute& things = window_->firstMinute();
        QVERIFY(!things.isDone(FirstMinute::Drag) && !things.isDone(FirstMinute::SetBy) && !things.isDone(FirstMinute::Step));
        drag();
        QVERIFY(things.isDone(FirstMinute::Drag));
        QVERIFY(!hint().isVisible());
        QVERIFY(!things.isDone(FirstMinute::Step));
        // A click on what the name was set by.
        StateTree& tree = window_->state().statePage().tree();
        const QRect link = tree.cellRect(1, 2);
        QTest::mouseClick(tree.viewport(), Qt::LeftButton, {}, link.topLeft() + QPoint(10, link.height() / 2));
        QVERIFY(things.isDone(FirstMinute::SetBy));
        QCOMPARE(session_->playhead()->version().value, std::uint64_t{1});
        QVERIFY(!things.isDone(FirstMinute::Step));
        QVERIFY(!things.allDone());
        QCoreApplication::processEvents();
        QApplication::setActiveWindow(window_.get());
        QTest::keyClick(window_.get(), Qt::Key_Right, Qt::AltModifier);
        QVERIFY(things.allDone());
        QVERIFY2(strip().text().count(QStringLiteral(": done")) == 3, qPrintable(strip().text()));
        QVERIFY(strip().isVisible());  // until it is closed, or next time
        start();
        openDemo();
        QVERIFY(!strip().isVisible());
    }

    void aClickIsNoDrag()
    {
        openDemo();
        QTest::mouseClick(&window_->timeline().canvas(), Qt::LeftButton, {}, QPoint(400, 60));
        QVERIFY(!window_->firstMinute().isDone(FirstMinute::Drag));
        QVERIFY(hint().isVisible());
    }

    void theHintStandsBesideThePlayheadAndFollowsIt()
    {
        openDemo();
        const auto head = [&] {
            TimelineCanvas& canvas = window_->timeline().canvas();
            return canvas.mapTo(&window_->timeline(), QPoint(qRound(canvas.playheadX()), 0)).x();
        };
        for (const std::uint64_t version : {1, 9, 16}) {
            session_->playhead()->setVersion(Version{version});
            QVERIFY(settle(*window_));
            const QRect at = hint().geometry();
            QVERIFY(window_->timeline().rect().contains(at));
            QVERIFY(at.left() > head() ? at.left() - head() < 20 : head() - at.right() < 20);
        }
        QTest::mouseClick(hint().findChild<QToolButton*>(), Qt::LeftButton);
        QVERIFY(!hint().isVisible());
        QVERIFY(strip().isVisible());
        start();
        openDemo();
        QVERIFY(!hint().isVisible());
    }

    void theThingsStayDismissedUntilTheyAreBroughtBack()
    {
        openDemo();
        QTest::mouseClick(strip().findChild<QToolButton*>(), Qt::LeftButton);
        QVERIFY(!strip().isVisible());
        start();
        openDemo();
        QVERIFY(!strip().isVisible());
        window_->actions().thingsToTry.trigger();
        QVERIFY(strip().isVisible());
        QVERIFY(hint().isVisible());
    }

    void onlyTheDemoHasAFirstMinute()
    {
        writeEvents(folder_.filePath(QStringLiteral("events.jsonl")), 2, 5);
        bool started = false;
        window_->whenOpen([&] {
            session_->importFile(folder_.filePath(QStringLiteral("events.jsonl")), {}, {eventsMapping("events")});
            started = true;
        });
        window_->openWorkspace(folder_.filePath(QStringLiteral("own.hindcast")), true);
        QVERIFY(QTest::qWaitFor([&] { return started && !session_->reading().reading; }, kWaitMs));
        session_->selectByText(QStringLiteral("user/user-1"));
        QVERIFY(QTest::qWaitFor([&] { return session_->history() != nullptr; }, kWaitMs));
        QVERIFY(!strip().isVisible());
        QVERIFY(!hint().isVisible());
    }

    void whatIsBeingOpenedOrMadeIsSaidAndCanBeGivenUp()
    {
        const auto says = [&](const QString& words) {
            for (const QLabel* label : window_->findChildren<QLabel*>())
                if (label->isVisible() && label->text().contains(words)) return true;
            return false;
        };
        const QTemporaryDir other;
        const QByteArray before = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", other.path().toUtf8());
        window_->actions().openDemo.trigger();
        qputenv("XDG_DATA_HOME", before);
        QVERIFY(session_->isOpening());
        QVERIFY(says(QStringLiteral("Making the demo workspace")));
        auto* cancel = window_->statusLine().findChild<QPushButton*>();
        QVERIFY(cancel->isVisible());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QVERIFY(!session_->isOpening());
        QVERIFY(!says(QStringLiteral("Making the demo workspace")));

        window_->openWorkspace(folder_.filePath(QStringLiteral("opening.hindcast")), true);
        QVERIFY(says(QStringLiteral("Opening the workspace")));
        QVERIFY(window_->actions().closeWorkspace.isEnabled());
        window_->actions().closeWorkspace.trigger();
        QVERIFY(!session_->isOpening());
        QVERIFY(!says(QStringLiteral("Opening the workspace")));
        QTRY_VERIFY(session_->isIdle());
        QVERIFY(!session_->isOpen());
    }

    void anAnimationHoldsItsFramesAndIsAPngWithoutThem()
    {
        std::vector<Frame> frames;
        for (int i = 0; i < 4; ++i) {
            QImage picture(120, 80, QImage::Format_RGB32);
            picture.fill(Qt::white);
            if (i > 0) QPainter(&picture).fillRect(10 * i, 20, 12, 12, Qt::red);
            frames.push_back({picture, 100 * (i + 1)});
        }
        const QString path = folder_.filePath(QStringLiteral("scrub.png"));
        QVERIFY(writeAnimation(frames, path));
        QCOMPARE(QImage(path).convertToFormat(QImage::Format_RGB32), frames.front().picture);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QStringList names;
        QList<QRect> parts;
        quint32 sequence = 0;
        for (qsizetype at = 8; at + 12 <= bytes.size();) {
            const auto length = static_cast<qsizetype>(qFromBigEndian<quint32>(bytes.constData() + at));
            const QString name = QString::fromLatin1(bytes.mid(at + 4, 4));
            names << name;
            const auto number = [&](qsizetype offset) { return qFromBigEndian<quint32>(bytes.constData() + at + 8 + offset); };
            if (name == QLatin1String("acTL")) QCOMPARE(number(0), quint32{4});
            if (name == QLatin1String("fcTL") || name == QLatin1String("fdAT")) QCOMPARE(number(0), sequence++);
            if (name == QLatin1String("fcTL"))
                parts << QRect(static_cast<int>(number(12)), static_cast<int>(number(16)), static_cast<int>(number(4)),
                               static_cast<int>(number(8)));
            at += length + 12;
        }
        QCOMPARE(names.first(), QStringLiteral("IHDR"));
        QCOMPARE(names.last(), QStringLiteral("IEND"));
        QCOMPARE(names.count(QStringLiteral("fcTL")), 4);
        QCOMPARE(parts.first(), QRect(0, 0, 120, 80));
        QCOMPARE(parts.at(1), QRect(10, 20, 12, 12));
        QCOMPARE(parts.at(2), QRect(10, 20, 22, 12));
        QVERIFY(!writeAnimation(frames, folder_.filePath(QStringLiteral("no/such/folder.png"))));
    }
};

QTEST_MAIN(TestModes)
#include "test_modes.moc"
