#include "core/store/store.h"
#include "tests/ui/fixtures.h"
#include "tests/ui/shell/wide_events.h"
#include "tests/ui/shell/window_fixture.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/limit_box.h"
#include "ui/connect/target_form.h"
#include "ui/connect/topics_table.h"
#include "ui/entities/entity_browser.h"
#include "ui/entities/entity_list.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/shell/error_bar.h"
#include "ui/shell/top_bar.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_tree.h"
#include "ui/timeline/timeline_view.h"

#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// New arrivals are announced and never move what one is looking at.
class TestLiveWindow : public InWindow {
    Q_OBJECT

    void holds(int users, int count)
    {
        writeWideEvents(at_->path("events.jsonl"), users, count);
        at_->session->importFile(at_->path("events.jsonl"), {}, {eventsMapping("events")});
        const auto events = static_cast<std::uint64_t>(users) * static_cast<std::uint64_t>(count);
        QVERIFY(QTest::qWaitFor([&] { return !at_->session->reading().reading && at_->session->counts().events == events; },
                                kWaitMs));
        QVERIFY(settle(*at_->window));
    }
    [[nodiscard]] QStringList entityRows()
    {
        QStringList rows;
        EntityList& list = at_->window->entities().list();
        for (qint64 row = 0; row < list.rowCount(); ++row) rows << list.rowText(row).section(QLatin1Char(','), 0, 0);
        return rows;
    }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init()
    {
        QVERIFY(begin({1280, 720}) && at_->open());
        holds(6, 100);
        QVERIFY(at_->select(QStringLiteral("user/user-3")));
    }
    void cleanup() { at_.reset(); }

    void listTableTreeAndTimelineStayWhereTheyAre()
    {
        // What was read at first is put in order, a moment later.
        QTRY_COMPARE(entityRows().value(0), QStringLiteral("user/user-5"));
        at_->session->playhead()->setVersion(Version{50});
        QVERIFY(settle(*at_->window));
        EventTable& table = at_->window->events().table();
        auto* tree = at_->window->state().findChild<StateTree*>();
        QVERIFY(tree != nullptr);
        table.setTopRow(10);  // the playhead's row is out of sight, by the user's wish
        tree->setTopRow(12);
        TimelineCanvas& canvas = at_->window->timeline().canvas();
        at_->session->timeWindow()->zoomAbout(at_->session->playhead()->time(), 4);
        QVERIFY(settle(*at_->window));
        const auto tableTop = table.topRow();
        const auto treeTop = tree->topRow();
        const QStringList entities = entityRows();
        const Timestamp from = at_->session->timeWindow()->from();
        const double playhead = canvas.scale().pixelFromTime(at_->session->playhead()->time());
        QCOMPARE(treeTop, qint64{12});
        QVERIFY(table.rowCount() == 100 && tableTop > 0);

        holds(6, 160);
        QVERIFY(QTest::qWaitFor([&] { return table.rowCount() == 160; }, kWaitMs));
        QTest::qWait(400);  // an order that is to be mended would be by now
        QCOMPARE(at_->session->newEvents(), std::uint64_t{360});
        QCOMPARE(table.topRow(), tableTop);
        QCOMPARE(tree->topRow(), treeTop);
        QCOMPARE(entityRows(), entities);
        QCOMPARE(at_->session->timeWindow()->from(), from);
        QCOMPARE(canvas.scale().pixelFromTime(at_->session->playhead()->time()), playhead);
        QCOMPARE(at_->session->playhead()->version().value, std::uint64_t{50});
        // Once one has taken note, the list is put in order.
        at_->session->acknowledgeNew();
        QVERIFY(QTest::qWaitFor([&] { return entityRows() != entities; }, kWaitMs));
    }

    void whyItCouldNotBeReadIsSaidUntilItIsRead()
    {
        at_->session->importFile(at_->path("gone.jsonl"), {}, {});
        auto* bar = at_->window->findChild<ErrorBar*>();
        QVERIFY(bar != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(bar->text().contains(QStringLiteral("gone.jsonl")), kWaitMs);
        holds(6, 110);
        QVERIFY2(bar->text().isEmpty(), qPrintable(bar->text()));
    }

    void theBadgeCountsAndAClickGoesToTheFirstNewOne()
    {
        at_->session->playhead()->setVersion(Version{5});
        LiveControls& live = at_->window->topBar().live();
        QVERIFY(live.badge().isHidden() && live.readingButton().isHidden());
        holds(6, 110);
        QVERIFY(live.badge().isVisible());
        QCOMPARE(live.badge().text(), QStringLiteral("+60 new"));
        QTest::mouseClick(&live.badge(), Qt::LeftButton);
        QVERIFY(live.badge().isHidden());
        QCOMPARE(at_->session->playhead()->version().value, std::uint64_t{101});
        QVERIFY(settle(*at_->window));
        EventTable& table = at_->window->events().table();
        QVERIFY(table.topRow() <= 100 && table.visibleRows().second >= 100);
        const auto inView = table.visibleRows().second - table.visibleRows().first;
        QVERIFY(table.visibleRows().second >= std::min<qint64>(109, 100 + inView - 2));  // and what came after it
    }

    void aClickOnTheBadgeLeadsTheEntityListToWhatIsNew()
    {
        at_->session->close();
        QVERIFY(QTest::qWaitFor([&] { return !at_->session->isOpen() && at_->session->isIdle(); }, kWaitMs));
        at_->window->openWorkspace(at_->path("many.hindcast"), true);
        QVERIFY(QTest::qWaitFor([&] { return at_->session->isOpen(); }, kWaitMs));
        holds(200, 2);
        QVERIFY(at_->select(QStringLiteral("user/user-120")));
        EntityList& list = at_->window->entities().list();
        QTRY_COMPARE(list.rowCount(), qint64{200});
        list.setTopRow(90);
        holds(200, 3);
        QCOMPARE(list.topRow(), qint64{90});
        LiveControls& live = at_->window->topBar().live();
        QVERIFY(live.badge().isVisible());
        QTest::mouseClick(&live.badge(), Qt::LeftButton);
        QCOMPARE(list.topRow(), qint64{0});
        QVERIFY(settle(*at_->window));
        QTRY_VERIFY(list.currentRow() >= 0 && list.rowText(list.currentRow()).startsWith(QStringLiteral("user/user-120")));
        QCOMPARE(list.topRow(), qint64{0});
    }

    void whatTakesASecretIsGoneOnWithByTheDialogFilledInButForThat()
    {
        at_->session->close();
        QVERIFY(QTest::qWaitFor([&] { return !at_->session->isOpen() && at_->session->isIdle(); }, kWaitMs));
        {
            auto store = store::Store::open(at_->path("kafka.hindcast").toStdString(), store::Mode::CreateOrOpen);
            QVERIFY(store.has_value());
            QByteArray text =
                "{'brokers': '127.0.0.1:1', 'topics': ['orders', 'payments'], 'withheld': ['sasl.password'], 'properties': "
                "{'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'PLAIN', 'sasl.username': 'reader'}, 'from': {'kind': "
                "'earliest'}, 'until': {'kind': 'never'}, 'bytesPerSecond': 5000000, 'diskLimit': 750000000, 'cluster': 'here', "
                "'positions': "
                "[['orders', 0, 17]]}";
            const auto setting = parseJson(text.replace("'", "\"").toStdString());
            QVERIFY(setting && (*store)->saveSetting("reading", *setting).has_value());
        }
        at_->window->openWorkspace(at_->path("kafka.hindcast"));
        QVERIFY(QTest::qWaitFor([&] { return at_->session->isOpen(); }, kWaitMs));
        QToolButton& button = at_->window->topBar().live().readingButton();
        QVERIFY(button.isVisible());
        QVERIFY(at_->window->actions().source.actions().contains(&at_->window->actions().pauseReading));
        QVERIFY(at_->window->actions().source.actions().contains(&at_->window->actions().stopReading));
        // Asked for by the menu, the dialog offers the workspace's own cluster, whatever was connected to last.
        at_->window->actions().connectKafka.trigger();
        auto* dialog = at_->window->findChild<ConnectDialog*>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->connection().brokersField().text(), QStringLiteral("127.0.0.1:1"));
        QVERIFY(dialog->topics().chosen().isEmpty());  // they are chosen once they are listed
        dialog->setBrokers(QStringLiteral("127.0.0.1:2"));
        dialog->close();
        QTRY_VERIFY(at_->window->findChild<ConnectDialog*>() == nullptr);
        QTest::mouseClick(&button, Qt::LeftButton);
        dialog = at_->window->findChild<ConnectDialog*>();
        QVERIFY(dialog != nullptr);
        QVERIFY(!at_->session->reading().reading);  // nothing is asked of the cluster yet
        QCOMPARE(dialog->connection().brokersField().text(), QStringLiteral("127.0.0.1:1"));
        QCOMPARE(dialog->topics().chosen(), (QStringList{QStringLiteral("orders"), QStringLiteral("payments")}));
        SecurityForm& security = dialog->connection().security();
        QCOMPARE(security.user().text(), QStringLiteral("reader"));
        QVERIFY(security.properties().lacksPassword());
        QTRY_VERIFY(security.password().hasFocus());
        QCOMPARE(dialog->connection().rate().limit().value_or(std::nullopt), std::optional<std::uint64_t>(5'000'000));
        picture(*dialog, QStringLiteral("resume-secret"));
        QVERIFY(!dialog->request().has_value() && !dialog->connectButton().isEnabled());
        QTest::keyClicks(&security.password(), QStringLiteral("secret"));
        QVERIFY(dialog->request().has_value());
        QVERIFY(dialog->request()->kafka.until.kind == source::KafkaUntil::Kind::Never);
        // It is that reading that goes on, with its own limit and on its own cluster.
        QTRY_COMPARE(dialog->target().disk().currentText(), QStringLiteral("≤ 750 MB"));
        const auto request = dialog->request();
        QCOMPARE(request->workspace, at_->path("kafka.hindcast"));
        QCOMPARE(request->ingest.onlyFrom, std::string("here"));
        QCOMPARE(request->kafka.positions.size(), std::size_t{1});
        QVERIFY(request->kafka.positions.front().next == Offset{17} && request->kafka.positionsAreAll);
        dialog->close();
    }

    void followingByKeyAndButtonEndsWithAStepOfOnesOwn()
    {
        at_->session->playhead()->setVersion(Version{5});
        holds(6, 110);
        QVERIFY(at_->window->actions().followHead.isEnabled());
        QTest::keyClick(at_->window.get(), Qt::Key_H, Qt::ControlModifier);
        QVERIFY(at_->session->following());
        QVERIFY(at_->window->topBar().live().followButton().isChecked());
        QCOMPARE(at_->session->playhead()->version().value, std::uint64_t{110});
        holds(6, 130);
        QCOMPARE(at_->session->playhead()->version().value, std::uint64_t{130});
        EventTable& table = at_->window->events().table();
        QVERIFY(table.visibleRows().second >= 129);
        QTest::keyClick(at_->window.get(), Qt::Key_Left, Qt::AltModifier);
        QVERIFY(!at_->session->following());
        QVERIFY(!at_->window->topBar().live().followButton().isChecked());
    }
};

QTEST_MAIN(TestLiveWindow)
#include "test_live_window.moc"
