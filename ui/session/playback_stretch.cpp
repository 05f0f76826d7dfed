// What there is to play: the whole, the loop within it, and where nothing happens.
#include "ui/session/playback.h"

#include <algorithm>
#include <utility>

namespace hindcast::ui {

Playback::Obstacle Playback::obstacle() const
{
    const auto& history = playhead_.history();
    if (history) {
        if (history->events.empty()) return Obstacle::Nothing;
        if (speed_.unit == PlaybackSpeed::Unit::Times && !whole()) return Obstacle::NoTimes;
        return Obstacle::None;
    }
    if (!log_) return Obstacle::Nothing;
    return speed_.unit == PlaybackSpeed::Unit::Times ? Obstacle::None : Obstacle::NoEntity;
}

std::optional<Playback::Stretch> Playback::whole() const
{
    const auto& history = playhead_.history();
    if (!history) return log_;
    const auto known = [](const replay::HistoryEvent& event) { return event.effective.isKnown(); };
    const auto first = std::ranges::find_if(history->events, known);
    if (first == history->events.end()) return {};
    return Stretch{first->effective, std::find_if(history->events.rbegin(), history->events.rend(), known)->effective};
}

/// A loop that is no longer than an instant is none.
bool Playback::hasLoop() const
{
    if (!loops_ || !marks_.any()) return false;
    if (speed_.unit == PlaybackSpeed::Unit::EventsPerSecond) {
        const Versions wanted = versions();
        return wanted.from < wanted.to;
    }
    const auto wanted = stretch();
    return wanted && wanted->from < wanted->to;
}

std::optional<Playback::Stretch> Playback::stretch() const
{
    const std::optional<Stretch> all = whole();
    if (!loops_ || !marks_.any() || !all) return all;
    const auto& a = marks_.get(Marks::A);
    const auto& b = marks_.get(Marks::B);
    // One alone is where it begins, or ends.
    Stretch loop{a ? a->time : all->from, b ? b->time : all->to};
    if (a && b && loop.to < loop.from) std::swap(loop.from, loop.to);
    return loop.from < loop.to ? loop : all;
}

Playback::Versions Playback::versions() const
{
    const replay::History& history = *playhead_.history();
    const Versions all{std::min(Version{1}, history.last()), history.last()};
    if (!loops_ || !marks_.any()) return all;
    const auto& a = marks_.get(Marks::A);
    const auto& b = marks_.get(Marks::B);
    Versions loop{a ? versionAt(history, *a) : all.from, b ? versionAt(history, *b) : all.to};
    if (a && b && loop.to < loop.from) std::swap(loop.from, loop.to);
    return loop.from < loop.to ? loop : all;
}

/// From the last event at or before that time to the first after it, of all lives that are shown.
std::optional<Playback::Stretch> Playback::quietAt(Timestamp time) const
{
    const auto& history = playhead_.history();
    if (!history) return {};
    Stretch quiet{Timestamp::min(), Timestamp::max()};
    const auto look = [&](const replay::History& life) {
        const Version version = life.versionAt(time);
        if (version.value > 0) quiet.from = std::max(quiet.from, life.events[version.value - 1].effective);
        if (version < life.last()) quiet.to = std::min(quiet.to, life.events[version.value].effective);
    };
    look(*history);
    for (const auto& life : beside_)
        if (life && life->entity != history->entity) look(*life);
    return quiet;
}

}  // namespace hindcast::ui
