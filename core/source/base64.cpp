#include "core/source/base64.h"

#include <array>
#include <cstdint>

namespace hindcast::source {
namespace {

constexpr std::array<std::int8_t, 256> kDigits = [] {
    std::array<std::int8_t, 256> digits{};
    digits.fill(-1);
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        digits[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    digits['-'] = 62;
    digits['_'] = 63;
    return digits;
}();

}  // namespace

std::optional<std::size_t> decodeBase64(std::string_view text, char* out)
{
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
    if (text.size() % 4 == 1) return {};
    std::size_t size = 0;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        const auto digit = kDigits[static_cast<unsigned char>(c)];
        if (digit < 0) return {};
        bits = (bits << 6) | static_cast<std::uint8_t>(digit);
        held += 6;
        if (held >= 8) {
            held -= 8;
            out[size++] = static_cast<char>((bits >> held) & 0xFF);
        }
    }
    return size;
}

}  // namespace hindcast::source
