#pragma once
#include "core/replay/branch_history.h"

#include <QString>

namespace hindcast::ui {

/// "skip 5 · edit 6 · add 8+": what a branch does to the versions of the real history; empty: nothing. One walk over it.
[[nodiscard]] QString branchDoes(const replay::Branch& branch, const replay::BranchHistory& made);
/// Of the real history those that the branch leaves out, ascending.
[[nodiscard]] std::vector<Version> skippedIn(const replay::BranchHistory& made);
/// The fields of both documents: those of `real`, and what only `branch` has where it stands there. Discarded ones have none.
[[nodiscard]] Json jointDocument(const Json& real, const Json& branch);

}  // namespace hindcast::ui
