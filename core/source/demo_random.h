#pragma once
#include <cstdint>

namespace hindcast::source::demo {

/// The finaliser of splitmix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
[[nodiscard]] constexpr std::uint64_t scramble(std::uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/// One number from several: names that must not depend on how many others were drawn before.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b, std::uint64_t c = 0)
{
    constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15u;
    return scramble(scramble(scramble(a + kGolden) ^ (b + kGolden)) ^ (c + kGolden));
}

/// splitmix64. Integers only: the standard's distributions and libm differ between systems, and the demo's bytes must not.
class Random {
public:
    constexpr explicit Random(std::uint64_t seed) : state_(seed) {}

    constexpr std::uint64_t next()
    {
        state_ += 0x9e3779b97f4a7c15u;
        return scramble(state_);
    }
    /// 0 … n − 1. REQUIRES: 0 < n.
    constexpr std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(((next() >> 32) * n) >> 32); }
    /// from … to, both included.
    constexpr std::int64_t between(std::int64_t from, std::int64_t to)
    {
        return from + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(to - from + 1));
    }
    constexpr bool chance(std::uint32_t percent) { return below(100) < percent; }

private:
    std::uint64_t state_;
};

}  // namespace hindcast::source::demo
