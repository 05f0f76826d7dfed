#include "core/source/kafka.h"
#include "tests/ui/fixtures.h"
#include "ui/connect/bind_connect.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/profiles.h"
#include "ui/connect/range_form.h"
#include "ui/connect/sample_table.h"
#include "ui/connect/topics_table.h"
#include "ui/look/theme.h"
#include "ui/session/session.h"
#include "ui/shell/error_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/status_line.h"
#include "ui/shell/top_bar.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QLocalSocket>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;

/// The open window beside a real broker (run by servers/with-kafka.py): what is produced appears, the broker may go and come back,
/// and afterwards the broker knows nothing of us.
class LiveWindow : public QObject {
    Q_OBJECT

    /// A request to the broker's keeper; its answer.
    static QJsonValue ask(const QByteArray& request)
    {
        QLocalSocket socket;
        socket.connectToServer(qEnvironmentVariable("HINDCAST_TEST_KAFKA_CONTROL"));
        if (!socket.waitForConnected(5000)) qFatal("the broker's keeper does not answer");
        socket.write(request + "\n");
        QByteArray answer;
        while (!answer.endsWith('\n') && socket.waitForReadyRead(60'000)) answer += socket.readAll();
        const QJsonObject object = QJsonDocument::fromJson(answer).object();
        if (object.contains("error")) qFatal("%s: %s", request.constData(), qPrintable(object["error"].toString()));
        return object["ok"];
    }
    /// Reads the topics from their beginning, and follows them.
    static source::KafkaOptions following(std::vector<std::string> topics)
    {
        source::KafkaOptions kafka;
        kafka.connection.brokers = qEnvironmentVariable("HINDCAST_TEST_BROKERS").toStdString();
        kafka.topics = std::move(topics);
        kafka.until.kind = source::KafkaUntil::Kind::Never;
        return kafka;
    }
    /// The program's window, shown, without a workspace. Taken apart into its members where it is used.
    struct Shown {
        Shown()
        {
            theme.apply();
            window.resize(1280, 800);
            window.show();
        }
        Theme theme{Theme::Scheme::Light};
        Session session;
        MainWindow window{session, theme};
    };
    [[nodiscard]] static bool opens(Session& session, const QString& path)
    {
        session.open(path, true);
        return QTest::qWaitFor([&] { return session.isOpen(); }, 10'000);
    }
    /// In the window, as the user opens one that was closed.
    [[nodiscard]] static bool reopens(Shown& shown, const QString& path)
    {
        shown.window.openWorkspace(path);
        return QTest::qWaitFor([&] { return shown.session.isOpen() && shown.session.isIdle(); }, 10'000);
    }
    [[nodiscard]] static bool stops(Session& session)
    {
        session.stopReading();
        return QTest::qWaitFor([&] { return !session.reading().reading; }, 10'000);
    }

private slots:
    void initTestCase()
    {
        if (qEnvironmentVariableIsEmpty("HINDCAST_TEST_KAFKA_CONTROL")) QSKIP("runs beside a broker: packaging/test starts one");
        QStandardPaths::setTestModeEnabled(true);  // the user's own settings are left alone
        QSettings().clear();
    }

    void theConnectDialogTellsWhatFailsListsSamplesAndReads()
    {
        ask("produce shop 500");
        QTemporaryDir folder;
        Shown shown;
        auto& [theme, session, window] = shown;
        window.actions().connectKafka.trigger();
        auto* dialog = window.findChild<ConnectDialog*>();
        QVERIFY(dialog != nullptr);

        dialog->setBrokers(QStringLiteral("127.0.0.1:1"));
        dialog->connection().testButton().click();
        QTRY_VERIFY2_WITH_TIMEOUT(dialog->connection().outcome().contains(QLatin1String("Connection refused")),
                                  qPrintable(dialog->connection().outcome()), 8000);
        QCOMPARE(dialog->connection().steps(), QStringLiteral("✓ names ✗ TCP"));
        test::picture(*dialog, QStringLiteral("connect-refused"));

        dialog->setBrokers(qEnvironmentVariable("HINDCAST_TEST_BROKERS"));
        dialog->connection().testButton().click();
        QTRY_VERIFY_WITH_TIMEOUT(dialog->topics().total() >= 2, 20'000);
        QVERIFY2(dialog->connection().steps().contains(QStringLiteral("✓ names ✓ TCP ✓ 1 broker, Kafka ")),
                 qPrintable(dialog->connection().steps()));
        dialog->topics().setChosen(QStringLiteral("shop"), true);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->samples().rowCount() > 0, 20'000);
        QVERIFY(dialog->samples().rowText(0).contains(QLatin1String("user-")));
        QTRY_VERIFY2_WITH_TIMEOUT(dialog->range().estimate().contains(QStringLiteral("≈ 500 records, ")) &&
                                      dialog->range().estimate().contains(QLatin1String("stored")),
                                  qPrintable(dialog->range().estimate()), 10'000);
        dialog->range().setFrom(RangeForm::From::Earliest);
        dialog->setWorkspace(folder.filePath(QStringLiteral("shop.hindcast")));
        test::picture(*dialog, QStringLiteral("connect-broker"));
        QVERIFY2(dialog->request().has_value(), qPrintable(dialog->request() ? QString() : dialog->request().error()));
        dialog->connectButton().click();
        QTRY_COMPARE_WITH_TIMEOUT(session.counts().events, std::uint64_t{500}, 30'000);
        QVERIFY(session.reading().reading);  // the head is followed
        session.selectByText(QStringLiteral("user-7"));
        QTRY_VERIFY_WITH_TIMEOUT(session.state() != nullptr, 10'000);
        test::picture(window, QStringLiteral("kafka-topic"));
        QVERIFY(stops(session));
    }

    void whichStepFailedIsToldAndWhatToDo()
    {
        if (qEnvironmentVariableIsEmpty("HINDCAST_TEST_BROKERS_SASLSSL")) QSKIP("the broker has no listener with a login");
        Theme theme(Theme::Scheme::Light);
        theme.apply();
        Profiles profiles;
        ConnectDialog dialog(theme, profiles);
        ConnectProbe probe;
        bind(dialog, probe);
        dialog.show();
        const auto answer = [&](const char* brokers, std::map<std::string, std::string> properties) {
            dialog.connection().setConnection(qEnvironmentVariable(brokers), properties);
            dialog.connection().testButton().click();
            // While it asks the button cancels.
            return QTest::qWaitFor([&] { return dialog.connection().testButton().text() == QLatin1String("Test connection"); },
                                   30'000);
        };
        const std::string authority = qEnvironmentVariable("HINDCAST_TEST_CA").toStdString();
        std::map<std::string, std::string> login{{"security.protocol", "SASL_SSL"},
                                                 {"sasl.mechanism", "PLAIN"},
                                                 {"sasl.username", "reader"},
                                                 {"sasl.password", "wrong-secret"},
                                                 {"ssl.ca.location", authority}};
        QVERIFY(answer("HINDCAST_TEST_BROKERS_SASLSSL", login));
        QCOMPARE(dialog.connection().steps(), QStringLiteral("✓ names ✓ TCP ✓ TLS ✗ SASL"));
        QVERIFY2(dialog.connection().outcome().contains(QStringLiteral("check “Mechanism”")),
                 qPrintable(dialog.connection().outcome()));
        QVERIFY(!dialog.connection().outcome().contains(QLatin1String("wrong-secret")));
        test::picture(dialog, QStringLiteral("connect-wrong-password"));
        login["sasl.password"] = "reader-secret";
        QVERIFY(answer("HINDCAST_TEST_BROKERS_SASLSSL", login));
        QVERIFY2(dialog.connection().steps().startsWith(QStringLiteral("✓ names ✓ TCP ✓ TLS ✓ SASL ✓ 1 broker")),
                 qPrintable(dialog.connection().outcome()));
        login.erase("ssl.ca.location");
        QVERIFY(answer("HINDCAST_TEST_BROKERS_SASLSSL", login));
        QCOMPARE(dialog.connection().steps(), QStringLiteral("✓ names ✓ TCP ✗ TLS"));
        QVERIFY2(dialog.connection().outcome().contains(QStringLiteral("“CA file”")), qPrintable(dialog.connection().outcome()));
        // A port that speaks no TLS: which of the two librdkafka takes it for depends on how the broker hangs up.
        QVERIFY(answer("HINDCAST_TEST_BROKERS", {{"security.protocol", "SSL"}}));
        QVERIFY2(dialog.connection().steps().startsWith(QStringLiteral("✓ names ✓ TCP ✗ ")),
                 qPrintable(dialog.connection().outcome()));
    }

    void aWorkspaceThatKnowsTheTopicSaysSoAndGoesOn()
    {
        QTemporaryDir folder;
        Shown shown;
        auto& [theme, session, window] = shown;
        QVERIFY(opens(session, folder.filePath("shop.hindcast")));
        source::KafkaOptions kafka = following({"shop"});
        kafka.until.kind = source::KafkaUntil::Kind::CapturedEnd;
        session.readKafka(kafka, {});
        QTRY_VERIFY_WITH_TIMEOUT(!session.reading().reading && session.counts().events == 500, 30'000);
        QCOMPARE(session.newEvents(), std::uint64_t{0});  // an empty workspace was filled: no news
        window.actions().connectKafka.trigger();
        auto* dialog = window.findChild<ConnectDialog*>();
        QVERIFY(dialog != nullptr);
        dialog->setBrokers(qEnvironmentVariable("HINDCAST_TEST_BROKERS"));
        dialog->connection().testButton().click();
        QTRY_VERIFY_WITH_TIMEOUT(dialog->topics().total() >= 2, 20'000);
        dialog->topics().setChosen(QStringLiteral("shop"), true);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->samples().rowCount() > 0, 20'000);
        QTRY_VERIFY2_WITH_TIMEOUT(dialog->mappingHint().contains(QLatin1String("the workspace's own")),
                                  qPrintable(dialog->mappingHint()), 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(dialog->range().estimate(),
                                  QStringLiteral("nothing there yet, then what comes · goes on where it stopped"), 10'000);
        dialog->reject();
    }

    void pausingKeepsThePlaceAndGoingOnReadsEachRecordOnce()
    {
        QTemporaryDir folder;
        ask("produce paused 400");
        Session session;
        QVERIFY(opens(session, folder.filePath("paused.hindcast")));
        // Of "quiet", whose partitions are empty, nothing but where reading began can tell where to go on.
        source::KafkaOptions kafka = following({"paused", "quiet"});
        kafka.from.kind = source::KafkaStart::Kind::Latest;
        session.readKafka(kafka, {});
        QTRY_VERIFY_WITH_TIMEOUT(session.reading().live, 30'000);
        ask("produce paused 100 400");
        QTRY_COMPARE_WITH_TIMEOUT(session.counts().events, std::uint64_t{100}, 30'000);
        for (int round = 0; round < 3; ++round) {
            session.pauseReading();
            QTRY_VERIFY_WITH_TIMEOUT(!session.reading().reading, 10'000);
            QVERIFY2(session.reading().paused && !session.reading().failed, qPrintable(session.reading().ended));
            ask(QByteArray("produce paused 50 ") + QByteArray::number(500 + round * 50));
            ask(QByteArray("produce quiet 10 ") + QByteArray::number(round * 10));
            session.resumeReading();
            QVERIFY(session.reading().reading && !session.reading().paused);
            QTRY_COMPARE_WITH_TIMEOUT(session.counts().events, std::uint64_t(100 + 60 * (round + 1)), 30'000);
        }
        QTRY_COMPARE_WITH_TIMEOUT(session.reading().progress.lag, std::optional<std::uint64_t>(0), 10'000);
        QCOMPARE(session.reading().progress.duplicates, std::uint64_t{0});
        QCOMPARE(session.counts().events, std::uint64_t{280});

        // Another mapping, while it is read: what is stored is decoded anew, and reading goes on by itself.
        QSignalSpy anew(&session, &Session::mappingsChanged);
        decode::Mapping mapping;
        mapping.topic = "paused";
        mapping.envelope = decode::Envelope::Plain;
        decode::FieldSource key;
        key.from = decode::FieldSource::From::Key;
        decode::FieldSource category;
        category.constant = "other";
        mapping.entities = {{category, {key}}};
        session.remap({mapping});
        QTRY_COMPARE_WITH_TIMEOUT(anew.size(), 1, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(session.reading().reading && session.reading().resumable, 30'000);
        ask("produce paused 20 650");
        QTRY_COMPARE_WITH_TIMEOUT(session.counts().events, std::uint64_t{300}, 30'000);
        const auto& categories = session.categories();
        QVERIFY(std::ranges::any_of(categories, [](const store::Category& one) { return one.text == "other"; }));
        QVERIFY(stops(session));
    }

    void aReopenedWorkspaceGoesOnFromWhereItStoppedOnceOneSaysSo()
    {
        QTemporaryDir folder;
        ask("produce again 300");
        {
            Session session;
            QVERIFY(opens(session, folder.filePath("again.hindcast")));
            const source::KafkaOptions kafka = following({"again"});
            session.readKafka(kafka, {});
            QTRY_COMPARE_WITH_TIMEOUT(session.counts().events, std::uint64_t{300}, 30'000);
        }
        ask("produce again 200 300");
        Shown shown;
        QVERIFY(reopens(shown, folder.filePath("again.hindcast")));
        auto& [theme, session, window] = shown;
        QToolButton& button = window.topBar().live().readingButton();
        QVERIFY(button.isVisible() && button.isEnabled());
        QCOMPARE(button.text(), QStringLiteral("Resume"));
        QVERIFY2(button.toolTip().contains(QStringLiteral("Go on reading again from %1, from where it stopped ")
                                               .arg(qEnvironmentVariable("HINDCAST_TEST_BROKERS"))),
                 qPrintable(button.toolTip()));
        QCOMPARE(session.counts().events, std::uint64_t{300});
        test::picture(window, QStringLiteral("live-resume"));
        button.click();
        QTRY_COMPARE_WITH_TIMEOUT(session.counts().events, std::uint64_t{500}, 30'000);
        QCOMPARE(session.reading().progress.duplicates, std::uint64_t{0});
        QCOMPARE(session.newEvents(), std::uint64_t{200});  // it was not empty: what came is news
        QVERIFY(stops(session));
    }

    void whereTheBrokerIsAwayGoingOnWaitsForItAndReadsOnByItself()
    {
        QTemporaryDir folder;
        std::uint64_t before = 0;
        {
            Session session;
            QVERIFY(opens(session, folder.filePath("waiting.hindcast")));
            session.readKafka(following({"again"}), {});
            QTRY_VERIFY_WITH_TIMEOUT(session.reading().live, 30'000);
            QVERIFY(stops(session));
            QTRY_VERIFY_WITH_TIMEOUT(session.isIdle(), 10'000);
            before = session.counts().events;
        }
        ask("stop");
        Shown shown;
        QVERIFY(reopens(shown, folder.filePath("waiting.hindcast")));
        auto& [theme, session, window] = shown;
        window.topBar().live().readingButton().click();
        const QString told = QStringLiteral("connecting to %1 for ").arg(qEnvironmentVariable("HINDCAST_TEST_BROKERS"));
        QVERIFY2(window.statusLine().text().contains(told), qPrintable(window.statusLine().text()));
        // Longer than it takes to be sure that nobody listens.
        QTRY_VERIFY_WITH_TIMEOUT(
            session.reading().awaySince && Timestamp::now().ns - session.reading().awaySince->ns > 5'000'000'000, 30'000);
        QVERIFY(session.reading().reading && !session.reading().progress.connected);
        QVERIFY(window.errorBar().isHidden());
        QVERIFY2(window.statusLine().text().contains(told), qPrintable(window.statusLine().text()));
        test::picture(window, QStringLiteral("live-connecting"));
        ask("start");
        ask("produce again 40 500");
        QTRY_COMPARE_WITH_TIMEOUT(session.counts().events, before + 40, 90'000);
        QVERIFY(session.reading().progress.connected);
        QCOMPARE(session.reading().progress.duplicates, std::uint64_t{0});
        QVERIFY(stops(session));
    }

    void aBrokerThatIsFrozenIsToldAndGoneOnWithWhenItAnswers()
    {
        ask("produce frozen 100");
        QTemporaryDir folder;
        Shown shown;
        auto& [theme, session, window] = shown;
        QVERIFY(opens(session, folder.filePath("frozen.hindcast")));
        const source::KafkaOptions kafka = following({"frozen"});
        session.readKafka(kafka, {});
        QTRY_VERIFY_WITH_TIMEOUT(session.reading().live && session.counts().events == 100, 30'000);
        ask("pause");
        QTRY_VERIFY_WITH_TIMEOUT(!session.reading().progress.connected, 30'000);
        const QString told = QStringLiteral("no answer from %1 for ").arg(qEnvironmentVariable("HINDCAST_TEST_BROKERS"));
        QTRY_VERIFY2_WITH_TIMEOUT(
            window.statusLine().text().contains(told) && window.statusLine().text().contains(QStringLiteral("lag unknown")),
            qPrintable(window.statusLine().text()), 5000);
        QVERIFY(!session.reading().progress.lag);
        QVERIFY(window.errorBar().isHidden());
        test::picture(window, QStringLiteral("live-silent"));
        ask("resume");
        QTRY_VERIFY_WITH_TIMEOUT(session.reading().progress.connected, 30'000);
        ask("produce frozen 50 100");
        QTRY_COMPARE_WITH_TIMEOUT(session.counts().events, std::uint64_t{150}, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(session.reading().progress.lag, std::optional<std::uint64_t>(0), 10'000);
        QVERIFY(stops(session));
    }

    void theDiskLimitEndsATailPolitelyAndMoreIsAllowedOnGoingOn()
    {
        QTemporaryDir folder;
        ask("produce paused 60000 1000");  // the file, packed, is a tenth of them
        Session session;
        QVERIFY(opens(session, folder.filePath("limited.hindcast")));
        source::KafkaOptions kafka = following({"paused"});
        kafka.bytesPerSecond = 2'000'000;
        ingest::Options ingest;
        ingest.diskLimit = 500'000;
        session.readKafka(kafka, ingest);
        QTRY_VERIFY_WITH_TIMEOUT(!session.reading().reading, 60'000);
        QCOMPARE(session.reading().ended, QStringLiteral("partial, because the disk limit of 500 kB is reached"));
        QVERIFY(!session.reading().failed && session.reading().diskFull);
        const auto first = session.counts().events;
        session.resumeReading();
        QTRY_VERIFY_WITH_TIMEOUT(session.counts().events > first, 30'000);
        QCOMPARE(session.reading().progress.duplicates, std::uint64_t{0});
        QVERIFY(stops(session));
    }

    void whatComesIsAnnouncedAndMovesNothingUntilItIsFollowed()
    {
        ask("produce followed 600");
        QTemporaryDir folder;
        Shown shown;
        auto& [theme, session, window] = shown;
        QVERIFY(opens(session, folder.filePath("followed.hindcast")));
        const source::KafkaOptions kafka = following({"followed"});
        session.readKafka(kafka, {});
        QTRY_VERIFY_WITH_TIMEOUT(session.reading().live && session.counts().events == 600, 30'000);
        QCOMPARE(session.newEvents(), std::uint64_t{0});
        QVERIFY(window.topBar().live().badge().isHidden());
        session.selectByText(QStringLiteral("user-7"));
        QTRY_VERIFY_WITH_TIMEOUT(session.history() && session.state(), 10'000);
        const Version before = session.playhead()->last();
        session.playhead()->setVersion(Version{1});
        const Timestamp from = session.timeWindow()->from();

        ask("produce followed 1000 600");
        QTRY_COMPARE_WITH_TIMEOUT(session.newEvents(), std::uint64_t{1000}, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(session.playhead()->last() > before, 10'000);
        QCOMPARE(session.playhead()->version().value, std::uint64_t{1});
        QCOMPARE(session.timeWindow()->from(), from);
        QCOMPARE(window.topBar().live().badge().text(), QStringLiteral("+1\u2009000 new"));
        test::picture(window, QStringLiteral("live-new"));
        window.topBar().live().badge().click();
        QCOMPARE(session.newEvents(), std::uint64_t{0});
        QCOMPARE(session.playhead()->version().value, before.value + 1);  // the first that is new here

        window.topBar().live().followButton().click();
        QVERIFY(session.following());
        QCOMPARE(session.playhead()->version(), session.playhead()->last());
        const Version followed = session.playhead()->last();
        ask("produce followed 1000 1600");
        QTRY_COMPARE_WITH_TIMEOUT(session.counts().events, std::uint64_t{2600}, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(session.playhead()->last() > followed, 10'000);
        QCOMPARE(session.playhead()->version(), session.playhead()->last());
        QVERIFY(session.playhead()->time() < session.timeWindow()->to());
        QCOMPARE(session.newEvents(), std::uint64_t{0});
        test::picture(window, QStringLiteral("live-following"));
        session.playhead()->step(-1);
        QVERIFY(!session.following());
        QVERIFY2(window.statusLine().text().contains(QStringLiteral("msg/s · lag ")), qPrintable(window.statusLine().text()));
        QVERIFY(stops(session));
    }

    void whatIsProducedAppearsInTheOpenWindowAndTheBrokerMayGoAndComeBack()
    {
        ask("produce live 600");
        QTemporaryDir folder;
        Shown shown;
        auto& [theme, session, window] = shown;
        QVERIFY(opens(session, folder.filePath("live.hindcast")));

        const source::KafkaOptions kafka = following({"live"});
        session.readKafka(kafka, {});
        QTRY_COMPARE_WITH_TIMEOUT(session.counts().events, std::uint64_t{600}, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(session.directory() && session.directory()->size() > 0, 10'000);

        session.select(EntityId{0});
        QTRY_VERIFY_WITH_TIMEOUT(session.history() && !session.history()->events.empty(), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(session.state() != nullptr, 10'000);
        const auto before = session.history()->events.size();
        session.playhead()->setVersion(Version{1});
        QTRY_COMPARE_WITH_TIMEOUT(session.state()->state.version.value, std::uint64_t{1}, 10'000);

        ask("produce live 1000 600");  // every user once more
        QTRY_COMPARE_WITH_TIMEOUT(session.counts().events, std::uint64_t{1600}, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(session.history()->events.size() > before, 10'000);
        // What came in did not move what one is looking at.
        QCOMPARE(session.playhead()->version().value, std::uint64_t{1});

        ask("stop");
        QTRY_VERIFY_WITH_TIMEOUT(!session.reading().progress.connected, 60'000);
        QVERIFY(session.reading().reading);
        QTRY_VERIFY2_WITH_TIMEOUT(window.statusLine().text().contains(QLatin1String("away for ")) &&
                                      window.statusLine().text().contains(QLatin1String("trying again")),
                                  qPrintable(window.statusLine().text()), 10'000);
        QVERIFY(window.errorBar().isHidden());  // told calmly
        test::picture(window, QStringLiteral("live-away"));
        ask("start");
        ask("produce live 300 1600");
        QTRY_COMPARE_WITH_TIMEOUT(session.counts().events, std::uint64_t{1900}, 90'000);
        QTRY_VERIFY_WITH_TIMEOUT(session.reading().progress.connected, 30'000);
        QTRY_VERIFY2_WITH_TIMEOUT(window.statusLine().text().contains(QLatin1String("the broker is back")),
                                  qPrintable(window.statusLine().text()), 5000);

        QVERIFY(stops(session));
        QVERIFY2(!session.reading().failed, qPrintable(session.reading().ended));
        QCOMPARE(ask("groups").toArray().size(), 0);
        QVERIFY(ask("committed").toObject().isEmpty() || ask("committed").toArray().isEmpty());
    }
};

QTEST_MAIN(LiveWindow)
#include "live_window.moc"
