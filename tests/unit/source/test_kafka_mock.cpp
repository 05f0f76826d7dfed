#include "tests/unit/source/kafka_mock_test.h"

using namespace hindcast;
using namespace hindcast::source;

/// Reading from a make-believe cluster that is there.
class TestKafkaMock : public QObject {
    Q_OBJECT
private slots:
    void everyRecordComesOnceUpToTheCapturedEnd()
    {
        MockCluster cluster(3);
        cluster.createTopic("orders", 4);
        QVERIFY(cluster.fill("orders", 4, 500));
        auto source = makeKafkaSource(options(cluster, "orders"));
        const auto identity = source->identity();
        QVERIFY2(identity.has_value(), qPrintable(textOf(identity)));
        QVERIFY(!identity->id.empty());
        const auto opened = source->open({});
        QVERIFY2(opened.has_value(), qPrintable(textOf(opened)));
        QCOMPARE(*source->status().recordsTotal, 2000u);
        QVERIFY(cluster.fill("orders", 4, 100, 500));  // later than the captured end
        const auto got = readAll(*source);
        QVERIFY(!got.error);
        QVERIFY(source->finished());
        checkWhole(got.records, 4, 500);
        QCOMPARE(got.progress.at("orders/3"), 500);
        const Copy& record = got.records.front();
        QCOMPARE(*record.key, std::string("k"));
        QCOMPARE(record.headers.size(), 1u);
        QCOMPARE(record.headers[0].first, std::string("h"));
        QCOMPARE(record.timestampMs, 1'700'000'000'000);
        QCOMPARE(source->status().recordsDelivered, 2000u);
        for (const auto& facts : source->streams()) QCOMPARE(facts.startReason, std::string("from the beginning"));
    }

    void aBatchOutlivesItsSource()
    {
        MockCluster cluster;
        QVERIFY(makeTopic(cluster, 1, 10));
        auto source = makeKafkaSource(options(cluster, "t"));
        QVERIFY(source->open({}).has_value());
        RecordBatch kept;
        while (kept.records.empty()) kept = *source->next(100ms);
        source.reset();
        QCOMPARE(std::string(*kept.records.front().value), std::string("0:0"));
    }

    void aResumeGoesOnWhereItStopped()
    {
        MockCluster cluster;
        QVERIFY(makeTopic(cluster, 2, 100));
        auto source = makeKafkaSource(options(cluster, "t"));
        QVERIFY(source->open({{{"t", Partition{0}}, Offset{40}}, {{"t", Partition{1}}, Offset{100}}}).has_value());
        const auto got = readAll(*source);
        checkWhole(got.records, 1, 60, 40);
        QCOMPARE(source->streams().at(0).startReason, std::string("resumed"));
        QCOMPARE(source->streams().at(0).startedAt.value, 40);
    }

    void theLagIsUnknownUntilTheHeadIsAndThenNoneWhereNothingIsNew()
    {
        MockCluster cluster;
        QVERIFY(makeTopic(cluster, 2, 10));
        auto source = makeKafkaSource(following(cluster, "t"));
        QVERIFY(source->open({{{"t", Partition{0}}, Offset{10}}, {{"t", Partition{1}}, Offset{10}}}).has_value());
        QVERIFY(!source->status().lag);
        QTRY_VERIFY_WITH_TIMEOUT(source->next(50ms).has_value() && source->status().lag == std::uint64_t{0}, 10'000);
        QCOMPARE(source->status().recordsDelivered, 0u);
    }

    void aLogThatEndsBeforeTheResumedOffsetIsReadFromItsBeginning()
    {
        MockCluster cluster;
        QVERIFY(makeTopic(cluster, 1, 10));
        auto source = makeKafkaSource(options(cluster, "t"));
        QVERIFY(source->open({{{"t", Partition{0}}, Offset{500}}}).has_value());
        checkWhole(readAll(*source).records, 1, 10);
        QVERIFY(source->streams().at(0).startReason.find("made anew") != std::string::npos);
        QVERIFY(!source->status().notice.empty());
    }

    void startsAreEarliestLatestAnOffsetOrTheLastRecords_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("number");
        QTest::addColumn<int>("expected");
        QTest::newRow("earliest") << int(KafkaStart::Kind::Earliest) << 0 << 200;
        QTest::newRow("latest") << int(KafkaStart::Kind::Latest) << 0 << 0;
        QTest::newRow("offset") << int(KafkaStart::Kind::Offset) << 90 << 20;
        QTest::newRow("offset past the end") << int(KafkaStart::Kind::Offset) << 900 << 0;
        QTest::newRow("last") << int(KafkaStart::Kind::LastRecords) << 30 << 30;
        QTest::newRow("last of more than there are") << int(KafkaStart::Kind::LastRecords) << 3000 << 200;
    }

    void startsAreEarliestLatestAnOffsetOrTheLastRecords()
    {
        QFETCH(int, kind);
        QFETCH(int, number);
        QFETCH(int, expected);
        MockCluster cluster;
        QVERIFY(makeTopic(cluster, 2, 100));
        auto asked = options(cluster, "t");
        asked.from = {static_cast<KafkaStart::Kind>(kind), number, {}};
        auto source = makeKafkaSource(asked);
        QVERIFY(source->open({}).has_value());
        QCOMPARE(readAll(*source).records.size(), static_cast<std::size_t>(expected));
        QVERIFY(source->finished());
    }

    void untilATimeThatLiesAheadEndsOnceItHasPassed()
    {
        MockCluster cluster;
        QVERIFY(makeTopic(cluster, 1, 20));
        auto asked = options(cluster, "t");
        asked.until = {KafkaUntil::Kind::Time, Timestamp{Timestamp::now().ns + 2'000'000'000}};
        auto source = makeKafkaSource(asked);
        QVERIFY(source->open({}).has_value());
        QVERIFY(!source->streams().at(0).capturedEnd);
        QVERIFY(cluster.fill("t", 1, 20, 20));
        const auto got = readAll(*source);
        QVERIFY(source->finished());
        checkWhole(got.records, 1, 40);
        QCOMPARE(source->streams().at(0).capturedEnd->value, 40);
    }

    void passingErrorsOfAFetchAreNotSeen()
    {
        MockCluster cluster;
        QVERIFY(makeTopic(cluster, 1, 300));
        rd_kafka_mock_push_request_errors(cluster.get(), kFetch, 4, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
                                          RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE,
                                          RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT);
        auto source = makeKafkaSource(options(cluster, "t"));
        QVERIFY(source->open({}).has_value());
        const auto got = readAll(*source);
        QVERIFY2(!got.error, got.error ? got.error->text().c_str() : "");
        checkWhole(got.records, 1, 300);
    }

    void anOffsetThatIsGoneIsPassedOver()
    {
        MockCluster cluster;
        QVERIFY(makeTopic(cluster, 1, 50));
        rd_kafka_mock_push_request_errors(cluster.get(), kFetch, 1, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE);
        auto source = makeKafkaSource(options(cluster, "t"));
        QVERIFY(source->open({}).has_value());
        const auto got = readAll(*source);
        QVERIFY2(!got.error, got.error ? got.error->text().c_str() : "");
        checkWhole(got.records, 1, 50);  // it is still there after all: reading goes on at the same place
    }

    void aTopicThatMayNotBeReadIsDeniedByName()
    {
        MockCluster cluster;
        cluster.createTopic("secret", 1);
        QVERIFY(cluster.fill("secret", 1, 5));
        rd_kafka_mock_push_request_errors(cluster.get(), kFetch, 1, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
        auto source = makeKafkaSource(options(cluster, "secret"));
        QVERIFY(source->open({}).has_value());
        const auto got = readAll(*source);
        QVERIFY(got.error);
        QCOMPARE(got.error->kind, Error::Kind::Denied);
        QVERIFY2(got.error->text().find("topic secret") != std::string::npos, got.error->text().c_str());
    }

    void aTopicThatIsNotThereIsNamedWithItsNeighbour()
    {
        MockCluster cluster;
        cluster.createTopic("orders", 1);
        rd_kafka_mock_topic_set_error(cluster.get(), "order", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
        auto source = makeKafkaSource(options(cluster, "order"));
        const auto opened = source->open({});
        QVERIFY2(textOf(opened).contains(QStringLiteral("cannot read topic order")), qPrintable(textOf(opened)));
        QVERIFY2(textOf(opened).contains(QStringLiteral("did you mean orders?")), qPrintable(textOf(opened)));
        QCOMPARE(opened.error().kind, Error::Kind::BadInput);
    }

    void theLimitOfBytesASecondIsKept()
    {
        MockCluster cluster;
        cluster.createTopic("t", 1);
        const std::string value(1000, 'x');
        for (int i = 0; i < 600; ++i) QVERIFY(cluster.produce("t", 0, "k", value));
        QVERIFY(cluster.flush());
        auto asked = options(cluster, "t");
        asked.bytesPerSecond = 300'000;
        auto source = makeKafkaSource(asked);
        QVERIFY(source->open({}).has_value());
        const auto begun = std::chrono::steady_clock::now();
        QCOMPARE(readAll(*source).records.size(), 600u);
        const auto took = std::chrono::steady_clock::now() - begun;
        QVERIFY2(took > 1500ms, "600 KB at 300 KB/s");  // at least: a busy machine makes it longer, never shorter
    }

    void howMuchAReadWouldFindIsToldBeforehand()
    {
        MockCluster cluster(1);
        cluster.createTopic("a", 2);
        cluster.createTopic("b", 1);
        QVERIFY(cluster.fill("a", 2, 50));
        QVERIFY(cluster.fill("b", 1, 7));
        auto asked = options(cluster, "a");
        asked.connection.timeout = 2s;
        asked.topics = {"a", "b"};
        const auto records = [&] {
            std::map<std::string, std::uint64_t> out;
            const auto found = estimateRead(asked, {});
            if (!found) return out;
            for (const KafkaEstimate::Topic& topic : found->topics) out[topic.name] = topic.records;
            return out;
        };
        using Counts = std::map<std::string, std::uint64_t>;
        QVERIFY(records() == (Counts{{"a", 100}, {"b", 7}}));
        asked.from.kind = KafkaStart::Kind::Latest;
        QVERIFY(records() == (Counts{{"a", 0}, {"b", 0}}));
        asked.positions = {{{"a", Partition{1}}, Offset{30}}};
        QVERIFY(records() == (Counts{{"a", 20}, {"b", 0}}));  // goes on where it stopped
        asked.positions.clear();
        asked.from.kind = KafkaStart::Kind::LastRecords;
        asked.from.offset = 27;
        QVERIFY(records() == (Counts{{"a", 20}, {"b", 7}}));
        // As the read itself would have it: a topic that was made anew is read from its beginning, and one that is not there not at all.
        asked.from = {};
        asked.positions = {{{"a", Partition{0}}, Offset{500}}, {{"a", Partition{1}}, Offset{30}}};
        QVERIFY(records() == (Counts{{"a", 70}, {"b", 7}}));
        rd_kafka_mock_topic_set_error(cluster.get(), "nowhere", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
        asked.topics = {"a", "nowhere"};
        const auto missing = estimateRead(asked, {});
        QVERIFY(!missing.has_value());
        QCOMPARE(missing.error().what, std::string("cannot read topic nowhere"));
    }

    void whereAnEarlierRunBeganGoesBeforeTheChosenStart()
    {
        MockCluster cluster;
        QVERIFY(makeTopic(cluster, 2, 40));
        auto asked = options(cluster, "t");
        asked.from.kind = KafkaStart::Kind::Latest;
        asked.positions = {{{"t", Partition{0}}, Offset{25}}, {{"t", Partition{1}}, Offset{25}}};
        auto source = makeKafkaSource(asked);
        const auto opened = source->open({{{"t", Partition{1}}, Offset{38}}});  // the store's checkpoint goes before both
        QVERIFY2(opened.has_value(), qPrintable(textOf(opened)));
        QCOMPARE(readAll(*source).records.size(), 17u);
        // Only what the store has a checkpoint of was read before.
        QCOMPARE(source->streams().at(0).startReason, std::string("began at offset 25"));
        QCOMPARE(source->streams().at(1).startReason, std::string("resumed"));
    }

    void aPartitionThatWasAddedDuringAPauseIsReadFromItsBeginning()
    {
        MockCluster cluster;
        QVERIFY(makeTopic(cluster, 2, 40));
        auto asked = options(cluster, "t");
        asked.from.kind = KafkaStart::Kind::Latest;
        asked.positions = {{{"t", Partition{0}}, Offset{40}}};
        asked.positionsAreAll = true;
        auto source = makeKafkaSource(asked);
        QVERIFY(source->open({}).has_value());
        checkWhole(readAll(*source).records, 1, 40);
        QVERIFY(source->streams().at(1).startReason.starts_with("from the beginning"));
    }

    void aPartitionThatWasAddedSinceIsReadFromItsBeginning()
    {
        MockCluster cluster;
        QVERIFY(makeTopic(cluster, 2, 20));
        auto asked = options(cluster, "t");
        asked.from.kind = KafkaStart::Kind::Latest;
        asked.positions = {{{"t", Partition{0}}, Offset{15}}};
        asked.positionsAreAll = true;
        auto source = makeKafkaSource(asked);
        QVERIFY(source->open({}).has_value());
        const auto got = readAll(*source);
        QCOMPARE(got.records.size(), 25u);
        QCOMPARE(source->streams().at(1).startReason, std::string("from the beginning (the partition was added since)"));
    }

    void theClusterIsDescribedAndSampled()
    {
        MockCluster cluster(2);
        cluster.createTopic("a", 3);
        cluster.createTopic("b", 1);
        QVERIFY(cluster.fill("a", 3, 40));
        KafkaConnection connection;
        connection.brokers = cluster.bootstrap();
        connection.timeout = 2s;  // the make-believe cluster never answers about configurations
        std::vector<ConnectStep::Kind> steps;
        const auto info = describeCluster(connection, {}, [&](const ConnectStep& step) {
            QVERIFY(step.passed);
            steps.push_back(step.kind);
        });
        QVERIFY(steps == std::vector({ConnectStep::Kind::Names, ConnectStep::Kind::Tcp, ConnectStep::Kind::Cluster}));
        QVERIFY2(info.has_value(), qPrintable(textOf(info)));
        QCOMPARE(info->brokers.size(), 2u);
        QCOMPARE(info->topics.size(), 2u);
        QCOMPARE(info->topics[0].name, std::string("a"));
        QCOMPARE(info->topics[0].partitions, 3);
        QCOMPARE(*info->topics[0].records, 120u);
        QCOMPARE(*info->topics[1].records, 0u);
        QVERIFY(!info->topics[0].retention);

        const auto sample = sampleTopic(connection, "a", 30, {});
        QVERIFY2(sample.has_value(), qPrintable(textOf(sample)));
        std::vector<Copy> records;
        append(records, *sample);
        QCOMPARE(records.size(), 30u);
        for (const Copy& each : records) {
            QVERIFY(each.offset >= 30);
            QCOMPARE(each.headers.at(0).first, std::string("h"));
        }
    }
};

QTEST_GUILESS_MAIN(TestKafkaMock)
#include "test_kafka_mock.moc"
