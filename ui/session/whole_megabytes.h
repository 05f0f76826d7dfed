#pragma once
#include <cstdint>

namespace hindcast::ui {

/// Rounded up: what a file happens to hold to the byte is no amount that anybody would write.
[[nodiscard]] constexpr std::uint64_t wholeMegabytes(std::uint64_t bytes)
{
    constexpr std::uint64_t kMegabyte = 1'000'000;
    return (bytes + kMegabyte - 1) / kMegabyte * kMegabyte;
}

}  // namespace hindcast::ui
