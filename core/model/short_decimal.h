#pragma once
#include "core/event/json.h"

#include <optional>
#include <string_view>

namespace hindcast::model {

/// The exact sum of two numbers (`b` as JSON text) of at most 17 digits without an exponent, written as addDecimals() would write it; empty where
/// they are not such numbers. Money and counts are: this saves most of the work that sums of any magnitude take.
[[nodiscard]] std::optional<Json> addShortDecimals(const Json& a, std::string_view b);

}  // namespace hindcast::model
