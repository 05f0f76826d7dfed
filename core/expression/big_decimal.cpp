#include "core/expression/big_decimal.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>
#include <vector>

namespace hindcast::expression {

namespace {

constexpr std::uint64_t kBase = 1'000'000'000;
constexpr std::size_t kLimbDigits = 9;
constexpr std::int64_t kMostDigits = 10'000;
constexpr std::size_t kQuotientDigits = 34;

using Limbs = std::vector<std::uint32_t>;  ///< base 10^9, the least first, no zeros at the end

void trim(Limbs& limbs)
{
    while (!limbs.empty() && limbs.back() == 0) limbs.pop_back();
}

Limbs limbsOf(std::string_view digits)
{
    Limbs limbs;
    limbs.reserve(digits.size() / kLimbDigits + 1);
    while (!digits.empty()) {
        const std::size_t take = std::min(kLimbDigits, digits.size());
        std::uint32_t limb = 0;
        for (const char c : digits.substr(digits.size() - take)) limb = limb * 10 + static_cast<std::uint32_t>(c - '0');
        limbs.push_back(limb);
        digits.remove_suffix(take);
    }
    trim(limbs);
    return limbs;
}

/// "" for zero.
std::string digitsOf(const Limbs& limbs)
{
    std::string digits;
    for (std::size_t i = limbs.size(); i-- > 0;) {
        const std::string part = std::to_string(limbs[i]);
        if (!digits.empty()) digits.append(kLimbDigits - part.size(), '0');
        digits += part;
    }
    return digits;
}

/// digits × 10^-scale.
struct Fixed {
    bool negative = false;
    std::string digits;
    std::size_t scale = 0;
};

std::optional<Fixed> fixedOf(std::string_view text)
{
    Fixed number;
    if (text.front() == '-') {
        number.negative = true;
        text.remove_prefix(1);
    }
    std::int64_t exponent = 0;
    if (const std::size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
        std::string_view written = text.substr(e + 1);
        if (written.front() == '+') written.remove_prefix(1);
        if (std::from_chars(written.data(), written.data() + written.size(), exponent).ec != std::errc()) return {};
        if (exponent > kMostDigits || exponent < -kMostDigits) return {};
        text = text.substr(0, e);
    }
    const std::size_t point = text.find('.');
    number.digits = text.substr(0, point);
    std::int64_t scale = -exponent;
    if (point != std::string_view::npos) {
        number.digits += text.substr(point + 1);
        scale += static_cast<std::int64_t>(text.size() - point - 1);
    }
    if (scale < 0) number.digits.append(static_cast<std::size_t>(-scale), '0');
    number.scale = static_cast<std::size_t>(std::max<std::int64_t>(scale, 0));
    if (std::max(number.digits.size(), number.scale) > static_cast<std::size_t>(kMostDigits)) return {};
    return number;
}

std::string written(bool negative, std::string digits, std::size_t scale)
{
    if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
    if (scale > 0) digits.insert(digits.size() - scale, 1, '.');
    if (negative && digits.find_first_not_of("0.") != std::string::npos) digits.insert(0, 1, '-');
    return digits;
}

Limbs product(const Limbs& a, const Limbs& b)
{
    Limbs result(a.size() + b.size(), 0);
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::uint64_t carry = 0;
        for (std::size_t j = 0; j < b.size() || carry != 0; ++j) {
            const std::uint64_t other = j < b.size() ? std::uint64_t{a[i]} * b[j] : 0;
            const std::uint64_t sum = result[i + j] + other + carry;
            result[i + j] = static_cast<std::uint32_t>(sum % kBase);
            carry = sum / kBase;
        }
    }
    trim(result);
    return result;
}

void scaleBy(Limbs& limbs, std::uint64_t factor)
{
    std::uint64_t carry = 0;
    for (std::uint32_t& limb : limbs) {
        const std::uint64_t sum = limb * factor + carry;
        limb = static_cast<std::uint32_t>(sum % kBase);
        carry = sum / kBase;
    }
    if (carry != 0) limbs.push_back(static_cast<std::uint32_t>(carry));
}

/// Gives what is left; the limbs become the quotient.
std::uint64_t divideBy(Limbs& limbs, std::uint64_t divisor)
{
    std::uint64_t rest = 0;
    for (std::size_t i = limbs.size(); i-- > 0;) {
        const std::uint64_t now = rest * kBase + limbs[i];
        limbs[i] = static_cast<std::uint32_t>(now / divisor);
        rest = now % divisor;
    }
    trim(limbs);
    return rest;
}

bool less(const Limbs& a, const Limbs& b)
{
    if (a.size() != b.size()) return a.size() < b.size();
    return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
}

/// u[at…] -= factor × v, one digit beyond v's too. Gives whether it fell below zero (the digits then are those of the sum with a power
/// of the base).
bool subtractMultiple(Limbs& u, std::size_t at, const Limbs& v, std::uint64_t factor)
{
    std::int64_t borrow = 0;
    for (std::size_t i = 0; i <= v.size(); ++i) {
        const std::uint64_t part = i < v.size() ? factor * v[i] : 0;
        const std::int64_t left = static_cast<std::int64_t>(u[at + i]) - borrow - static_cast<std::int64_t>(part % kBase);
        borrow = static_cast<std::int64_t>(part / kBase);
        if (left < 0) {
            u[at + i] =
                static_cast<std::uint32_t>(left + static_cast<std::int64_t>(2 * kBase)) % static_cast<std::uint32_t>(kBase);
            borrow += (-left + static_cast<std::int64_t>(kBase) - 1) / static_cast<std::int64_t>(kBase);
        } else {
            u[at + i] = static_cast<std::uint32_t>(left);
        }
    }
    return borrow != 0;
}

void addBack(Limbs& u, std::size_t at, const Limbs& v)
{
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i <= v.size(); ++i) {
        const std::uint64_t sum = u[at + i] + carry + (i < v.size() ? v[i] : 0);
        u[at + i] = static_cast<std::uint32_t>(sum % kBase);
        carry = sum / kBase;
    }
}

/// Knuth, The Art of Computer Programming 4.3.1, algorithm D. REQUIRES: v is not zero.
std::pair<Limbs, Limbs> divided(Limbs u, Limbs v)
{
    if (less(u, v)) return {{}, std::move(u)};
    if (v.size() == 1) {
        const std::uint64_t rest = divideBy(u, v[0]);
        Limbs left;
        if (rest != 0) left.push_back(static_cast<std::uint32_t>(rest));
        return {std::move(u), std::move(left)};
    }
    const std::uint64_t shift = kBase / (v.back() + 1ULL);
    scaleBy(u, shift);
    scaleBy(v, shift);
    u.push_back(0);
    const std::size_t n = v.size();
    Limbs quotient(u.size() - n, 0);
    for (std::size_t j = quotient.size(); j-- > 0;) {
        const std::uint64_t high = u[j + n] * kBase + u[j + n - 1];
        std::uint64_t guess = high / v[n - 1];
        std::uint64_t rest = high % v[n - 1];
        while (guess >= kBase || guess * v[n - 2] > rest * kBase + u[j + n - 2]) {
            --guess;
            rest += v[n - 1];
            if (rest >= kBase) break;
        }
        if (subtractMultiple(u, j, v, guess)) {
            --guess;
            addBack(u, j, v);
        }
        quotient[j] = static_cast<std::uint32_t>(guess);
    }
    trim(quotient);
    trim(u);
    divideBy(u, shift);
    return {std::move(quotient), std::move(u)};
}

/// Cuts to the most digits that a quotient has, half to even; `inexact`: something not zero follows behind all digits.
void roundQuotient(std::string& digits, std::int64_t& scale, bool inexact)
{
    if (digits.size() <= kQuotientDigits) return;
    const std::size_t dropped = digits.size() - kQuotientDigits;
    const char next = digits[kQuotientDigits];
    const bool beyond = inexact || digits.find_first_not_of('0', kQuotientDigits + 1) != std::string::npos;
    digits.resize(kQuotientDigits);
    scale -= static_cast<std::int64_t>(dropped);
    const bool odd = (digits.back() - '0') % 2 != 0;
    if (next < '5' || (next == '5' && !beyond && !odd)) return;
    std::size_t at = digits.size();
    while (at > 0 && digits[at - 1] == '9') digits[--at] = '0';
    if (at == 0)
        digits.insert(0, 1, '1');
    else
        ++digits[at - 1];
}

}  // namespace

std::optional<std::string> multiplyDecimals(std::string_view a, std::string_view b)
{
    const auto x = fixedOf(a);
    const auto y = fixedOf(b);
    if (!x || !y) return {};
    return written(x->negative != y->negative, digitsOf(product(limbsOf(x->digits), limbsOf(y->digits))), x->scale + y->scale);
}

std::optional<std::string> quotientOfIntegers(std::string_view a, std::string_view b)
{
    const auto x = fixedOf(a);
    const auto y = fixedOf(b);
    if (!x || !y) return {};
    Limbs divisor = limbsOf(y->digits);
    if (divisor.empty()) return {};
    return written(x->negative != y->negative, digitsOf(divided(limbsOf(x->digits), std::move(divisor)).first), 0);
}

std::optional<std::string> divideDecimals(std::string_view a, std::string_view b)
{
    auto x = fixedOf(a);
    const auto y = fixedOf(b);
    if (!x || !y) return {};
    Limbs divisor = limbsOf(y->digits);
    if (divisor.empty()) return {};
    const std::string numerator = digitsOf(limbsOf(x->digits));
    const std::size_t wanted = kQuotientDigits + 1 + digitsOf(divisor).size();
    const std::size_t zeros = numerator.size() < wanted ? wanted - numerator.size() : 0;
    const auto [quotient, rest] = divided(limbsOf(numerator + std::string(zeros, '0')), std::move(divisor));
    std::string digits = digitsOf(quotient);
    std::int64_t scale = static_cast<std::int64_t>(zeros + x->scale) - static_cast<std::int64_t>(y->scale);
    roundQuotient(digits, scale, !rest.empty());
    while (scale > 1 && !digits.empty() && digits.back() == '0') {
        digits.pop_back();
        --scale;
    }
    if (digits.empty()) return "0.0";
    if (scale < 1) {
        digits.append(static_cast<std::size_t>(1 - scale), '0');
        scale = 1;
    }
    return written(x->negative != y->negative, std::move(digits), static_cast<std::size_t>(scale));
}

std::optional<std::string> remainderOfDecimals(std::string_view a, std::string_view b)
{
    auto x = fixedOf(a);
    auto y = fixedOf(b);
    if (!x || !y) return {};
    const std::size_t scale = std::max(x->scale, y->scale);
    x->digits.append(scale - x->scale, '0');
    y->digits.append(scale - y->scale, '0');
    Limbs divisor = limbsOf(y->digits);
    if (divisor.empty()) return {};
    return written(x->negative, digitsOf(divided(limbsOf(x->digits), std::move(divisor)).second), scale);
}

}  // namespace hindcast::expression
