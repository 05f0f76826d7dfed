#pragma once
#include "core/replay/branch_history.h"

#include <QString>

#include <cstddef>
#include <span>

namespace hindcast::ui {

/// "skip 5 · edit 6 · add 8+": what a branch does to the versions of the real history; empty: nothing. One walk over it.
[[nodiscard]] QString branchDoes(const replay::Branch& branch, const replay::BranchHistory& made);
/// How many steps of the user's these edits are: a dragged event has another place and another time by one.
[[nodiscard]] std::size_t stepsOf(std::span<const replay::BranchEdit> edits);
/// How many edits the last of those steps made; 0: there is none.
[[nodiscard]] std::size_t editsOfLastStep(std::span<const replay::BranchEdit> edits);
/// Of the real history those that the branch leaves out, ascending.
[[nodiscard]] std::vector<Version> skippedIn(const replay::BranchHistory& made);
/// The fields of both documents: those of `real`, and what only `branch` has where it stands there. Discarded ones have none.
[[nodiscard]] Json jointDocument(const Json& real, const Json& branch);

}  // namespace hindcast::ui
