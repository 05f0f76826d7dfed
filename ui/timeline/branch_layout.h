#pragma once
#include "core/replay/branch_history.h"
#include "ui/timeline/lane_axis.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace hindcast::ui {

/// An event in the lane of a branch.
struct BranchItem {
    EventId origin;       ///< BranchEvent::origin
    Version real;         ///< in the real history; 0: added
    Version version;      ///< in the branch; 0: skipped
    bool edited = false;  ///< its payload or its type is another
    bool moved = false;   ///< its place, or its time alone

    [[nodiscard]] bool skipped() const { return version.value == 0; }
    [[nodiscard]] bool added() const { return real.value == 0; }
    [[nodiscard]] bool same() const { return !skipped() && !added() && !edited && !moved; }
};

/// What the lane of a branch shows: its events and those that it leaves out, by their places on the axis. Immutable once made.
struct BranchLane {
    std::shared_ptr<const replay::BranchHistory> made;
    LaneEvents events;                     ///< of a history that is there to be drawn, never to be replayed
    std::vector<BranchItem> items;         ///< parallel to its events
    std::vector<std::uint32_t> changed;    ///< items that are not the same, ascending
    std::vector<Timestamp> places;         ///< where the events of the branch stand, by version − 1
    std::optional<std::uint32_t> departs;  ///< the item at which it parts from the real history; empty: it does not

    /// Whether one of these items is another than in the real history, or, where `skipped`, whether all are left out.
    [[nodiscard]] bool changes(std::size_t first, std::size_t count) const;
    [[nodiscard]] bool skips(std::size_t first, std::size_t count) const;
    /// The item of that event; empty: it is hidden, or not there.
    [[nodiscard]] std::optional<std::size_t> itemOf(EventId origin) const;
    /// The item that stands for a version of the real history.
    [[nodiscard]] std::optional<std::size_t> itemAt(Version real) const;
    /// The version of the branch that stands beside the playhead there: what lies after `time` is not in it, and of several at that
    /// instant no more than stand beside the version.
    [[nodiscard]] Version besideOf(Version real, Timestamp time) const;
    /// The last item that is there and no later in the branch than that version; empty: there is none.
    [[nodiscard]] std::optional<std::size_t> lastUpTo(Version version) const;
    /// The last item of the branch at or before a place, but for `without`; empty: there is none, it is the beginning.
    [[nodiscard]] std::optional<std::size_t> before(Timestamp place, std::optional<std::size_t> without) const;
};

/// Values and shared immutable data, so that it may be made on any thread.
struct BranchLaneTask {
    std::shared_ptr<const replay::BranchHistory> made;
    std::shared_ptr<const LaneEvents> real;  ///< the real lane on the same axis
    std::shared_ptr<const AxisMap> map;
    TypeFilter::Choice filter;  ///< events that are the same are shown where their type is
};

/// Pure; as much as the real lane costs.
[[nodiscard]] std::shared_ptr<const BranchLane> layOutBranch(const BranchLaneTask& task);

}  // namespace hindcast::ui
