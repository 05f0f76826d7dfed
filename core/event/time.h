#pragma once
#include "core/event/error.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hindcast {

/// An instant: integer nanoseconds since 1970-01-01T00:00:00Z (years 1678 to 2262).
struct Timestamp {
    std::int64_t ns = 0;

    static constexpr Timestamp fromMilliseconds(std::int64_t ms) { return Timestamp{ms * 1'000'000}; }
    static constexpr Timestamp fromMicroseconds(std::int64_t us) { return Timestamp{us * 1'000}; }
    static constexpr Timestamp fromSeconds(std::int64_t s) { return Timestamp{s * 1'000'000'000}; }
    static constexpr Timestamp min() { return Timestamp{INT64_MIN}; }
    static constexpr Timestamp max() { return Timestamp{INT64_MAX}; }
    static Timestamp now();
    /// Shown as none: 0, where neither an event's payload nor a broker gave a time, and the ends of our years, which stand for what
    /// lies beyond them.
    [[nodiscard]] constexpr bool isKnown() const { return ns != 0 && ns != INT64_MIN && ns != INT64_MAX; }

    [[nodiscard]] constexpr std::int64_t milliseconds() const
    {
        return ns >= 0 ? ns / 1'000'000 : -((-(ns + 1)) / 1'000'000) - 1;
    }
    /// Later by that many nanoseconds (earlier where they are negative), but not beyond the ends of our years.
    [[nodiscard]] constexpr Timestamp plus(std::int64_t nanoseconds) const
    {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(ns, nanoseconds, &sum)) return nanoseconds > 0 ? max() : min();
        return Timestamp{sum};
    }
    /// Nanoseconds from here to there, negative where `to` is earlier. Where they are more than an int64 holds: the most or the least
    /// that it does.
    [[nodiscard]] constexpr std::int64_t until(Timestamp to) const
    {
        std::int64_t span = 0;
        if (__builtin_sub_overflow(to.ns, ns, &span)) return to.ns > ns ? INT64_MAX : INT64_MIN;
        return span;
    }
    constexpr auto operator<=>(const Timestamp&) const = default;
};

/// A broker's time in milliseconds. Empty for -1, which a producer without a clock writes. What lies beyond our years becomes their
/// end, Timestamp::min() or max(): such a time is shown as none and flagged.
[[nodiscard]] constexpr std::optional<Timestamp> brokerTimeFromMilliseconds(std::int64_t ms)
{
    constexpr std::int64_t kMost = INT64_MAX / 1'000'000;
    if (ms == -1) return std::nullopt;
    if (ms >= kMost) return Timestamp::max();
    if (ms <= -kMost) return Timestamp::min();
    return Timestamp{ms * 1'000'000};
}

/// How an epoch number or a text is to be read.
enum class TimeUnit : std::uint8_t { Auto, Iso, Seconds, Milliseconds, Microseconds, Nanoseconds };

[[nodiscard]] std::optional<TimeUnit> timeUnitFromName(std::string_view name);  ///< "iso", "s", "ms", "us", "ns", "auto"
[[nodiscard]] std::string_view nameOf(TimeUnit unit);

/// ISO 8601 as events carry it: `2025-11-04`, `2025-11-04T09:14`, `…:22.118Z`, `…+01:00`, `…+0100`, a space or `/` instead of
/// `T` or `-`, 0 to 9 fraction digits (more are cut). Text without a zone is taken to be `zoneOffsetMinutes` east of UTC.
/// Empty where the text is no such time or lies outside of the representable years.
[[nodiscard]] std::optional<Timestamp> timestampFromIso(std::string_view text, int zoneOffsetMinutes = 0);

/// An epoch number with the given unit; Auto decides by magnitude (below 1e11 s, 1e14 ms, 1e17 µs, else ns).
/// Decimals are allowed ("1700000000.25"). Empty where out of range.
[[nodiscard]] std::optional<Timestamp> timestampFromEpoch(std::string_view number, TimeUnit unit);

/// A moment as a user writes it (contracts 4): ISO 8601 (no zone: UTC), an epoch in s, ms or µs by magnitude, or relative to
/// `now` ("-2h", "-90s", "-3d", "-15m", "-1w", "now").
[[nodiscard]] Result<Timestamp> timestampFromUser(std::string_view text, Timestamp now);

/// "2025-11-04T09:14:22.118Z"; as many fraction digits as are needed, in groups of three, none where whole seconds.
[[nodiscard]] std::string toIso(Timestamp time);

}  // namespace hindcast
