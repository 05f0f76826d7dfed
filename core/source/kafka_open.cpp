#include "core/source/kafka_configs.h"
#include "core/source/kafka_plan.h"
#include "core/source/kafka_source.h"

#include <algorithm>

namespace hindcast::source::kafka {
namespace {

/// How long opening waits for what is nice to know.
std::chrono::milliseconds waitForConfigs(std::chrono::milliseconds timeout)
{
    return std::min(timeout / 8, std::chrono::milliseconds(1000));
}

constexpr std::chrono::milliseconds kAskAgain{500};

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

bool KafkaSource::willPass(const Error& error) const
{
    if (error.kind == Error::Kind::Retry) return true;
    // A broker that stops while TLS is set up looks like one that refuses us: only what was refused for certain is.
    const auto refusal = client_->health().refusal();
    return error.kind == Error::Kind::Denied && refusal && refusal->times == 0;
}

/// Asks again while nobody is there, where that is to be waited for.
template <typename Ask>
std::invoke_result_t<Ask> KafkaSource::patiently(Ask ask)
{
    for (;;) {
        auto answer = ask();
        if (answer || !options_.waitForCluster || !willPass(answer.error())) return answer;
        {
            const std::lock_guard lock(mutex_);
            trouble_ = answer.error().text();
        }
        answered_ = false;  // it may have been there before: what status() would tell of its health is of then
        pause(kAskAgain);
        if (stop_.stop_requested())
            return fail("connecting to " + options_.connection.brokers, "cancelled", {}, Error::Kind::Cancelled);
    }
}

void KafkaSource::hasAnswered()
{
    const std::lock_guard lock(mutex_);
    if (!trouble_.empty()) client_->noteAnswer();
    trouble_.clear();
    answered_ = true;
}

Result<Identity> KafkaSource::identity()
{
    if (auto connected = connect(); !connected) return std::unexpected(connected.error());
    auto cluster = patiently([this] { return client_->clusterId(stop_.get_token()); });
    if (!cluster) return std::unexpected(cluster.error());
    hasAnswered();
    const std::string& brokers = options_.connection.brokers;
    if (cluster->empty()) return Identity{Kind::Kafka, brokers, brokers, brokers + " (the cluster tells no id of its own)"};
    return Identity{Kind::Kafka, *cluster, brokers, brokers};
}

Result<void> KafkaSource::placeParts(const std::vector<SourceStream>& streams, const std::vector<Resume>& resume)
{
    ConfigQuestion question(*client_, options_.topics, options_.connection.timeout);
    auto placed = place(*client_, options_, streams, resume, stop_.get_token());
    if (!placed) return std::unexpected(placed.error());
    endPending_ = placed->endPending;
    for (std::size_t i = 0; i < streams.size(); ++i)
        if (placed->remade[i])
            say("topic " + streams[i].topic + " is not the one that was read before: reading it from its beginning");

    const auto configs = question.answer(waitForConfigs(options_.connection.timeout), stop_.get_token());
    for (std::size_t i = 0; i < streams.size(); ++i) {
        const auto config = configs.find(streams[i].topic);
        Plan& planned = placed->plans[i];
        addPart(streams[i], placed->marks[i], planned.start, planned.end, std::move(planned.reason),
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
    auto opened = patiently([&] { return openOnce(resume); });
    if (opened) hasAnswered();
    return opened;
}

Result<void> KafkaSource::openOnce(const std::vector<Resume>& resume)
{
    auto found = findPartitions(*client_, options_, stop_.get_token());
    if (!found) return std::unexpected(found.error());
    onePerBroker_ = std::move(found->onePerBroker);
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
    if (auto placed = placeParts(found->streams, resume); !placed) return placed;

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
