#pragma once
#include "core/replay/history.h"

#include <vector>

namespace hindcast::ui {

/// The partitions that a history's events come from, in order of first occurrence. Walks the history: off the GUI thread.
[[nodiscard]] inline std::vector<PartId> partsOf(const replay::History& history)
{
    std::vector<PartId> parts;
    std::vector<bool> seen;
    for (const replay::HistoryEvent& event : history.events) {
        const PartId id = event.id.part();
        if (id.value < seen.size() && seen[id.value]) continue;
        if (id.value >= seen.size()) seen.resize(id.value + 1);
        seen[id.value] = true;
        parts.push_back(id);
    }
    return parts;
}

}  // namespace hindcast::ui
