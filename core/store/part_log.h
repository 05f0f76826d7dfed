#pragma once
#include "core/store/chunk.h"
#include "core/store/sqlite.h"
#include "core/store/types.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace hindcast::store {

/// The writing side of one part's records: the chunk that is being filled, and how to put a record in its place when it does not
/// come last (a backfill, a record out of order).
class PartLog {
public:
    enum class Placed : std::uint8_t { Stored, Duplicate, OtherBytes };
    enum class Held : std::uint8_t { Nothing, Same, OtherBytes };

    [[nodiscard]] static Result<PartLog> load(Connection& connection, PartId part);
    /// REQUIRES: a write transaction.
    [[nodiscard]] Result<Placed> add(Connection& connection, const RawRecord& record, const Header* headers);
    /// What is stored here at that position.
    [[nodiscard]] Result<Held> holds(Connection& connection, const RawRecord& record, const Header* headers);
    [[nodiscard]] bool empty() const { return highest_ < 0; }
    [[nodiscard]] Offset highest() const { return Offset{highest_}; }  ///< REQUIRES: !empty()
    /// Writes the unfinished chunk; it stays open and is written again when it has grown.
    [[nodiscard]] Result<void> save();

private:
    PartLog() = default;
    [[nodiscard]] Result<void> seal();
    [[nodiscard]] Result<void> write(const ChunkBuilder& builder);
    /// `recent_` becomes the stored chunk around the offset, or null.
    [[nodiscard]] Result<void> lookUp(Connection& connection, Offset offset);
    [[nodiscard]] Result<Placed> place(Connection& connection, const RawRecord& record, const Header* headers);
    [[nodiscard]] Result<std::shared_ptr<const Chunk>> decoded(Connection& connection, Offset first, std::string_view data);
    [[nodiscard]] std::int64_t key(Offset offset) const { return static_cast<std::int64_t>(EventId(part_, offset).packed); }

    PartId part_;
    Statement insert_, before_, after_;
    ChunkBuilder builder_;
    bool dirty_ = false;
    std::int64_t highest_ = -1;                     ///< largest offset stored
    std::int64_t bound_ = EventId::kMaxOffset + 1;  ///< the chunk being filled must stay below: first offset of the next one
    // Records that were delivered before come again in runs: the chunk they stand in is kept.
    std::shared_ptr<const Chunk> recent_;
    std::int64_t recentFirst_ = -1;
};

}  // namespace hindcast::store
