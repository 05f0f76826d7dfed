#pragma once
#include "core/event/ids.h"
#include "core/event/time.h"

#include <cstdint>
#include <unordered_set>
#include <vector>

namespace hindcast::store {

/// What Reader::density() is asked: how many events lie in each of `columns` equal parts of [from, to).
struct DensityQuery {
    Timestamp from;
    Timestamp to;               ///< exclusive; taken to be after `from`
    std::uint32_t columns = 1;  ///< 1 … kMostColumns
    std::uint32_t types = 12;   ///< so many of the most frequent types are counted apart
    /// Types that are left out of everything but rejects; where `only`, all but these are.
    std::unordered_set<TypeId> named;
    bool only = false;

    static constexpr std::uint32_t kMostColumns = 65'536;
    [[nodiscard]] bool shows(TypeId type) const { return named.contains(type) == only; }
    bool operator==(const DensityQuery&) const = default;
};

/// The answer; a column each, from the left. Each event is counted once, however many entities it belongs to. Over the whole log
/// (first … last known time) the columns add up to Counts::events without `unplaced`. Where a bucket of the levels lies across
/// two columns its count is shared out by their widths, each row of figures by itself: in one column the types may then differ
/// from `total` by as many as there are types. Likewise at both ends of a part of the log.
struct Density {
    bool available = false;  ///< false: the workspace is of a layout without levels, and nothing else stands here
    Timestamp from;
    Timestamp to;
    std::uint32_t columns = 0;
    std::int64_t bucketNs = 0;  ///< width of what was added up: times are no finer
    std::vector<std::uint32_t> total;
    std::vector<std::uint32_t> deaths;  ///< of `total`: deletes, truncates, and tombstones that end a life of their own
    std::vector<std::uint32_t> rejects;
    std::vector<TypeId> types;          ///< those counted apart, the most frequent of the workspace first
    std::vector<std::uint32_t> counts;  ///< by type, then by column
    std::uint64_t unplaced = 0;         ///< events of the workspace that stand in no bucket (Writer's note on times)
    std::uint64_t unplacedRejects = 0;

    [[nodiscard]] std::uint32_t count(std::size_t type, std::size_t column) const { return counts[type * columns + column]; }
};

}  // namespace hindcast::store
