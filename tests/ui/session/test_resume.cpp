#include "core/ingest/kafka_reading.h"
#include "core/store/store.h"
#include "tests/ui/session/kafka_session.h"
#include "ui/session/whole_megabytes.h"

#include <algorithm>
#include <random>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// A workspace that was read from Kafka and is read on: over a pause, beside more of its cluster, and once it is opened again.
class TestResume : public WithKafka {
    Q_OBJECT

private slots:
    void init() { QVERIFY(begin()); }
    void cleanup() { session_.reset(); }

    void itIsGoneOnWithFromWhereItStoppedAndEachRecordComesOnce()
    {
        ShopCluster cluster;
        QVERIFY(readSome(cluster, options(cluster)));
        // While nobody looks; of payments nothing but where reading began can tell where to go on.
        QVERIFY(cluster.fill("orders", 2, 5, 10) && cluster.fill("payments", 2, 3));

        QVERIFY(open());
        QVERIFY(session_->reading().offer.has_value());
        const ReadingOffer offer = *session_->reading().offer;
        QCOMPARE(offer.topics, (QStringList{QStringLiteral("orders"), QStringLiteral("payments")}));
        QCOMPARE(offer.brokers, QString::fromStdString(cluster.bootstrap()));
        QVERIFY(offer.withheld.isEmpty());
        QVERIFY(offer.stopped && *offer.stopped <= Timestamp::now());
        QVERIFY(!session_->reading().reading && !session_->reading().resumable);
        QCOMPARE(session_->counts().records, std::uint64_t{20});

        session_->takeOffer();
        QVERIFY(session_->reading().reading && session_->reading().endless && !session_->reading().offer);
        QVERIFY(holds(36));
        QVERIFY(cluster.fill("payments", 2, 1, 3));
        QVERIFY(holds(38));
        QCOMPARE(session_->reading().progress.duplicates, std::uint64_t{0});
        // From now on it is paused and gone on with like any other.
        session_->pauseReading();
        QVERIFY(isPaused());
        QVERIFY(!session_->reading().offer);
        session_->resumeReading();
        QVERIFY(cluster.fill("orders", 2, 1, 15) && holds(40));
        QVERIFY(stopped());
        session_.reset();

        // And once more, with nothing new in between.
        QVERIFY(open());
        const auto again = session_->offeredReading();
        QVERIFY(again && again->bytesPerSecond == std::uint64_t{5'000'000} &&
                again->from.kind == source::KafkaStart::Kind::Latest && again->positionsAreAll);
        session_->takeOffer();
        QVERIFY(isLive());
        QCOMPARE(session_->counts().records, std::uint64_t{40});
        QCOMPARE(session_->reading().progress.records, std::uint64_t{0});
        QVERIFY(stopped());
    }

    void aBrokerThatIsNotThereIsWaitedForFromTheFirstMoment()
    {
        ShopCluster cluster;
        source::KafkaOptions kafka = options(cluster);
        kafka.connection.timeout = std::chrono::milliseconds(500);
        QVERIFY(readSome(cluster, kafka));
        QVERIFY(cluster.fill("orders", 2, 5, 10));
        rd_kafka_mock_broker_set_down(cluster.get(), 1);
        QVERIFY(open());
        QSignalSpy failed(session_.get(), &Session::failed);
        QSignalSpy told(session_.get(), &Session::readingChanged);
        session_->takeOffer();
        const auto waits = [&] {
            const ReadingView& now = session_->reading();
            return now.reading && !now.progress.connected && now.awaySince && now.progress.away &&
                   now.progress.away->kind == source::Away::Kind::Unasked;
        };
        QVERIFY(waits());
        told.clear();
        // Ten a second at most: the time-out has passed by then.
        QVERIFY(QTest::qWaitFor([&] { return told.size() >= 20; }, kWaitMs));
        QVERIFY(waits());
        // Given up meanwhile and taken up again, it waits as before.
        session_->pauseReading();
        QVERIFY(QTest::qWaitFor([&] { return session_->reading().paused && !session_->reading().reading; }, kWaitMs));
        session_->resumeReading();
        QVERIFY(waits());
        rd_kafka_mock_broker_set_up(cluster.get(), 1);
        QVERIFY(holds(30));
        QVERIFY(session_->reading().progress.connected && !session_->reading().awaySince && !session_->reading().backSince);
        QCOMPARE(session_->reading().progress.duplicates, std::uint64_t{0});
        QCOMPARE(failed.count(), 0);
        QVERIFY(stopped());
    }

    void aLimitIsRaisedByAsMuchAgainWhateverTheFileHoldsBeyondIt()
    {
        constexpr std::uint64_t kMegabyte = 1'000'000;
        QCOMPARE(raisedLimit(12 * kMegabyte, 12 * kMegabyte, 12'037'568), 24 * kMegabyte);
        QCOMPARE(raisedLimit(24 * kMegabyte, 12 * kMegabyte, 24'900'000), 36 * kMegabyte);
        // A file that is far beyond it counts as it is.
        QCOMPARE(raisedLimit(12 * kMegabyte, 12 * kMegabyte, 20'037'568), 33 * kMegabyte);
        // And there is always room for something.
        QCOMPARE(raisedLimit(2'000, 2'000, 999'000), kMegabyte);
        QCOMPARE(raisedLimit(200'000, 100'000, 1'100'000), 2 * kMegabyte);
    }

    void aLimitThatWasRaisedToGoOnHoldsOverAPause()
    {
        ShopCluster cluster;
        std::mt19937 random(7);  // nothing that could be packed
        const auto produce = [&](int records) {
            for (int i = 0; i < records; ++i) {
                std::string value(50'000, ' ');
                for (char& one : value) one = static_cast<char>('!' + random() % 90);
                if (!cluster.produce("orders", i % 2, "k", value)) return false;
            }
            return cluster.flush();
        };
        QVERIFY(produce(60));
        source::KafkaOptions kafka = options(cluster);
        kafka.from.kind = source::KafkaStart::Kind::Earliest;
        ingest::Options how;
        how.diskLimit = 1'500'000;
        QVERIFY(open());
        session_->readKafka(kafka, how);
        QVERIFY(QTest::qWaitFor([&] { return session_->reading().diskFull; }, kWaitMs));
        // As much again, until that is full as well or all is read.
        for (int round = 0; round < 10 && session_->reading().diskFull; ++round) {
            QVERIFY(QTest::qWaitFor([&] { return session_->isIdle(); }, kWaitMs));
            const auto told = session_->reading().raisedLimit;
            QVERIFY(told && *told > session_->counts().fileBytes);
            session_->resumeReading();
            QVERIFY(!session_->reading().raisedLimit);
            QVERIFY(QTest::qWaitFor([&] { return session_->reading().live || session_->reading().diskFull; }, kWaitMs));
        }
        QVERIFY(session_->reading().live && holds(60));
        QVERIFY(session_->counts().fileBytes > *how.diskLimit);
        session_->pauseReading();
        QVERIFY(isPaused());
        session_->resumeReading();
        QVERIFY(QTest::qWaitFor([&] { return session_->reading().live || !session_->reading().reading; }, kWaitMs));
        QVERIFY2(session_->reading().reading, qPrintable(session_->reading().ended));
        QVERIFY(stopped());
        session_.reset();
        // And by how much it is raised is known when the workspace is opened again.
        auto store = store::Store::open(shop().toStdString(), store::Mode::ReadOnly);
        const auto saved = ingest::savedReading(**(*store)->reader());
        QVERIFY(saved && *saved);
        QCOMPARE((*saved)->diskAllowance, how.diskLimit);
        QVERIFY(*(*saved)->diskLimit > *how.diskLimit);
        QCOMPARE(*(*saved)->diskLimit % 1'000'000, std::uint64_t{0});  // as a user would write it
    }

    void decodingAnewWhileReadingIsNoNewsAndNoMappingThatWasAskedForIsLost()
    {
        ShopCluster cluster(1);
        const auto produce = [&](const char* topic, int from, int count) {
            for (int i = from; i < from + count; ++i)
                if (!cluster.produce(topic, 0, "k", i % 2 == 0 ? "{\"n\":1}" : "hello")) return false;
            return cluster.flush();
        };
        QVERIFY(produce("orders", 0, 20) && produce("payments", 0, 20));
        const auto mapping = [](const char* topic, decode::ValueFormat format) {
            decode::Mapping one;
            one.topic = topic;
            one.format = format;
            return one;
        };
        source::KafkaOptions kafka = options(cluster);
        kafka.from.kind = source::KafkaStart::Kind::Earliest;
        ingest::Options how;
        how.mappings = {mapping("orders", decode::ValueFormat::Json), mapping("payments", decode::ValueFormat::Json)};
        QVERIFY(open());
        session_->readKafka(kafka, how);
        QVERIFY(isLive() && holds(40));
        QCOMPARE(session_->counts().events, std::uint64_t{20});
        QCOMPARE(session_->newEvents(), std::uint64_t{0});
        std::uint64_t most = 0;
        connect(session_.get(), &Session::newEventsChanged, this, [&] { most = std::max(most, session_->newEvents()); });
        // The second is asked for while the first waits for the pause.
        session_->remap({mapping("orders", decode::ValueFormat::Text)});
        session_->remap({mapping("payments", decode::ValueFormat::Text)});
        QVERIFY(QTest::qWaitFor([&] { return session_->counts().events == 40; }, kWaitMs));
        QCOMPARE(session_->counts().rejects, std::uint64_t{0});
        QVERIFY(QTest::qWaitFor([&] { return session_->reading().live && session_->isIdle(); }, kWaitMs));
        QCOMPARE(most, std::uint64_t{0});
        // It goes on counting: to who looks on it is one reading.
        QCOMPARE(session_->reading().progress.records, std::uint64_t{40});
        QCOMPARE(session_->reading().progress.stored, std::uint64_t{40});
        // What comes after that is news.
        QVERIFY(produce("orders", 20, 3) && holds(43));
        QTRY_COMPARE_WITH_TIMEOUT(session_->newEvents(), std::uint64_t{3}, kWaitMs);
        QVERIFY(stopped());
    }

    void moreOfTheSameClusterIsReadBesideWhatIsBeingRead()
    {
        ShopCluster cluster;
        cluster.createTopic("audit", 2);
        QVERIFY(cluster.fill("payments", 2, 5));
        QVERIFY(open());
        QSignalSpy failed(session_.get(), &Session::failed);
        session_->readKafka(options(cluster), {});  // orders and payments, the newest only
        QVERIFY(isLive());
        QVERIFY(cluster.fill("orders", 2, 10) && holds(20));
        QVERIFY(cluster.fill("audit", 2, 4));

        source::KafkaOptions more = options(cluster);
        more.topics = {"audit", "orders"};
        more.from.kind = source::KafkaStart::Kind::Earliest;
        more.until.kind = source::KafkaUntil::Kind::CapturedEnd;
        session_->readKafka(more, {});
        QVERIFY(holds(28));
        // Of payments nothing had come: it goes on from where the first reading began, and not from its beginning.
        QVERIFY(cluster.fill("payments", 2, 1, 5) && cluster.fill("orders", 2, 1, 10));
        QVERIFY(holds(32));
        QCOMPARE(session_->reading().progress.duplicates, std::uint64_t{0});
        QVERIFY(session_->reading().reading && session_->reading().endless);
        QCOMPARE(failed.count(), 0);

        // Another cluster takes its place: that one stops where it is.
        source::MockCluster other;
        other.createTopic("returns", 1);
        QVERIFY(other.fill("returns", 1, 3));
        source::KafkaOptions there = options(other);
        there.topics = {"returns"};
        there.from.kind = source::KafkaStart::Kind::Earliest;
        session_->readKafka(there, {});
        QVERIFY(holds(35));
        QVERIFY(session_->reading().source.contains(QStringLiteral("returns")));
        QCOMPARE(failed.count(), 0);
        QVERIFY(stopped());
    }

    void brokersThatNobodyHasSeenAreNotWaitedForBecauseOthersWereReadBefore()
    {
        ShopCluster cluster;
        QVERIFY(open());
        QSignalSpy failed(session_.get(), &Session::failed);
        session_->readKafka(options(cluster), {});
        QVERIFY(isLive());
        source::KafkaOptions nobody = options(cluster);
        nobody.connection.brokers = "localhost:1";
        nobody.connection.timeout = std::chrono::seconds(1);
        session_->readKafka(nobody, {});
        QVERIFY(failed.wait(kWaitMs));
        QVERIFY(isOver());
        QVERIFY(session_->reading().failed);
    }
};

QTEST_GUILESS_MAIN(TestResume)
#include "test_resume.moc"
