#pragma once
#include "core/source/kafka.h"
#include "tests/unit/source/mock_cluster.h"
#include "tests/unit/source/support.h"

#include <chrono>
#include <map>
#include <string>
#include <vector>

// What the tests beside a make-believe cluster share.
namespace hindcast::source {

inline KafkaOptions options(const MockCluster& cluster, const std::string& topic)
{
    KafkaOptions out;
    out.connection.brokers = cluster.bootstrap();
    out.connection.timeout = 4s;
    out.topics = {topic};
    return out;
}
/// Each partition's values in order and nothing twice.
inline void checkWhole(const std::vector<Copy>& records, int partitions, int count, int from = 0)
{
    std::map<int, std::int64_t> next;
    for (const Copy& record : records) {
        const auto [at, isNew] = next.try_emplace(record.partition, from);
        QCOMPARE(record.offset, at->second);
        QCOMPARE(*record.value, std::to_string(record.partition) + ":" + std::to_string(record.offset));
        ++at->second;
    }
    QCOMPARE(next.size(), static_cast<std::size_t>(partitions));
    for (const auto& [partition, end] : next) QCOMPARE(end, from + count);
}
/// Reads until that holds; false where it never does, or reading fails.
template <typename Condition>
[[nodiscard]] inline bool readUntil(Source& source, Read& got, Condition condition)
{
    for (const auto end = std::chrono::steady_clock::now() + 60s; std::chrono::steady_clock::now() < end && !condition();) {
        auto batch = source.next(50ms);
        if (!batch) return false;
        append(got.records, *batch);
    }
    return bool(condition());
}
/// What follows the head of that topic.
inline KafkaOptions following(const MockCluster& cluster, const std::string& topic)
{
    KafkaOptions endless = options(cluster, topic);
    endless.until.kind = KafkaUntil::Kind::Never;
    return endless;
}
/// Makes the topic "t" with so many records in each of its partitions.
[[nodiscard]] inline bool makeTopic(MockCluster& cluster, int partitions, int count)
{
    cluster.createTopic("t", partitions);
    return cluster.fill("t", partitions, count);
}

}  // namespace hindcast::source
