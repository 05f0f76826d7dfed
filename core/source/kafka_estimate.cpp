#include "core/source/kafka.h"
#include "core/source/kafka_configs.h"
#include "core/source/kafka_plan.h"

#include <algorithm>

namespace hindcast::source {

namespace {

constexpr auto kWaitForConfigs = std::chrono::milliseconds(2000);

}  // namespace

Result<KafkaEstimate> estimateRead(const KafkaOptions& options, std::stop_token stop)
{
    auto client = kafka::Client::make(options.connection, {});
    if (!client) return std::unexpected(client.error());
    const auto found = kafka::findPartitions(**client, options, stop);
    if (!found) return std::unexpected(found.error());
    const std::vector<SourceStream>& streams = found->streams;
    kafka::ConfigQuestion question(**client, options.topics, options.connection.timeout);
    const auto placed = kafka::place(**client, options, streams, {}, stop);
    if (!placed) return std::unexpected(placed.error());
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
        const kafka::Plan& plan = placed->plans[i];
        const std::int64_t end = plan.end.value_or(placed->marks[i].high);
        known->records += static_cast<std::uint64_t>(std::max<std::int64_t>(end - plan.start, 0));
    }
    return estimate;
}

}  // namespace hindcast::source
