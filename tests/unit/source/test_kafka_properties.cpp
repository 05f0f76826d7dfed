#include "core/source/kafka.h"
#include "core/source/kafka_errors.h"
#include "core/source/kafka_plan.h"
#include "core/source/kafka_properties.h"
#include "core/source/rate_limit.h"
#include "tests/unit/source/support.h"

using namespace hindcast;
using namespace hindcast::source;

class TestKafkaProperties : public QObject {
    Q_OBJECT
    Files files_;

private slots:
    void aPropertyIsCheckedWhenItIsGiven()
    {
        KafkaConnection connection;
        QVERIFY(addProperty(connection, "security.protocol=SASL_SSL").has_value());
        QVERIFY(addProperty(connection, " sasl.password = p=w ").has_value());
        QCOMPARE(connection.properties.at("sasl.password"), std::string("p=w"));
        QVERIFY(addProperty(connection, "bootstrap.servers=b:9092").has_value());
        QCOMPARE(connection.brokers, std::string("b:9092"));
        QVERIFY(!connection.properties.contains("bootstrap.servers"));

        QVERIFY(textOf(addProperty(connection, "nonsense")).contains(QStringLiteral("NAME=VALUE")));
        const auto near = addProperty(connection, "sasl.pasword=verysecret");
        QVERIFY2(textOf(near).contains(QStringLiteral("did you mean sasl.password?")), qPrintable(textOf(near)));
        QVERIFY(!textOf(near).contains(QStringLiteral("verysecret")));
        const auto value = addProperty(connection, "security.protocol=TLS");
        QVERIFY2(textOf(value).contains(QStringLiteral("security.protocol")), qPrintable(textOf(value)));
        QCOMPARE(value.error().kind, Error::Kind::BadInput);
    }

    void whatWouldWriteJoinOrCommitIsRefused()
    {
        for (const char* each : {"group.id=g", "enable.auto.commit=true", "transactional.id=t", "allow.auto.create.topics=true",
                                 "group.instance.id=i", "enable.idempotence=true", "enable.auto.offset.store=true",
                                 "client.id=me", "plugin.library.paths=x", "interceptor.classes=x"}) {
            KafkaConnection connection;
            const auto refused = addProperty(connection, each);
            QVERIFY2(textOf(refused).contains(QStringLiteral("is refused")), each);
            QVERIFY(connection.properties.empty());
        }
        KafkaConnection connection;
        QVERIFY(addProperty(connection, "enable.auto.commit=false").has_value());
    }

    void aJavaPropertiesFileReadsAsItIs()
    {
        const auto pem = files_.write("ca.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        const auto path =
            files_.write("client.properties",
                         "# ours\n! too\n\nbootstrap.servers=one:9093,\\\n    two:9093\nsecurity.protocol : SASL_SSL\r\n"
                         "ssl.truststore.type PEM\nssl.truststore.location=" +
                             pem +
                             "\nssl.endpoint.identification.algorithm=\nsasl.mechanism=SCRAM-SHA-512\n"
                             "sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\\n"
                             "  username=\"al\\u0069ce\" \\\n  password=\"se\\\\\"cret; x\";\n"
                             "key.deserializer=org.apache.kafka.common.serialization.StringDeserializer\nmax.poll.records=500\n");
        KafkaConnection connection;
        const auto added = addPropertiesFile(connection, path);
        QVERIFY2(added.has_value(), qPrintable(textOf(added)));
        QCOMPARE(connection.brokers, std::string("one:9093,two:9093"));
        const std::map<std::string, std::string> expected{
            {"security.protocol", "SASL_SSL"},   {"ssl.ca.location", pem},   {"ssl.endpoint.identification.algorithm", "none"},
            {"sasl.mechanism", "SCRAM-SHA-512"}, {"sasl.username", "alice"}, {"sasl.password", "se\"cret; x"}};
        QVERIFY(connection.properties == expected);
    }

    void aFileIsTakenWholeOrNotAtAll()
    {
        KafkaConnection connection;
        const auto refused = addPropertiesFile(connection, files_.write("g.properties", "sasl.username=u\ngroup.id=g\n"));
        QVERIFY2(textOf(refused).contains(QStringLiteral("group.id is refused")), qPrintable(textOf(refused)));
        QVERIFY(textOf(refused).contains(QStringLiteral("g.properties")));
        QVERIFY(connection.properties.empty());
        QVERIFY(!addPropertiesFile(connection, files_.folder() + "/none.properties"));
    }

    void keystoresAreTakenByWhatTheyHold()
    {
        const auto jks = files_.write("trust.jks", std::string("\xFE\xED\xFE\xED\0\0", 6));
        const auto p12 = files_.write("key.p12", std::string("\x30\x82\x01", 3));
        const auto pem = files_.write("key.pem", "-----BEGIN PRIVATE KEY-----\n");
        KafkaConnection connection;
        const auto refused = addProperty(connection, "ssl.truststore.location=" + jks);
        QVERIFY2(textOf(refused).contains(QStringLiteral("JKS")) && textOf(refused).contains(QStringLiteral("keytool")),
                 qPrintable(textOf(refused)));
        QVERIFY(!addProperty(connection, "ssl.keystore.location=" + jks));
        QVERIFY(addProperty(connection, "ssl.keystore.location=" + p12).has_value());
        QCOMPARE(connection.properties.at("ssl.keystore.location"), p12);
        QVERIFY(addProperty(connection, "ssl.keystore.location=" + pem).has_value());
        QCOMPARE(connection.properties.at("ssl.key.location"), pem);
        QCOMPARE(connection.properties.at("ssl.certificate.location"), pem);
    }

    void aLoginModuleWithoutCounterpartSaysWhatToGive()
    {
        KafkaConnection connection;
        QVERIFY(addProperty(connection, "sasl.jaas.config=a.b.PlainLoginModule required username='u' password='p';").has_value());
        QCOMPARE(connection.properties.at("sasl.mechanism"), std::string("PLAIN"));
        const auto kerberos =
            addProperty(connection, "sasl.jaas.config=com.sun.security.auth.module.Krb5LoginModule required keyTab=\"/k\";");
        QVERIFY(textOf(kerberos).contains(QStringLiteral("sasl.kerberos.keytab")));
        const auto broken = addProperty(connection, "sasl.jaas.config=PlainLoginModule required password=\"topsecret");
        QVERIFY(!broken);
        QVERIFY(!textOf(broken).contains(QStringLiteral("topsecret")));
    }

    void scramOnAnOldLibrarySaysExactlyThat()
    {
        kafka::ConnectionFacts facts{"b:9093", "SCRAM-SHA-512", "SASL_PLAINTEXT", 10s, 0x020002ff};
        const kafka::Trouble trouble{
            RD_KAFKA_RESP_ERR__AUTHENTICATION,
            "sasl_plaintext://b:9093/bootstrap: SASL authentication error: Authentication failed during "
            "authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512 (after 312ms in state AUTH_REQ)"};
        const auto old = kafka::connectionError(facts, trouble);
        QCOMPARE(old.kind, Error::Kind::Denied);
        QVERIFY2(old.hint.find("2.6.1") != std::string::npos, old.text().c_str());
        QVERIFY(old.text().find("(after") == std::string::npos);
        facts.libraryVersion = 0x02060100 | 0xff;
        QVERIFY(kafka::connectionError(facts, trouble).hint.find("2.6.1") == std::string::npos);
        facts.mechanism = "PLAIN";
        facts.libraryVersion = 0x020002ff;
        QVERIFY(kafka::connectionError(facts, trouble).hint.find("sasl.username") != std::string::npos);
    }

    void whatIsNoKafkaIsSaidToBeNone()
    {
        const kafka::ConnectionFacts facts{"b:80", "", "", 10s, 0x020002ff};
        const auto error =
            kafka::connectionError(facts, {RD_KAFKA_RESP_ERR__BAD_MSG,
                                           "b:80/bootstrap: Receive failed: Invalid response size 1213486160 (0..100000000): "
                                           "increase receive.message.max.bytes"});
        QVERIFY2(error.text().find("does not speak Kafka's protocol") != std::string::npos, error.text().c_str());
        QVERIFY(error.text().find("receive.message.max.bytes") == std::string::npos);
    }

    void theNewestRecordsAreSpreadEvenlyOverThePartitions()
    {
        const auto spread = [](std::int64_t count, std::vector<std::int64_t> sizes) { return kafka::spread(count, sizes); };
        using Shares = std::vector<std::int64_t>;
        QCOMPARE(spread(30, {100, 100, 100}), (Shares{10, 10, 10}));
        QCOMPARE(spread(31, {100, 0, 5}), (Shares{26, 0, 5}));
        QCOMPARE(spread(1000, {3, 4}), (Shares{3, 4}));
        QCOMPARE(spread(0, {3, 4}), (Shares{0, 0}));
        QCOMPARE(spread(5, {}), Shares{});
    }

    void aPlanPutsResumeFirstAndSaysWhyItBeganThere()
    {
        const std::vector<SourceStream> streams{{"t", Partition{0}}, {"t", Partition{1}}};
        const std::vector<kafka::Watermarks> marks{{10, 100}, {0, 50}};
        const std::vector<std::optional<std::int64_t>> times{20, std::nullopt};
        kafka::PlanFacts facts{streams, marks, times, times, {{streams[0], 5}}, {}, {}};
        const auto plans =
            kafka::plan({KafkaStart::Kind::Time, 0, Timestamp::fromSeconds(1)}, {KafkaUntil::Kind::Time, {}}, facts);
        QCOMPARE(plans[0].start, 10);
        QVERIFY2(plans[0].reason.find("retention removed") != std::string::npos, plans[0].reason.c_str());
        QCOMPARE(*plans[0].end, 20);
        QCOMPARE(plans[1].start, 50);  // nothing is that new
        QCOMPARE(plans[1].reason, std::string("began at time 1970-01-01T00:00:01Z"));
        QCOMPARE(*plans[1].end, 50);
        facts.resume.clear();
        const auto offset = kafka::plan({KafkaStart::Kind::Offset, 3, {}}, {KafkaUntil::Kind::Never, {}}, facts);
        QCOMPARE(offset[0].start, 10);
        QCOMPARE(offset[0].reason, std::string("from the beginning"));
        QCOMPARE(offset[1].reason, std::string("began at offset 3"));
        QVERIFY(!offset[1].end);
    }

    void theRateLimitSpacesDeliveries()
    {
        RateLimit limit(1000);
        const RateLimit::Clock::time_point start{1h};
        QCOMPARE(limit.waitAt(start).count(), 0);
        limit.passed(500, start);
        QVERIFY(limit.waitAt(start) == 500ms);
        limit.passed(1000, start + 100ms);
        QVERIFY(limit.waitAt(start + 1s) == 500ms);
        QCOMPARE(limit.portion(1'000'000), 100u);
        RateLimit none({});
        none.passed(1u << 30, start);
        QCOMPARE(none.waitAt(start).count(), 0);
    }
};

QTEST_GUILESS_MAIN(TestKafkaProperties)
#include "test_kafka_properties.moc"
