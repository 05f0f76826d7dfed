#include "core/source/demo.h"

#include "core/source/demo_plan.h"
#include "core/source/demo_writer.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <optional>

namespace hindcast::source {

namespace {

constexpr std::size_t kBatch = 2'000;
constexpr std::size_t kBytesPerRecord = 700;

class DemoSource final : public Source {
public:
    explicit DemoSource(DemoOptions options) : options_(options) {}

    Result<Identity> identity() override
    {
        std::string id = "demo:" + std::to_string(options_.seed);
        // Another volume is another log: its positions hold other records.
        if (options_.events != DemoOptions{}.events) id += ":" + std::to_string(options_.events);
        return Identity{Kind::Demo, id, "demo shop", "made up from seed " + std::to_string(options_.seed)};
    }

    Result<void> open(const std::vector<Resume>& resume) override
    {
        plan_.emplace(demo::makePlan(options_.seed, options_.events));
        writer_.emplace(*plan_);
        written_ = 0;

        auto streams = std::make_shared<std::vector<SourceStream>>();
        for (const demo::TopicShape& shape : demo::kTopicShapes)
            for (std::uint32_t partition = 0; partition < shape.partitions; ++partition)
                streams->push_back({std::string(shape.name), Partition{static_cast<std::int32_t>(partition)}});
        streams_ = std::move(streams);

        offsets_.assign(streams_->size(), 0);
        start_.assign(streams_->size(), 0);
        resumed_.assign(streams_->size(), false);
        for (const Resume& known : resume) {
            const auto found = std::find(streams_->begin(), streams_->end(), known.stream);
            if (found == streams_->end()) continue;
            const auto stream = static_cast<std::size_t>(found - streams_->begin());
            start_[stream] = std::clamp<std::int64_t>(known.next.value, 0, endOf(stream));
            resumed_[stream] = true;
        }
        std::int64_t total = 0;
        for (std::size_t stream = 0; stream < start_.size(); ++stream) total += endOf(stream) - start_[stream];
        total_ = static_cast<std::uint64_t>(total);
        delivered_ = 0;
        bytes_ = 0;
        open_ = true;
        return {};
    }

    std::vector<StreamFacts> streams() const override
    {
        std::vector<StreamFacts> facts;
        if (streams_ == nullptr) return facts;
        for (std::size_t stream = 0; stream < streams_->size(); ++stream) {
            StreamFacts fact;
            fact.stream = (*streams_)[stream];
            fact.capturedEnd = Offset{endOf(stream)};
            fact.startedAt = Offset{start_[stream]};
            fact.startReason = resumed_[stream] ? "resumed" : "from the beginning";
            facts.push_back(std::move(fact));
        }
        return facts;
    }

    Result<RecordBatch> next(std::chrono::milliseconds) override
    {
        if (!plan_) return fail("cannot read the demo", "it was not opened");
        if (cancelled_) return fail("the demo was not read to its end", "cancelled", {}, Error::Kind::Cancelled);
        auto sheet = std::make_shared<demo::Sheet>();
        sheet->bytes.reserve((kBatch + 1) * kBytesPerRecord);
        RecordBatch batch;
        batch.streams = streams_;
        while (batch.records.size() < kBatch && written_ < plan_->happenings.size()) {
            const demo::Happening& happening = plan_->happenings[written_++];
            const std::size_t bytes = sheet->bytes.size();
            const std::size_t headers = sheet->headers.size();
            writer_->write(happening, *sheet);
            const std::int64_t offset = offsets_[happening.stream]++;
            if (offset < start_[happening.stream]) {  // written all the same: what comes after builds on it
                sheet->bytes.resize(bytes);
                sheet->headers.resize(headers);
                sheet->records.pop_back();
                continue;
            }
            RawRecord record;
            record.offset = Offset{offset};
            record.stream = happening.stream;
            record.timestampKind = TimestampKind::Create;
            record.timestamp = Timestamp::fromMilliseconds(happening.broker);
            batch.records.push_back(record);
        }
        pointInto(*sheet, batch);
        addProgress(batch);
        batch.owner = std::move(sheet);
        delivered_ += batch.records.size();
        bytes_ += batch.bytes;
        return batch;
    }

    bool finished() const override { return plan_ && written_ == plan_->happenings.size(); }

    Status status() const override
    {
        Status status;
        if (open_) status.recordsTotal = total_;
        status.recordsDelivered = delivered_;
        status.bytesDelivered = bytes_;
        return status;
    }

    void cancel() override { cancelled_ = true; }

private:
    std::int64_t endOf(std::size_t stream) const { return static_cast<std::int64_t>(plan_->recordsOfStream[stream]); }

    /// The views can be made only when the sheet's text has stopped growing.
    static void pointInto(const demo::Sheet& sheet, RecordBatch& batch)
    {
        const auto text = [&](const demo::Span& span) { return std::string_view(sheet.bytes).substr(span.from, span.size); };
        batch.headers.reserve(sheet.headers.size());
        for (const demo::Sheet::HeaderAt& header : sheet.headers) batch.headers.push_back({header.name, text(header.value)});
        for (std::size_t i = 0; i < batch.records.size(); ++i) {
            const demo::Sheet::Record& written = sheet.records[i];
            RawRecord& record = batch.records[i];
            record.key = text(written.key);
            if (!written.tombstone) record.value = text(written.value);
            record.firstHeader = written.firstHeader;
            record.headerCount = written.headerCount;
        }
        batch.bytes = std::accumulate(batch.headers.begin(), batch.headers.end(), sheet.bytes.size(),
                                      [](std::size_t sum, const Header& header) { return sum + header.name.size(); });
    }

    void addProgress(RecordBatch& batch) const
    {
        std::vector<bool> touched(offsets_.size(), false);
        for (const RawRecord& record : batch.records) touched[record.stream] = true;
        for (std::uint32_t stream = 0; stream < touched.size(); ++stream)
            if (touched[stream]) batch.progress.push_back({stream, Offset{offsets_[stream]}});
    }

    DemoOptions options_;
    std::optional<demo::Plan> plan_;
    std::optional<demo::Writer> writer_;
    std::shared_ptr<const std::vector<SourceStream>> streams_;
    std::vector<std::int64_t> offsets_;  ///< next of each stream
    std::vector<std::int64_t> start_;
    std::vector<bool> resumed_;
    std::size_t written_ = 0;
    std::atomic<bool> open_ = false;
    std::atomic<bool> cancelled_ = false;
    std::atomic<std::uint64_t> total_ = 0;
    std::atomic<std::uint64_t> delivered_ = 0;
    std::atomic<std::uint64_t> bytes_ = 0;
};

}  // namespace

std::unique_ptr<Source> makeDemoSource(DemoOptions options) { return std::make_unique<DemoSource>(options); }

}  // namespace hindcast::source
