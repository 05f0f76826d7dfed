#include "core/event/decimal.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace hindcast {

namespace {

constexpr std::int64_t kMaxExponent = 10'000;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// The pieces of a number text, as views into it.
struct Parts {
    bool negative = false;
    std::string_view whole;
    std::string_view fraction;
    std::string_view exponent;  ///< with its sign, without "+"; empty where there is none
};

/// REQUIRES: JSON's grammar.
Parts split(std::string_view text)
{
    Parts parts;
    if (text.front() == '-') {
        parts.negative = true;
        text.remove_prefix(1);
    }
    if (const std::size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
        parts.exponent = text.substr(e + 1);
        if (parts.exponent.front() == '+') parts.exponent.remove_prefix(1);
        text = text.substr(0, e);
    }
    const std::size_t point = text.find('.');
    parts.whole = text.substr(0, point);
    if (point != std::string_view::npos) parts.fraction = text.substr(point + 1);
    return parts;
}

/// Sign, digits, and how many of the digits stand behind the point.
struct Fixed {
    bool negative = false;
    std::string digits;
    std::size_t scale = 0;
};

std::optional<Fixed> fixed(std::string_view text)
{
    const Parts parts = split(text);
    Fixed number{parts.negative, std::string(parts.whole), parts.fraction.size()};
    number.digits += parts.fraction;
    if (parts.exponent.empty()) return number;
    std::int64_t exponent = 0;
    const char* end = parts.exponent.data() + parts.exponent.size();
    if (std::from_chars(parts.exponent.data(), end, exponent).ec != std::errc()) return {};
    if (exponent > kMaxExponent || exponent < -kMaxExponent) return {};
    if (exponent < 0) {
        number.scale += static_cast<std::size_t>(-exponent);
    } else {
        const auto shift = static_cast<std::size_t>(exponent);
        if (shift > number.scale) number.digits.append(shift - number.scale, '0');
        number.scale -= std::min(shift, number.scale);
    }
    return number;
}

/// JSON text of a magnitude: no leading zeros but one, `scale` digits behind the point.
std::string written(bool negative, std::string digits, std::size_t scale)
{
    if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
    const std::size_t point = digits.size() - scale;
    const std::size_t first = std::min(digits.find_first_not_of('0'), point - 1);
    const bool zero = digits.find_first_not_of('0') == std::string::npos;
    std::string text;
    text.reserve(digits.size() - first + 2);
    if (negative && !zero) text += '-';
    text.append(digits, first, point - first);
    if (scale > 0) {
        text += '.';
        text.append(digits, point);
    }
    return text;
}

/// Digits with the same length, most significant first: a += b. A carry makes `a` one longer.
void addDigits(std::string& a, const std::string& b)
{
    int carry = 0;
    for (std::size_t i = a.size(); i-- > 0;) {
        const int sum = (a[i] - '0') + (b[i] - '0') + carry;
        a[i] = static_cast<char>('0' + sum % 10);
        carry = sum / 10;
    }
    if (carry != 0) a.insert(a.begin(), '1');
}

/// a -= b. REQUIRES: same length, a >= b.
void subtractDigits(std::string& a, const std::string& b)
{
    int borrow = 0;
    for (std::size_t i = a.size(); i-- > 0;) {
        int rest = (a[i] - '0') - (b[i] - '0') - borrow;
        borrow = rest < 0 ? 1 : 0;
        if (rest < 0) rest += 10;
        a[i] = static_cast<char>('0' + rest);
    }
}

/// The usual case, amounts: no exponent, at most 18 digits each. Digits at a common scale fit in 128 bits.
struct Small {
    __extension__ using Wide = __int128;
    Wide value = 0;
    std::size_t scale = 0;
};

std::optional<Small> small(std::string_view text)
{
    if (text.size() > 19) return {};
    Small number;
    bool negative = false;
    bool behindPoint = false;
    for (const char c : text) {
        if (c == '-')
            negative = true;
        else if (c == '.')
            behindPoint = true;
        else if (!isDigit(c))
            return {};
        else {
            number.value = number.value * 10 + (c - '0');
            number.scale += behindPoint ? 1 : 0;
        }
    }
    if (negative) number.value = -number.value;
    return number;
}

void scaleUp(Small& number, std::size_t scale)
{
    for (; number.scale < scale; ++number.scale) number.value *= 10;
}

std::string textOf(Small number)
{
    const bool negative = number.value < 0;
    if (negative) number.value = -number.value;
    std::string digits;
    for (; number.value != 0; number.value /= 10) digits += static_cast<char>('0' + static_cast<int>(number.value % 10));
    std::reverse(digits.begin(), digits.end());
    return written(negative, std::move(digits), number.scale);
}

/// A magnitude as 0.d1d2d3… × 10^exponent, d1 not zero.
struct Scientific {
    bool zero = false;
    bool negative = false;
    std::string digits;    ///< without zeros at either end
    std::string exponent;  ///< an integer of any size: 1e99999999999999999999 is JSON too
};

Scientific scientific(std::string_view text)
{
    const Parts parts = split(text);
    Scientific number;
    number.negative = parts.negative;
    number.digits.reserve(parts.whole.size() + parts.fraction.size());
    number.digits += parts.whole;
    number.digits += parts.fraction;
    const std::size_t first = number.digits.find_first_not_of('0');
    if (first == std::string::npos) {
        number.zero = true;
        return number;
    }
    number.digits.erase(number.digits.find_last_not_of('0') + 1);
    number.digits.erase(0, first);
    const auto shift = static_cast<std::int64_t>(parts.whole.size()) - static_cast<std::int64_t>(first);

    std::string_view exponent = parts.exponent.empty() ? std::string_view("0") : parts.exponent;
    const bool minus = exponent.front() == '-';
    if (minus) exponent.remove_prefix(1);
    exponent.remove_prefix(std::min(exponent.find_first_not_of('0'), exponent.size() - 1));
    const std::string plain = (minus ? "-" : "") + std::string(exponent);
    number.exponent = *addDecimals(plain, std::to_string(shift));  // two integers: always has a sum
    return number;
}

std::strong_ordering compareMagnitudes(const Scientific& a, const Scientific& b)
{
    if (a.exponent != b.exponent) return compareDecimals(a.exponent, b.exponent);
    return a.digits <=> b.digits;  // the digits begin at the same place, so the order of the texts is that of the numbers
}

}  // namespace

bool isJsonNumber(std::string_view text)
{
    const char* at = text.data();
    const char* const end = at + text.size();
    const auto digits = [&] {
        const char* const start = at;
        while (at != end && isDigit(*at)) ++at;
        return at != start;
    };
    if (at != end && *at == '-') ++at;
    if (at == end) return false;
    if (*at == '0')
        ++at;
    else if (!digits())
        return false;
    if (at != end && *at == '.') {
        ++at;
        if (!digits()) return false;
    }
    if (at != end && (*at == 'e' || *at == 'E')) {
        ++at;
        if (at != end && (*at == '+' || *at == '-')) ++at;
        if (!digits()) return false;
    }
    return at == end;
}

std::optional<std::string> addDecimals(std::string_view a, std::string_view b)
{
    if (!isJsonNumber(a) || !isJsonNumber(b)) return {};
    if (auto x = small(a), y = small(b); x && y) {
        const std::size_t scale = std::max(x->scale, y->scale);
        scaleUp(*x, scale);
        scaleUp(*y, scale);
        return textOf(Small{x->value + y->value, scale});
    }
    auto x = fixed(a);
    auto y = fixed(b);
    if (!x || !y) return {};
    const std::size_t scale = std::max(x->scale, y->scale);
    x->digits.append(scale - x->scale, '0');
    y->digits.append(scale - y->scale, '0');
    const std::size_t width = std::max(x->digits.size(), y->digits.size());
    x->digits.insert(0, width - x->digits.size(), '0');
    y->digits.insert(0, width - y->digits.size(), '0');
    if (x->negative == y->negative) {
        addDigits(x->digits, y->digits);
    } else {
        if (x->digits < y->digits) std::swap(x, y);
        subtractDigits(x->digits, y->digits);
    }
    return written(x->negative, std::move(x->digits), scale);
}

std::strong_ordering compareDecimals(std::string_view a, std::string_view b)
{
    if (auto x = small(a), y = small(b); x && y) {
        const std::size_t scale = std::max(x->scale, y->scale);
        scaleUp(*x, scale);
        scaleUp(*y, scale);
        return x->value <=> y->value;
    }
    const Scientific x = scientific(a);
    const Scientific y = scientific(b);
    const int signX = x.zero ? 0 : x.negative ? -1 : 1;
    const int signY = y.zero ? 0 : y.negative ? -1 : 1;
    if (signX != signY || signX == 0) return signX <=> signY;
    return signX > 0 ? compareMagnitudes(x, y) : compareMagnitudes(y, x);
}

}  // namespace hindcast
