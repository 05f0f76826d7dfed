#pragma once
#include "core/event/time.h"
#include "core/store/density_page.h"
#include "core/store/sqlite.h"
#include "core/store/types.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace hindcast::store {

struct Totals;

/// The writer's side of the density levels: counts events as they come, and writes what they change in the writer's transaction.
///
/// How fine the finest level is follows from what is stored: it begins at a millisecond, and whenever the pages would grow beyond
/// a share of the payload, or it would have hardly fewer cells than there are events, the finest level is given up. A coarser
/// level holds the same counts, so nothing has to be read again.
class DensityLevels {
public:
    /// `row` of DensityRow. REQUIRES: time.isKnown().
    void add(Timestamp time, std::uint32_t row)
    {
        const std::int64_t bucket = time.ns >> finest_;
        if (bucket != bucket_) {
            endBucket();
            bucket_ = bucket;
        }
        if (row >= inBucket_.size()) inBucket_.resize(row + 16, 0);
        if (inBucket_[row]++ == 0) touched_.push_back(row);
    }
    /// Reads what waits to be merged.
    [[nodiscard]] Result<void> load(Connection& connection, const Totals& totals);
    /// Forgets all and begins anew with the finest level; the table is the caller's.
    void clear(Totals& totals);
    /// Writes what was added. REQUIRES: a transaction, in which `totals` are saved afterwards.
    /// `all`: and merges it, with what waits, into the pages.
    [[nodiscard]] Result<void> save(Connection& connection, Totals& totals, bool all = false);
    [[nodiscard]] bool waits() const { return waitingRows_ > 0; }
    /// Cells in memory that save() has not seen.
    [[nodiscard]] std::size_t added() const { return cells_.size(); }
    /// Adds these up: for events that do not come in the order of their times.
    void compact();

private:
    void endBucket();
    [[nodiscard]] bool tooFine(const Totals& totals, std::span<const DensityCell> more) const;
    [[nodiscard]] Result<void> merge(Connection& connection, Totals& totals);
    [[nodiscard]] Result<void> mergePage(std::span<const DensityCell> cells, unsigned level, Totals& totals);
    [[nodiscard]] Result<void> giveUpFinest(Connection& connection, Totals& totals);

    // More than these wait for no longer: a reader adds them up each time, and all are held in memory.
    static constexpr std::size_t kMostWaiting = 32 * 1024;
    static constexpr std::int64_t kMostRows = 64;

    unsigned finest_ = DensityKey::kFirst;
    // The bucket that is being filled: events mostly come in the order of their times.
    std::int64_t bucket_ = 0;
    std::vector<std::uint32_t> inBucket_;  ///< by row
    std::vector<std::uint32_t> touched_;
    std::vector<DensityCell> cells_;    ///< added since save()
    std::vector<DensityCell> waiting_;  ///< saved as rows of level 0
    std::int64_t waitingRows_ = 0;
    Statement select_, upsert_;  // while merging
    std::vector<DensityCell> page_, merged_;
};

/// Counts what an older workspace holds, for the step to the layout with levels. Its postings tell each event's time and type;
/// events of no entity have none and remain unplaced until what is stored is decoded anew. Up to 64 MB in memory; as a Migration's
/// step it can be stopped.
[[nodiscard]] Result<void> buildDensity(Connection& connection, std::stop_token stop, const RaiseProgress& progress);

}  // namespace hindcast::store
