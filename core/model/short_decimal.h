#pragma once
#include "core/event/json.h"

#include <optional>

namespace hindcast::model {

/// The exact sum of two numbers of at most 17 digits without an exponent, written as addDecimals() would write it; empty where
/// they are not such numbers. Money and counts are: this saves most of the work that sums of any magnitude take.
[[nodiscard]] std::optional<Json> addShortDecimals(const Json& a, const Json& b);

}  // namespace hindcast::model
