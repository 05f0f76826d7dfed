#include "core/replay/snapshots.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace hindcast::replay {

const std::pair<const std::uint64_t, SnapshotCache::Snapshot>* SnapshotCache::atOrBefore(std::uint64_t version) const
{
    const auto next = snapshots_.upper_bound(version);
    return next == snapshots_.begin() ? nullptr : &*std::prev(next);
}

std::optional<std::uint64_t> SnapshotCache::after(std::uint64_t version) const
{
    const auto next = snapshots_.upper_bound(version);
    if (next == snapshots_.end()) return std::nullopt;
    return next->first;
}

void SnapshotCache::add(std::uint64_t version, const model::FoldState& state, Cost cost)
{
    if (snapshots_.contains(version)) return;
    const auto begin = std::chrono::steady_clock::now();
    Snapshot snapshot{state, cost, 0};
    const Cost copied = std::chrono::steady_clock::now() - begin;
    snapshot.bytes = memoryOf(snapshot.state.document) + sizeof(Map::value_type) + 64;
    // Copies may cost a fifth of the replay, so a state that is slow to copy gets fewer of them. Of the last two copies the
    // faster one counts: the machine may have been busy with something else during one.
    gap_ = std::max<Cost>(kLeastGap, 4 * std::min(copied, lastCopy_));
    lastCopy_ = copied;
    if (snapshot.bytes > budget_ / 2) return;
    bytes_ += snapshot.bytes;
    snapshots_.emplace(version, std::move(snapshot));
    if (bytes_ > budget_) thin();
}

void SnapshotCache::dropAfter(std::uint64_t version)
{
    const auto first = snapshots_.upper_bound(version);
    for (auto it = first; it != snapshots_.end(); ++it) bytes_ -= it->second.bytes;
    snapshots_.erase(first, snapshots_.end());
}

void SnapshotCache::thin()
{
    // Down to nine tenths, so that the search for the ones to go is paid seldom. A snapshot's worth is the replay that would
    // have to bridge its place, and more the nearer it is to the focus.
    const auto focused = atOrBefore(focus_);
    const double focusCost = focused ? static_cast<double>(focused->second.cost.count()) : 0.0;
    const std::size_t target = budget_ / 10 * 9;
    while (bytes_ > target && !snapshots_.empty()) {
        struct Candidate {
            double worth;
            std::uint64_t version;
        };
        std::vector<Candidate> candidates;
        candidates.reserve(snapshots_.size());
        double before = 0.0;
        for (auto it = snapshots_.begin(); it != snapshots_.end(); ++it) {
            const double here = static_cast<double>(it->second.cost.count());
            const auto next = std::next(it);
            const double beyond = next == snapshots_.end() ? here + static_cast<double>(gap_.count())
                                                           : static_cast<double>(next->second.cost.count());
            const double distance = std::abs(here - focusCost) / static_cast<double>(gap_.count());
            candidates.push_back({(beyond - before) * (1.0 + 8.0 / (1.0 + distance)), it->first});
            before = here;
        }
        std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.worth < b.worth; });
        // No two neighbours in one sweep: taking one makes the other worth more.
        std::uint64_t taken = 0;
        std::vector<std::uint64_t> gone;
        std::size_t freed = 0;
        for (const Candidate& candidate : candidates) {
            if (bytes_ - freed <= target) break;
            const auto it = snapshots_.find(candidate.version);
            const auto isGone = [&](std::uint64_t version) { return std::binary_search(gone.begin(), gone.end(), version); };
            const bool besideGone = (it != snapshots_.begin() && isGone(std::prev(it)->first)) ||
                                    (std::next(it) != snapshots_.end() && isGone(std::next(it)->first));
            if (besideGone) continue;
            gone.insert(std::upper_bound(gone.begin(), gone.end(), candidate.version), candidate.version);
            freed += it->second.bytes;
            ++taken;
        }
        if (taken == 0) break;
        for (const std::uint64_t version : gone) snapshots_.erase(version);
        bytes_ -= freed;
    }
}

}  // namespace hindcast::replay
