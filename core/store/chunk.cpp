#include "core/store/chunk.h"

#include "core/store/bytes.h"

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
    for (std::string* column : {&offsets_, &kinds_, &keyLengths_, &valueLengths_, &headerLengths_, &defectLengths_, &keys_,
                                &headers_, &values_, &defects_})
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
    if (headerLengths_.size() > count_ || std::ranges::any_of(headerLengths_, [](char n) { return n != 0; }))
        flags |= kHasHeaders;
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
    const char* const base = chunk->content_.data();
    ByteReader in(chunk->content_.view().substr(0, chunk->content_.size() - kPadding));
    const std::uint64_t count = in.number();
    const std::uint8_t flags = in.byte();
    if (in.failed() || count > 1'000'000) return nullptr;
    auto& slots = chunk->slots_;
    slots.resize(count);
    std::int64_t offset = first.value;
    for (Slot& slot : slots) {
        offset += static_cast<std::int64_t>(in.number());
        slot.offset = Offset{offset};
    }
    if ((flags & kOneKind) != 0) {
        const auto kind = static_cast<TimestampKind>(count == 0 ? 0 : in.byte());
        for (Slot& slot : slots) slot.kind = kind;
    } else {
        for (Slot& slot : slots) slot.kind = static_cast<TimestampKind>(in.byte());
    }
    std::int64_t time = 0;
    const std::int64_t scale = (flags & kMilliseconds) != 0 ? 1'000'000 : 1;
    for (Slot& slot : slots) {
        time = in.difference(time);
        slot.timestamp = Timestamp{time * scale};
    }
    // Lengths come before all bytes. A null is 0, else length + 1: taking one away leaves kNull for null.
    for (Slot& slot : slots) slot.keySize = static_cast<std::uint32_t>(in.number() - 1);
    for (Slot& slot : slots) slot.valueSize = static_cast<std::uint32_t>(in.number() - 1);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> headerSizes;
    if ((flags & kHasHeaders) != 0) {
        for (Slot& slot : slots) {
            slot.firstHeader = static_cast<std::uint32_t>(headerSizes.size());
            slot.headerCount = static_cast<std::uint32_t>(in.number());
            if (slot.headerCount > 1'000'000 || in.failed()) return nullptr;
            for (std::uint32_t i = 0; i < slot.headerCount; ++i) {
                const auto name = static_cast<std::uint32_t>(in.number());
                headerSizes.emplace_back(name, static_cast<std::uint32_t>(in.number() - 1));
            }
        }
    }
    if ((flags & kHasDefects) != 0)
        for (Slot& slot : slots) slot.defectSize = static_cast<std::uint32_t>(in.number());
    const auto place = [&](std::uint32_t size) {
        const std::string_view bytes = size == kNull ? std::string_view() : in.bytes(size);
        return bytes.data() == nullptr ? 0 : static_cast<std::uint32_t>(bytes.data() - base);
    };
    for (Slot& slot : slots) slot.keyAt = place(slot.keySize);
    chunk->headers_.reserve(headerSizes.size());
    for (const auto& [name, value] : headerSizes) {
        Header& header = chunk->headers_.emplace_back();
        header.name = in.bytes(name);
        if (value != kNull) header.value = in.bytes(value);
    }
    for (Slot& slot : slots) slot.valueAt = place(slot.valueSize);
    for (Slot& slot : slots) slot.defectAt = place(slot.defectSize);
    if (in.failed() || !in.atEnd()) return nullptr;
    return chunk;
}

RawRecord Chunk::record(std::size_t index) const
{
    const Slot& slot = slots_[index];
    RawRecord record;
    record.offset = slot.offset;
    record.timestampKind = slot.kind;
    record.timestamp = slot.timestamp;
    if (slot.keySize != kNull) record.key = std::string_view(content_.data() + slot.keyAt, slot.keySize);
    if (slot.valueSize != kNull) record.value = std::string_view(content_.data() + slot.valueAt, slot.valueSize);
    record.firstHeader = slot.firstHeader;
    record.headerCount = slot.headerCount;
    record.defect = std::string_view(content_.data() + slot.defectAt, slot.defectSize);
    return record;
}

std::optional<std::size_t> Chunk::find(Offset offset) const
{
    // Most logs have no gaps: the record stands where its offset says.
    if (!slots_.empty()) {
        const std::int64_t guess = offset.value - slots_.front().offset.value;
        if (guess >= 0 && guess < static_cast<std::int64_t>(slots_.size()) &&
            slots_[static_cast<std::size_t>(guess)].offset == offset)
            return static_cast<std::size_t>(guess);
    }
    const auto at = std::ranges::lower_bound(slots_, offset, {}, &Slot::offset);
    if (at == slots_.end() || at->offset != offset) return std::nullopt;
    return static_cast<std::size_t>(at - slots_.begin());
}

}  // namespace hindcast::store
