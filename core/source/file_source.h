#pragma once
#include "core/source/line_reader.h"
#include "core/source/source.h"

#include <atomic>
#include <mutex>

namespace hindcast::source {

/// What the sources that read a file line by line have in common: the file's identity, batches, status and cancelling.
/// bytesDelivered and bytesTotal of their status count bytes on disk.
class LineSource : public Source {
public:
    static constexpr std::size_t kRecordsPerBatch = 4096;

    [[nodiscard]] Result<Identity> identity() override;
    [[nodiscard]] Result<RecordBatch> next(std::chrono::milliseconds wait) override;
    [[nodiscard]] bool finished() const override { return finished_; }
    [[nodiscard]] Status status() const override;
    void cancel() override { cancelled_ = true; }

protected:
    LineSource(Kind kind, std::string path) : kind_(kind), path_(std::move(path)) {}

    [[nodiscard]] Result<void> openReader();
    /// A new block of lines stands ready.
    virtual void beginBlock() {}
    virtual void takeLine(const LineReader::Line& line, RecordBatch& batch) = 0;
    /// All lines of the batch were taken: streams, progress, owner.
    virtual void finishBatch(RecordBatch& batch) = 0;
    /// The file has ended: where the streams end.
    virtual void finishFile() {}
    void setNotice(std::string notice);
    [[nodiscard]] static std::string defectOfLongLine(std::uint64_t length);

    Kind kind_;
    std::string path_;
    std::unique_ptr<LineReader> reader_;

private:
    const void* announced_ = nullptr;  ///< the block that beginBlock() was called for; alive while the reader stands in it
    bool finished_ = false;
    std::atomic<bool> cancelled_ = false;
    std::atomic<std::uint64_t> records_ = 0;
    std::atomic<std::uint64_t> passed_ = 0;
    std::atomic<std::uint64_t> size_ = 0;
    mutable std::mutex noticeMutex_;
    std::string notice_;
};

}  // namespace hindcast::source
