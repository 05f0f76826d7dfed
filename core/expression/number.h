#pragma once
#include "core/event/json.h"
#include "core/expression/arena.h"

#include <compare>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace hindcast::expression {

/// A number, exact. Most are short: `digits` × 10^-`scale` within 64 bits; any other is its JSON text.
struct Number {
    std::int64_t digits = 0;
    std::string_view text;  ///< empty: a short one
    std::uint8_t scale = 0;

    [[nodiscard]] bool isShort() const { return text.empty(); }
    /// Written without fraction and exponent: `/` cuts towards zero then, as it does in CEL.
    [[nodiscard]] bool isInteger() const { return isShort() ? scale == 0 : text.find_first_of(".eE") == std::string_view::npos; }
};

/// Empty where the text does not match JSON's grammar. What is not short is a view of `text`.
[[nodiscard]] std::optional<Number> readNumber(std::string_view text);
/// Of a Json number of any kind; a text that has to be made for it is put into the arena.
[[nodiscard]] Number numberOf(const Json& json, Arena& arena);
[[nodiscard]] std::string textOf(const Number& number);

[[nodiscard]] std::strong_ordering compareLong(const Number& a, const Number& b);
[[nodiscard]] inline std::strong_ordering compare(const Number& a, const Number& b)
{
    if (a.isShort() && b.isShort() && a.scale == b.scale) return a.digits <=> b.digits;
    return compareLong(a, b);
}

enum class Operation : std::uint8_t { Add, Subtract, Multiply, Divide, Remainder };
enum class Fault : std::uint8_t { DivisionByZero, TooLarge };
/// Exact, but for a division of decimals, which has 34 significant digits (big_decimal.h). Integers divide as in CEL, cut towards zero;
/// what no longer fits in 64 bits goes on as text in the arena.
[[nodiscard]] std::expected<Number, Fault> compute(Operation operation, const Number& a, const Number& b, Arena& arena);

}  // namespace hindcast::expression
