#pragma once
#include "core/replay/history.h"

#include <unordered_set>
#include <vector>

namespace hindcast::ui {

/// The partitions that a history's events come from, in order of first occurrence. Walks the history: off the GUI thread.
[[nodiscard]] inline std::vector<PartId> partsOf(const replay::History& history)
{
    std::vector<PartId> parts;
    std::unordered_set<PartId> seen;
    for (const replay::HistoryEvent& event : history.events) {
        if (!parts.empty() && parts.back() == event.id.part()) continue;
        if (seen.insert(event.id.part()).second) parts.push_back(event.id.part());
    }
    return parts;
}

}  // namespace hindcast::ui
