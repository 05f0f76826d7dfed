#pragma once
#include "core/event/record.h"
#include "core/event/ids.h"

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

    [[nodiscard]] std::size_t size() const { return records_.size(); }
    [[nodiscard]] std::size_t bytes() const { return content_.size() + records_.size() * sizeof(RawRecord); }
    [[nodiscard]] const RawRecord& record(std::size_t index) const { return records_[index]; }
    [[nodiscard]] const Header* headers(const RawRecord& record) const { return headers_.data() + record.firstHeader; }
    /// Index of the record at `offset`; empty where there is none.
    [[nodiscard]] std::optional<std::size_t> find(Offset offset) const;

private:
    std::string content_;
    std::vector<RawRecord> records_;
    std::vector<Header> headers_;
};

}  // namespace hindcast::store
