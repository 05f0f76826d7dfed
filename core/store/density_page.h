#pragma once
#include "core/event/event.h"
#include "core/event/ids.h"
#include "core/store/bytes.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::store {

// How many events lie where is kept in levels. A level's buckets are 2^n ns wide, n by n + 4; 256 buckets are a page, and a page is
// a row of the table `density`. What a commit brings is first written as it is, as one small row, and merged into the pages when
// enough has gathered: so a live tail does not write a page of each level for each event.

/// So many events in one bucket, of one row of figures.
struct DensityCell {
    std::int64_t bucket = 0;  ///< of its level: ns >> n
    std::uint32_t row = 0;
    std::uint32_t count = 0;
};

/// Rows of figures within a page. A type has two, so that deaths can be told apart at every zoom.
struct DensityRow {
    static constexpr std::uint32_t kAll = 0;     ///< the sum of all types; only in pages of many types
    static constexpr std::uint32_t kDeaths = 1;  ///< the sum of all deaths; likewise
    static constexpr std::uint32_t kRejects = 2;
    static constexpr std::uint32_t kFirstType = 4;
    [[nodiscard]] static constexpr std::uint32_t of(TypeId type, bool death)
    {
        return kFirstType + type.value * 2 + (death ? 1U : 0U);
    }
    [[nodiscard]] static constexpr bool isSum(std::uint32_t row) { return row < kRejects; }
    [[nodiscard]] static constexpr bool isType(std::uint32_t row) { return row >= kFirstType; }
    [[nodiscard]] static constexpr bool isDeath(std::uint32_t row) { return isType(row) && row % 2 == 1; }
    [[nodiscard]] static constexpr TypeId type(std::uint32_t row) { return TypeId{(row - kFirstType) / 2}; }
};

/// Does the event end a life? A row's tombstone belongs to the delete before it. `ofRow`: its primary entity is a table row.
[[nodiscard]] constexpr bool isDeath(EventKind kind, bool ofRow)
{
    return kind == EventKind::Delete || kind == EventKind::Truncate || (kind == EventKind::Tombstone && !ofRow);
}

/// Keys of the table `density`.
struct DensityKey {
    static constexpr unsigned kFirst = 20;  ///< the finest level there may be: 1 ms
    static constexpr unsigned kStep = 4;
    static constexpr unsigned kLast = 60;     ///< all representable time is two pages: until 1970 and since
    static constexpr unsigned kPageBits = 8;  ///< 256 buckets
    static constexpr std::int64_t kBuckets = std::int64_t{1} << kPageBits;

    [[nodiscard]] static constexpr std::int64_t of(unsigned level, std::int64_t page)
    {
        return (std::int64_t{level} << kLevelShift) + kMiddle + page;
    }
    [[nodiscard]] static constexpr std::int64_t page(std::int64_t key) { return (key & (2 * kMiddle - 1)) - kMiddle; }
    /// [first, end) of a level; level 0 is what waits to be merged, numbered from 1.
    [[nodiscard]] static constexpr std::int64_t firstOf(unsigned level) { return std::int64_t{level} << kLevelShift; }
    [[nodiscard]] static constexpr std::int64_t endOf(unsigned level) { return firstOf(level + 1); }

private:
    static constexpr unsigned kLevelShift = 40;
    static constexpr std::int64_t kMiddle = std::int64_t{1} << 39;  // pages before 1970 have negative numbers
};

/// REQUIRES: cells of one page, ascending by (row, bucket), no sums.
[[nodiscard]] std::string encodeDensityPage(std::span<const DensityCell> cells);

/// Walks a page row by row; a row that is not wanted costs nothing.
class DensityPageReader {
public:
    explicit DensityPageReader(std::string_view stored) : in_(stored) {}

    /// False at the end, and where the page is damaged.
    [[nodiscard]] bool next();
    [[nodiscard]] std::uint32_t row() const { return static_cast<std::uint32_t>(row_); }
    /// each(bucket within the page, count) in ascending order.
    template <class Each>
    void cells(const Each& each)
    {
        ByteReader in(cells_);
        std::uint64_t bucket = 0;
        for (bool first = true; !in.atEnd(); first = false) {
            const std::uint64_t head = in.number();
            bucket += (head >> 1) + (first ? 0 : 1);
            const std::uint64_t count = (head & 1) != 0 ? in.number() : 1;
            if (in.failed() || bucket >= static_cast<std::uint64_t>(DensityKey::kBuckets) || count > UINT32_MAX) {
                damaged_ = true;
                return;
            }
            each(static_cast<std::uint32_t>(bucket), static_cast<std::uint32_t>(count));
        }
    }
    [[nodiscard]] bool damaged() const { return damaged_; }

private:
    ByteReader in_;
    std::string_view cells_;
    std::uint64_t row_ = 0;
    bool first_ = true;
    bool damaged_ = false;
};

/// What one commit brings, in any order. False: damaged.
[[nodiscard]] std::string encodeDensityCells(std::span<const DensityCell> cells);
[[nodiscard]] bool decodeDensityCells(std::string_view stored, std::vector<DensityCell>& out);

}  // namespace hindcast::store
