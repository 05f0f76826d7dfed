#include "core/source/kafka.h"
#include "core/source/kafka_configs.h"
#include "core/source/kafka_plan.h"
#include "core/source/kafka_source.h"

#include <algorithm>

namespace hindcast::source {

namespace {

constexpr auto kWaitForConfigs = std::chrono::milliseconds(2000);

}  // namespace

Result<KafkaEstimate> estimateRead(const KafkaOptions& options, std::stop_token stop)
{
    auto client = kafka::Client::make(options.connection, {});
    if (!client) return std::unexpected(client.error());
    auto metadata = (*client)->metadata({}, stop);
    if (!metadata) return std::unexpected(metadata.error());
    kafka::ConfigQuestion question(**client, options.topics, options.connection.timeout);
    std::vector<SourceStream> streams;
    for (int i = 0; i < (*metadata)->topic_cnt; ++i) {
        const auto& topic = (*metadata)->topics[i];
        if (std::ranges::find(options.topics, topic.topic) == options.topics.end()) continue;
        for (int p = 0; p < topic.partition_cnt; ++p) streams.push_back({topic.topic, Partition{topic.partitions[p].id}});
    }
    std::ranges::sort(streams);
    auto marks = kafka::watermarks(**client, streams, stop);
    if (!marks) return std::unexpected(marks.error());
    std::vector<std::optional<std::int64_t>> starts(streams.size());
    std::vector<std::optional<std::int64_t>> ends;
    if (options.from.kind == KafkaStart::Kind::Time) {
        auto found = kafka::offsetsForTime(**client, streams, options.from.time.milliseconds(), stop);
        if (!found) return std::unexpected(found.error());
        starts = std::move(*found);
    }
    if (options.until.kind == KafkaUntil::Kind::Time && options.until.time <= Timestamp::now()) {
        auto found = kafka::offsetsForTime(**client, streams, options.until.time.milliseconds() + 1, stop);
        if (!found) return std::unexpected(found.error());
        ends = std::move(*found);
    }
    kafka::PlanFacts facts;
    facts.streams = streams;
    facts.marks = *marks;
    facts.startOffsets = starts;
    facts.endOffsets = ends;
    for (const auto& [stream, next] : options.positions) facts.resume[stream] = next.value;
    const std::vector<kafka::Plan> plans = kafka::plan(options.from, options.until, facts);
    const auto configs = question.answer(std::min(kWaitForConfigs, options.connection.timeout), stop);
    if (stop.stop_requested()) return fail("asking for offsets", "cancelled", {}, Error::Kind::Cancelled);

    KafkaEstimate estimate;
    for (std::size_t i = 0; i < streams.size(); ++i) {
        auto known = std::ranges::find(estimate.topics, streams[i].topic, &KafkaEstimate::Topic::name);
        if (known == estimate.topics.end()) {
            const auto config = configs.find(streams[i].topic);
            estimate.topics.push_back({streams[i].topic, 0, config != configs.end() && config->second.compacted});
            known = estimate.topics.end() - 1;
        }
        const std::int64_t end = plans[i].end.value_or((*marks)[i].high);
        known->records += static_cast<std::uint64_t>(std::max<std::int64_t>(end - plans[i].start, 0));
    }
    return estimate;
}

}  // namespace hindcast::source
