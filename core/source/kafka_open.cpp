#include "core/source/kafka_configs.h"
#include "core/source/kafka_plan.h"
#include "core/source/kafka_properties.h"
#include "core/source/kafka_source.h"

#include <algorithm>

namespace hindcast::source::kafka {
namespace {

/// How long opening waits for what is nice to know.
std::chrono::milliseconds waitForConfigs(std::chrono::milliseconds timeout)
{
    return std::min(timeout / 8, std::chrono::milliseconds(1000));
}

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

}  // namespace

Tuning KafkaSource::tuning() const { return {options_.readUncommitted, options_.memoryLimit, options_.bytesPerSecond}; }

Result<void> KafkaSource::connect()
{
    if (client_) return {};
    auto client = Client::make(options_.connection, tuning());
    if (!client) return std::unexpected(client.error());
    const std::lock_guard lock(mutex_);
    client_ = std::move(*client);
    return {};
}

Result<Identity> KafkaSource::identity()
{
    if (auto connected = connect(); !connected) return std::unexpected(connected.error());
    auto cluster = client_->clusterId(stop_.get_token());
    if (!cluster) return std::unexpected(cluster.error());
    const std::string& brokers = options_.connection.brokers;
    if (cluster->empty()) return Identity{Kind::Kafka, brokers, brokers, brokers + " (the cluster tells no id of its own)"};
    return Identity{Kind::Kafka, *cluster, brokers, brokers};
}

/// Every partition of the topics asked for. Looks in the list of all topics first: to ask a broker for a topic by name may
/// make it.
Result<std::vector<SourceStream>> KafkaSource::findPartitions()
{
    auto all = client_->metadata({}, stop_.get_token());
    if (!all) return std::unexpected(all.error());
    std::vector<std::string> known;
    for (int i = 0; i < (*all)->topic_cnt; ++i) {
        const auto& topic = (*all)->topics[i];
        if (topic.err == RD_KAFKA_RESP_ERR_NO_ERROR && !std::string_view(topic.topic).starts_with("__"))
            known.emplace_back(topic.topic);
    }
    std::sort(known.begin(), known.end());

    std::vector<SourceStream> streams;
    std::map<std::int32_t, SourceStream> byLeader;
    for (const std::string& name : options_.topics) {
        const auto* begin = (*all)->topics;
        const auto* end = begin + (*all)->topic_cnt;
        const auto* topic = std::find_if(begin, end, [&](const rd_kafka_metadata_topic_t& each) { return name == each.topic; });
        MetadataHandle one;
        if (topic == end) {
            // Topics that this user may not see are not in the list; asked by name, the broker says which it is.
            auto asked = client_->metadata(name, stop_.get_token());
            if (!asked && asked.error().kind != Error::Kind::BadInput) return std::unexpected(asked.error());
            if (!asked || (*asked)->topic_cnt == 0) return noSuchTopic(name, options_.connection.brokers, known);
            one = std::move(*asked);
            topic = one->topics;
        }
        if (topic->err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) return noSuchTopic(name, options_.connection.brokers, known);
        if (topic->err != RD_KAFKA_RESP_ERR_NO_ERROR && !isPassing(topic->err))
            return std::unexpected(topicError(name, topic->err));
        if (topic->partition_cnt == 0) return std::unexpected(topicError(name, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE));
        for (int p = 0; p < topic->partition_cnt; ++p) {
            streams.push_back({name, Partition{topic->partitions[p].id}});
            byLeader.try_emplace(topic->partitions[p].leader, streams.back());
        }
    }
    onePerBroker_.clear();
    for (const auto& [leader, stream] : byLeader) onePerBroker_.push_back(stream);
    std::sort(streams.begin(), streams.end());
    streams.erase(std::unique(streams.begin(), streams.end()), streams.end());
    return streams;
}

/// The true ends, also where an open transaction holds back the reader.
Result<std::vector<std::int64_t>> KafkaSource::uncommittedEnds(const std::vector<SourceStream>& streams)
{
    auto client = Client::make(options_.connection, {true, options_.memoryLimit, {}});
    if (!client) return std::unexpected(client.error());
    auto marks = watermarks(**client, streams, stop_.get_token());
    if (!marks) return std::unexpected(marks.error());
    std::vector<std::int64_t> ends;
    for (const Watermarks& each : *marks) ends.push_back(each.high);
    return ends;
}

Result<void> KafkaSource::placeParts(const std::vector<SourceStream>& streams, const std::vector<Resume>& resume)
{
    ConfigQuestion question(*client_, options_.topics, options_.connection.timeout);
    auto marks = watermarks(*client_, streams, stop_.get_token());
    if (!marks) return std::unexpected(marks.error());

    PlanFacts facts;
    facts.streams = streams;
    facts.marks = *marks;
    std::vector<std::optional<std::int64_t>> starts(streams.size());
    std::vector<std::optional<std::int64_t>> ends;
    if (options_.from.kind == KafkaStart::Kind::Time) {
        // Brokers count in milliseconds: the first one that is not before the given time.
        const std::int64_t ms = options_.from.time.milliseconds();
        const bool whole = Timestamp::fromMilliseconds(ms) == options_.from.time;
        auto found = offsetsForTime(*client_, streams, whole ? ms : ms + 1, stop_.get_token());
        if (!found) return std::unexpected(found.error());
        starts = std::move(*found);
    }
    endPending_ = false;
    if (options_.until.kind == KafkaUntil::Kind::Time) {
        endPending_ = options_.until.time > Timestamp::now();
        if (!endPending_) {
            auto found = offsetsForTime(*client_, streams, options_.until.time.milliseconds() + 1, stop_.get_token());
            if (!found) return std::unexpected(found.error());
            ends = std::move(*found);
        }
    }
    facts.startOffsets = starts;
    facts.endOffsets = ends;
    bool pastTheEnd = false;
    std::vector<Resume> known = options_.positions;
    known.insert(known.end(), resume.begin(), resume.end());  // the later one holds
    for (const auto& [stream, next] : known) {
        facts.resume[stream] = next.value;
        const auto at = std::lower_bound(streams.begin(), streams.end(), stream);
        if (at != streams.end() && *at == stream)
            pastTheEnd |= next.value > (*marks)[static_cast<std::size_t>(at - streams.begin())].high;
    }
    if (options_.positionsAreAll)
        for (const Resume& each : options_.positions) facts.whole.insert(each.stream.topic);
    std::vector<Plan> plans = plan(options_.from, options_.until, facts);
    if (pastTheEnd) {
        auto trueEnds = uncommittedEnds(streams);
        if (!trueEnds) return std::unexpected(trueEnds.error());
        for (std::size_t i = 0; i < plans.size(); ++i) {
            if (plans[i].start <= (*trueEnds)[i]) continue;
            plans[i].reason = "from the beginning again: the log now ends at " + std::to_string((*trueEnds)[i]) +
                              ", before offset " + std::to_string(plans[i].start) +
                              " where reading had stopped (the topic was made anew, or lost records)";
            plans[i].start = (*marks)[i].low;
            say("topic " + streams[i].topic + " is not the one that was read before: reading it from its beginning");
        }
    }

    const auto configs = question.answer(waitForConfigs(options_.connection.timeout), stop_.get_token());
    for (std::size_t i = 0; i < streams.size(); ++i) {
        const auto config = configs.find(streams[i].topic);
        addPart(streams[i], (*marks)[i], plans[i].start, plans[i].end, std::move(plans[i].reason),
                config != configs.end() && config->second.compacted);
    }
    return {};
}

void KafkaSource::addPart(const SourceStream& stream, Watermarks marks, std::int64_t start, std::optional<std::int64_t> end,
                          std::string reason, bool compacted)
{
    auto topic = std::find_if(topics_.begin(), topics_.end(), [&](const TopicEntry& each) { return each.name == stream.topic; });
    if (topic == topics_.end()) {
        topics_.push_back({stream.topic, Topic(rd_kafka_topic_new(client_->handle(), stream.topic.c_str(), nullptr)), {}});
        topic = topics_.end() - 1;
    }
    const auto partition = static_cast<std::size_t>(stream.partition.value);
    if (topic->parts.size() <= partition) topic->parts.resize(partition + 1, UINT32_MAX);
    topic->parts[partition] = static_cast<std::uint32_t>(parts_.size());

    Part part;
    part.facts.stream = stream;
    part.facts.logStart = Offset{marks.low};
    part.facts.startedAt = Offset{start};
    if (end) part.facts.capturedEnd = Offset{*end};
    part.facts.compacted = compacted;
    part.facts.startReason = std::move(reason);
    part.topic = static_cast<std::size_t>(topic - topics_.begin());
    part.next = part.reported = start;
    part.end = end;
    if (!end || start < *end) ++unfinished_;
    parts_.push_back(std::move(part));
}

Result<void> KafkaSource::open(const std::vector<Resume>& resume)
{
    if (auto connected = connect(); !connected) return connected;
    if (options_.topics.empty()) return fail("cannot read from Kafka", "no topic is named", {}, Error::Kind::BadInput);
    auto streams = findPartitions();
    if (!streams) return std::unexpected(streams.error());
    waker_.reset();
    for (Part& part : parts_) stopReading(part);
    parts_.clear();
    topics_.clear();
    unfinished_ = 0;
    lastTopic_ = nullptr;
    {
        const std::lock_guard lock(mutex_);
        queue_.reset(rd_kafka_queue_new(client_->handle()));
    }
    if (auto placed = placeParts(*streams, resume); !placed) return placed;

    const QueueLimits limits = queueLimits(tuning());
    waker_ = std::make_unique<FetchWaker>(client_, FetchWaker::Full{limits.messages, limits.bytes}, onePerBroker_);

    std::int64_t total = 0;
    for (Part& part : parts_) {
        if (part.end) total += std::max<std::int64_t>(*part.end - part.next, 0);
        if (part.end && part.next >= *part.end) continue;
        if (auto started = startReading(part); !started) return started;
    }
    const bool bounded = std::all_of(parts_.begin(), parts_.end(), [](const Part& part) { return part.end.has_value(); });
    total_ = bounded ? total : -1;
    return {};
}

}  // namespace hindcast::source::kafka
