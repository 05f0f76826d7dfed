#include "ui/session/playback_speed.h"

#include <algorithm>
#include <iterator>

namespace hindcast::ui {

namespace {

constexpr double kTimes[] = {1, 10, 60, 100, 1'000, 3'600, 10'000, 100'000, 1'000'000};
constexpr double kEvents[] = {1, 2, 5, 10, 25, 100, 1'000};

}  // namespace

SpeedLimits limitsOf(PlaybackSpeed::Unit unit)
{
    return unit == PlaybackSpeed::Unit::Times ? SpeedLimits{0.001, 1e9} : SpeedLimits{0.01, 1e6};
}

bool isWithinLimits(PlaybackSpeed speed)
{
    const SpeedLimits limits = limitsOf(speed.unit);
    return speed.rate >= limits.least && speed.rate <= limits.most;
}

std::span<const double> offeredRates(PlaybackSpeed::Unit unit)
{
    if (unit == PlaybackSpeed::Unit::Times) return kTimes;
    return kEvents;
}

PlaybackSpeed fasterThan(PlaybackSpeed speed)
{
    const auto rates = offeredRates(speed.unit);
    const auto next = std::ranges::upper_bound(rates, speed.rate);
    return next == rates.end() ? speed : PlaybackSpeed{speed.unit, *next};
}

PlaybackSpeed slowerThan(PlaybackSpeed speed)
{
    const auto rates = offeredRates(speed.unit);
    const auto here = std::ranges::lower_bound(rates, speed.rate);
    return here == rates.begin() ? speed : PlaybackSpeed{speed.unit, *std::prev(here)};
}

}  // namespace hindcast::ui
