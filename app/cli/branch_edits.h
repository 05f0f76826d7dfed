#pragma once
#include "app/cli/commands.h"
#include "core/replay/branch.h"

namespace hindcast::cli {

/// The edits of a command line as a branch: versions are those of the history as it now is. Insertions go first, then edits, moves
/// and skips, each in the order given. The error names the option that cannot be used.
[[nodiscard]] Result<replay::Branch> branchOf(const replay::History& history, const BranchOptions& options);

}  // namespace hindcast::cli
