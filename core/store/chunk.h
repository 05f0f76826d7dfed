#pragma once
#include "core/event/ids.h"
#include "core/event/record.h"
#include "core/store/compress.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::store {

/// Readable bytes after each stored value, for parsers that read in wide steps.
inline constexpr std::size_t kPadding = 64;

/// Records of one part, gathered into one compressed blob. At most kMaxRecords or about kMaxBytes: 128 is where engine
/// measurements found both the file and a random look-up smallest.
class ChunkBuilder {
public:
    static constexpr std::size_t kMaxRecords = 128;
    static constexpr std::size_t kMaxBytes = 256u << 10;

    /// REQUIRES: offsets ascend.
    void add(const RawRecord& record, const Header* headers);
    void clear();

    [[nodiscard]] bool empty() const { return count_ == 0; }
    [[nodiscard]] bool full() const { return count_ >= kMaxRecords || bytes() >= kMaxBytes; }
    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] Offset first() const { return first_; }
    [[nodiscard]] Offset last() const { return last_; }
    [[nodiscard]] std::size_t bytes() const { return keys_.size() + headers_.size() + values_.size(); }
    [[nodiscard]] std::string encode() const;

private:
    std::size_t count_ = 0;
    Offset first_{0};
    Offset last_{0};
    Timestamp lastTime_;
    bool wholeMilliseconds_ = true;
    std::vector<std::int64_t> times_;
    std::string offsets_, kinds_, keyLengths_, valueLengths_, headerLengths_, defectLengths_;
    std::string keys_, headers_, values_, defects_;
};

/// A decompressed chunk. Views live as long as it does; every value is followed by kPadding readable bytes.
class Chunk {
public:
    /// Null where the bytes are damaged.
    [[nodiscard]] static std::shared_ptr<const Chunk> decode(Offset first, std::string_view stored);

    [[nodiscard]] std::size_t size() const { return slots_.size(); }
    [[nodiscard]] std::size_t bytes() const { return content_.size() + slots_.size() * sizeof(Slot); }
    [[nodiscard]] Offset offset(std::size_t index) const { return slots_[index].offset; }
    /// Put together when asked for: a replay wants few of a chunk's records.
    [[nodiscard]] RawRecord record(std::size_t index) const;
    [[nodiscard]] const Header* headers(const RawRecord& record) const { return headers_.data() + record.firstHeader; }
    /// Index of the record at `offset`; empty where there is none.
    [[nodiscard]] std::optional<std::size_t> find(Offset offset) const;

private:
    static constexpr std::uint32_t kNull = 0xffffffff;
    struct Slot {
        Offset offset;
        Timestamp timestamp;
        std::uint32_t keyAt = 0, keySize = kNull;
        std::uint32_t valueAt = 0, valueSize = kNull;
        std::uint32_t defectAt = 0, defectSize = 0;
        std::uint32_t firstHeader = 0, headerCount = 0;
        TimestampKind kind = TimestampKind::None;
    };
    Buffer content_;
    std::vector<Slot> slots_;
    std::vector<Header> headers_;
};

}  // namespace hindcast::store
