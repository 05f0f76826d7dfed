#include "core/source/kafka_steps.h"
#include "core/source/kafka_version.h"

#include <QTcpServer>
#include <QtTest>

using namespace hindcast;
using namespace hindcast::source;
using namespace hindcast::source::kafka;
using namespace std::chrono_literals;

class TestKafkaSteps : public QObject {
    Q_OBJECT

    static QString told(const std::vector<ConnectStep>& steps)
    {
        static const char* const kNames[] = {"names", "tcp", "tls", "login", "cluster"};
        QStringList out;
        for (const ConnectStep& step : steps)
            out << QLatin1String(step.passed ? "+" : "-") + QLatin1String(kNames[static_cast<int>(step.kind)]) +
                       QString::fromStdString(step.note);
        return out.join(QLatin1Char(' '));
    }

private slots:
    void addressesAreReadAsTheyAreWritten()
    {
        const auto all = endpointsOf(" kafka-1:9094, SSL://kafka-2 ,[::1]:9095,");
        QVERIFY(all.has_value());
        QCOMPARE(all->size(), std::size_t{3});
        QCOMPARE((*all)[0].text(), std::string("kafka-1:9094"));
        QCOMPARE((*all)[1].text(), std::string("kafka-2:9092"));
        QCOMPARE((*all)[2].text(), std::string("[::1]:9095"));
        for (const char* wrong : {"", " , ", "kafka:port", "kafka:0", "kafka:99999", ":9092"})
            QVERIFY2(!endpointsOf(wrong), wrong);
    }

    void namesAndTcpAreTakenStepByStep()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const platform::Endpoint good{"127.0.0.1", server.serverPort()};
        const platform::Endpoint nowhere{"no-such-host.invalid", 9092};
        std::vector<ConnectStep> steps;
        const auto tell = [&](const ConnectStep& step) { steps.push_back(step); };
        QVERIFY(reachOneOf({good}, {}, tell).has_value());
        QCOMPARE(told(steps), QStringLiteral("+names +tcp"));
        steps.clear();
        QVERIFY(reachOneOf({nowhere, good}, {}, tell).has_value());
        QCOMPARE(told(steps), QStringLiteral("+names1 of 2 +tcp"));
        steps.clear();
        const auto unknown = reachOneOf({nowhere}, {}, tell);
        QVERIFY(!unknown);
        QCOMPARE(told(steps), QStringLiteral("-names"));
        QCOMPARE(unknown.error().what, std::string("cannot find no-such-host.invalid"));
        QVERIFY(!unknown.error().hint.empty());
        // One that refuses holds back no other.
        steps.clear();
        QVERIFY(reachOneOf({{"127.0.0.1", 1}, good, {"localhost", 1}}, {}, tell).has_value());
        QCOMPARE(told(steps), QStringLiteral("+names +tcp"));
        server.close();
        steps.clear();
        const auto refused = reachOneOf({good}, {}, tell);
        QVERIFY(!refused);
        QCOMPARE(told(steps), QStringLiteral("+names -tcp"));
        QCOMPARE(refused.error().why, std::string("Connection refused"));
    }

    void aStopEndsTheWait()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto result = reachOneOf({{"127.0.0.1", 1}}, stop.get_token(), {});
        QVERIFY(!result);
    }

    void theReleaseIsGuessedFromWhatTheBrokerUnderstands_data()
    {
        QTest::addColumn<QString>("fetch");
        QTest::addColumn<QString>("produce");
        QTest::addColumn<QString>("text");
        QTest::newRow("old") << "0..11" << "0..8" << "2.3 – 2.6";
        QTest::newRow("3.8") << "0..16" << "0..11" << "3.8";
        QTest::newRow("3.7") << "0..16" << "0..10" << "3.7";
        QTest::newRow("3.9") << "0..17" << "0..11" << "3.9";
        QTest::newRow("4.0") << "4..17" << "0..12" << "4.0";
        QTest::newRow("newest") << "4..18" << "0..13" << "4.1+";
        QTest::newRow("nothing") << "" << "" << "";
    }
    void theReleaseIsGuessedFromWhatTheBrokerUnderstands()
    {
        QFETCH(QString, fetch);
        QFETCH(QString, produce);
        QFETCH(QString, text);
        VersionGuess guess;
        guess.addLogLine("[thrd:127.0.0.1:9092/bootstrap]: 127.0.0.1:9092/bootstrap:   ApiKey Produce (0) Versions " +
                         produce.toStdString());
        guess.addLogLine("[thrd:127.0.0.1:9092/bootstrap]: 127.0.0.1:9092/bootstrap:   ApiKey Fetch (1) Versions " +
                         fetch.toStdString());
        guess.addLogLine("Feature MsgVer1: Produce (2..2) supported by broker");
        QCOMPARE(QString::fromStdString(guess.text()), text);
    }
};

QTEST_GUILESS_MAIN(TestKafkaSteps)
#include "test_kafka_steps.moc"
