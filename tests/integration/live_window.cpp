#include "core/source/kafka.h"
#include "ui/look/theme.h"
#include "ui/session/session.h"
#include "ui/shell/main_window.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QSignalSpy>
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
