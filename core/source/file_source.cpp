#include "core/source/file_source.h"

#include <filesystem>

namespace hindcast::source {

Result<Identity> LineSource::identity()
{
    std::error_code error;
    const auto canonical = std::filesystem::canonical(path_, error);
    if (error) {
        auto input = FileInput::open(path_);  // for the words
        if (!input) return std::unexpected(input.error());
        return fail("cannot open " + path_, error.message(), {}, Error::Kind::BadInput);
    }
    return Identity{kind_, canonical.string(), fileNameOf(path_), canonical.string()};
}

Result<void> LineSource::openReader()
{
    auto input = FileInput::open(path_);
    if (!input) return std::unexpected(input.error());
    size_ = (*input)->size();
    reader_ = std::make_unique<LineReader>(std::move(*input));
    announced_ = nullptr;
    finished_ = false;
    return {};
}

Result<RecordBatch> LineSource::next(std::chrono::milliseconds)
{
    RecordBatch batch;
    if (cancelled_) return fail("reading " + fileNameOf(path_), "cancelled", {}, Error::Kind::Cancelled);
    if (finished_ || !reader_) return batch;

    auto more = reader_->fill();
    if (!more) return std::unexpected(more.error());
    if (reader_->sawByteOrderMark() && records_ == 0) setNotice("a byte order mark at the start of the file was passed over");
    if (*more && reader_->block().get() != announced_) {
        announced_ = reader_->block().get();
        beginBlock();
    }
    batch.records.reserve(kRecordsPerBatch);
    LineReader::Line line;
    while (batch.records.size() < kRecordsPerBatch && reader_->take(line)) takeLine(line, batch);
    if (!*more) {
        finished_ = true;
        finishFile();
    }
    finishBatch(batch);
    batch.owner = batch.owner ? batch.owner : reader_->block();
    records_ += batch.records.size();
    passed_ = reader_->passed();
    return batch;
}

Status LineSource::status() const
{
    Status status;
    status.recordsDelivered = records_;
    status.bytesDelivered = passed_;
    if (size_ > 0) status.bytesTotal = size_;
    const std::lock_guard lock(noticeMutex_);
    status.notice = notice_;
    return status;
}

void LineSource::setNotice(std::string notice)
{
    const std::lock_guard lock(noticeMutex_);
    notice_ = std::move(notice);
}

std::string LineSource::defectOfLongLine(std::uint64_t length)
{
    return "a line of " + std::to_string(length >> 20) + " MB: lines over " + std::to_string(LineReader::kLongestLine >> 20) +
           " MB are not read, the first " + std::to_string(LineReader::kKeptOfLongLine >> 10) + " KB are kept";
}

}  // namespace hindcast::source
