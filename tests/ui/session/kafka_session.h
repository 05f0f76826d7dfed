#pragma once
#include "core/source/kafka.h"
#include "tests/ui/session/session_test.h"
#include "tests/unit/source/mock_cluster.h"

#include <memory>

namespace hindcast::ui::test {

/// A make-believe cluster with the topics of a shop.
class ShopCluster : public source::MockCluster {
public:
    explicit ShopCluster(int partitions = 2)
    {
        createTopic("orders", partitions);
        createTopic("payments", partitions);
    }
};

/// A test of a workspace that is read from Kafka, closed and opened again.
class WithKafka : public InFolder {
protected:
    [[nodiscard]] QString shop() const { return path("shop.hindcast"); }
    [[nodiscard]] static source::KafkaOptions options(const source::MockCluster& cluster)
    {
        source::KafkaOptions kafka;
        kafka.connection.brokers = cluster.bootstrap();
        kafka.topics = {"orders", "payments"};
        kafka.from.kind = source::KafkaStart::Kind::Latest;
        kafka.until.kind = source::KafkaUntil::Kind::Never;
        kafka.bytesPerSecond = 5'000'000;
        return kafka;
    }
    [[nodiscard]] bool open()
    {
        session_ = std::make_unique<Session>();
        session_->open(shop(), true);
        return QTest::qWaitFor([&] { return session_->isOpen(); }, kWaitMs);
    }
    [[nodiscard]] bool holds(std::uint64_t records)
    {
        return QTest::qWaitFor([&] { return session_->counts().records == records; }, kWaitMs);
    }
    [[nodiscard]] bool isLive()
    {
        return QTest::qWaitFor([&] { return session_->reading().live; }, kWaitMs);
    }
    [[nodiscard]] bool isPaused()
    {
        return QTest::qWaitFor([&] { return session_->reading().paused; }, kWaitMs);
    }
    [[nodiscard]] bool isOver()
    {
        return QTest::qWaitFor([&] { return !session_->reading().reading && session_->isIdle(); }, kWaitMs);
    }
    [[nodiscard]] bool stopped()
    {
        session_->stopReading();
        return isOver();
    }
    /// Reads from the newest on, 20 records of orders; the partitions of payments stay empty. Then all is closed.
    [[nodiscard]] bool readSome(source::MockCluster& cluster, const source::KafkaOptions& kafka)
    {
        if (!open()) return false;
        session_->readKafka(kafka, {});
        if (!isLive()) return false;
        if (!cluster.fill("orders", 2, 10) || !holds(20) || !stopped()) return false;
        session_.reset();
        return true;
    }

    std::unique_ptr<Session> session_;
};

}  // namespace hindcast::ui::test
