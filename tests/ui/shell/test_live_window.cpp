#include "core/store/store.h"
#include "tests/ui/fixtures.h"
#include "tests/ui/session/workspace_files.h"
#include "tests/ui/shell/wide_events.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/topics_table.h"
#include "ui/entities/entity_browser.h"
#include "ui/entities/entity_list.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/shell/error_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/render.h"
#include "ui/shell/top_bar.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_tree.h"
#include "ui/timeline/timeline_view.h"

#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

constexpr int kWaitMs = 20'000;

}  // namespace

/// New arrivals are announced and never move what one is looking at.
class TestLiveWindow : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Theme> theme_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<MainWindow> window_;

    QString path(const char* name) { return folder_->filePath(QString::fromLatin1(name)); }
    void holds(int users, int count)
    {
        writeWideEvents(path("events.jsonl"), users, count);
        session_->importFile(path("events.jsonl"), {}, {eventsMapping("events")});
        const auto events = static_cast<std::uint64_t>(users) * static_cast<std::uint64_t>(count);
        QVERIFY(QTest::qWaitFor([&] { return !session_->reading().reading && session_->counts().events == events; }, kWaitMs));
        QVERIFY(settle(*window_));
    }
    [[nodiscard]] QStringList entityRows()
    {
        QStringList rows;
        EntityList& list = window_->entities().list();
        for (qint64 row = 0; row < list.rowCount(); ++row) rows << list.rowText(row).section(QLatin1Char(','), 0, 0);
        return rows;
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
        window_->resize(1280, 720);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
        window_->openWorkspace(path("shop.hindcast"), true);
        QVERIFY(QTest::qWaitFor([&] { return session_->isOpen(); }, kWaitMs));
        holds(6, 100);
        session_->selectByText(QStringLiteral("user/user-3"));
        QVERIFY(QTest::qWaitFor([&] { return session_->history() != nullptr; }, kWaitMs));
        QVERIFY(settle(*window_));
    }
    void cleanup()
    {
        window_.reset();
        session_.reset();
    }

    void listTableTreeAndTimelineStayWhereTheyAre()
    {
        // What was read at first is put in order, a moment later.
        QTRY_COMPARE(entityRows().value(0), QStringLiteral("user/user-5"));
        session_->playhead()->setVersion(Version{50});
        QVERIFY(settle(*window_));
        EventTable& table = window_->events().table();
        auto* tree = window_->state().findChild<StateTree*>();
        QVERIFY(tree != nullptr);
        table.setTopRow(10);  // the playhead's row is out of sight, by the user's wish
        tree->setTopRow(12);
        TimelineCanvas& canvas = window_->timeline().canvas();
        session_->timeWindow()->zoomAbout(session_->playhead()->time(), 4);
        QVERIFY(settle(*window_));
        const auto tableTop = table.topRow();
        const auto treeTop = tree->topRow();
        const QStringList entities = entityRows();
        const Timestamp from = session_->timeWindow()->from();
        const double playhead = canvas.scale().pixelFromTime(session_->playhead()->time());
        QCOMPARE(treeTop, qint64{12});
        QVERIFY(table.rowCount() == 100 && tableTop > 0);

        holds(6, 160);
        QVERIFY(QTest::qWaitFor([&] { return table.rowCount() == 160; }, kWaitMs));
        QTest::qWait(400);  // an order that is to be mended would be by now
        QCOMPARE(session_->newEvents(), std::uint64_t{360});
        QCOMPARE(table.topRow(), tableTop);
        QCOMPARE(tree->topRow(), treeTop);
        QCOMPARE(entityRows(), entities);
        QCOMPARE(session_->timeWindow()->from(), from);
        QCOMPARE(canvas.scale().pixelFromTime(session_->playhead()->time()), playhead);
        QCOMPARE(session_->playhead()->version().value, std::uint64_t{50});
        // Once one has taken note, the list is put in order.
        session_->acknowledgeNew();
        QVERIFY(QTest::qWaitFor([&] { return entityRows() != entities; }, kWaitMs));
    }

    void whyItCouldNotBeReadIsSaidUntilItIsRead()
    {
        session_->importFile(path("gone.jsonl"), {}, {});
        auto* bar = window_->findChild<ErrorBar*>();
        QVERIFY(bar != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(bar->text().contains(QStringLiteral("gone.jsonl")), kWaitMs);
        holds(6, 110);
        QVERIFY2(bar->text().isEmpty(), qPrintable(bar->text()));
    }

    void theBadgeCountsAndAClickGoesToTheFirstNewOne()
    {
        session_->playhead()->setVersion(Version{5});
        LiveControls& live = window_->topBar().live();
        QVERIFY(live.badge().isHidden() && live.readingButton().isHidden());
        holds(6, 110);
        QVERIFY(live.badge().isVisible());
        QCOMPARE(live.badge().text(), QStringLiteral("+60 new"));
        QTest::mouseClick(&live.badge(), Qt::LeftButton);
        QVERIFY(live.badge().isHidden());
        QCOMPARE(session_->playhead()->version().value, std::uint64_t{101});
        QVERIFY(settle(*window_));
        EventTable& table = window_->events().table();
        QVERIFY(table.topRow() <= 100 && table.visibleRows().second >= 100);
    }

    void whatTakesASecretIsGoneOnWithByTheDialogFilledInButForThat()
    {
        session_->close();
        QVERIFY(QTest::qWaitFor([&] { return !session_->isOpen() && session_->isIdle(); }, kWaitMs));
        {
            auto store = store::Store::open(path("kafka.hindcast").toStdString(), store::Mode::CreateOrOpen);
            QVERIFY(store.has_value());
            QByteArray text =
                "{'brokers': '127.0.0.1:1', 'topics': ['orders', 'payments'], 'withheld': ['sasl.password'], 'properties': "
                "{'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'PLAIN', 'sasl.username': 'reader'}, 'from': {'kind': "
                "'earliest'}, 'until': {'kind': 'never'}, 'bytesPerSecond': 5000000}";
            const auto setting = parseJson(text.replace("'", "\"").toStdString());
            QVERIFY(setting && (*store)->saveSetting("reading", *setting).has_value());
        }
        window_->openWorkspace(path("kafka.hindcast"));
        QVERIFY(QTest::qWaitFor([&] { return session_->isOpen(); }, kWaitMs));
        QToolButton& button = window_->topBar().live().readingButton();
        QVERIFY(button.isVisible());
        QVERIFY(window_->actions().source.actions().contains(&window_->actions().pauseReading));
        QTest::mouseClick(&button, Qt::LeftButton);
        auto* dialog = window_->findChild<ConnectDialog*>();
        QVERIFY(dialog != nullptr);
        QVERIFY(!session_->reading().reading);  // nothing is asked of the cluster yet
        QCOMPARE(dialog->connection().brokersField().text(), QStringLiteral("127.0.0.1:1"));
        QCOMPARE(dialog->topics().chosen(), (QStringList{QStringLiteral("orders"), QStringLiteral("payments")}));
        SecurityForm& security = dialog->connection().security();
        QCOMPARE(security.user().text(), QStringLiteral("reader"));
        QVERIFY(security.lacksPassword());
        QTRY_VERIFY(security.password().hasFocus());
        QCOMPARE(dialog->connection().rateLimit().value_or(std::nullopt), std::optional<std::uint64_t>(5'000'000));
        picture(*dialog, QStringLiteral("resume-secret"));
        security.password().setText(QStringLiteral("secret"));
        QVERIFY(dialog->request().has_value());
        QVERIFY(dialog->request()->kafka.until.kind == source::KafkaUntil::Kind::Never);
        dialog->close();
    }

    void followingByKeyAndButtonEndsWithAStepOfOnesOwn()
    {
        session_->playhead()->setVersion(Version{5});
        holds(6, 110);
        QVERIFY(window_->actions().followHead.isEnabled());
        QTest::keyClick(window_.get(), Qt::Key_H, Qt::ControlModifier);
        QVERIFY(session_->following());
        QVERIFY(window_->topBar().live().followButton().isChecked());
        QCOMPARE(session_->playhead()->version().value, std::uint64_t{110});
        holds(6, 130);
        QCOMPARE(session_->playhead()->version().value, std::uint64_t{130});
        EventTable& table = window_->events().table();
        QVERIFY(table.visibleRows().second >= 129);
        QTest::keyClick(window_.get(), Qt::Key_Left, Qt::AltModifier);
        QVERIFY(!session_->following());
        QVERIFY(!window_->topBar().live().followButton().isChecked());
    }
};

QTEST_MAIN(TestLiveWindow)
#include "test_live_window.moc"
