#include "core/source/line_reader.h"

#include <algorithm>
#include <cstring>

namespace hindcast::source {
namespace {

bool isBlank(const char* begin, const char* end)
{
    return std::all_of(begin, end, [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
}

}  // namespace

Result<bool> LineReader::fill()
{
    if (at_ != end_) return true;
    if (ended_ && end_ == filled_) return false;

    const auto carried = static_cast<std::size_t>(filled_ - end_);
    std::size_t capacity = std::max(kBlock, carried + carried / 2);
    auto bytes = std::make_shared_for_overwrite<char[]>(capacity + kPadding);
    if (carried > 0) std::memcpy(bytes.get(), end_, carried);
    std::size_t filled = carried;
    std::size_t searched = carried;  // the carried bytes hold no newline
    longLine_ = 0;
    std::size_t whole = 0;
    for (;;) {
        auto got = input_->read(bytes.get() + filled, capacity - filled);
        if (!got) return std::unexpected(got.error());
        filled += *got;
        ended_ = *got == 0;
        if (!begun_) {
            begun_ = true;
            if (filled >= 3 && std::memcmp(bytes.get(), "\xEF\xBB\xBF", 3) == 0) {
                byteOrderMark_ = true;
                std::memmove(bytes.get(), bytes.get() + 3, filled -= 3);
            }
        }
        const std::string_view fresh(bytes.get() + searched, filled - searched);
        if (const auto newline = fresh.rfind('\n'); newline != fresh.npos) {
            whole = searched + newline + 1;
            break;
        }
        if (ended_) {
            whole = filled;  // a last line without a newline
            break;
        }
        if (filled > kLongestLine) break;
        searched = filled;
        if (filled == capacity) {
            const std::size_t larger = std::min(capacity * 2, kLongestLine + kBlock);
            auto grown = std::make_shared_for_overwrite<char[]>(larger + kPadding);
            std::memcpy(grown.get(), bytes.get(), filled);
            bytes = std::move(grown);
            capacity = larger;
        }
    }
    std::memset(bytes.get() + filled, 0, kPadding);
    bytes_ = std::move(bytes);
    begin_ = at_ = bytes_.get();
    end_ = begin_ + whole;
    filled_ = begin_ + filled;
    if (whole == 0 && filled > 0) {
        if (auto passed = passLongLine(); !passed) return std::unexpected(passed.error());
    }
    return at_ != end_;
}

/// The block holds only the beginning of a line without end: keep a little of it and find where it ends.
Result<void> LineReader::passLongLine()
{
    longLine_ = static_cast<std::uint64_t>(filled_ - begin_);
    auto bytes = std::make_shared_for_overwrite<char[]>(kKeptOfLongLine + kBlock + kPadding);
    std::memcpy(bytes.get(), begin_, kKeptOfLongLine);
    char* rest = bytes.get() + kKeptOfLongLine;
    std::size_t behind = 0;
    std::size_t got = 0;
    for (;;) {
        auto read = input_->read(rest, kBlock);
        if (!read) return std::unexpected(read.error());
        got = *read;
        ended_ = got == 0;
        const auto* newline = static_cast<const char*>(std::memchr(rest, '\n', got));
        if (newline) {
            longLine_ += static_cast<std::uint64_t>(newline - rest);
            behind = static_cast<std::size_t>(newline - rest) + 1;
            break;
        }
        longLine_ += got;
        behind = got;
        if (ended_) break;
    }
    std::memset(rest + got, 0, kPadding);
    bytes_ = std::move(bytes);
    begin_ = at_ = bytes_.get();
    end_ = rest + behind;  // take() gives the kept bytes only
    filled_ = rest + got;
    return {};
}

bool LineReader::take(Line& line)
{
    if (longLine_ > 0 && at_ != end_) {
        line = {std::string_view(at_, kKeptOfLongLine), next_++, longLine_};
        at_ = end_;
        longLine_ = 0;
        return true;
    }
    while (at_ != end_) {
        const char* begin = at_;
        const auto* newline = static_cast<const char*>(std::memchr(begin, '\n', static_cast<std::size_t>(end_ - begin)));
        const char* stop = newline ? newline : end_;
        at_ = newline ? newline + 1 : end_;
        const std::int64_t number = next_++;
        if (stop != begin && stop[-1] == '\r') --stop;
        if (stop == begin || (static_cast<unsigned char>(*begin) <= ' ' && isBlank(begin, stop))) continue;
        const auto length = static_cast<std::size_t>(stop - begin);
        line = {std::string_view(begin, length), number, length};
        if (length > kLongestLine) line.text = line.text.substr(0, kKeptOfLongLine);
        return true;
    }
    return false;
}

Result<bool> LineReader::skipTo(std::int64_t number)
{
    while (next_ < number) {
        auto more = fill();
        if (!more) return std::unexpected(more.error());
        if (!*more) return false;
        if (longLine_ > 0) {
            longLine_ = 0;
            at_ = end_;
            ++next_;
            continue;
        }
        while (next_ < number && at_ != end_) {
            const auto* newline = static_cast<const char*>(std::memchr(at_, '\n', static_cast<std::size_t>(end_ - at_)));
            at_ = newline ? newline + 1 : end_;
            ++next_;
        }
    }
    return true;
}

Result<void> LineReader::rewind()
{
    if (auto done = input_->rewind(); !done) return done;
    bytes_.reset();
    begin_ = at_ = end_ = filled_ = nullptr;
    next_ = 0;
    longLine_ = 0;
    ended_ = begun_ = false;
    return {};
}

}  // namespace hindcast::source
