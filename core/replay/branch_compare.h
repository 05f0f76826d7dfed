#pragma once
#include "core/event/change.h"
#include "core/replay/branch_history.h"
#include "core/replay/replay.h"

#include <optional>
#include <stop_token>

namespace hindcast::replay {

/// Both states at one place.
struct BranchCompared {
    StateAt real;
    StateAt branch;
    Changes difference;  ///< what turns the real state into the branch's
};

/// The states beside each other. `branch` replays `made`, `real` the history that it was made of.
/// REQUIRES: version ≤ the real history's last, or (by branch version) the branch's.
[[nodiscard]] Result<BranchCompared> compareBranch(EntityReplay& real, EntityReplay& branch, const BranchHistory& made,
                                                   Version realVersion, std::stop_token stop = {});
/// As of an instant: each history by its own times.
[[nodiscard]] Result<BranchCompared> compareBranchAt(EntityReplay& real, EntityReplay& branch, Timestamp time,
                                                     std::stop_token stop = {});

/// How the states of a branch go along with the real ones, told by versions of the real history.
struct BranchCourse {
    std::optional<Version> differs;  ///< the first at which the states differ; empty: they never do
    std::optional<Version> meets;    ///< from here to the end they are the same again
    Version looked;                  ///< so far it was looked
};

/// Replays both from where they part to the end. Takes as long as that; Error::Kind::Cancelled where asked to stop.
[[nodiscard]] Result<BranchCourse> courseOf(EntityReplay& real, EntityReplay& branch, const BranchHistory& made,
                                            std::stop_token stop = {});

}  // namespace hindcast::replay
