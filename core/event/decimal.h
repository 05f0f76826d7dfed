#pragma once
#include <cstddef>  // first: Qt's moc stumbles over <compare> unless the library's configuration is known

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace hindcast {

/// Exact arithmetic on JSON number texts. No magnitude is rounded; a result keeps the longer fraction of its operands
/// ("62.00" + "119.90" = "181.90"). Exponents beyond ±10,000 are refused (empty) rather than written out.
[[nodiscard]] std::optional<std::string> addDecimals(std::string_view a, std::string_view b);
/// -1, 0, 1 by exact value, any exponent. REQUIRES: both match JSON's number grammar.
[[nodiscard]] std::strong_ordering compareDecimals(std::string_view a, std::string_view b);
/// JSON's number grammar, whole text.
[[nodiscard]] bool isJsonNumber(std::string_view text);

}  // namespace hindcast
