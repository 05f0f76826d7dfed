#include "core/replay/event_index.h"

#include <algorithm>
#include <map>

namespace hindcast::replay {

EventIndex::EventIndex(const std::vector<HistoryEvent>& events) : size_(events.size())
{
    if (std::ranges::is_sorted(events, {}, &HistoryEvent::id)) return;
    // Those of one part stand in their order already, but for rows that their database had in another one: to put part beside part
    // is a step an event, where sorting all of them would be many.
    std::map<PartId, std::uint32_t> ends;
    for (const HistoryEvent& event : events) ++ends[event.id.part()];
    std::map<PartId, std::uint32_t> next;
    std::uint32_t end = 0;
    for (auto& [part, count] : ends) {
        next[part] = end;
        end += count;
        count = end;
    }
    places_.resize(events.size());
    auto at = next.end();
    for (std::size_t i = 0; i < events.size(); ++i) {
        const PartId part = events[i].id.part();
        if (at == next.end() || at->first != part) at = next.find(part);
        places_[at->second++] = static_cast<std::uint32_t>(i);
    }
    const auto idAt = [&events](std::uint32_t place) { return events[place].id; };
    auto first = places_.begin();
    for (const auto& [part, last] : ends) {
        const auto behind = places_.begin() + static_cast<std::ptrdiff_t>(last);
        if (!std::ranges::is_sorted(first, behind, {}, idAt)) std::ranges::sort(first, behind, {}, idAt);
        first = behind;
    }
}

Version EventIndex::find(const std::vector<HistoryEvent>& events, EventId id) const
{
    if (places_.empty()) {
        const auto found = std::ranges::lower_bound(events, id, {}, &HistoryEvent::id);
        if (found == events.end() || found->id != id) return {};
        return Version{static_cast<std::uint64_t>(found - events.begin()) + 1};
    }
    const auto found = std::ranges::lower_bound(places_, id, {}, [&events](std::uint32_t place) { return events[place].id; });
    return found == places_.end() || events[*found].id != id ? Version{} : Version{std::uint64_t{*found} + 1};
}

}  // namespace hindcast::replay
