#pragma once
#include "core/source/file_input.h"

#include <memory>
#include <string_view>

namespace hindcast::source {

/// Cuts a file into lines without copying them: they are views into blocks of about 4 MB that live as long as somebody holds
/// block(). A UTF-8 byte order mark at the start is passed over; `\r` before the `\n` is not part of a line.
/// Threads: one at a time.
class LineReader {
public:
    static constexpr std::size_t kBlock = 4u << 20;
    static constexpr std::size_t kLongestLine = 64u << 20;
    static constexpr std::size_t kKeptOfLongLine = 64u << 10;
    static constexpr std::size_t kPadding = 64;  ///< readable bytes after every line, as simdjson asks

    struct Line {
        std::string_view text;
        std::int64_t number = 0;   ///< from 0, blank lines counted
        std::uint64_t length = 0;  ///< more than text.size() where the line was longer than kLongestLine
    };

    explicit LineReader(std::unique_ptr<FileInput> input) : input_(std::move(input)) {}

    /// Makes lines ready; false at the end of the file. Afterwards block() and blockBytes() tell of the block they stand in.
    [[nodiscard]] Result<bool> fill();
    /// The next line of the block; false: call fill(). Blank lines are passed over, their numbers are not.
    [[nodiscard]] bool take(Line& line);
    /// Passes over lines until `number` comes next; false where the file ends before.
    [[nodiscard]] Result<bool> skipTo(std::int64_t number);
    [[nodiscard]] Result<void> rewind();

    [[nodiscard]] std::shared_ptr<const void> block() const { return bytes_; }
    [[nodiscard]] std::size_t blockBytes() const { return static_cast<std::size_t>(end_ - begin_); }
    [[nodiscard]] std::int64_t nextLine() const { return next_; }
    [[nodiscard]] bool sawByteOrderMark() const { return byteOrderMark_; }
    /// Bytes of the file on disk behind us; within a block only to its end.
    [[nodiscard]] std::uint64_t passed() const { return input_->passed(); }
    [[nodiscard]] std::uint64_t size() const { return input_->size(); }

private:
    [[nodiscard]] Result<void> passLongLine();

    std::unique_ptr<FileInput> input_;
    std::shared_ptr<char[]> bytes_;
    const char* begin_ = nullptr;
    const char* at_ = nullptr;
    const char* end_ = nullptr;     ///< of the whole lines
    const char* filled_ = nullptr;  ///< of all bytes: from end_ on stands the beginning of the next block's first line
    std::int64_t next_ = 0;
    std::uint64_t longLine_ = 0;  ///< length of the one line of this block, where it was too long
    bool ended_ = false;          ///< the file has no more bytes
    bool begun_ = false;
    bool byteOrderMark_ = false;
};

}  // namespace hindcast::source
