#include "ui/session/version_of.h"

#include <algorithm>

namespace hindcast::ui {

Version versionOf(const replay::History& history, EventId id, std::optional<Timestamp> effective)
{
    using replay::HistoryEvent;
    const auto& events = history.events;
    if (history.index.isOf(events)) return history.index.find(events, id);
    const auto at = [&](auto found) { return Version{static_cast<std::uint64_t>(found - events.begin()) + 1}; };
    if (effective) {
        const auto [first, last] = std::ranges::equal_range(events, *effective, {}, &HistoryEvent::effective);
        if (const auto found = std::ranges::find(first, last, id, &HistoryEvent::id); found != last) return at(found);
    }
    const auto found = std::ranges::find(events, id, &HistoryEvent::id);
    return found == events.end() ? Version{} : at(found);
}

const store::Posting* rejectOf(const replay::History& history, EventId id)
{
    const auto found = std::ranges::lower_bound(history.rejects, id, {}, &store::Posting::id);  // postings come by id
    return found == history.rejects.end() || found->id != id ? nullptr : &*found;
}

}  // namespace hindcast::ui
