#pragma once
#include "core/source/demo_random.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace hindcast::source::demo {

/// Milliseconds since 1970 in UTC.
using Millis = std::int64_t;

inline constexpr Millis kSecond = 1'000;
inline constexpr Millis kMinute = 60 * kSecond;
inline constexpr Millis kHour = 60 * kMinute;
inline constexpr Millis kDay = 24 * kHour;

/// Monday 2025-10-27T00:00Z. The shop opens at kOpening; before it the catalogue is filled and the database snapshot is read.
inline constexpr Millis kFirstDay = 1'761'523'200'000;
inline constexpr Millis kOpening = kFirstDay + 6 * kHour + 30 * kMinute;
/// Thursday 2025-11-06T12:00Z.
inline constexpr Millis kEnd = kFirstDay + 10 * kDay + 12 * kHour;
inline constexpr std::size_t kDays = 11;

/// A moment of the demo: at(3, 18, 42, 7, 311) is the 3rd of November at 18:42:07.311.
[[nodiscard]] constexpr Millis november(int day, int hour, int minute, int second, int millis = 0)
{
    return kFirstDay + (day + 4) * kDay + hour * kHour + minute * kMinute + second * kSecond + millis;
}

/// How busy people are through day, night and weekend: a sampler of moments.
class Rhythm {
public:
    /// A weight for each day from kFirstDay on.
    explicit Rhythm(const std::array<int, kDays>& dayWeights);

    /// A moment within [from, to); `from` where that range holds nobody awake. REQUIRES: kFirstDay ≤ from ≤ to ≤ kEnd.
    [[nodiscard]] Millis sample(Random& random, Millis from, Millis to) const;
    /// The share of all activity that lies before `at`, in millionths.
    [[nodiscard]] std::int64_t millionthsBefore(Millis at) const;

private:
    [[nodiscard]] std::int64_t massBefore(Millis at) const;

    std::vector<std::int64_t> massBeforeHour_;  ///< cumulative; one more entry than there are hours
    std::vector<std::int64_t> weightOfHour_;
};

/// Appends "2025-11-04T09:14:22.118Z". REQUIRES: 1970 or later.
void appendIso(std::string& out, Millis at);

}  // namespace hindcast::source::demo
