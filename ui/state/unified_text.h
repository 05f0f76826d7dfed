#pragma once
#include "core/event/json.h"

#include <cstddef>
#include <string>

namespace hindcast::ui {

/// How two documents differ, as `diff -u` writes it: two lines that name the sides, then hunks with `context` equal lines around what
/// differs. The lines are those of toText(…, 2), each with its line feed, so that `patch` makes B's text of A's; a side that is null
/// has none. Empty where nothing differs. `itemKey` as alignJson() has it: which items of lists stand beside each other. Pure; costs
/// what both hold.
[[nodiscard]] std::string unifiedText(const Json* a, const Json* b, const std::string& nameA, const std::string& nameB,
                                      const std::string& itemKey = {}, std::size_t context = 3);

}  // namespace hindcast::ui
