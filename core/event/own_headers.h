#pragma once
#include <array>
#include <string_view>

namespace hindcast {

// Headers of the records that we write ourselves (branches, reproducers): they say what the event is, so that such a dump reads back
// without a mapping. The value is the payload as it stands.
inline constexpr std::string_view kOwnCategory = "hindcast-category";
inline constexpr std::string_view kOwnId = "hindcast-id";
inline constexpr std::string_view kOwnType = "hindcast-type";
inline constexpr std::string_view kOwnTime = "hindcast-time";             ///< ISO 8601; left out where the event has none
inline constexpr std::array kOwnHeaders{kOwnCategory, kOwnId, kOwnType};  ///< that each of them has

}  // namespace hindcast
