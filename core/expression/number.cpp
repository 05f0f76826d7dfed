#include "core/expression/number.h"

#include "core/event/decimal.h"
#include "core/expression/big_decimal.h"

#include <array>
#include <cmath>

namespace hindcast::expression {

namespace {

__extension__ using Wide = __int128;

constexpr std::size_t kMaxScale = 18;  // so that two shorts at a common scale fit in 128 bits

constexpr auto kPowers = [] {
    std::array<std::int64_t, kMaxScale + 1> powers{1};
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
}();

std::string written(Wide digits, std::size_t scale)
{
    const bool negative = digits < 0;
    // The least 128-bit number never occurs: digits are a sum or a product of 64-bit ones and of a power up to 10^18.
    if (negative) digits = -digits;
    std::array<char, 64> buffer;
    std::size_t at = buffer.size();
    for (std::size_t count = 0; digits != 0 || count <= scale; ++count) {
        if (count == scale && scale > 0) buffer[--at] = '.';
        buffer[--at] = static_cast<char>('0' + static_cast<int>(digits % 10));
        digits /= 10;
    }
    if (negative) buffer[--at] = '-';
    return {buffer.data() + at, buffer.size() - at};
}

Number shortOrText(Wide digits, std::size_t scale, Arena& arena)
{
    if (digits >= INT64_MIN && digits <= INT64_MAX && scale <= kMaxScale)
        return Number{static_cast<std::int64_t>(digits), {}, static_cast<std::uint8_t>(scale)};
    Number number;
    number.text = arena.keep(written(digits, scale));
    return number;
}

/// The decimal that a double of a Json prints as. A double with at most 15 significant digits has one decimal of that kind, and it is
/// found by trying the usual scales; the others are printed.
std::optional<Number> shortOf(double value)
{
    for (std::uint8_t scale = 1; scale <= 6; ++scale) {
        const auto power = static_cast<double>(kPowers[scale]);
        const double digits = std::nearbyint(value * power);
        if (std::fabs(digits) >= 1e15) break;
        if (digits / power == value) return Number{static_cast<std::int64_t>(digits), {}, scale};
    }
    return {};
}

std::expected<Number, Fault> computeShort(Operation operation, const Number& a, const Number& b, Arena& arena)
{
    if (operation == Operation::Multiply) return shortOrText(Wide{a.digits} * b.digits, std::size_t{a.scale} + b.scale, arena);
    const std::uint8_t scale = std::max(a.scale, b.scale);
    const Wide x = Wide{a.digits} * kPowers[static_cast<std::size_t>(scale - a.scale)];
    const Wide y = Wide{b.digits} * kPowers[static_cast<std::size_t>(scale - b.scale)];
    switch (operation) {
        case Operation::Add: return shortOrText(x + y, scale, arena);
        case Operation::Subtract: return shortOrText(x - y, scale, arena);
        case Operation::Remainder: return shortOrText(x % y, scale, arena);
        default: return shortOrText(x / y, 0, arena);  // integers: scale is 0
    }
}

std::optional<std::string> computeLong(Operation operation, const std::string& a, const std::string& b, bool integers)
{
    switch (operation) {
        case Operation::Add: return addDecimals(a, b);
        case Operation::Subtract: return addDecimals(a, b.front() == '-' ? b.substr(1) : "-" + b);
        case Operation::Multiply: return multiplyDecimals(a, b);
        case Operation::Divide: return integers ? quotientOfIntegers(a, b) : divideDecimals(a, b);
        case Operation::Remainder: return remainderOfDecimals(a, b);
    }
    return {};
}

bool isZero(const Number& number) { return compare(number, Number{}) == 0; }

}  // namespace

std::optional<Number> readNumber(std::string_view text)
{
    Number number;
    bool point = false;
    const bool negative = !text.empty() && text.front() == '-';
    const std::string_view digits = text.substr(negative ? 1 : 0);
    if (digits.size() > kMaxScale + 1 || digits.empty()) {
        if (!isJsonNumber(text)) return {};
        return Number{0, text, 0};
    }
    std::uint64_t value = 0;
    for (const char c : digits) {
        if (c >= '0' && c <= '9') {
            value = value * 10 + static_cast<std::uint64_t>(c - '0');
            number.scale = static_cast<std::uint8_t>(number.scale + (point ? 1 : 0));
        } else if (c == '.' && !point) {
            point = true;
        } else {
            if (!isJsonNumber(text)) return {};
            return Number{0, text, 0};
        }
    }
    const bool leadingZero = digits.front() == '0' && digits.size() > 1 && digits[1] != '.';
    if (leadingZero || digits.front() == '.' || (point && number.scale == 0)) return {};
    if (value > static_cast<std::uint64_t>(INT64_MAX) + (negative ? 1 : 0)) return Number{0, text, 0};
    number.digits = static_cast<std::int64_t>(negative ? 0 - value : value);
    return number;
}

Number numberOf(const Json& json, Arena& arena)
{
    switch (json.type()) {
        case Json::value_t::number_integer: return Number{json.get<std::int64_t>(), {}, 0};
        case Json::value_t::number_unsigned: {
            const auto value = json.get<std::uint64_t>();
            if (value <= static_cast<std::uint64_t>(INT64_MAX)) return Number{static_cast<std::int64_t>(value), {}, 0};
            break;
        }
        case Json::value_t::number_float:
            if (const auto number = shortOf(json.get<double>())) return *number;
            break;
        default: {
            const auto& bytes = json.get_binary();
            return readNumber({reinterpret_cast<const char*>(bytes.data()), bytes.size()}).value_or(Number{});
        }
    }
    const std::string_view text = arena.keep(numberText(json));
    return readNumber(text).value_or(Number{});
}

std::string textOf(const Number& number)
{
    return number.isShort() ? written(number.digits, number.scale) : std::string(number.text);
}

std::strong_ordering compareLong(const Number& a, const Number& b)
{
    if (a.isShort() && b.isShort()) {
        const std::uint8_t scale = std::max(a.scale, b.scale);
        return Wide{a.digits} * kPowers[static_cast<std::size_t>(scale - a.scale)] <=>
               Wide{b.digits} * kPowers[static_cast<std::size_t>(scale - b.scale)];
    }
    return compareDecimals(textOf(a), textOf(b));
}

std::expected<Number, Fault> compute(Operation operation, const Number& a, const Number& b, Arena& arena)
{
    const bool divides = operation == Operation::Divide || operation == Operation::Remainder;
    if (divides && isZero(b)) return std::unexpected(Fault::DivisionByZero);
    const bool integers = a.isInteger() && b.isInteger();
    if (a.isShort() && b.isShort() && (operation != Operation::Divide || integers)) return computeShort(operation, a, b, arena);
    auto result = computeLong(operation, textOf(a), textOf(b), integers);
    if (!result) return std::unexpected(Fault::TooLarge);
    return readNumber(arena.keep(std::move(*result))).value_or(Number{});
}

}  // namespace hindcast::expression
