#include "core/source/file.h"
#include "core/source/file_source.h"
#include "core/source/record_line.h"

#include <algorithm>
#include <deque>
#include <map>

namespace hindcast::source {
namespace {

class RecordsSource final : public LineSource {
public:
    explicit RecordsSource(RecordsOptions options)
        : LineSource(Kind::Records, std::move(options.path)), fileName_(fileNameOf(path_)), topicOfFile_(streamNameOf(path_))
    {
    }

    Result<void> open(const std::vector<Resume>& resume) override
    {
        if (auto opened = openReader(); !opened) return opened;
        resume_.clear();
        for (const auto& [stream, next] : resume) resume_[stream] = next;
        parts_.clear();
        indexOf_.clear();
        published_ = std::make_shared<const std::vector<SourceStream>>();
        return {};
    }

    std::vector<StreamFacts> streams() const override
    {
        std::vector<StreamFacts> facts;
        facts.reserve(parts_.size());
        for (const Part& part : parts_) facts.push_back(part.facts);
        return facts;
    }

protected:
    void beginBlock() override { held_ = std::make_shared<Held>(reader_->block(), TextArena(reader_->blockBytes())); }

    void takeLine(const LineReader::Line& line, RecordBatch& batch) override
    {
        if (line.length > line.text.size()) return addDefect(line, defectOfLongLine(line.length), batch);

        const std::size_t firstHeader = batch.headers.size();
        if (auto defect = parser_.parse(line.text, held_->arena, line_, batch.headers); !defect.empty()) {
            batch.headers.resize(firstHeader);
            if (line_.placed) return addInPlace(line, std::move(defect), batch);
            return addDefect(line, std::move(defect), batch);
        }
        Part& part = partOf(line_.topic.empty() ? std::string_view(topicOfFile_) : line_.topic, Partition{line_.partition});
        const std::int64_t at = line_.offset ? *line_.offset : line_.ordinal ? *line_.ordinal : line.number;
        if (at < 0 || at > EventId::kMaxOffset) {
            batch.headers.resize(firstHeader);
            return addDefect(line, "the offset is out of range", batch);
        }
        if (!deliver(part, Offset{at}, line_.offset.has_value())) {
            batch.headers.resize(firstHeader);
            return;
        }
        RawRecord& record = batch.records.emplace_back();
        record.offset = Offset{at};
        record.stream = part.index;
        record.timestampKind = line_.timestampKind;
        record.timestamp = line_.timestamp;
        record.key = line_.key;
        record.value = line_.value;
        record.defect = line_.defect;
        record.firstHeader = static_cast<std::uint32_t>(firstHeader);
        record.headerCount = static_cast<std::uint32_t>(batch.headers.size() - firstHeader);
        batch.bytes += (record.key ? record.key->size() : 0) + (record.value ? record.value->size() : 0);
        for (std::size_t i = firstHeader; i < batch.headers.size(); ++i)
            batch.bytes += batch.headers[i].name.size() + (batch.headers[i].value ? batch.headers[i].value->size() : 0);
    }

    void finishBatch(RecordBatch& batch) override
    {
        if (published_->size() != parts_.size()) {
            auto all = std::make_shared<std::vector<SourceStream>>();
            for (const Part& part : parts_) all->push_back(part.facts.stream);
            published_ = std::move(all);
        }
        batch.streams = published_;
        for (const std::uint32_t index : touched_) {
            parts_[index].touched = false;
            batch.progress.push_back({index, parts_[index].next});
        }
        touched_.clear();
        batch.owner = held_;
    }

    void finishFile() override
    {
        for (Part& part : parts_) part.facts.capturedEnd = part.next;
    }

private:
    struct Part {
        std::uint32_t index = 0;
        StreamFacts facts;
        Offset next;      ///< one past the highest offset so far
        Offset resumeAt;  ///< what stands before it in ascending order was delivered by an earlier run
        bool touched = false;
    };
    /// What the views of a block's records point into.
    struct Held {
        std::shared_ptr<const void> block;
        TextArena arena;
        std::deque<std::string> defects;
    };

    Part& partOf(std::string_view topic, Partition partition)
    {
        if (lastPart_ < parts_.size()) {
            Part& last = parts_[lastPart_];
            if (last.facts.stream.partition == partition && last.facts.stream.topic == topic) return last;
        }
        SourceStream stream{std::string(topic), partition};
        auto [found, isNew] = indexOf_.try_emplace(stream, static_cast<std::uint32_t>(parts_.size()));
        if (isNew) {
            Part part;
            part.index = found->second;
            part.facts.stream = stream;
            part.facts.startReason = "from the beginning";
            if (const auto resumed = resume_.find(stream); resumed != resume_.end()) {
                part.resumeAt = resumed->second;
                part.facts.startedAt = resumed->second;
                part.facts.startReason = "resumed";
            }
            parts_.push_back(std::move(part));
        }
        lastPart_ = found->second;
        return parts_[lastPart_];
    }

    /// Keeps the books of a part; false: an earlier run delivered the record. A dump may hold a part's records out of order:
    /// those that do not ascend are delivered again, as the checkpoint (one past the highest offset) does not tell of them.
    bool deliver(Part& part, Offset at, bool offsetsAreThePartitions)
    {
        if (!part.touched) {
            part.touched = true;
            touched_.push_back(part.index);
        }
        const bool first = part.next == Offset{};
        // An ordinal numbers the lines of the file, of which each is here; a partition's own offset tells what is not.
        if (offsetsAreThePartitions && (first || at < part.facts.logStart)) {
            part.facts.logStart = at;
            if (part.resumeAt == Offset{}) part.facts.startedAt = at;
        }
        const bool ascends = at >= part.next;
        if (ascends) part.next = Offset{at.value + 1};
        return !ascends || at >= part.resumeAt;
    }

    /// No record, but it tells which one it was to be: it stands there, and on the lane of its key.
    void addInPlace(const LineReader::Line& line, std::string why, RecordBatch& batch)
    {
        Part& part = partOf(line_.topic, Partition{line_.partition});
        if (!deliver(part, Offset{*line_.offset}, true)) return;
        RawRecord& record = batch.records.emplace_back();
        record.offset = Offset{*line_.offset};
        record.stream = part.index;
        record.timestampKind = line_.timestampKind;
        record.timestamp = line_.timestamp;
        record.key = line_.key;
        record.value = line.text;
        record.defect = held_->defects.emplace_back(std::move(why));
        batch.bytes += line.text.size() + (line_.key ? line_.key->size() : 0);
    }

    /// Under the file's full name, so that its line numbers do not meet a topic's offsets.
    void addDefect(const LineReader::Line& line, std::string why, RecordBatch& batch)
    {
        Part& part = partOf(fileName_, Partition{0});
        if (!deliver(part, Offset{line.number}, false)) return;
        RawRecord& record = batch.records.emplace_back();
        record.offset = Offset{line.number};
        record.stream = part.index;
        record.value = line.text;
        record.defect = held_->defects.emplace_back(std::move(why));
        batch.bytes += line.text.size();
    }

    std::string fileName_;
    std::string topicOfFile_;
    RecordLineParser parser_;
    RecordLine line_;
    std::shared_ptr<Held> held_;
    std::map<SourceStream, Offset> resume_;
    std::map<SourceStream, std::uint32_t> indexOf_;
    std::vector<Part> parts_;
    std::size_t lastPart_ = 0;
    std::vector<std::uint32_t> touched_;
    std::shared_ptr<const std::vector<SourceStream>> published_ = std::make_shared<const std::vector<SourceStream>>();
};

}  // namespace

std::unique_ptr<Source> makeRecordsSource(RecordsOptions options) { return std::make_unique<RecordsSource>(std::move(options)); }

}  // namespace hindcast::source
