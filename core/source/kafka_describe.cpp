#include "core/source/kafka.h"
#include "core/source/kafka_configs.h"
#include "core/source/kafka_offsets.h"
#include "core/source/kafka_source.h"
#include "core/source/kafka_steps.h"

#include <algorithm>

namespace hindcast::source {
namespace {

/// How long a dialog waits for what is nice to know.
constexpr auto kWaitForConfigs = std::chrono::milliseconds(3000);

void addCounts(kafka::Client& client, const std::vector<SourceStream>& streams, ClusterInfo& info, std::stop_token stop)
{
    std::map<std::string, std::uint64_t> counts;
    const auto count = [&](std::span<const SourceStream> some) {
        auto marks = kafka::watermarks(client, some, stop);
        for (std::size_t i = 0; marks && i < some.size(); ++i)
            counts[some[i].topic] += static_cast<std::uint64_t>((*marks)[i].high - (*marks)[i].low);
        return marks ? std::nullopt : std::optional(marks.error());
    };
    // One topic that may not be read must not hide the others' counts.
    if (const auto error = count(streams); error && error->kind == Error::Kind::Denied) {
        for (auto begin = streams.begin(); begin != streams.end();) {
            const auto end =
                std::find_if(begin, streams.end(), [&](const SourceStream& each) { return each.topic != begin->topic; });
            if (const auto own = count({begin, end}); own && own->kind != Error::Kind::Denied) break;
            begin = end;
        }
    }
    for (TopicInfo& topic : info.topics) {
        if (const auto found = counts.find(topic.name); found != counts.end()) topic.records = found->second;
    }
}

}  // namespace

Result<ClusterInfo> describeCluster(const KafkaConnection& connection, std::stop_token stop,
                                    const std::function<void(const ConnectStep&)>& onStep)
{
    const auto tell = [&](ConnectStep::Kind kind, bool passed) {
        if (onStep) onStep({kind, passed, {}});
    };
    kafka::Tuning tuning;
    tuning.askVersion = true;
    auto client = kafka::Client::make(connection, tuning);  // says what is wrong with the properties before anybody is asked
    if (!client) return std::unexpected(client.error());
    const auto endpoints = kafka::endpointsOf(connection.brokers);
    if (!endpoints) return std::unexpected(endpoints.error());
    if (auto reached = kafka::reachOneOf(*endpoints, stop, onStep); !reached) return std::unexpected(reached.error());
    auto metadata = (*client)->metadata({}, stop);
    const bool cancelled = !metadata && metadata.error().kind == Error::Kind::Cancelled;
    const auto failed = metadata ? ConnectStep::Kind::Cluster : kafka::stepOf((*client)->trouble().code);
    for (const auto& [kind, wanted] : {std::pair(ConnectStep::Kind::Tls, kafka::wantsTls(connection)),
                                       std::pair(ConnectStep::Kind::Login, kafka::wantsLogin(connection))}) {
        // Where nobody answered it is not known how far it went: these steps are not told then.
        if (wanted && (metadata || kind < failed) && (metadata || failed != ConnectStep::Kind::Cluster)) tell(kind, true);
    }
    if (!metadata && !cancelled) tell(failed, false);
    if (!metadata) return std::unexpected(metadata.error());
    auto id = (*client)->clusterId(stop);
    if (!id) {
        if (id.error().kind != Error::Kind::Cancelled) tell(ConnectStep::Kind::Cluster, false);
        return std::unexpected(id.error());
    }

    ClusterInfo info;
    info.clusterId = *id;
    info.version = (*client)->health().kafkaVersion();
    for (int i = 0; i < (*metadata)->broker_cnt; ++i) {
        const auto& broker = (*metadata)->brokers[i];
        info.brokers.push_back(std::string(broker.host) + ":" + std::to_string(broker.port));
    }
    tell(ConnectStep::Kind::Cluster, true);
    std::vector<SourceStream> streams;
    std::vector<std::string> names;
    for (int i = 0; i < (*metadata)->topic_cnt; ++i) {
        const auto& topic = (*metadata)->topics[i];
        TopicInfo& found = info.topics.emplace_back();
        found.name = topic.topic;
        found.partitions = topic.partition_cnt;
        found.internal = found.name.starts_with("__");
        names.emplace_back(topic.topic);
        for (int p = 0; p < topic.partition_cnt; ++p) streams.push_back({topic.topic, Partition{topic.partitions[p].id}});
    }
    std::sort(info.brokers.begin(), info.brokers.end());
    std::sort(info.topics.begin(), info.topics.end(), [](const TopicInfo& a, const TopicInfo& b) { return a.name < b.name; });

    kafka::ConfigQuestion question(**client, names, connection.timeout);
    addCounts(**client, streams, info, stop);
    const auto configs = question.answer(std::min(kWaitForConfigs, connection.timeout), stop);
    for (TopicInfo& topic : info.topics) {
        const auto config = configs.find(topic.name);
        if (config == configs.end()) continue;
        topic.compacted = config->second.compacted;
        topic.retention = config->second.text();
    }
    if (stop.stop_requested()) return fail("looking at " + connection.brokers, "cancelled", {}, Error::Kind::Cancelled);
    return info;
}

Result<RecordBatch> sampleTopic(const KafkaConnection& connection, const std::string& topic, std::size_t count,
                                std::stop_token stop)
{
    KafkaOptions options;
    options.connection = connection;
    options.topics = {topic};
    options.from.kind = KafkaStart::Kind::LastRecords;
    options.from.offset = static_cast<std::int64_t>(count);
    options.memoryLimit = 16u << 20;
    kafka::KafkaSource source(std::move(options));
    const std::stop_callback cancel(stop, [&] { source.cancel(); });
    if (auto opened = source.open({}); !opened) return std::unexpected(opened.error());

    RecordBatch sample;
    auto owners = std::make_shared<std::vector<std::shared_ptr<const void>>>();
    const auto deadline = std::chrono::steady_clock::now() + connection.timeout;
    while (!source.finished() && std::chrono::steady_clock::now() < deadline) {
        auto batch = source.next(std::chrono::milliseconds(100));
        if (!batch) return std::unexpected(batch.error());
        for (RawRecord& record : batch->records) {
            record.firstHeader += static_cast<std::uint32_t>(sample.headers.size());
            sample.records.push_back(record);
        }
        sample.headers.insert(sample.headers.end(), batch->headers.begin(), batch->headers.end());
        sample.bytes += batch->bytes;
        sample.streams = batch->streams;
        owners->push_back(std::move(batch->owner));
    }
    sample.owner = std::move(owners);
    return sample;
}

}  // namespace hindcast::source
