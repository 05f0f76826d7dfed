// How the window is looked at: zones, presentation, the animation.
#include "tests/ui/fixtures.h"
#include "tests/ui/shell/window_fixture.h"
#include "ui/entities/entity_browser.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/look/format.h"
#include "ui/look/shown_zone.h"
#include "ui/shell/animation.h"
#include "ui/shell/go_to_box.h"
#include "ui/shell/live_controls.h"
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
#include <QSplitter>
#include <QToolButton>
#include <QtEndian>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestModes : public InDemoWindow {
    Q_OBJECT

    QList<QList<int>> sizes()
    {
        QList<QList<int>> all;
        for (const QSplitter* splitter : at_->window->findChildren<QSplitter*>()) all << splitter->sizes();
        return all;
    }

private slots:
    void initTestCase()
    {
        WindowFixture::prepare();
        qputenv("TZ", "Europe/Berlin");
    }
    void init() { QVERIFY(begin()); }
    void cleanup()
    {
        setShownZone(ShownZone::Utc);
        at_.reset();
    }

    void theZonesNameInTheTimeFieldTogglesAllTimes()
    {
        openDemo();
        at_->session->playhead()->setVersion(Version{9});
        TimeField& field = at_->window->topBar().timeField();
        QCOMPARE(field.text(), QStringLiteral("2025-11-04 09:14:22.118"));
        auto* zone = field.findChild<QToolButton*>();
        QCOMPARE(zone->text(), QStringLiteral("UTC"));
        QTest::mouseClick(zone, Qt::LeftButton);
        QCOMPARE(field.text(), QStringLiteral("2025-11-04 10:14:22.118"));
        QCOMPARE(zone->text(), QStringLiteral("CET"));
        QVERIFY(at_->window->actions().localZone.isChecked());
        QCOMPARE(QSettings().value(QStringLiteral("zone")).toString(), QStringLiteral("local"));
        // Every view follows; a copy stays in UTC and says so.
        QCOMPARE(at_->window->events().table().columns()[1].title, QStringLiteral("Nov 2025, CET"));
        QVERIFY(at_->window->events().table().rowText(8).contains(QStringLiteral("04 10:14:22.118")));
        emit at_->window->events().copyWanted({at_->session->history()->events[8].id, Version{9}});
        QTRY_VERIFY2(QApplication::clipboard()->text().contains(QStringLiteral("2025-11-04T09:14:22.118Z")),
                     qPrintable(QApplication::clipboard()->text()));
        // What is typed is in that zone too; what is shown can be entered and moves nothing.
        field.setFocus();
        field.selectAll();
        QTest::keyClicks(&field, QStringLiteral("2025-11-04 10:14:23"));
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(at_->session->playhead()->time().ns, timestampFromIso("2025-11-04T09:14:23Z")->ns);
        at_->window->actions().utc.trigger();
        QCOMPARE(field.text(), QStringLiteral("2025-11-04 09:14:23.000"));
        QCOMPARE(zone->text(), QStringLiteral("UTC"));
    }

    void aPresentationIsLargerAndCanBeLeft()
    {
        openDemo();
        const int row = at_->theme.rowHeight();
        at_->window->actions().presentation.trigger();
        QVERIFY(at_->window->isPresentation());
        QVERIFY(at_->theme.rowHeight() > row);
        QVERIFY(!at_->window->menuBar()->isVisible());
        QVERIFY(!at_->window->entities().isVisible());
        QVERIFY(settle(*at_->window));
        // "read only" stays in sight.
        QVERIFY2(at_->window->statusLine().text().contains(QStringLiteral("read-only")),
                 qPrintable(at_->window->statusLine().text()));
        // Keys that stand in the hidden menus work, and one finds another entity.
        QApplication::setActiveWindow(at_->window.get());
        QTest::keyClick(at_->window.get(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(at_->window->entities().isVisible());
        QTest::keyClick(at_->window.get(), Qt::Key_F11);
        QVERIFY(!at_->window->isPresentation());
        QVERIFY(at_->window->menuBar()->isVisible());
        QCOMPARE(at_->theme.rowHeight(), row);
    }

    void aPresentationAndBackLeavesTheDefaultLayoutAsItWas()
    {
        openDemo();
        const QList<QList<int>> before = sizes();
        for (int round = 0; round < 2; ++round) {
            at_->window->setPresentation(true, false);
            QVERIFY(settle(*at_->window));
            QVERIFY(sizes() != before);
            at_->window->setPresentation(false);
            QVERIFY(settle(*at_->window));
            QCOMPARE(sizes(), before);
        }
    }

    void inAPresentationNothingLiesOverAnythingAndThreeLanesAreWhole()
    {
        at_->window->resize(1280, 720);
        openDemo();
        at_->session->playhead()->setVersion(Version{9});
        QVERIFY(settle(*at_->window));
        StateTree& tree = at_->window->state().statePage().tree();
        QTest::mouseClick(tree.viewport(), Qt::LeftButton, {}, tree.cellRect(2, 1).center());
        at_->window->setPresentation(true, false);
        QVERIFY(settle(*at_->window));
        const auto nothingOverlaps = [&] {
            TopBar& bar = at_->window->topBar();
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
        QVERIFY(at_->window->topBar().timeField().findChild<QToolButton*>()->isVisible());
        // The lanes, and what set a field.
        TimelineView& timeline = at_->window->timeline();
        QVERIFY2(timeline.canvas().lanes().size() >= 3, "the demo has three lanes");
        QVERIFY2(timeline.height() >= timeline.heightFor(3), qPrintable(QString::number(timeline.height())));
        QCOMPARE(tree.horizontalScrollBar()->maximum(), 0);
        QVERIFY(at_->window->events().height() > 4 * at_->theme.rowHeight());
        picture(*at_->window, QStringLiteral("presentation-1280"));
        // Live, there is still more in it.
        ReadingView reading;
        reading.reading = reading.resumable = reading.live = true;
        at_->window->topBar().live().setReading(true, reading);
        at_->window->topBar().live().setNew(312, 3);
        QVERIFY(settle(*at_->window));
        QVERIFY(nothingOverlaps());
        picture(*at_->window, QStringLiteral("presentation-1280-live"));
        at_->window->setPresentation(false);
        at_->window->resize(at_->window->minimumSize());
        QVERIFY(settle(*at_->window));
        QVERIFY(nothingOverlaps());
        picture(*at_->window, QStringLiteral("bar-at-least"));
    }

    void theGoToBoxTakesWhatTheDemoShows()
    {
        openDemo();
        GoToBox& box = at_->window->topBar().goTo();
        const auto found = [&](const QString& text) {
            QSignalSpy answer(at_->session.get(), &Session::lookedUp);
            box.setFocus();
            box.selectAll();
            QTest::keyClicks(&box, text);
            QStringList out;
            if (!QTest::qWaitFor(
                    [&] { return !answer.isEmpty() && answer.last().at(0).toString() == text && answer.last().at(2).toBool(); },
                    kDemoWaitMs))
                return out;
            for (const GoToHit& hit : box.hits()) out << hit.entityText;
            return out;
        };
        const QStringList alice = found(QStringLiteral("Alice Miller"));
        QVERIFY2(alice.contains(QStringLiteral("user/user-123")), qPrintable(alice.join(u' ')));
        picture(*at_->window, QStringLiteral("go-to-name"));
        const QStringList parts = found(QStringLiteral("8841"));
        QVERIFY2(parts.contains(QStringLiteral("order/order-8841")), qPrintable(parts.join(u' ')));
        QVERIFY2(parts.join(u' ').contains(QStringLiteral("order_items/8841,1")), qPrintable(parts.join(u' ')));
        picture(*at_->window, QStringLiteral("go-to-part"));
        // A record by its place, as older copies wrote it.
        const QStringList place = found(QStringLiteral("users/2@1531"));
        QCOMPARE(place.value(0), QStringLiteral("user/user-123"));
    }

    void whatIsBeingOpenedOrMadeIsSaidAndCanBeGivenUp()
    {
        const auto says = [&](const QString& words) {
            for (const QLabel* label : at_->window->findChildren<QLabel*>())
                if (label->isVisible() && label->text().contains(words)) return true;
            return false;
        };
        const QTemporaryDir other;
        const QByteArray before = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", other.path().toUtf8());
        at_->window->actions().openDemo.trigger();
        qputenv("XDG_DATA_HOME", before);
        QVERIFY(at_->session->isOpening());
        QVERIFY(says(QStringLiteral("Making the demo workspace")));
        auto* cancel = at_->window->statusLine().findChild<QPushButton*>();
        QVERIFY(cancel->isVisible());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QVERIFY(!at_->session->isOpening());
        QVERIFY(!says(QStringLiteral("Making the demo workspace")));

        at_->window->openWorkspace(at_->folder.filePath(QStringLiteral("opening.hindcast")), true);
        QVERIFY(says(QStringLiteral("Opening the workspace")));
        QVERIFY(at_->window->actions().closeWorkspace.isEnabled());
        at_->window->actions().closeWorkspace.trigger();
        QVERIFY(!at_->session->isOpening());
        QVERIFY(!says(QStringLiteral("Opening the workspace")));
        QTRY_VERIFY(at_->session->isIdle());
        QVERIFY(!at_->session->isOpen());
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
        const QString path = at_->folder.filePath(QStringLiteral("scrub.png"));
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
        QVERIFY(!writeAnimation(frames, at_->folder.filePath(QStringLiteral("no/such/folder.png"))));
    }
};

QTEST_MAIN(TestModes)
#include "test_modes.moc"
