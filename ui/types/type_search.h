#pragma once
#include "core/replay/history.h"

#include <cstddef>
#include <optional>

namespace hindcast::ui {

/// The nearest event of a type behind `from` (`forward`) or before it. Walks, so it is not for the GUI thread where `most` is large.
struct TypeSearch {
    std::optional<Version> found;
    bool exhausted = false;  ///< there is none: the walk came to the end
    Version reached;         ///< where a walk that gave up is to go on
};
/// Looks at `most` events at the most. Pure.
[[nodiscard]] TypeSearch nextOfType(const replay::History& history, TypeId type, Version from, bool forward, std::size_t most);

}  // namespace hindcast::ui
