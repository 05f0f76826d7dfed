#include "core/expression/text_tools.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace hindcast::expression {

namespace {

__extension__ using Wide = __int128;

struct Unit {
    std::string_view name;
    std::int64_t ns;
};
constexpr std::int64_t kSecond = 1'000'000'000;
// "ms" before "m".
constexpr std::array<Unit, 9> kUnits{{{"ns", 1},
                                      {"us", 1'000},
                                      {"µs", 1'000},
                                      {"ms", 1'000'000},
                                      {"s", kSecond},
                                      {"m", 60 * kSecond},
                                      {"h", 3600 * kSecond},
                                      {"d", 86'400 * kSecond},
                                      {"w", 604'800 * kSecond}}};

bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::uint32_t lowerOf(std::uint32_t code)
{
    const auto in = [code](std::uint32_t first, std::uint32_t last) { return code >= first && code <= last; };
    if (in('A', 'Z')) return code + 32;
    if (code < 0xC0) return code;
    if (in(0xC0, 0xDE) && code != 0xD7) return code + 32;
    if (code == 0x130) return 'i';
    if (code == 0x178) return 0xFF;
    // Pairs of a capital and its small letter, side by side.
    if (in(0x100, 0x137) || in(0x14A, 0x177) || in(0x1E00, 0x1E95) || in(0x1EA0, 0x1EFF) || in(0x460, 0x481) ||
        in(0x48A, 0x4BF) || in(0x4D0, 0x52F))
        return code | 1;
    if (in(0x139, 0x148) || in(0x179, 0x17E)) return code + (code & 1);
    if (code == 0x1E9E) return 0xDF;
    if (code == 0x386) return 0x3AC;
    if (in(0x388, 0x38A)) return code + 37;
    if (code == 0x38C) return 0x3CC;
    if (in(0x38E, 0x38F)) return code + 63;
    if (in(0x391, 0x3AB) && code != 0x3A2) return code + 32;
    if (in(0x400, 0x40F)) return code + 80;
    if (in(0x410, 0x42F)) return code + 32;
    if (in(0x531, 0x556)) return code + 48;
    return code;
}

/// Fewest insertions, removals, replacements and swaps of neighbours, without regard to case.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::string left;
    std::string right;
    appendLower(left, a);
    appendLower(right, b);
    std::vector<std::vector<std::size_t>> rows(left.size() + 1, std::vector<std::size_t>(right.size() + 1));
    std::iota(rows[0].begin(), rows[0].end(), std::size_t{0});
    for (std::size_t i = 1; i <= left.size(); ++i) {
        rows[i][0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t other = left[i - 1] == right[j - 1] ? 0 : 1;
            rows[i][j] = std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + other});
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
    }
    return rows[left.size()][right.size()];
}

}  // namespace

std::optional<std::int64_t> durationFromText(std::string_view text)
{
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    if (text == "0") return 0;
    if (text.empty()) return {};
    Wide total = 0;
    while (!text.empty()) {
        std::size_t at = 0;
        while (at < text.size() && isDigit(text[at])) ++at;
        const std::string_view whole = text.substr(0, at);
        std::string_view fraction;
        if (at < text.size() && text[at] == '.') {
            const std::size_t start = ++at;
            while (at < text.size() && isDigit(text[at])) ++at;
            fraction = text.substr(start, at - start);
        }
        if ((whole.empty() && fraction.empty()) || whole.size() > 19 || fraction.size() > 15) return {};
        text.remove_prefix(at);
        const auto unit = std::ranges::find_if(kUnits, [&](const Unit& each) { return text.starts_with(each.name); });
        if (unit == kUnits.end()) return {};
        text.remove_prefix(unit->name.size());
        Wide count = 0;
        for (const char c : whole) count = count * 10 + (c - '0');
        Wide part = 0;
        Wide power = 1;
        for (const char c : fraction) {
            part = part * 10 + (c - '0');
            power *= 10;
        }
        total += count * unit->ns + part * unit->ns / power;
        if (total > Wide{INT64_MAX}) return {};
    }
    return static_cast<std::int64_t>(negative ? -total : total);
}

std::string durationText(std::int64_t ns)
{
    const std::uint64_t size = ns < 0 ? 0 - static_cast<std::uint64_t>(ns) : static_cast<std::uint64_t>(ns);
    std::string text = (ns < 0 ? "-" : "") + std::to_string(size / kSecond);
    if (const std::uint64_t rest = size % kSecond; rest != 0) {
        std::string fraction = std::to_string(rest);
        fraction.insert(0, 9 - fraction.size(), '0');
        fraction.erase(fraction.find_last_not_of('0') + 1);
        text += '.' + fraction;
    }
    return text + 's';
}

std::size_t codePoints(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void appendCodePoint(std::string& out, std::uint32_t code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
        return;
    }
    const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static constexpr std::uint32_t kLead[] = {0, 0xC0, 0xE0, 0xF0};
    out += static_cast<char>(kLead[more] | (code >> (6 * more)));
    for (int i = more; i-- > 0;) out += static_cast<char>(0x80 | ((code >> (6 * i)) & 0x3F));
}

void appendLower(std::string& out, std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80) {
            out += static_cast<char>(lowerOf(lead));
            continue;
        }
        // All letters that have a case here lie in two or three bytes.
        const std::size_t length = lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : 1;
        if (length == 1 || i + length > text.size()) {
            out += text[i];
            continue;
        }
        std::uint32_t code = length == 2 ? lead & 0x1F : lead & 0x0F;
        bool whole = true;
        for (std::size_t k = 1; k < length; ++k) {
            const auto byte = static_cast<unsigned char>(text[i + k]);
            whole &= (byte & 0xC0) == 0x80;
            code = (code << 6) | (byte & 0x3F);
        }
        const std::uint32_t lower = whole ? lowerOf(code) : code;
        if (!whole || lower == code) {
            out += text[i];  // the other bytes follow as what they are: none of them is a lead byte of ASCII
            continue;
        }
        appendCodePoint(out, lower);
        i += length - 1;
    }
}

std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates)
{
    if (name.size() > 40) return {};
    std::string_view best;
    std::size_t least = std::max<std::size_t>(1, name.size() / 3) + 1;
    for (const std::string_view candidate : candidates) {
        const std::size_t steps = distance(name, candidate);
        if (steps >= least) continue;
        least = steps;
        best = candidate;
    }
    return best;
}

}  // namespace hindcast::expression
