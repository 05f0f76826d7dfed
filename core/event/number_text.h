#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace hindcast {

/// Digits in threes, "48 211": how counts and offsets are written for people everywhere. The window takes a narrower space.
[[nodiscard]] std::string grouped(std::uint64_t number, std::string_view separator = " ");

}  // namespace hindcast
