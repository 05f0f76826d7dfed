#pragma once
#include "core/event/ids.h"
#include "core/event/time.h"

#include <cstdint>
#include <vector>

namespace hindcast::store {

/// All entities of a workspace by dense id: category, number of events, first and last time. Names are fetched from the Reader
/// for the rows in view. 28 bytes an entity. Immutable once published.
class Directory {
public:
    [[nodiscard]] std::size_t size() const { return counts.size(); }

    std::vector<CategoryId> category;
    std::vector<std::uint32_t> counts;
    std::vector<Timestamp> first;
    std::vector<Timestamp> last;
    std::uint64_t generation = 0;
    std::uint64_t madeAnew = 0;  ///< how often all entities have got other numbers (Writer::remap)
};

}  // namespace hindcast::store
