#include "core/source/file.h"
#include "core/source/file_source.h"

namespace hindcast::source {
namespace {

class JsonLinesSource final : public LineSource {
public:
    explicit JsonLinesSource(JsonLinesOptions options)
        : LineSource(Kind::JsonLines, std::move(options.path)),
          streams_(std::make_shared<std::vector<SourceStream>>(
              1, SourceStream{options.topic.empty() ? streamNameOf(path_) : std::move(options.topic), Partition{0}}))
    {
        facts_.stream = streams_->front();
    }

    Result<void> open(const std::vector<Resume>& resume) override
    {
        if (auto opened = openReader(); !opened) return opened;
        facts_.startReason = "from the beginning";
        facts_.startedAt = Offset{0};
        facts_.capturedEnd.reset();
        for (const auto& [stream, next] : resume) {
            if (stream != facts_.stream || next.value <= 0) continue;
            auto there = reader_->skipTo(next.value);
            if (!there) return std::unexpected(there.error());
            if (*there) {
                facts_.startReason = "resumed";
                facts_.startedAt = next;
                continue;
            }
            // Another file by the same name, or one cut short: its lines are not the ones that were read before.
            if (auto again = reader_->rewind(); !again) return again;
            facts_.startReason = "from the beginning again: the file is shorter than it was";
            setNotice("the file is shorter than when it was read before: reading it from the beginning");
        }
        return {};
    }
    std::vector<StreamFacts> streams() const override { return {facts_}; }

protected:
    void takeLine(const LineReader::Line& line, RecordBatch& batch) override
    {
        RawRecord& record = batch.records.emplace_back();
        record.offset = Offset{line.number};
        record.value = line.text;
        batch.bytes += line.text.size();
        if (line.length > line.text.size()) [[unlikely]] {
            auto held = std::make_shared<const LongLine>(reader_->block(), defectOfLongLine(line.length));
            record.defect = held->defect;
            batch.owner = std::move(held);
        }
    }
    void finishBatch(RecordBatch& batch) override
    {
        batch.streams = streams_;
        batch.progress.push_back({0, Offset{reader_->nextLine()}});
    }
    void finishFile() override { facts_.capturedEnd = Offset{reader_->nextLine()}; }

private:
    /// Keeps the words of a defect with the bytes; at most one line of a block is that long, and it ends the block.
    struct LongLine {
        std::shared_ptr<const void> block;
        std::string defect;
    };

    std::shared_ptr<std::vector<SourceStream>> streams_;
    StreamFacts facts_;
};

}  // namespace

std::unique_ptr<Source> makeJsonLinesSource(JsonLinesOptions options)
{
    return std::make_unique<JsonLinesSource>(std::move(options));
}

}  // namespace hindcast::source
