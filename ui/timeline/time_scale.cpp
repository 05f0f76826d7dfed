#include "ui/timeline/time_scale.h"

#include "ui/look/shown_zone.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr std::int64_t kMicro = 1'000;
constexpr std::int64_t kMilli = 1'000'000;
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::size_t kMostTicks = 1'000;  // a guard only: steps are chosen by pixels

using Unit = TickStep::Unit;

constexpr TickStep kSteps[] = {
    {Unit::Nanoseconds, kMicro},
    {Unit::Nanoseconds, 2 * kMicro},
    {Unit::Nanoseconds, 5 * kMicro},
    {Unit::Nanoseconds, 10 * kMicro},
    {Unit::Nanoseconds, 20 * kMicro},
    {Unit::Nanoseconds, 50 * kMicro},
    {Unit::Nanoseconds, 100 * kMicro},
    {Unit::Nanoseconds, 200 * kMicro},
    {Unit::Nanoseconds, 500 * kMicro},
    {Unit::Nanoseconds, kMilli},
    {Unit::Nanoseconds, 2 * kMilli},
    {Unit::Nanoseconds, 5 * kMilli},
    {Unit::Nanoseconds, 10 * kMilli},
    {Unit::Nanoseconds, 20 * kMilli},
    {Unit::Nanoseconds, 50 * kMilli},
    {Unit::Nanoseconds, 100 * kMilli},
    {Unit::Nanoseconds, 200 * kMilli},
    {Unit::Nanoseconds, 500 * kMilli},
    {Unit::Nanoseconds, kSecond},
    {Unit::Nanoseconds, 2 * kSecond},
    {Unit::Nanoseconds, 5 * kSecond},
    {Unit::Nanoseconds, 10 * kSecond},
    {Unit::Nanoseconds, 15 * kSecond},
    {Unit::Nanoseconds, 30 * kSecond},
    {Unit::Nanoseconds, kMinute},
    {Unit::Nanoseconds, 2 * kMinute},
    {Unit::Nanoseconds, 5 * kMinute},
    {Unit::Nanoseconds, 10 * kMinute},
    {Unit::Nanoseconds, 15 * kMinute},
    {Unit::Nanoseconds, 30 * kMinute},
    {Unit::Nanoseconds, kHour},
    {Unit::Nanoseconds, 2 * kHour},
    {Unit::Nanoseconds, 3 * kHour},
    {Unit::Nanoseconds, 6 * kHour},
    {Unit::Nanoseconds, 12 * kHour},
    {Unit::Days, 1},
    {Unit::Days, 2},
    {Unit::Days, 7},
    {Unit::Days, 14},
    {Unit::Months, 1},
    {Unit::Months, 2},
    {Unit::Months, 3},
    {Unit::Months, 6},
    {Unit::Months, 12},
    {Unit::Months, 24},
    {Unit::Months, 60},
    {Unit::Months, 120},
    {Unit::Months, 240},
    {Unit::Months, 600},
    {Unit::Months, 1200},
};

double nsOf(TickStep step)
{
    switch (step.unit) {
        case Unit::Nanoseconds: return static_cast<double>(step.count);
        case Unit::Days: return static_cast<double>(step.count) * static_cast<double>(kDay);
        case Unit::Months: return static_cast<double>(step.count) * 30.4 * static_cast<double>(kDay);
    }
    return 1;
}

std::int64_t floorDiv(std::int64_t a, std::int64_t b)
{
    const std::int64_t quotient = a / b;
    return a % b < 0 ? quotient - 1 : quotient;
}

/// Months since year 0 of what clocks show, and back to the first moment of that month; empty out of the representable years.
std::int64_t monthOf(std::int64_t clock)
{
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{floorDiv(clock, kDay)}}};
    return static_cast<std::int64_t>(static_cast<int>(date.year())) * 12 + static_cast<unsigned>(date.month()) - 1;
}

bool startOfMonth(std::int64_t month, std::int64_t& clock)
{
    const auto year = floorDiv(month, 12);
    if (year < 1678 || year > 2261) return false;
    const std::chrono::sys_days day{std::chrono::year{static_cast<int>(year)} /
                                    std::chrono::month{static_cast<unsigned>(month - year * 12 + 1)} / std::chrono::day{1}};
    clock = day.time_since_epoch().count() * kDay;
    return true;
}

std::int64_t dayOf(Timestamp time) { return floorDiv(shownClock(time), kDay); }

}  // namespace

double TimeScale::pixelFromTime(Timestamp time) const
{
    // The difference may not fit where time and window lie at opposite ends of time: then it is far out of view anyway.
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(time.ns, from.ns, &difference)) difference = time < from ? INT64_MIN : INT64_MAX;
    return left + static_cast<double>(difference) / nsPerPixel();
}

Timestamp TimeScale::timeFromPixel(double x) const
{
    const double offset = (x - left) * nsPerPixel();
    if (offset >= 9.2e18) return Timestamp::max();
    if (offset <= -9.2e18) return Timestamp::min();
    std::int64_t ns = 0;
    if (__builtin_add_overflow(from.ns, static_cast<std::int64_t>(std::llround(offset)), &ns))
        return offset > 0 ? Timestamp::max() : Timestamp::min();
    return Timestamp{ns};
}

double TimeScale::nsPerPixel() const
{
    std::int64_t span = 0;
    if (__builtin_sub_overflow(to.ns, from.ns, &span)) span = INT64_MAX;
    return std::max(1.0, static_cast<double>(span)) / std::max(1.0, width);
}

Timestamp roundTimeFromPixel(const TimeScale& scale, double x)
{
    const Timestamp exact = scale.timeFromPixel(x);
    for (const std::int64_t unit : {kSecond, kMilli, kMicro}) {
        if (static_cast<double>(unit) > scale.nsPerPixel()) continue;
        std::int64_t rounded = 0;
        if (__builtin_mul_overflow(floorDiv(exact.ns, unit), unit, &rounded) ||
            __builtin_add_overflow(rounded, exact.ns - rounded >= unit / 2 ? unit : 0, &rounded))
            return exact;
        return Timestamp{rounded};
    }
    return exact;
}

TickStep tickStepFor(const TimeScale& scale, double leastPixels)
{
    const double least = leastPixels * scale.nsPerPixel();
    const auto* found =
        std::find_if(std::begin(kSteps), std::end(kSteps), [least](TickStep step) { return nsOf(step) >= least; });
    return found == std::end(kSteps) ? std::end(kSteps)[-1] : *found;
}

std::vector<Tick> ticksOf(const TimeScale& scale, TickStep step)
{
    std::vector<Tick> ticks;
    const auto add = [&](Timestamp time) {
        const bool dayChange = ticks.empty() || dayOf(ticks.back().time) != dayOf(time);
        ticks.push_back({time, scale.pixelFromTime(time), dayChange});
    };
    if (step.unit == Unit::Months) {
        for (std::int64_t month = floorDiv(monthOf(shownClock(scale.from)), step.count) * step.count; ticks.size() < kMostTicks;
             month += step.count) {
            std::int64_t clock = 0;
            if (!startOfMonth(month, clock)) {
                if (month < 12 * 1678) continue;
                break;
            }
            const Timestamp time = instantOfClock(clock);
            if (time >= scale.to) break;
            if (time >= scale.from) add(time);
        }
        return ticks;
    }
    if (step.unit == Unit::Days) {
        // Counted from Monday, 29 December 1969, so that steps of a week fall on Mondays.
        const std::int64_t length = step.count * kDay;
        constexpr std::int64_t kMonday = -3 * kDay;
        std::int64_t clock = 0;
        if (__builtin_mul_overflow(floorDiv(shownClock(scale.from), length), length, &clock)) return ticks;
        clock += kMonday % length;
        while (ticks.size() < kMostTicks) {
            const Timestamp time = instantOfClock(clock);
            if (time >= scale.to) break;
            if (time >= scale.from) add(time);
            if (__builtin_add_overflow(clock, length, &clock)) break;
        }
        return ticks;
    }
    // Between two changes of the offset the clocks run evenly.
    std::vector<Timestamp> starts = shownOffsetChanges(scale.from, scale.to);
    starts.insert(starts.begin(), scale.from);
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const Timestamp end = i + 1 < starts.size() ? starts[i + 1] : scale.to;
        const std::int64_t offset = shownOffset(starts[i]);
        std::int64_t time = 0;
        if (__builtin_mul_overflow(floorDiv(shownClock(starts[i]), step.count), step.count, &time)) return ticks;
        time -= offset;
        while (time < starts[i].ns)
            if (__builtin_add_overflow(time, step.count, &time)) return ticks;
        while (time < end.ns && ticks.size() < kMostTicks) {
            // Put back, they show a round time twice, or soon after the last one.
            if (ticks.empty() || time - ticks.back().time.ns >= step.count / 4 * 3) add(Timestamp{time});
            if (__builtin_add_overflow(time, step.count, &time)) break;
        }
    }
    return ticks;
}

}  // namespace hindcast::ui
