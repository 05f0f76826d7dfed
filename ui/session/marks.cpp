#include "ui/session/marks.h"

#include "ui/session/version_of.h"

namespace hindcast::ui {

void Marks::set(Which which, const std::optional<Mark>& mark)
{
    setBoth(which == A ? mark : marks_[A], which == B ? mark : marks_[B]);
}

void Marks::setBoth(const std::optional<Mark>& a, const std::optional<Mark>& b)
{
    const std::array wanted{a, b};
    if (wanted == marks_) return;
    marks_ = wanted;
    emit changed();
}

Marks::Mark markAt(const Playhead& playhead)
{
    const auto& history = playhead.history();
    const Version version = playhead.version();
    if (history && version.value > 0)
        if (const auto& event = history->events[version.value - 1]; event.effective == playhead.time())
            return {event.effective, event.id};
    return {playhead.time(), std::nullopt};
}

Marks::Mark markOf(const replay::History& history, Version version)
{
    if (version.value > 0) {
        const auto& event = history.events[version.value - 1];
        return {event.effective, event.id};
    }
    constexpr std::int64_t kMilli = 1'000'000;  // as Playhead stands before the first event
    return {history.events.empty() ? Timestamp{} : history.events.front().effective.plus(-kMilli), std::nullopt};
}

Version versionAt(const replay::History& history, const Marks::Mark& mark)
{
    if (mark.event)
        if (const Version version = versionOf(history, *mark.event, mark.time); version.value > 0) return version;
    return history.versionAt(mark.time);
}

}  // namespace hindcast::ui

#include "moc_marks.cpp"
