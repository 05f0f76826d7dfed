#include "ui/timeline/lane_events.h"

#include <algorithm>

namespace hindcast::ui {

std::size_t LaneEvents::upTo(Version version) const
{
    if (all) return std::min<std::size_t>(version.value, at.size());
    const auto end = std::lower_bound(shown.begin(), shown.end(), version.value);
    return static_cast<std::size_t>(end - shown.begin());
}

std::size_t LaneEvents::firstFrom(Timestamp place, std::size_t searchFrom) const
{
    const auto found = std::lower_bound(at.begin() + static_cast<std::ptrdiff_t>(searchFrom), at.end(), place);
    return static_cast<std::size_t>(found - at.begin());
}

LaneEvents laneOf(std::shared_ptr<const replay::History> history)
{
    LaneEvents lane;
    lane.at.reserve(history->events.size());
    for (const replay::HistoryEvent& event : history->events) lane.at.push_back(event.effective);
    lane.history = std::move(history);
    return lane;
}

}  // namespace hindcast::ui
