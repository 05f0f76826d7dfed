#pragma once
#include "core/event/time.h"

#include <cstdint>
#include <vector>

namespace hindcast::ui {

/// Where times stand on the screen: [from, to) over `width` device-independent pixels that begin at `left`. A value; pure.
struct TimeScale {
    Timestamp from;
    Timestamp to;
    double left = 0;
    double width = 1;

    /// Differences are taken as integers first, so the error is below a hundredth of a pixel at any zoom.
    [[nodiscard]] double pixelFromTime(Timestamp time) const;
    /// The round trip time → pixel → time is off by no more than a hundredth of a pixel's worth of time, or 1 ns.
    [[nodiscard]] Timestamp timeFromPixel(double x) const;
    [[nodiscard]] double right() const { return left + width; }
    [[nodiscard]] double nsPerPixel() const;

    bool operator==(const TimeScale&) const = default;
};

/// The roundest time (whole seconds, milliseconds or microseconds) within half a pixel of x: what a pointer can mean.
[[nodiscard]] Timestamp roundTimeFromPixel(const TimeScale& scale, double x);

/// Steps between ticks, from a microsecond to centuries.
struct TickStep {
    enum class Unit : std::uint8_t { Nanoseconds, Days, Months };
    Unit unit = Unit::Nanoseconds;
    std::int64_t count = 1;
    bool operator==(const TickStep&) const = default;
};

struct Tick {
    Timestamp time;
    double x = 0;
    bool dayChange = false;  ///< the first tick, and each that lies on another day than the one before: shows the date
};

/// The smallest round step whose ticks are `leastPixels` apart or more.
[[nodiscard]] TickStep tickStepFor(const TimeScale& scale, double leastPixels);
/// The ticks in view at round times of the shown zone's clocks, ascending; where clocks are put back, none too near to another.
[[nodiscard]] std::vector<Tick> ticksOf(const TimeScale& scale, TickStep step);

}  // namespace hindcast::ui
