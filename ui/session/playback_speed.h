#pragma once
#include <cstdint>
#include <span>

namespace hindcast::ui {

/// How fast the playhead is played: so many times as fast as it happened, or so many events a second. A value.
struct PlaybackSpeed {
    enum class Unit : std::uint8_t { Times, EventsPerSecond };
    Unit unit = Unit::Times;
    double rate = 1000;
    bool operator==(const PlaybackSpeed&) const = default;
};

/// What can be asked for: beyond these a rate is no speed that one could watch.
struct SpeedLimits {
    double least;
    double most;
};
[[nodiscard]] SpeedLimits limitsOf(PlaybackSpeed::Unit unit);
[[nodiscard]] bool isWithinLimits(PlaybackSpeed speed);

/// The speeds that are offered, from slow to fast.
[[nodiscard]] std::span<const double> offeredRates(PlaybackSpeed::Unit unit);
/// The next one that is offered, of the same unit; the same speed where there is none.
[[nodiscard]] PlaybackSpeed fasterThan(PlaybackSpeed speed);
[[nodiscard]] PlaybackSpeed slowerThan(PlaybackSpeed speed);

}  // namespace hindcast::ui
