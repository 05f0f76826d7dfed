#include "core/source/kafka_source.h"

#include <algorithm>

namespace hindcast::source::kafka {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kLargestBatch = 8192;  // records
constexpr std::uint64_t kBatchBytes = 4u << 20;
constexpr std::uint64_t kGuessedRecord = 1024;  // bytes
/// How long a batch that has begun waits for more.
constexpr int kLingerMs = 5;
constexpr int kRefusalsThatEnd = 3;

/// Keeps the bytes of a batch alive, and the client that they came from.
struct Messages {
    std::shared_ptr<Client> client;
    std::vector<rd_kafka_message_t*> items;

    explicit Messages(std::shared_ptr<Client> from) : client(std::move(from)) {}
    Messages(const Messages&) = delete;
    Messages& operator=(const Messages&) = delete;
    ~Messages()
    {
        for (rd_kafka_message_t* each : items) rd_kafka_message_destroy(each);
    }
};

std::string nameOf(const SourceStream& stream) { return stream.topic + " partition " + std::to_string(stream.partition.value); }

}  // namespace

KafkaSource::KafkaSource(KafkaOptions options)
    : options_(std::move(options)),
      published_(std::make_shared<const std::vector<SourceStream>>()),
      rate_(options_.bytesPerSecond)
{
    adaptBatchSize(kGuessedRecord);
}

KafkaSource::~KafkaSource()
{
    waker_.reset();
    for (Part& part : parts_) stopReading(part);
    topics_.clear();
    queue_.reset();
}

Result<void> KafkaSource::startReading(Part& part)
{
    if (rd_kafka_consume_start_queue(topics_[part.topic].handle.get(), part.facts.stream.partition.value, part.next,
                                     queue_.get()) != 0)
        return std::unexpected(topicError(part.facts.stream.topic, rd_kafka_last_error()));
    part.reading = true;
    return {};
}

void KafkaSource::stopReading(Part& part)
{
    if (!part.reading) return;
    rd_kafka_consume_stop(topics_[part.topic].handle.get(), part.facts.stream.partition.value);
    part.reading = false;
}

std::vector<StreamFacts> KafkaSource::streams() const
{
    std::vector<StreamFacts> facts;
    facts.reserve(parts_.size());
    for (const Part& part : parts_) facts.push_back(part.facts);
    return facts;
}

bool KafkaSource::finished() const
{
    return client_ && queue_ && unfinished_ == 0 && !endPending_ && options_.until.kind != KafkaUntil::Kind::Never &&
           touched_.empty();
}

Result<RecordBatch> KafkaSource::next(std::chrono::milliseconds wait)
{
    if (stop_.stop_requested()) return fail("reading from Kafka", "cancelled", {}, Error::Kind::Cancelled);
    if (!queue_) return fail("reading from Kafka", "the source is not open");
    if (const auto refusal = client_->health().refusal(); refusal && refusal->times >= kRefusalsThatEnd)
        return std::unexpected(client_->connectionError());
    if (pendingError_) return std::unexpected(*std::exchange(pendingError_, std::nullopt));
    if (auto placed = placeLostParts(); !placed) return std::unexpected(placed.error());
    if (auto grown = noticeNewPartitions(); !grown) return std::unexpected(grown.error());
    if (auto ended = endWhenTheTimeHasCome(); !ended) return std::unexpected(ended.error());

    std::size_t count = 0;
    if (unfinished_ > 0) {
        if (const auto rest = rate_.waitAt(Clock::now()); rest > Clock::duration::zero()) {
            pause(std::min<Clock::duration>(rest, wait));
            if (rest > wait) return batchOf(0);
            wait -= std::chrono::duration_cast<std::chrono::milliseconds>(rest);
        }
        count = consume(std::max(wait, std::chrono::milliseconds(0)));
    }
    RecordBatch batch = batchOf(count);
    if (pendingError_ && batch.records.empty()) return std::unexpected(*std::exchange(pendingError_, std::nullopt));
    finishProgress(batch);
    delivered_ += batch.records.size();
    bytes_ += batch.bytes;
    rate_.passed(batch.bytes, Clock::now());
    if (!batch.records.empty()) adaptBatchSize(batch.bytes / batch.records.size());
    measureLag();
    return batch;
}

void KafkaSource::adaptBatchSize(std::uint64_t bytesPerRecord)
{
    bytesPerRecord_ = std::max<std::uint64_t>(bytesPerRecord, 1);
    const std::uint64_t records = rate_.portion(kBatchBytes) / bytesPerRecord_;
    batchSize_ = static_cast<std::size_t>(std::clamp<std::uint64_t>(records, 1, kLargestBatch));
}

/// Takes what is there; where nothing is, waits for it, and a moment more for its followers.
std::size_t KafkaSource::consume(std::chrono::milliseconds wait)
{
    incoming_.resize(batchSize_);
    const auto take = [&](int timeoutMs, std::size_t from, std::size_t most) {
        if (from >= most) return std::size_t{0};
        const auto got = rd_kafka_consume_batch_queue(queue_.get(), timeoutMs, incoming_.data() + from, most - from);
        return got > 0 ? static_cast<std::size_t>(got) : std::size_t{0};
    };
    std::size_t count = take(0, 0, batchSize_);
    if (count == 0 && wait.count() > 0) count = take(static_cast<int>(wait.count()), 0, 1);
    if (count > 0 && wait.count() >= kLingerMs) count += take(kLingerMs, count, batchSize_);
    waker_->noticeTaken(count, rd_kafka_queue_length(queue_.get()), bytesPerRecord_);
    return count;
}

RecordBatch KafkaSource::batchOf(std::size_t count)
{
    RecordBatch batch;
    auto messages = std::make_shared<Messages>(client_);
    messages->items.assign(incoming_.begin(), incoming_.begin() + static_cast<std::ptrdiff_t>(count));
    batch.records.reserve(count);
    for (rd_kafka_message_t* message : messages->items) {
        const auto index = partOf(*message);
        if (!index) continue;
        if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
            appendRecord(message, *index, batch);
        } else if (auto handled = onPartitionError(*message, *index); !handled && !pendingError_) {
            pendingError_ = client_->withoutSecrets(handled.error());
        }
    }
    batch.owner = std::move(messages);
    batch.streams = published_;
    return batch;
}

std::optional<std::uint32_t> KafkaSource::partOf(const rd_kafka_message_t& message)
{
    if (!message.rkt) return {};
    if (message.rkt != lastTopic_) {
        const std::string_view name = rd_kafka_topic_name(message.rkt);
        const auto topic =
            std::find_if(topics_.begin(), topics_.end(), [&](const TopicEntry& each) { return each.name == name; });
        if (topic == topics_.end()) return {};
        lastTopic_ = message.rkt;
        lastTopicEntry_ = static_cast<std::size_t>(topic - topics_.begin());
    }
    const auto& parts = topics_[lastTopicEntry_].parts;
    const auto partition = static_cast<std::size_t>(message.partition);
    if (message.partition < 0 || partition >= parts.size() || parts[partition] == UINT32_MAX) return {};
    return parts[partition];
}

void KafkaSource::advance(std::uint32_t index, std::int64_t next)
{
    Part& part = parts_[index];
    if (part.end && part.next >= *part.end) return;
    if (part.end) next = std::min(next, *part.end);
    if (next <= part.next) return;
    part.next = next;
    if (!part.touched) {
        part.touched = true;
        touched_.push_back(index);
    }
    if (part.end && part.next >= *part.end) --unfinished_;
}

void KafkaSource::appendRecord(rd_kafka_message_t* message, std::uint32_t index, RecordBatch& batch)
{
    const Part& part = parts_[index];
    const std::int64_t offset = message->offset;
    if (offset < part.next) return;  // delivered before: librdkafka fetched it again
    if (part.end && offset >= *part.end) {
        advance(index, *part.end);
        return;
    }
    RawRecord& record = batch.records.emplace_back();
    record.offset = Offset{offset};
    record.stream = index;
    rd_kafka_timestamp_type_t type{};
    const std::int64_t ms = rd_kafka_message_timestamp(message, &type);
    const auto time = type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? std::nullopt : brokerTimeFromMilliseconds(ms);
    if (time) {
        record.timestamp = *time;
        record.timestampKind = type == RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME ? TimestampKind::LogAppend : TimestampKind::Create;
    }
    if (message->key) record.key = std::string_view(static_cast<const char*>(message->key), message->key_len);
    if (message->payload) record.value = std::string_view(static_cast<const char*>(message->payload), message->len);
    batch.bytes += message->key_len + message->len;

    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR) {
        record.firstHeader = static_cast<std::uint32_t>(batch.headers.size());
        const char* name = nullptr;
        const void* value = nullptr;
        std::size_t size = 0;
        for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i) {
            Header header{name, std::nullopt};
            if (value) header.value = std::string_view(static_cast<const char*>(value), size);
            batch.bytes += header.name.size() + size;
            batch.headers.push_back(header);
        }
        record.headerCount = static_cast<std::uint32_t>(batch.headers.size()) - record.firstHeader;
    }
    advance(index, offset + 1);
}

Result<void> KafkaSource::onPartitionError(const rd_kafka_message_t& message, std::uint32_t index)
{
    Part& part = parts_[index];
    const char* detail = rd_kafka_message_errstr(&message);
    switch (message.err) {
        case RD_KAFKA_RESP_ERR__PARTITION_EOF:
            // Stands past transaction markers and compacted records, of which nothing else tells.
            advance(index, message.offset);
            return {};
        case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
        case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE: part.lost = anyLost_ = true; return {};
        default: break;
    }
    if (isPassing(message.err)) return {};
    if (part.end && part.next >= *part.end) return {};
    auto error = topicError(part.facts.stream.topic, message.err, detail ? detail : "");
    if (error.kind == Error::Kind::Failed)
        error.what += " partition " + std::to_string(message.partition) + " at offset " + std::to_string(part.next);
    return std::unexpected(std::move(error));
}

/// Where the log no longer holds what comes next (retention was faster, or the topic was made anew) reading goes on at its
/// beginning; startedAt tells of the gap.
Result<void> KafkaSource::placeLostParts()
{
    if (!anyLost_) return {};
    std::vector<std::uint32_t> lost;
    std::vector<SourceStream> streams;
    for (std::uint32_t i = 0; i < parts_.size(); ++i) {
        if (!parts_[i].lost) continue;
        lost.push_back(i);
        streams.push_back(parts_[i].facts.stream);
    }
    auto marks = watermarks(*client_, streams, stop_.get_token());
    if (!marks) {
        if (marks.error().kind != Error::Kind::Retry) return std::unexpected(marks.error());
        return {};  // status() tells that the broker is away; the next call asks again
    }
    for (std::size_t k = 0; k < lost.size(); ++k) {
        Part& part = parts_[lost[k]];
        const auto [low, high] = (*marks)[k];
        part.lost = false;
        stopReading(part);
        part.facts.logStart = Offset{low};
        part.facts.startedAt = Offset{low};
        anyMoved_ = true;
        if (part.next < low) {
            say(nameOf(part.facts.stream) + ": retention removed offsets " + std::to_string(part.next) + " to " +
                std::to_string(low - 1) + " before they were read");
            advance(lost[k], low);
        } else if (part.next > high) {
            say(nameOf(part.facts.stream) + ": the log now ends at " + std::to_string(high) + ", before offset " +
                std::to_string(part.next) + ": the topic was made anew or lost records; reading from its beginning");
            part.next = low;
            if (part.end) {
                part.end = std::max(low, std::min(*part.end, high));
                part.facts.capturedEnd = Offset{*part.end};
            }
            if (part.end && part.next >= *part.end) --unfinished_;
        }
        if (part.end && part.next >= *part.end) continue;
        if (auto started = startReading(part); !started) return started;
    }
    anyLost_ = false;
    return {};
}

/// A topic that grew while it is followed: the new partitions are read from their beginning.
Result<void> KafkaSource::noticeNewPartitions()
{
    if (options_.until.kind == KafkaUntil::Kind::CapturedEnd || Clock::now() < nextLook_) return {};
    if (options_.until.kind == KafkaUntil::Kind::Time && !endPending_) return {};
    nextLook_ = Clock::now() + std::chrono::seconds(1);
    std::vector<SourceStream> fresh;
    for (const TopicEntry& topic : topics_) {
        const int count = client_->health().partitionsOf(topic.name);
        for (int p = 0; p < count; ++p) {
            const auto partition = static_cast<std::size_t>(p);
            if (partition < topic.parts.size() && topic.parts[partition] != UINT32_MAX) continue;
            fresh.push_back({topic.name, Partition{p}});
        }
    }
    if (fresh.empty()) return {};
    auto marks = watermarks(*client_, fresh, stop_.get_token());
    if (!marks) return {};  // not led by anybody yet: the next look sees it again
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        bool compacted = false;
        for (const Part& part : parts_) compacted |= part.facts.stream.topic == fresh[i].topic && part.facts.compacted;
        addPart(fresh[i], (*marks)[i], (*marks)[i].low, {}, "from the beginning (the partition was added while reading)",
                compacted);
        if (auto started = startReading(parts_.back()); !started) return started;
    }
    return {};
}

/// Until a time that lay ahead at open: once it has passed, the ends are known.
Result<void> KafkaSource::endWhenTheTimeHasCome()
{
    // A moment later, so that what was written just before is there.
    if (!endPending_ || Timestamp::now().ns < options_.until.time.ns + 1'000'000'000) return {};
    std::vector<SourceStream> streams;
    streams.reserve(parts_.size());
    for (const Part& part : parts_) streams.push_back(part.facts.stream);
    auto found = offsetsForTime(*client_, streams, options_.until.time.milliseconds() + 1, stop_.get_token());
    auto marks = found ? watermarks(*client_, streams, stop_.get_token())
                       : Result<std::vector<Watermarks>>(std::unexpected(found.error()));
    if (!marks) {
        if (marks.error().kind == Error::Kind::Retry) return {};
        return std::unexpected(marks.error());
    }
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        Part& part = parts_[i];
        part.end = std::max(part.next, (*found)[i].value_or((*marks)[i].high));
        part.facts.capturedEnd = Offset{*part.end};
        if (part.next >= *part.end) --unfinished_;
    }
    endPending_ = false;
    return {};
}

void KafkaSource::finishProgress(RecordBatch& batch)
{
    if (published_->size() != parts_.size()) {
        auto all = std::make_shared<std::vector<SourceStream>>();
        for (const Part& part : parts_) all->push_back(part.facts.stream);
        published_ = std::move(all);
    }
    batch.streams = published_;
    for (const std::uint32_t index : touched_) {
        Part& part = parts_[index];
        part.touched = false;
        if (part.next != part.reported) batch.progress.push_back({index, Offset{part.next}});
        part.reported = part.next;
        if (part.end && part.next >= *part.end) stopReading(part);
    }
    touched_.clear();
    batch.factsChanged = std::exchange(anyMoved_, false);
}

void KafkaSource::measureLag()
{
    if (options_.until.kind == KafkaUntil::Kind::CapturedEnd || Clock::now() < nextLag_) return;
    nextLag_ = Clock::now() + std::chrono::milliseconds(250);
    std::int64_t lag = 0;
    for (const Part& part : parts_) {
        std::int64_t low = 0;
        std::int64_t high = 0;
        const char* topic = part.facts.stream.topic.c_str();
        // What the last fetch told; asks nobody. Before the first one nothing is known, which is not the same as no lag.
        if (rd_kafka_get_watermark_offsets(client_->handle(), topic, part.facts.stream.partition.value, &low, &high) !=
                RD_KAFKA_RESP_ERR_NO_ERROR ||
            high < 0)
            return;
        if (high > part.next) lag += high - part.next;
    }
    lag_ = lag;
}

void KafkaSource::pause(Clock::duration time)
{
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, time, [&] { return stop_.stop_requested(); });
}

void KafkaSource::say(std::string notice)
{
    const std::lock_guard lock(mutex_);
    notice_ = std::move(notice);
}

Status KafkaSource::status() const
{
    Status status;
    // The lag first: what is delivered after it was measured is counted then.
    if (const auto lag = lag_.load(); lag >= 0) status.lag = static_cast<std::uint64_t>(lag);
    status.recordsDelivered = delivered_;
    status.bytesDelivered = bytes_;
    if (const auto total = total_.load(); total >= 0) status.recordsTotal = static_cast<std::uint64_t>(total);
    const std::lock_guard lock(mutex_);
    status.notice = notice_;
    if (!answered_) {
        // What the connection is like is not known before: that nothing has gone wrong yet does not say that it is well.
        status.connected = false;
        status.awaySince = made_;
        status.away = Away{Away::Kind::Unasked, 0, options_.connection.brokers};
        status.notice = "connecting to " + options_.connection.brokers;
        status.trouble = trouble_;
        return status;
    }
    if (!client_) return status;
    auto health = client_->health().view();
    status.connected = health.connected;
    status.awaySince = health.since;
    status.away = std::move(health.away);
    if (!health.connected) status.lag.reset();  // what was the head then need not be it now
    if (!health.notice.empty()) status.notice = std::move(health.notice);
    return status;
}

void KafkaSource::cancel()
{
    const std::lock_guard lock(mutex_);
    stop_.request_stop();
    wake_.notify_all();
    if (queue_) rd_kafka_queue_yield(queue_.get());
}

}  // namespace hindcast::source::kafka

namespace hindcast::source {

std::unique_ptr<Source> makeKafkaSource(KafkaOptions options) { return std::make_unique<kafka::KafkaSource>(std::move(options)); }

}  // namespace hindcast::source
