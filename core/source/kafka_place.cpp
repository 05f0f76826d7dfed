#include "core/source/kafka_plan.h"
#include "core/source/kafka_properties.h"

#include <algorithm>

namespace hindcast::source::kafka {
namespace {

std::unexpected<Error> noSuchTopic(const std::string& topic, const std::string& brokers, const std::vector<std::string>& known)
{
    std::string hint;
    if (const std::string near = nearestName(topic, known); !near.empty()) {
        hint = "did you mean " + near + "?";
    } else if (known.empty()) {
        hint = "there are no topics, or this user may not see them";
    } else {
        hint = "there are: ";
        const std::size_t shown = std::min<std::size_t>(known.size(), 5);
        for (std::size_t i = 0; i < shown; ++i) hint += (i > 0 ? ", " : "") + known[i];
        if (shown < known.size()) hint += " and " + std::to_string(known.size() - shown) + " more";
    }
    return fail("cannot read topic " + topic, brokers + " has no topic of that name", std::move(hint), Error::Kind::BadInput);
}

/// The true ends, also where an open transaction holds back the reader.
Result<std::vector<std::int64_t>> uncommittedEnds(const KafkaOptions& options, std::span<const SourceStream> streams,
                                                  std::stop_token stop)
{
    auto client = Client::make(options.connection, {true, options.memoryLimit, {}});
    if (!client) return std::unexpected(client.error());
    auto marks = watermarks(**client, streams, stop);
    if (!marks) return std::unexpected(marks.error());
    std::vector<std::int64_t> ends;
    for (const Watermarks& each : *marks) ends.push_back(each.high);
    return ends;
}

}  // namespace

Result<Partitions> findPartitions(Client& client, const KafkaOptions& options, std::stop_token stop)
{
    auto all = client.metadata({}, stop);
    if (!all) return std::unexpected(all.error());
    std::vector<std::string> known;
    for (int i = 0; i < (*all)->topic_cnt; ++i) {
        const auto& topic = (*all)->topics[i];
        if (topic.err == RD_KAFKA_RESP_ERR_NO_ERROR && !std::string_view(topic.topic).starts_with("__"))
            known.emplace_back(topic.topic);
    }
    std::sort(known.begin(), known.end());

    Partitions found;
    std::vector<SourceStream>& streams = found.streams;
    std::map<std::int32_t, SourceStream> byLeader;
    for (const std::string& name : options.topics) {
        const auto* begin = (*all)->topics;
        const auto* end = begin + (*all)->topic_cnt;
        const auto* topic = std::find_if(begin, end, [&](const rd_kafka_metadata_topic_t& each) { return name == each.topic; });
        MetadataHandle one;
        if (topic == end) {
            // Topics that this user may not see are not in the list; asked by name, the broker says which it is.
            auto asked = client.metadata(name, stop);
            if (!asked && asked.error().kind != Error::Kind::BadInput) return std::unexpected(asked.error());
            if (!asked || (*asked)->topic_cnt == 0) return noSuchTopic(name, options.connection.brokers, known);
            one = std::move(*asked);
            topic = one->topics;
        }
        if (topic->err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) return noSuchTopic(name, options.connection.brokers, known);
        if (topic->err != RD_KAFKA_RESP_ERR_NO_ERROR && !isPassing(topic->err))
            return std::unexpected(topicError(name, topic->err));
        if (topic->partition_cnt == 0) return std::unexpected(topicError(name, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE));
        for (int p = 0; p < topic->partition_cnt; ++p) {
            streams.push_back({name, Partition{topic->partitions[p].id}});
            byLeader.try_emplace(topic->partitions[p].leader, streams.back());
        }
    }
    for (const auto& [leader, stream] : byLeader) found.onePerBroker.push_back(stream);
    std::sort(streams.begin(), streams.end());
    streams.erase(std::unique(streams.begin(), streams.end()), streams.end());
    return found;
}

Result<Placed> place(Client& client, const KafkaOptions& options, std::span<const SourceStream> streams,
                     const std::vector<Resume>& resume, std::stop_token stop)
{
    auto marks = watermarks(client, streams, stop);
    if (!marks) return std::unexpected(marks.error());
    Placed placed;
    placed.marks = std::move(*marks);
    placed.remade.resize(streams.size());

    std::vector<std::optional<std::int64_t>> starts(streams.size());
    std::vector<std::optional<std::int64_t>> ends;
    if (options.from.kind == KafkaStart::Kind::Time) {
        // Brokers count in milliseconds: the first one that is not before the given time.
        const std::int64_t ms = options.from.time.milliseconds();
        const bool whole = Timestamp::fromMilliseconds(ms) == options.from.time;
        auto found = offsetsForTime(client, streams, whole ? ms : ms + 1, stop);
        if (!found) return std::unexpected(found.error());
        starts = std::move(*found);
    }
    if (options.until.kind == KafkaUntil::Kind::Time) {
        placed.endPending = options.until.time > Timestamp::now();
        if (!placed.endPending) {
            auto found = offsetsForTime(client, streams, options.until.time.milliseconds() + 1, stop);
            if (!found) return std::unexpected(found.error());
            ends = std::move(*found);
        }
    }
    PlanFacts facts;
    facts.streams = streams;
    facts.marks = placed.marks;
    facts.startOffsets = starts;
    facts.endOffsets = ends;
    for (const auto& [stream, next] : options.positions) facts.positions[stream] = next.value;
    for (const auto& [stream, next] : resume) facts.resume[stream] = next.value;
    if (options.positionsAreAll)
        for (const Resume& each : options.positions) facts.whole.insert(each.stream.topic);
    placed.plans = plan(options.from, options.until, facts);

    bool pastTheEnd = false;
    for (std::size_t i = 0; i < streams.size(); ++i) pastTheEnd |= placed.plans[i].start > placed.marks[i].high;
    if (!pastTheEnd) return placed;
    auto trueEnds = uncommittedEnds(options, streams, stop);
    if (!trueEnds) return std::unexpected(trueEnds.error());
    for (std::size_t i = 0; i < streams.size(); ++i) {
        Plan& one = placed.plans[i];
        if (one.start <= (*trueEnds)[i]) continue;
        one.reason = "from the beginning again: the log now ends at " + std::to_string((*trueEnds)[i]) + ", before offset " +
                     std::to_string(one.start) + " where reading had stopped (the topic was made anew, or lost records)";
        one.start = placed.marks[i].low;
        placed.remade[i] = true;
    }
    return placed;
}

}  // namespace hindcast::source::kafka
