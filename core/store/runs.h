#pragma once
#include "core/store/posting_block.h"
#include "core/store/sqlite.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hindcast::store {

// Postings live in runs: each commit writes one, sorted by (entity, event), in blocks of some thousand postings. Like the levels of
// a log-structured merge tree, kFanIn runs of one level become one of the next. A look-up asks each run, so there are never more
// than about kFanIn a level.

/// Keys of the postings table.
struct BlockKey {
    static constexpr unsigned kRunShift = 44;
    static constexpr unsigned kEntityShift = 12;
    static constexpr std::uint32_t kMaxSequence = (1u << kEntityShift) - 1;

    [[nodiscard]] static std::int64_t of(std::int64_t run, EntityId entity, std::uint32_t sequence)
    {
        return (run << kRunShift) | (std::int64_t{entity.value} << kEntityShift) | sequence;
    }
    [[nodiscard]] static EntityId entity(std::int64_t key)
    {
        return EntityId{static_cast<std::uint32_t>(static_cast<std::uint64_t>(key) >> kEntityShift)};
    }
};

/// Cuts a sorted stream of postings into blocks. An entity lies whole in one block; one that is larger begins a block of its own
/// and goes on in the next sequence numbers, so that one look-up and a short scan find it all.
class RunWriter {
public:
    [[nodiscard]] static Result<RunWriter> create(Connection& connection, std::int64_t run);
    [[nodiscard]] Result<void> add(const EntityPosting& posting);
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] std::uint64_t postings() const { return postings_; }

private:
    RunWriter(Statement insert, std::int64_t run) : insert_(std::move(insert)), run_(run) {}
    [[nodiscard]] Result<void> flush(std::size_t count);
    static constexpr std::size_t kTarget = 2048;
    static constexpr std::size_t kLargest = 4096;

    Statement insert_;
    std::int64_t run_;
    std::vector<EntityPosting> pending_;
    std::uint32_t sequence_ = 0;
    std::uint64_t postings_ = 0;
};

inline constexpr std::int64_t kFanIn = 8;
/// A run of more postings than this is not merged again.
inline constexpr std::uint64_t kLargestMerge = 4'000'000;

/// Writes one run of level 0 with its stats. `postings` is sorted in place.
[[nodiscard]] Result<void> writeRun(Connection& connection, std::vector<EntityPosting>& postings, std::int64_t generation);
/// Merges every level that is due. Streams block by block: memory does not grow with the runs.
[[nodiscard]] Result<void> mergeRuns(Connection& connection);

/// All of one entity's postings in all runs, in EventId order. REQUIRES: a read transaction around it.
class PostingReader {
public:
    [[nodiscard]] static Result<PostingReader> create(Connection& connection);
    [[nodiscard]] Result<Postings> read(EntityId entity);
    /// Of many entities, parallel to them; a block that holds several is decoded once. REQUIRES: `entities` ascend.
    [[nodiscard]] Result<std::vector<Postings>> readMany(std::span<const EntityId> entities);

private:
    [[nodiscard]] Result<void> readManyOf(std::int64_t run, std::span<const EntityId> entities, std::vector<Postings>& into);

    Connection* connection_ = nullptr;
    Statement runs_, seek_, follow_, walk_;
};

}  // namespace hindcast::store
