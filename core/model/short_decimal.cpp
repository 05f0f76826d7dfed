#include "core/model/short_decimal.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace hindcast::model {

namespace {

constexpr std::size_t kMostDigits = 17;  // so that a sum fits in 64 bits, whatever the scales

struct Short {
    std::int64_t digits = 0;  ///< the number times 10^scale
    std::size_t scale = 0;    ///< fraction digits as written
};

std::optional<Short> shortFromText(std::string_view text)
{
    Short number;
    const bool negative = text.front() == '-';
    if (negative) text.remove_prefix(1);
    std::size_t count = 0;
    bool fraction = false;
    for (const char c : text) {
        if (c == '.') {
            fraction = true;
            continue;
        }
        if (c < '0' || c > '9' || ++count > kMostDigits) return std::nullopt;
        number.digits = number.digits * 10 + (c - '0');
        if (fraction) ++number.scale;
    }
    if (negative) number.digits = -number.digits;
    return number;
}

std::optional<Short> shortOf(const Json& json)
{
    if (!json.is_binary()) return shortFromText(numberText(json));
    const auto& bytes = json.get_binary();
    return shortFromText({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

bool scaleUp(Short& number, std::size_t scale)
{
    for (; number.scale < scale; ++number.scale)
        if (__builtin_mul_overflow(number.digits, std::int64_t{10}, &number.digits)) return false;
    return true;
}

}  // namespace

std::optional<Json> addShortDecimals(const Json& a, std::string_view b)
{
    auto left = shortOf(a);
    auto right = left ? shortFromText(b) : std::nullopt;
    if (!right) return std::nullopt;
    const std::size_t scale = std::max(left->scale, right->scale);
    std::int64_t total = 0;
    if (!scaleUp(*left, scale) || !scaleUp(*right, scale) || __builtin_add_overflow(left->digits, right->digits, &total))
        return std::nullopt;

    // Digits from behind, with zeros up to one before the point.
    char text[48];
    char* const end = text + sizeof text;
    char* at = end;
    std::uint64_t rest = total < 0 ? 0 - static_cast<std::uint64_t>(total) : static_cast<std::uint64_t>(total);
    for (std::size_t written = 0; rest != 0 || written <= scale; ++written) {
        if (written == scale && scale > 0) *--at = '.';
        *--at = static_cast<char>('0' + rest % 10);
        rest /= 10;
    }
    if (total < 0) *--at = '-';
    return numberFromText({at, static_cast<std::size_t>(end - at)});
}

}  // namespace hindcast::model
