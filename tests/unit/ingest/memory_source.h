#pragma once
#include "core/ingest/decoders.h"
#include "core/ingest/ingest.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace hindcast::test {

/// A source that holds its records in memory, in the order of `lines`, and can be told to misbehave.
class MemorySource final : public source::Source {
public:
    struct Line {
        std::string topic, key, value;
        int partition = 0;
        std::int64_t offset = 0;
    };
    explicit MemorySource(std::vector<Line> lines, std::size_t batch = 10) : lines_(std::move(lines)), batch_(batch) {}

    std::optional<std::size_t> failAfter;  ///< an error once so many records have been delivered
    std::atomic<std::size_t> delivered = 0;
    std::atomic<bool> cancelled = false;
    bool endless = false;
    std::int64_t begin = 0;                 ///< offset where the log begins
    bool forgetful = false;                 ///< begins at the beginning whatever was read before
    std::optional<std::int64_t> skipTo;     ///< the offset, first of its batch, before which records were gone
    std::function<Result<void>()> opening;  ///< called by open(), whose error it may be

    Result<source::Identity> identity() override { return source::Identity{source::Kind::Kafka, "memory", "memory", ""}; }
    Result<void> open(const std::vector<source::Resume>& resume) override
    {
        if (opening)
            if (auto done = opening(); !done) return done;
        if (!forgetful)
            for (const auto& each : resume) next_[each.stream] = each.next.value;
        for (const Line& line : lines_) stream(line);
        return {};
    }
    std::vector<source::StreamFacts> streams() const override
    {
        std::vector<source::StreamFacts> facts;
        for (const SourceStream& each : *streams_) {
            source::StreamFacts fact;
            fact.stream = each;
            const auto next = next_.find(each);
            fact.logStart = Offset{begin};
            fact.startedAt = Offset{next == next_.end() ? begin : next->second};
            if (const auto gap = skipped_.find(each); gap != skipped_.end()) fact.startedAt = gap->second;
            fact.startReason = "from the beginning";
            facts.push_back(fact);
        }
        return facts;
    }
    Result<RecordBatch> next(std::chrono::milliseconds wait) override
    {
        RecordBatch batch;
        batch.streams = streams_;
        auto owned = std::make_shared<std::vector<Line>>();
        owned->reserve(batch_);
        while (at_ < lines_.size() && owned->size() < batch_) {
            const Line& line = lines_[at_++];
            const auto from = next_.find({line.topic, Partition{line.partition}});
            if (from != next_.end() && line.offset < from->second) continue;
            owned->push_back(line);
        }
        for (const Line& line : *owned) {
            if (failAfter && delivered >= *failAfter) return fail("cannot read memory", "it was told to fail");
            RawRecord record;
            record.stream = stream(line);
            record.offset = Offset{line.offset};
            if (skipTo && line.offset == *skipTo) {
                skipped_[(*streams_)[record.stream]] = record.offset;
                batch.factsChanged = true;
            }
            record.timestampKind = TimestampKind::Create;
            record.timestamp = Timestamp::fromMilliseconds(1'700'000'000'000 + line.offset);
            record.key = line.key;
            record.value = line.value;
            batch.records.push_back(record);
            batch.bytes += line.key.size() + line.value.size();
            batch.progress.push_back({record.stream, Offset{line.offset + 1}});
            ++delivered;
        }
        batch.owner = owned;
        if (batch.records.empty() && endless) std::this_thread::sleep_for(wait);
        return batch;
    }
    bool finished() const override { return !endless && at_ >= lines_.size(); }
    source::Status status() const override
    {
        source::Status status;
        status.recordsTotal = lines_.size();
        status.recordsDelivered = delivered;
        return status;
    }
    void cancel() override { cancelled = true; }

private:
    std::uint32_t stream(const Line& line)
    {
        const SourceStream name{line.topic, Partition{line.partition}};
        for (std::uint32_t i = 0; i < streams_->size(); ++i)
            if ((*streams_)[i] == name) return i;
        auto grown = std::make_shared<std::vector<SourceStream>>(*streams_);
        grown->push_back(name);
        streams_ = grown;
        return static_cast<std::uint32_t>(grown->size() - 1);
    }
    std::vector<Line> lines_;
    std::size_t batch_;
    std::atomic<std::size_t> at_ = 0;
    std::map<SourceStream, std::int64_t> next_;
    std::map<SourceStream, Offset> skipped_;
    std::shared_ptr<const std::vector<SourceStream>> streams_ = std::make_shared<std::vector<SourceStream>>();
};

inline std::vector<MemorySource::Line> userEvents(int count, int partitions)
{
    std::vector<MemorySource::Line> lines;
    std::vector<std::int64_t> offsets(static_cast<std::size_t>(partitions));
    static constexpr const char* kTypes[] = {"UserRegistered", "AddressAdded", "OrderPlaced"};
    for (int i = 0; i < count; ++i) {
        const std::string user = "user-" + std::to_string(i % 37);
        const int partition = i % 37 % partitions;
        lines.push_back({"users", user,
                         std::string("{\"event_type\":\"") + kTypes[i % 3] + "\",\"user_id\":\"" + user + "\",\"timestamp\":" +
                             std::to_string(1'700'000'000'000 + i * 1000) + ",\"seq\":" + std::to_string(i) + "}",
                         partition, offsets[static_cast<std::size_t>(partition)]++});
    }
    return lines;
}

/// Everything that a workspace says, as text: two workspaces that print alike are alike.
inline std::string story(store::Store& store)
{
    auto reader = store.reader();
    ingest::Decoders decoders(*ingest::loadMappings(**reader));
    [&] { QVERIFY(decoders.refresh(**reader).has_value()); }();
    std::string text;
    auto done = (*reader)->scan(EventId{}, [&](EventId id, const RawRecord& record, std::span<const Header>) {
        const auto position = (*reader)->position(id);
        text += position->topic + "/" + std::to_string(position->partition.value) + "@" + std::to_string(position->offset.value) +
                " " + std::string(record.value.value_or("")) + "\n";
        return true;
    });
    [&] { QVERIFY(done.has_value()); }();
    std::map<std::string, std::string> lives;
    const auto directory = *(*reader)->directory();
    for (std::uint32_t e = 0; e < directory->size(); ++e) {
        std::string life;
        const auto postings = (*reader)->postings(EntityId{e});
        for (const auto& posting : postings->items)
            life += " " + std::to_string(posting.id.packed) + ":" + (*reader)->typeName(posting.type) + ":" + toIso(posting.time);
        lives[(*reader)->entityKey(EntityId{e})->text()] = life;
    }
    for (const auto& [entity, life] : lives) text += entity + life + "\n";
    const auto parts = (*reader)->parts();
    for (const auto& part : *parts)
        for (const auto& range : part.read)
            text += part.topic + " " + std::to_string(range.from.value) + ".." + std::to_string(range.to.value) + "\n";
    return text;
}

/// A test with a folder for its workspaces.
class WithStores : public QObject {
protected:
    [[nodiscard]] std::shared_ptr<store::Store> newStore(const char* name) const
    {
        auto store = store::Store::open(folder_.filePath(name).toStdString(), store::Mode::CreateOrOpen);
        return store ? *store : nullptr;
    }
    /// One that these lines have been read into; null where that failed.
    [[nodiscard]] std::shared_ptr<store::Store> storeOf(const char* name, const std::vector<MemorySource::Line>& lines) const
    {
        auto store = newStore(name);
        MemorySource source(lines);
        return store && ingest::run(*store, source, {}, {}, {}).has_value() ? store : nullptr;
    }

private:
    QTemporaryDir folder_;
};

}  // namespace hindcast::test
