#include "core/store/store.h"
#include "tests/ui/session/kafka_session.h"

#include <QFile>
#include <QSignalSpy>

#include <optional>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// What a workspace that was read from Kafka offers to go on with once it is opened again, and what stands in its file for that.
class TestOffer : public WithKafka {
    Q_OBJECT

    /// What the closed workspace's file says of the reading.
    [[nodiscard]] std::optional<Json> saved() const
    {
        auto store = store::Store::open(shop().toStdString(), store::Mode::ReadOnly);
        if (!store) return {};
        auto setting = (*(*store)->reader())->setting("reading");
        return setting ? *setting : std::nullopt;
    }
    /// Makes it say something else, as another program might.
    [[nodiscard]] bool save(const Json& reading) const
    {
        auto store = store::Store::open(shop().toStdString(), store::Mode::CreateOrOpen);
        return store && (*store)->saveSetting("reading", reading, std::chrono::seconds(1)).has_value();
    }

private slots:
    void init() { QVERIFY(begin()); }
    void cleanup() { session_.reset(); }

    void whyTheReadingHadEndedIsToldToWhoComesBack()
    {
        ShopCluster cluster;
        source::KafkaOptions kafka = options(cluster);
        kafka.from.kind = source::KafkaStart::Kind::Earliest;
        QVERIFY(cluster.fill("orders", 2, 10));
        ingest::Options how;
        how.diskLimit = 2'000;  // less than an empty workspace has
        how.diskAllowance = 100'000'000;
        QVERIFY(open());
        session_->readKafka(kafka, how);
        QVERIFY(QTest::qWaitFor([&] { return session_->reading().diskFull; }, kWaitMs));
        const QString reason = QStringLiteral("the disk limit of 2 kB is reached");
        QVERIFY2(session_->reading().ended.contains(reason), qPrintable(session_->reading().ended));
        session_.reset();
        QVERIFY(open());
        QVERIFY(session_->reading().offer.has_value());
        QCOMPARE(session_->reading().offer->because, reason);
        QVERIFY(session_->reading().diskFull);
        QCOMPARE(session_->reading().raisedLimit, std::optional<std::uint64_t>(101'000'000));  // in whole megabytes
        // To decode anew, and to fail at it, reads nothing: no file can hold a mapping of no topic.
        QSignalSpy failed(session_.get(), &Session::failed);
        session_->remap({decode::Mapping{}});
        QVERIFY(QTest::qWaitFor([&] { return !session_->reading().reading && session_->isIdle(); }, kWaitMs));
        QCOMPARE(failed.count(), 1);
        QVERIFY(session_->reading().offer.has_value());
        QCOMPARE(session_->reading().offer->because, reason);
        QVERIFY(session_->reading().diskFull && !session_->reading().failed);
        QVERIFY2(session_->reading().ended.isEmpty(), qPrintable(session_->reading().ended));
        // Gone on with beyond it and stopped by hand, it has no such reason any more.
        session_->takeOffer();
        QVERIFY(isLive());
        QVERIFY(stopped());
        session_.reset();
        QVERIFY(open());
        QVERIFY(session_->reading().offer && session_->reading().offer->because.isEmpty());
        QVERIFY(!session_->reading().diskFull);
    }

    void aSecretIsNotInTheFileAndIsAskedForByItsName()
    {
        ShopCluster cluster;
        source::KafkaOptions kafka = options(cluster);
        kafka.connection.properties = {
            {"sasl.username", "reader"}, {"sasl.password", "hunter2-secret"}, {"fetch.wait.max.ms", "50"}};
        QVERIFY(readSome(cluster, kafka));
        for (const char* suffix : {"", "-wal"}) {
            QFile file(shop() + QLatin1String(suffix));
            if (file.open(QIODevice::ReadOnly)) QVERIFY(!file.readAll().contains("hunter2-secret"));
        }
        QVERIFY(open());
        QVERIFY(session_->reading().offer.has_value());
        QCOMPARE(session_->reading().offer->withheld, QStringList{QStringLiteral("sasl.password")});
        const std::map<std::string, std::string> kept = session_->offeredReading()->connection.properties;
        QCOMPARE(kept.at("sasl.username"), std::string("reader"));
        QCOMPARE(kept.at("fetch.wait.max.ms"), std::string("50"));
        session_->takeOffer({{"sasl.password", "hunter2-secret"}});
        QVERIFY(cluster.fill("orders", 2, 5, 10) && holds(30));
        QVERIFY(stopped());
    }

    void aSecretThatWasNotGivenIsAskedForAgain()
    {
        ShopCluster cluster;
        QVERIFY(readSome(cluster, options(cluster)));
        auto reading = saved();
        QVERIFY(reading.has_value());
        (*reading)["withheld"] = Json::array();
        (*reading)["withheld"].push_back("sasl.password");
        (*reading)["properties"]["security.protocol"] = "SASL_PLAINTEXT";
        (*reading)["properties"]["sasl.mechanism"] = "PLAIN";
        (*reading)["properties"]["sasl.username"] = "reader";
        QVERIFY(save(*reading));
        QVERIFY(open());
        QSignalSpy failed(session_.get(), &Session::failed);
        const QStringList password{QStringLiteral("sasl.password")};
        for (int round = 1; round <= 2; ++round) {
            QVERIFY(session_->reading().offer.has_value());
            QCOMPARE(session_->reading().offer->withheld, password);
            session_->takeOffer();
            QVERIFY(QTest::qWaitFor([&] { return failed.count() == round; }, kWaitMs) && isOver());
            // It cannot be gone on with as it was: what is missing is to be said first.
            QVERIFY(session_->reading().failed && !session_->reading().resumable);
        }
        QVERIFY(session_->reading().offer.has_value());
        QCOMPARE(session_->reading().offer->withheld, password);
        QCOMPARE(session_->offeredReading()->connection.properties.at("sasl.username"), std::string("reader"));
    }

    void anotherClusterAtTheSameAddressIsNotReadOn()
    {
        ShopCluster cluster;
        QVERIFY(readSome(cluster, options(cluster)));
        ShopCluster other;
        QVERIFY(other.fill("orders", 2, 100));
        auto reading = saved();
        QVERIFY(reading.has_value());
        (*reading)["brokers"] = other.bootstrap();
        QVERIFY(save(*reading));
        QVERIFY(open());
        QSignalSpy failed(session_.get(), &Session::failed);
        session_->takeOffer();
        QVERIFY(failed.wait(kWaitMs));
        QVERIFY2(failed.first().at(1).toString().contains(QStringLiteral("another cluster")),
                 qPrintable(failed.first().at(1).toString()));
        QCOMPARE(session_->counts().records, std::uint64_t{20});
    }

    void aReadingThatHadAnEndInTimeAndCameThereIsNotOffered()
    {
        ShopCluster cluster;
        QVERIFY(cluster.fill("orders", 2, 10));
        source::KafkaOptions kafka = options(cluster);
        kafka.from.kind = source::KafkaStart::Kind::Earliest;
        kafka.until.kind = source::KafkaUntil::Kind::CapturedEnd;
        QVERIFY(open());
        session_->readKafka(kafka, {});
        QVERIFY(holds(20));
        QVERIFY(isOver());
        session_.reset();
        QVERIFY(open());
        QVERIFY(session_->reading().offer.has_value());  // there may be a new end
        session_.reset();
        auto reading = saved();
        QVERIFY(reading.has_value());
        (*reading)["until"]["kind"] = "time";
        (*reading)["until"]["time"] = "2025-11-04T12:00:00Z";
        QVERIFY(save(*reading));
        QVERIFY(open());
        QVERIFY(!session_->reading().offer.has_value());
        session_->takeOffer();
        QVERIFY(!session_->reading().reading);
    }

    void whatStandsInAFileAndCannotBeUnderstoodIsNoOffer()
    {
        Json odd = Json::object();
        odd["brokers"] = "localhost:1";
        odd["topics"] = "orders";
        odd["properties"] = Json::array();
        QVERIFY(save(odd));
        QVERIFY(open());
        QVERIFY(!session_->reading().offer.has_value());
        session_.reset();
        odd = Json::object();
        odd["brokers"] = "localhost:1";
        odd["topics"].push_back("orders");
        // What a file from anywhere must not be able to set.
        odd["properties"]["plugin.library.paths"] = "/tmp/evil.so";
        odd["properties"]["sasl.kerberos.kinit.cmd"] = "evil";
        QVERIFY(save(odd));
        QVERIFY(open());
        QVERIFY(session_->reading().offer.has_value());
        QVERIFY(session_->offeredReading()->connection.properties.empty());
    }
};

QTEST_GUILESS_MAIN(TestOffer)
#include "test_offer.moc"
