#include "core/ingest/ingest.h"

#include "core/ingest/batch_queue.h"
#include "core/ingest/progress_meter.h"
#include "core/ingest/topic_decoders.h"

#include <algorithm>
#include <future>
#include <thread>
#include <type_traits>

namespace hindcast::ingest {

namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kStopped = "it was stopped";
constexpr std::size_t kFirstLook = 1000;              ///< records to guess mappings from, where they come quickly
constexpr std::chrono::milliseconds kFirstWait{700};  ///< and how long to wait for them
constexpr std::chrono::milliseconds kFactsEvery{500};
constexpr std::size_t kUncommitted = 24u << 20;   ///< bytes of index in memory after which a commit is due
constexpr std::size_t kLeastCommit = 256u << 10;  ///< bytes of records that a commit near the disk limit is worth

/// Never nothing: a tombstone is a record, too.
std::size_t sizeOf(const RawRecord& record) { return 1 + record.key.value_or("").size() + record.value.value_or("").size(); }

/// The store's side of one run: owns the writer, decodes, appends, commits.
class Run {
public:
    Run(store::Store& store, source::Source& source, const Options& options, std::stop_token stop,
        const std::function<void(const Progress&)>& onProgress)
        : store_(store), source_(source), options_(options), stop_(std::move(stop)), meter_(source, onProgress)
    {
    }

    Result<Summary> run();

private:
    Result<void> open();
    template <typename Ask>
    std::invoke_result_t<Ask> whileTelling(Ask ask);
    [[nodiscard]] Result<std::vector<decode::Mapping>> differing(store::Reader& reader,
                                                                 const std::vector<decode::Mapping>& saved) const;
    Result<void> consume(BatchQueue& queue);
    Result<void> take(const Delivery& delivery);
    Result<PartId> partOf(std::uint32_t stream, const RecordBatch& batch);
    void describeParts();
    void describePart(std::size_t stream);
    Result<void> commit(bool last = false);
    Result<void> commitWhereDue();
    Result<void> measure();
    void keepReading(const source::Identity& identity);
    [[nodiscard]] bool atDiskLimit() const { return options_.diskLimit && fileBytes_ >= *options_.diskLimit; }
    /// Whether what was taken since the last commit could reach the limit: only a commit tells what it takes on the disk.
    [[nodiscard]] bool nearDiskLimit() const
    {
        return options_.diskLimit && uncommitted_ >= kLeastCommit && fileBytes_ + uncommitted_ >= *options_.diskLimit;
    }

    store::Store& store_;
    source::Source& source_;
    const Options& options_;
    std::stop_token stop_;
    ProgressMeter meter_;
    std::unique_ptr<store::Writer> writer_;
    std::unique_ptr<TopicDecoders> decoders_;
    SourceId sourceId_;
    std::vector<std::optional<PartId>> parts_;  ///< by stream
    std::vector<decode::Decoder*> decoderOf_;   ///< by stream
    std::shared_ptr<const std::vector<source::StreamFacts>> streams_;
    std::deque<Delivery> waiting_;              ///< not taken yet: looked at for a guess
    std::vector<std::optional<Offset>> taken_;  ///< by stream: to where of the batch that is being taken
    EventFacts facts_;
    Summary summary_;
    Clock::time_point committed_ = Clock::now();
    std::size_t uncommitted_ = 0;  ///< bytes of records since then
    std::uint64_t fileBytes_ = 0;  ///< of the workspace, by then
    bool diskFull_ = false;
    bool stoppedAtOnce_ = false;  ///< before the source was open
};

Result<Summary> Run::run()
{
    if (auto opened = open(); !opened) {
        meter_.finish();  // what was stored may have been decoded anew by then
        if (!stoppedAtOnce_) return std::unexpected(opened.error());
        summary_.progress = meter_.progress();
        summary_.because = kStopped;
        return std::move(summary_);
    }
    BatchQueue queue(options_.memoryLimit / 2);
    std::optional<Error> sourceError;
    std::stop_source halt;
    std::thread reading([&] {
        const std::stop_callback forward(stop_, [&] { halt.request_stop(); });
        std::shared_ptr<const std::vector<source::StreamFacts>> facts;
        std::shared_ptr<const std::vector<SourceStream>> known;
        auto asked = Clock::now();
        while (!halt.stop_requested() && !source_.finished()) {
            auto batch = source_.next(std::chrono::milliseconds(100));
            if (!batch) {
                sourceError = batch.error();
                break;
            }
            if (batch->empty()) continue;
            // Streams appear, and a log's start may move while it is read; asking for each batch would cost more than it tells.
            if (facts == nullptr || batch->factsChanged || batch->streams != known || Clock::now() - asked > kFactsEvery) {
                facts = std::make_shared<const std::vector<source::StreamFacts>>(source_.streams());
                known = batch->streams;
                asked = Clock::now();
            }
            if (!queue.push({std::move(*batch), facts}, halt.get_token())) break;
        }
        queue.close();
    });
    auto consumed = consume(queue);
    halt.request_stop();
    source_.cancel();
    reading.join();
    // What was delivered before an error or a stop is durable all the same.
    if (consumed) consumed = commit(true);
    meter_.finish();
    if (!consumed) return std::unexpected(consumed.error());
    if (sourceError && sourceError->kind != Error::Kind::Cancelled) return std::unexpected(std::move(*sourceError));
    summary_.progress = meter_.progress();
    summary_.complete = source_.finished() && !stop_.stop_requested() && !diskFull_;
    summary_.diskFull = diskFull_;
    if (diskFull_)
        summary_.because = diskLimitReached(*options_.diskLimit);
    else if (!summary_.complete)
        summary_.because = kStopped;
    return std::move(summary_);
}

/// Given mappings of topics whose records were stored with other ones: two ways in one topic would be nobody's wish.
Result<std::vector<decode::Mapping>> Run::differing(store::Reader& reader, const std::vector<decode::Mapping>& saved) const
{
    auto parts = reader.parts();
    if (!parts) return std::unexpected(parts.error());
    std::vector<decode::Mapping> differ;
    for (const decode::Mapping& mapping : options_.mappings) {
        const auto known = std::ranges::find(saved, mapping.topic, &decode::Mapping::topic);
        const bool stored = std::ranges::any_of(
            *parts, [&](const store::Part& part) { return part.records > 0 && decode::topicMatches(mapping.topic, part.topic); });
        if (stored && (known == saved.end() || *known != mapping)) differ.push_back(mapping);
    }
    return differ;
}

/// What may wait for a source is asked on a thread of its own, so that it is told meanwhile how that goes.
template <typename Ask>
std::invoke_result_t<Ask> Run::whileTelling(Ask ask)
{
    auto answer = std::async(std::launch::async, std::move(ask));
    while (answer.wait_for(std::chrono::milliseconds(100)) != std::future_status::ready) meter_.report();
    return answer.get();
}

Result<void> Run::open()
{
    const std::stop_callback forward(stop_, [this] { source_.cancel(); });
    const auto failed = [this](Error error) {
        stoppedAtOnce_ = error.kind == Error::Kind::Cancelled && stop_.stop_requested();
        return std::unexpected(std::move(error));
    };
    auto identity = whileTelling([this] { return source_.identity(); });
    if (!identity) return failed(identity.error());
    if (!options_.onlyFrom.empty() && options_.onlyFrom != identity->id)
        return fail("cannot go on reading from " + identity->name, "another cluster answers there than the one that was read",
                    "connect to it to read from it as well", Error::Kind::BadInput);
    auto reader = store_.reader();
    if (!reader) return std::unexpected(reader.error());
    auto saved = loadMappings(**reader);
    if (!saved) return std::unexpected(saved.error());
    if (const auto differ = differing(**reader, saved->mappings); !differ)
        return std::unexpected(differ.error());
    else if (!differ->empty()) {
        if (auto done = remap(store_, *differ, stop_, {}); !done) return done;
        meter_.remapped();
    }
    auto writer = store_.writer();
    if (!writer) return std::unexpected(writer.error());
    writer_ = std::move(*writer);
    if (auto measured = measure(); !measured) return measured;
    decoders_ = std::make_unique<TopicDecoders>(std::move(*saved), options_.mappings, options_.proposals);
    // Opening may take its time with a broker: nothing is written before, so that settings can be saved meanwhile.
    std::vector<source::Resume> resume;
    auto sources = (*reader)->sources();
    if (!sources) return std::unexpected(sources.error());
    const auto known = std::ranges::find_if(*sources, [&](const store::Source& each) {
        return each.kind == source::nameOf(identity->kind) && each.identity == identity->id;
    });
    auto parts = (*reader)->parts();
    if (!parts) return std::unexpected(parts.error());
    // A file is read from its beginning each time: only so is it seen that lines which were read before have changed since. A line
    // that is the same costs a comparison and nothing else.
    const bool file = identity->kind == source::Kind::JsonLines || identity->kind == source::Kind::Records;
    for (const store::Part& part : *parts) {
        if (file || known == sources->end() || part.source != known->id) continue;
        auto newest = writer_->addPart(part.source, part.topic, part.partition);
        if (!newest) return std::unexpected(newest.error());
        if (*newest != part.id) continue;
        if (const auto next = writer_->checkpoint(part.id)) resume.push_back({{part.topic, part.partition}, *next});
    }
    if (auto opened = whileTelling([&] { return source_.open(resume); }); !opened) return failed(opened.error());
    auto id = writer_->addSource(source::nameOf(identity->kind), identity->id, identity->name, identity->detail);
    if (!id) return std::unexpected(id.error());
    sourceId_ = *id;
    keepReading(*identity);
    return {};
}

/// A partition that nothing comes from has no checkpoint: where it began is kept with the rest.
void Run::keepReading(const source::Identity& identity)
{
    if (!options_.kafka) return;
    KafkaReading reading;
    reading.kafka = *options_.kafka;
    reading.kafka.positions.clear();
    for (const source::StreamFacts& facts : source_.streams()) reading.kafka.positions.push_back({facts.stream, facts.startedAt});
    reading.diskLimit = options_.diskLimit;
    reading.diskAllowance = options_.diskAllowance;
    reading.cluster = identity.id;
    writer_->setSetting(kReadingSetting, readingToJson(reading));
}

Result<void> Run::consume(BatchQueue& queue)
{
    const auto began = Clock::now();
    std::size_t records = 0;
    while (!stop_.stop_requested() && !diskFull_ && !(queue.drained() && waiting_.empty())) {
        auto batch = queue.pop(options_.commitEvery / 2);
        if (batch) {
            records += batch->batch.records.size();
            waiting_.push_back(std::move(*batch));
        }
        // Topics are new at the beginning: wait a moment for enough records to guess well.
        const bool looked = records >= kFirstLook || Clock::now() - began >= kFirstWait || queue.drained();
        while (looked && !waiting_.empty() && !diskFull_) {
            if (auto taken = take(waiting_.front()); !taken) return taken;
            waiting_.pop_front();
        }
        // Also where nothing comes: what was taken before waits for it.
        if (auto done = commitWhereDue(); !done) return done;
        meter_.report();
    }
    return {};
}

/// Asked after each record: a batch may be many times what is left to the disk limit. Afterwards it is known whether that is reached.
Result<void> Run::commitWhereDue()
{
    const bool due =
        nearDiskLimit() || writer_->uncommittedBytes() >= kUncommitted || Clock::now() - committed_ >= options_.commitEvery;
    if (!due || diskFull_) return {};
    // Within a batch no more is told to be read than was taken of it.
    for (std::size_t i = 0; i < taken_.size(); ++i)
        if (taken_[i]) writer_->setProgress(*parts_[i], *taken_[i]);
    if (auto done = commit(); !done) return done;
    diskFull_ = atDiskLimit();
    return {};
}

Result<PartId> Run::partOf(std::uint32_t stream, const RecordBatch& batch)
{
    if (stream >= parts_.size()) {
        parts_.resize(batch.streams->size());
        decoderOf_.resize(batch.streams->size());
    }
    if (!parts_[stream]) {
        const SourceStream& name = (*batch.streams)[stream];
        auto part = writer_->addPart(sourceId_, name.topic, name.partition);
        if (!part) return part;
        parts_[stream] = *part;
        describePart(stream);
    }
    return *parts_[stream];
}

/// Tells the store what the source knows of the streams in use.
void Run::describeParts()
{
    for (std::size_t i = 0; i < parts_.size() && i < streams_->size(); ++i) describePart(i);
}

void Run::describePart(std::size_t stream)
{
    if (stream >= streams_->size() || !parts_[stream]) return;
    const source::StreamFacts& facts = (*streams_)[stream];
    writer_->describePart(*parts_[stream], facts.logStart, facts.compacted, facts.startReason, facts.startedAt);
}

Result<void> Run::take(const Delivery& delivery)
{
    const RecordBatch& batch = delivery.batch;
    if (delivery.streams != streams_) {
        streams_ = delivery.streams;
        describeParts();
    }
    taken_.assign(batch.streams->size(), std::nullopt);
    for (const RawRecord& record : batch.records) {
        auto part = partOf(record.stream, batch);
        if (!part) return std::unexpected(part.error());
        decode::Decoder*& decoder = decoderOf_[record.stream];
        if (decoder == nullptr) {
            const std::string& topic = (*batch.streams)[record.stream].topic;
            decoder = decoders_->find(topic);
            if (decoder == nullptr) decoder = &decoders_->make(topic, waiting_, summary_.notices);
        }
        if (record.offset.value < 0 || record.offset.value > EventId::kMaxOffset)
            return fail("cannot store a record of " + (*batch.streams)[record.stream].topic,
                        "its offset " + std::to_string(record.offset.value) + " is out of range", {}, Error::Kind::BadInput);
        const std::span headers(batch.headers.data() + record.firstHeader, record.headerCount);
        facts_.clear();
        decoder->decode(record, headers, facts_);
        auto appended = writer_->append(*part, record, headers, facts_);
        if (appended && *appended == store::Writer::Appended::OtherBytes) {
            auto epoch = writer_->newEpoch(*part);
            if (!epoch) return std::unexpected(epoch.error());
            parts_[record.stream] = *epoch;
            const SourceStream& name = (*batch.streams)[record.stream];
            summary_.notices.push_back(name.topic + "/" + std::to_string(name.partition.value) + ": offset " +
                                       std::to_string(record.offset.value) +
                                       " holds other bytes than before; a new epoch of the topic begins");
            appended = writer_->append(*epoch, record, headers, facts_);
        }
        if (!appended) return std::unexpected(appended.error());
        meter_.count(*appended == store::Writer::Appended::Stored, !facts_.reject.empty());
        uncommitted_ += sizeOf(record);
        taken_[record.stream] = Offset{record.offset.value + 1};
        if (auto done = commitWhereDue(); !done || diskFull_) return done;
    }
    taken_.clear();
    meter_.countBytes(batch.bytes);
    for (const RecordBatch::Progress& progress : batch.progress) {
        auto part = partOf(progress.stream, batch);
        if (!part) return std::unexpected(part.error());
        writer_->setProgress(*part, progress.next);
    }
    return {};
}

Result<void> Run::measure()
{
    auto bytes = writer_->fileBytes();
    if (!bytes) return std::unexpected(bytes.error());
    fileBytes_ = *bytes;
    return {};
}

Result<void> Run::commit(bool last)
{
    decoders_->save(*writer_);
    if (options_.kafka && (uncommitted_ > 0 || last)) {
        const bool complete = last && source_.finished() && !stop_.stop_requested() && !diskFull_;
        writer_->setSetting(kStoppedSetting, stoppedToJson(Timestamp::now(), complete, diskFull_));
    }
    if (last) writer_->settle();
    auto done = writer_->commit();
    committed_ = Clock::now();
    uncommitted_ = 0;
    if (!done) return done;
    meter_.becameDurable();
    return measure();
}

}  // namespace

Result<Summary> run(store::Store& store, source::Source& source, const Options& options, std::stop_token stop,
                    const std::function<void(const Progress&)>& onProgress)
{
    return Run(store, source, options, std::move(stop), onProgress).run();
}

}  // namespace hindcast::ingest
