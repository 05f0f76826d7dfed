#pragma once
#include <cstdint>

namespace hindcast::ui {

/// Rounded up: what a file happens to hold to the byte is no amount that anybody would write.
[[nodiscard]] constexpr std::uint64_t wholeMegabytes(std::uint64_t bytes)
{
    constexpr std::uint64_t kMegabyte = 1'000'000;
    return (bytes + kMegabyte - 1) / kMegabyte * kMegabyte;
}

/// What a limit on disk that is reached is raised to by who goes on, all in bytes: by as much again as was allowed. A file may hold a
/// little more than its limit: 12 MB and as much again are 24 MB all the same; but where it is a whole megabyte beyond, that much of
/// what is allowed would be used up, and it counts from what the file holds.
[[nodiscard]] constexpr std::uint64_t raisedLimit(std::uint64_t limit, std::uint64_t allowance, std::uint64_t fileBytes)
{
    const std::uint64_t raised = wholeMegabytes(limit + allowance);
    if (fileBytes < limit + 1'000'000 && raised >= fileBytes + allowance / 2) return raised;
    return wholeMegabytes(fileBytes + allowance);
}

}  // namespace hindcast::ui
