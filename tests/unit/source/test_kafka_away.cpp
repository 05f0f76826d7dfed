#include "tests/unit/source/kafka_mock_test.h"

#include <QScopeGuard>
#include <QTcpServer>
#include <QTcpSocket>

#include <atomic>
#include <optional>
#include <thread>

using namespace hindcast;
using namespace hindcast::source;

/// Clusters that are not there, or not all the time.
class TestKafkaAway : public QObject {
    Q_OBJECT
private slots:
    void aBrokerThatGoesAndComesBackIsANoticeAndNothingIsLost()
    {
        MockCluster cluster;
        QVERIFY(makeTopic(cluster, 2, 100));
        auto source = makeKafkaSource(following(cluster, "t"));
        QVERIFY(source->open({}).has_value());
        auto got = readAll(*source, 200);
        QVERIFY(source->status().connected);

        rd_kafka_mock_broker_set_down(cluster.get(), 1);
        const auto poll = [&](auto condition) { return readUntil(*source, got, condition); };
        QVERIFY(poll([&] { return !source->status().connected; }));
        QVERIFY2(source->status().notice.find("away since") != std::string::npos, source->status().notice.c_str());

        rd_kafka_mock_broker_set_up(cluster.get(), 1);
        QVERIFY(cluster.fill("t", 2, 50, 100));
        QVERIFY(poll([&] { return got.records.size() >= 300; }));
        QVERIFY(poll([&] { return source->status().connected; }));
        QVERIFY(source->status().notice.empty());
        checkWhole(got.records, 2, 150);
        QVERIFY(!source->finished());
    }

    void aBrokerThatAnswersNothingIsTakenNoteOfAndGoneOnWithWhenItDoes()
    {
        MockCluster cluster;
        QVERIFY(makeTopic(cluster, 1, 100));
        auto source = makeKafkaSource(following(cluster, "t"));
        QVERIFY(source->open({}).has_value());
        auto got = readAll(*source, 100);
        const auto poll = [&](auto condition) { return readUntil(*source, got, condition); };
        QVERIFY(poll([&] { return source->status().lag == std::uint64_t{0}; }));

        rd_kafka_mock_broker_set_rtt(cluster.get(), 1, 15'000);
        QVERIFY(poll([&] { return !source->status().connected; }));
        const Status silent = source->status();
        QVERIFY2(silent.notice.starts_with("no answer from " + cluster.bootstrap() + " since "), silent.notice.c_str());
        QVERIFY(!silent.lag);  // nobody knows
        QVERIFY(silent.awaySince && *silent.awaySince < Timestamp::now());

        rd_kafka_mock_broker_set_rtt(cluster.get(), 1, 0);
        QVERIFY(poll([&] { return source->status().connected; }));
        QVERIFY(cluster.fill("t", 1, 50, 100));
        QVERIFY(poll([&] { return got.records.size() >= 150 && source->status().lag == std::uint64_t{0}; }));
        QVERIFY(source->status().notice.empty() && !source->status().awaySince);
        checkWhole(got.records, 1, 150);
    }

    void nobodyAnsweringIsAnErrorWithinTheTimeOut_data()
    {
        QTest::addColumn<bool>("listening");
        QTest::newRow("nobody listens") << false;
        QTest::newRow("somebody listens and says nothing") << true;
    }

    void nobodyAnsweringIsAnErrorWithinTheTimeOut()
    {
        QFETCH(bool, listening);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const int port = server.serverPort();
        if (!listening) server.close();
        KafkaOptions asked;
        asked.connection.brokers = "127.0.0.1:" + std::to_string(port);
        asked.connection.timeout = listening ? 1500ms : 1h;  // a closed door is told of at once: nobody waits so long
        asked.topics = {"t"};
        auto source = makeKafkaSource(asked);
        const auto opened = source->open({});
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, Error::Kind::Retry);
        const auto begins = listening ? QStringLiteral("no answer from 127.0.0.1:") : QStringLiteral("cannot reach 127.0.0.1:");
        QVERIFY2(textOf(opened).startsWith(begins), qPrintable(textOf(opened)));
        const auto why = listening ? QStringLiteral("within 1500 ms") : QStringLiteral("Connection refused");
        QVERIFY2(textOf(opened).contains(why), qPrintable(textOf(opened)));
    }

    void aReadingThatGoesOnWaitsForAClusterThatIsNotThereYet()
    {
        MockCluster cluster;
        QVERIFY(makeTopic(cluster, 1, 20));
        QTcpServer door;
        QVERIFY(door.listen(QHostAddress::LocalHost));
        const quint16 port = door.serverPort();
        door.close();
        auto asked = options(cluster, "t");
        asked.connection.brokers = "127.0.0.1:" + std::to_string(port);
        asked.waitForCluster = true;
        auto source = makeKafkaSource(asked);
        QVERIFY(!source->status().connected);
        std::optional<Result<Identity>> identity;
        Read got;
        std::atomic<bool> done = false;
        std::jthread reading([&] {
            identity = source->identity();
            if (identity->has_value() && source->open({})) got = readAll(*source);
            done = true;
        });
        const auto leave = qScopeGuard([&] { source->cancel(); });
        // Who does not wait has given up, who does has been refused for as long.
        asked.waitForCluster = false;
        QCOMPARE(makeKafkaSource(asked)->identity().error().kind, Error::Kind::Retry);
        QVERIFY(!done);
        const Status waiting = source->status();
        QVERIFY(!waiting.connected && waiting.awaySince);
        QVERIFY((waiting.away == Away{Away::Kind::Unasked, 0, asked.connection.brokers}));
        QCOMPARE(waiting.notice, "connecting to " + asked.connection.brokers);
        QTRY_VERIFY_WITH_TIMEOUT(source->status().trouble.contains(asked.connection.brokers), 60'000);

        // Now somebody listens there, who hands on to the cluster.
        const std::string real = cluster.bootstrap();
        const auto realPort = static_cast<quint16>(std::stoi(real.substr(real.rfind(':') + 1)));
        connect(&door, &QTcpServer::newConnection, this, [&door, realPort] {
            while (QTcpSocket* here = door.nextPendingConnection()) {
                auto* there = new QTcpSocket(here);
                there->connectToHost(QHostAddress(QHostAddress::LocalHost), realPort);
                if (!there->waitForConnected()) return;
                connect(here, &QTcpSocket::readyRead, there, [here, there] { there->write(here->readAll()); });
                connect(there, &QTcpSocket::readyRead, here, [here, there] { here->write(there->readAll()); });
                there->write(here->readAll());
            }
        });
        QVERIFY(door.listen(QHostAddress::LocalHost, port));
        QTRY_VERIFY_WITH_TIMEOUT(done.load(), 60'000);
        QVERIFY2(identity->has_value(), qPrintable(textOf(*identity)));
        checkWhole(got.records, 1, 20);
        QVERIFY(!source->status().away || source->status().away->kind != Away::Kind::Unasked);
    }

    void whoWaitsIsNotConnectedWhileAClusterThatHadAnsweredIsSilent()
    {
        MockCluster cluster;
        QVERIFY(makeTopic(cluster, 1, 20));
        auto asked = options(cluster, "t");
        asked.connection.timeout = 500ms;
        asked.waitForCluster = true;
        auto source = makeKafkaSource(asked);
        QVERIFY(source->identity().has_value());
        QVERIFY(source->status().connected);

        // It is still there, so that nothing but the missing answer tells.
        rd_kafka_mock_broker_set_rtt(cluster.get(), 1, 15'000);
        std::atomic<bool> opened = false;
        std::jthread opening([&] { opened = source->open({}).has_value(); });
        const auto leave = qScopeGuard([&] { source->cancel(); });
        QTRY_VERIFY_WITH_TIMEOUT(!source->status().connected, 60'000);
        QVERIFY(!opened);
        QVERIFY((source->status().away == Away{Away::Kind::Unasked, 0, asked.connection.brokers}));

        rd_kafka_mock_broker_set_rtt(cluster.get(), 1, 0);
        QTRY_VERIFY_WITH_TIMEOUT(opened.load(), 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(source->status().connected, 60'000);
    }

    void whoWaitsForAClusterDoesNotWaitForATopicThatIsNotThere()
    {
        MockCluster cluster;
        rd_kafka_mock_topic_set_error(cluster.get(), "t", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
        auto asked = options(cluster, "t");
        asked.waitForCluster = true;
        auto source = makeKafkaSource(asked);
        QVERIFY(source->identity().has_value());
        const auto opened = source->open({});
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, Error::Kind::BadInput);
    }

    void cancellingWakesWhoeverWaits()
    {
        MockCluster cluster;
        cluster.createTopic("t", 1);
        auto source = makeKafkaSource(following(cluster, "t"));
        QVERIFY(source->open({}).has_value());
        std::thread other([&] {
            std::this_thread::sleep_for(200ms);
            source->cancel();
        });
        auto batch = source->next(1h);  // not woken, it would outlast the test
        for (; batch; batch = source->next(1h)) {
        }
        other.join();
        QCOMPARE(batch.error().kind, Error::Kind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestKafkaAway)
#include "test_kafka_away.moc"
