#pragma once
#include "core/store/types.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::store {

/// A posting in memory, before it is packed.
struct EntityPosting {
    EntityId entity;
    Posting posting;
    SourceOrder order;
    bool counted = true;  ///< not packed: false for a row's tombstone, which belongs to its delete
};

/// Packs postings, sorted by (entity, event), into one compressed block. Times are stored in the coarsest of ms, µs, ns that
/// holds them all.
[[nodiscard]] std::string encodePostings(std::span<const EntityPosting> postings);
/// Appends all of a block, or only one entity's. False: damaged.
[[nodiscard]] bool decodePostings(std::string_view stored, std::vector<EntityPosting>& out);
[[nodiscard]] bool decodePostingsOf(std::string_view stored, EntityId entity, Postings& out);

/// Count, first and last time of the entities that a run touches.
struct EntityStat {
    EntityId entity;
    std::uint32_t count = 0;
    Timestamp first = Timestamp::max();
    Timestamp last = Timestamp::min();
};
[[nodiscard]] std::string encodeStats(std::span<const EntityStat> stats);
[[nodiscard]] bool decodeStats(std::string_view stored, std::vector<EntityStat>& out);

}  // namespace hindcast::store
