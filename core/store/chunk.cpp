#include "core/store/chunk.h"

#include "core/store/bytes.h"
#include "core/store/compress.h"

#include <algorithm>

namespace hindcast::store {

// Content, column by column, since like compresses well beside like:
//   count, flags, offset steps, [kinds], times, key lengths, value lengths, [header counts and lengths], [defect lengths],
//   keys, headers, values, [defects]
// A length of 0 is null, else length + 1.
namespace {

enum Flag : std::uint8_t { kMilliseconds = 1, kOneKind = 2, kHasHeaders = 4, kHasDefects = 8 };

void optionalLength(ByteWriter& out, const std::optional<std::string_view>& text) { out.number(text ? text->size() + 1 : 0); }

}  // namespace

void ChunkBuilder::add(const RawRecord& record, const Header* headers)
{
    if (count_ == 0) {
        first_ = record.offset;
        last_ = record.offset;
    }
    ByteWriter(offsets_).number(static_cast<std::uint64_t>(record.offset.value - last_.value));
    last_ = record.offset;
    kinds_.push_back(static_cast<char>(record.timestampKind));
    times_.push_back(record.timestamp.ns);
    if (record.timestamp.ns % 1'000'000 != 0) wholeMilliseconds_ = false;
    ByteWriter keyLengths(keyLengths_);
    optionalLength(keyLengths, record.key);
    ByteWriter valueLengths(valueLengths_);
    optionalLength(valueLengths, record.value);
    if (record.key) keys_.append(*record.key);
    if (record.value) values_.append(*record.value);
    ByteWriter headerLengths(headerLengths_);
    headerLengths.number(record.headerCount);
    for (std::uint32_t i = 0; i < record.headerCount; ++i) {
        headerLengths.number(headers[i].name.size());
        optionalLength(headerLengths, headers[i].value);
        headers_.append(headers[i].name);
        if (headers[i].value) headers_.append(*headers[i].value);
    }
    ByteWriter(defectLengths_).number(record.defect.size());
    defects_.append(record.defect);
    ++count_;
}

void ChunkBuilder::clear()
{
    count_ = 0;
    wholeMilliseconds_ = true;
    times_.clear();
    for (std::string* column : {&offsets_, &kinds_, &keyLengths_, &valueLengths_, &headerLengths_, &defectLengths_, &keys_, &headers_,
                                &values_, &defects_})
        column->clear();
}

std::string ChunkBuilder::encode() const
{
    std::string content;
    content.reserve(bytes() + defects_.size() + count_ * 12 + 16);
    ByteWriter out(content);
    std::uint8_t flags = 0;
    if (wholeMilliseconds_) flags |= kMilliseconds;
    const bool oneKind = std::ranges::all_of(kinds_, [&](char kind) { return kind == kinds_.front(); });
    if (oneKind) flags |= kOneKind;
    if (headerLengths_.size() > count_ || std::ranges::any_of(headerLengths_, [](char n) { return n != 0; })) flags |= kHasHeaders;
    if (!defects_.empty()) flags |= kHasDefects;
    out.number(count_);
    out.byte(flags);
    out.bytes(offsets_);
    out.bytes(oneKind ? std::string_view(kinds_).substr(0, 1) : std::string_view(kinds_));
    std::int64_t previous = 0;
    for (const std::int64_t time : times_) {
        const std::int64_t scaled = wholeMilliseconds_ ? time / 1'000'000 : time;
        out.difference(scaled, previous);
        previous = scaled;
    }
    out.bytes(keyLengths_);
    out.bytes(valueLengths_);
    if ((flags & kHasHeaders) != 0) out.bytes(headerLengths_);
    if ((flags & kHasDefects) != 0) out.bytes(defectLengths_);
    out.bytes(keys_);
    out.bytes(headers_);
    out.bytes(values_);
    out.bytes(defects_);
    std::string stored;
    compress(stored, content);
    return stored;
}

std::shared_ptr<const Chunk> Chunk::decode(Offset first, std::string_view stored)
{
    auto chunk = std::make_shared<Chunk>();
    if (!decompress(chunk->content_, stored, kPadding)) return nullptr;
    ByteReader in(std::string_view(chunk->content_).substr(0, chunk->content_.size() - kPadding));
    const std::uint64_t count = in.number();
    const std::uint8_t flags = in.byte();
    if (in.failed() || count > 1'000'000) return nullptr;
    chunk->records_.resize(count);
    std::int64_t offset = first.value;
    for (auto& record : chunk->records_) {
        offset += static_cast<std::int64_t>(in.number());
        record.offset = Offset{offset};
    }
    if ((flags & kOneKind) != 0) {
        const auto kind = count == 0 ? std::uint8_t{0} : in.byte();
        for (auto& record : chunk->records_) record.timestampKind = static_cast<TimestampKind>(kind);
    } else {
        for (auto& record : chunk->records_) record.timestampKind = static_cast<TimestampKind>(in.byte());
    }
    std::int64_t time = 0;
    for (auto& record : chunk->records_) {
        time = in.difference(time);
        record.timestamp = Timestamp{(flags & kMilliseconds) != 0 ? time * 1'000'000 : time};
    }
    // Lengths come before all bytes, so they are kept until the bytes are reached. Small vectors of one thread, reused.
    thread_local std::vector<std::uint64_t> keyLengths, valueLengths, headerLengths, defectLengths;
    keyLengths.assign(count, 0);
    valueLengths.assign(count, 0);
    defectLengths.assign(count, 0);
    headerLengths.clear();
    for (auto& length : keyLengths) length = in.number();
    for (auto& length : valueLengths) length = in.number();
    if ((flags & kHasHeaders) != 0) {
        for (auto& record : chunk->records_) {
            record.firstHeader = static_cast<std::uint32_t>(headerLengths.size() / 2);
            record.headerCount = static_cast<std::uint32_t>(in.number());
            if (record.headerCount > 1'000'000 || in.failed()) return nullptr;
            for (std::uint32_t i = 0; i < record.headerCount; ++i) {
                headerLengths.push_back(in.number());
                headerLengths.push_back(in.number());
            }
        }
    }
    if ((flags & kHasDefects) != 0)
        for (auto& length : defectLengths) length = in.number();
    const auto take = [&in](std::uint64_t length) -> std::optional<std::string_view> {
        if (length == 0) return std::nullopt;
        return in.bytes(length - 1);
    };
    for (std::size_t i = 0; i < count; ++i) chunk->records_[i].key = take(keyLengths[i]);
    chunk->headers_.resize(headerLengths.size() / 2);
    for (std::size_t i = 0; i < chunk->headers_.size(); ++i) {
        chunk->headers_[i].name = in.bytes(headerLengths[2 * i]);
        chunk->headers_[i].value = take(headerLengths[2 * i + 1]);
    }
    for (std::size_t i = 0; i < count; ++i) chunk->records_[i].value = take(valueLengths[i]);
    for (std::size_t i = 0; i < count; ++i) chunk->records_[i].defect = in.bytes(defectLengths[i]);
    if (in.failed() || !in.atEnd()) return nullptr;
    return chunk;
}

std::optional<std::size_t> Chunk::find(Offset offset) const
{
    const auto at = std::ranges::lower_bound(records_, offset, {}, &RawRecord::offset);
    if (at == records_.end() || at->offset != offset) return std::nullopt;
    return static_cast<std::size_t>(at - records_.begin());
}

}  // namespace hindcast::store
