#pragma once
#include "core/event/time.h"

namespace hindcast {

// Beside time.h, which all include: sums and differences of times that stop at the ends of our years instead of leaving them.

/// Later by that many nanoseconds (earlier where they are negative); at most Timestamp::max(), at least min().
[[nodiscard]] constexpr Timestamp plus(Timestamp time, std::int64_t ns)
{
    std::int64_t sum = 0;
    if (__builtin_add_overflow(time.ns, ns, &sum)) return ns > 0 ? Timestamp::max() : Timestamp::min();
    return Timestamp{sum};
}

/// Nanoseconds from one to the other, negative where `to` is earlier. Where an int64 does not hold them: the most or the least that it
/// does.
[[nodiscard]] constexpr std::int64_t between(Timestamp from, Timestamp to)
{
    std::int64_t span = 0;
    if (__builtin_sub_overflow(to.ns, from.ns, &span)) return to > from ? INT64_MAX : INT64_MIN;
    return span;
}

}  // namespace hindcast
