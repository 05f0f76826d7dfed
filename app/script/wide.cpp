#include "app/script/wide.h"

#include <cstddef>
#include <cstring>

namespace hindcast::script {

namespace {

constexpr std::uint32_t kWrong = 0xFFFFFFFF;

/// The code point that begins at `from`, and its length in `used`; kWrong where there is none.
std::uint32_t codePoint(const unsigned char* from, std::size_t left, std::size_t& used)
{
    const unsigned lead = from[0];
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    used = 1;
    if (lead < 0xC2 || lead > 0xF4 || length > left) return kWrong;
    std::uint32_t point = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((from[i] & 0xC0u) != 0x80u) return kWrong;
        point = (point << 6) | (from[i] & 0x3Fu);
    }
    const bool surrogate = point >= 0xD800 && point < 0xE000;
    if (surrogate || (length == 3 && point < 0x800) || (length == 4 && (point < 0x10000 || point > 0x10FFFF))) return kWrong;
    used = length;
    return point;
}

}  // namespace

void widen(std::string_view text, std::vector<char16_t>& out)
{
    out.resize(text.size());  // never more units than bytes
    char16_t* to = out.data();
    const auto* from = reinterpret_cast<const unsigned char*>(text.data());
    const unsigned char* const end = from + text.size();
    while (from < end) {
        while (end - from >= 8) {
            std::uint64_t eight = 0;
            std::memcpy(&eight, from, sizeof eight);
            if ((eight & 0x8080808080808080u) != 0) break;
            for (int i = 0; i < 8; ++i) to[i] = from[i];
            from += 8;
            to += 8;
        }
        if (from == end) break;
        if (*from < 0x80) {
            *to++ = *from++;
            continue;
        }
        std::size_t used = 0;
        const std::uint32_t point = codePoint(from, static_cast<std::size_t>(end - from), used);
        from += used;
        if (point == kWrong) {
            *to++ = 0xFFFD;
        } else if (point < 0x10000) {
            *to++ = static_cast<char16_t>(point);
        } else {
            *to++ = static_cast<char16_t>(0xD7C0 + (point >> 10));
            *to++ = static_cast<char16_t>(0xDC00 + (point & 0x3FF));
        }
    }
    out.resize(static_cast<std::size_t>(to - out.data()));
}

}  // namespace hindcast::script
