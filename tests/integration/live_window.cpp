#include "core/source/kafka.h"
#include "tests/ui/fixtures.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/range_form.h"
#include "ui/connect/sample_table.h"
#include "ui/connect/topics_table.h"
#include "ui/look/theme.h"
#include "ui/session/session.h"
#include "ui/shell/main_window.h"

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
        Theme theme(Theme::Scheme::Light);
        theme.apply();
        Session session;
        MainWindow window(session, theme);
        window.resize(1280, 800);
        window.show();
        window.actions().connectKafka.trigger();
        auto* dialog = window.findChild<ConnectDialog*>();
        QVERIFY(dialog != nullptr);

        dialog->setBrokers(QStringLiteral("127.0.0.1:1"));
        dialog->connection().testButton().click();
        QTRY_VERIFY2_WITH_TIMEOUT(dialog->connection().outcome().contains(QLatin1String("Connection refused")),
                                  qPrintable(dialog->connection().outcome()), 8000);
        test::picture(*dialog, QStringLiteral("connect-refused"));

        dialog->setBrokers(qEnvironmentVariable("HINDCAST_TEST_BROKERS"));
        dialog->connection().testButton().click();
        QTRY_VERIFY_WITH_TIMEOUT(dialog->topics().total() >= 2, 20'000);
        dialog->topics().setChosen(QStringLiteral("shop"), true);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->samples().rowCount() > 0, 20'000);
        QVERIFY(dialog->samples().rowText(0).contains(QLatin1String("user-")));
        QVERIFY2(dialog->range().estimate().contains(QLatin1String("500")), qPrintable(dialog->range().estimate()));
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
        session.stopReading();
        QTRY_VERIFY_WITH_TIMEOUT(!session.reading().reading, 10'000);
    }

    void whatIsProducedAppearsInTheOpenWindowAndTheBrokerMayGoAndComeBack()
    {
        ask("produce live 600");
        QTemporaryDir folder;
        Theme theme(Theme::Scheme::Light);
        Session session;
        MainWindow window(session, theme);
        window.resize(1280, 800);
        window.show();
        session.open(folder.filePath("live.hindcast"), true);
        QTRY_VERIFY_WITH_TIMEOUT(session.isOpen(), 10'000);

        source::KafkaOptions kafka;
        kafka.connection.brokers = qEnvironmentVariable("HINDCAST_TEST_BROKERS").toStdString();
        kafka.topics = {"live"};
        kafka.until.kind = source::KafkaUntil::Kind::Never;
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
        ask("start");
        ask("produce live 300 1600");
        QTRY_COMPARE_WITH_TIMEOUT(session.counts().events, std::uint64_t{1900}, 90'000);
        QTRY_VERIFY_WITH_TIMEOUT(session.reading().progress.connected, 30'000);

        session.stopReading();
        QTRY_VERIFY_WITH_TIMEOUT(!session.reading().reading, 10'000);
        QVERIFY2(!session.reading().failed, qPrintable(session.reading().ended));
        QCOMPARE(ask("groups").toArray().size(), 0);
        QVERIFY(ask("committed").toObject().isEmpty() || ask("committed").toArray().isEmpty());
    }
};

QTEST_MAIN(LiveWindow)
#include "live_window.moc"
