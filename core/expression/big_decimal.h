#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace hindcast::expression {

/// Exact arithmetic on JSON number texts of any usual size, beside addDecimals() of core/event. Empty where an operand has more than
/// 10,000 digits (an exponent written out counts) or, for the divisions, is zero where it divides. A result is the text of a JSON number
/// without an exponent. REQUIRES everywhere: the operands match JSON's number grammar.
[[nodiscard]] std::optional<std::string> multiplyDecimals(std::string_view a, std::string_view b);
/// The quotient of two integers, cut towards zero.
[[nodiscard]] std::optional<std::string> quotientOfIntegers(std::string_view a, std::string_view b);
/// The quotient to 34 significant digits, half to even, as IEEE 754's decimal128 has it; exact where it ends before. Always has a
/// fraction, be it ".0": what is divided as decimals stays one.
[[nodiscard]] std::optional<std::string> divideDecimals(std::string_view a, std::string_view b);
/// What the division cut towards zero leaves, with the sign of `a`. Exact.
[[nodiscard]] std::optional<std::string> remainderOfDecimals(std::string_view a, std::string_view b);

}  // namespace hindcast::expression
