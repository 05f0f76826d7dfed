#include "core/event/base64.h"

#include <array>

namespace hindcast {

std::string toBase64(std::string_view bytes)
{
    static constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::array<unsigned, 3> b{};
        const std::size_t n = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t k = 0; k < n; ++k) b[k] = static_cast<unsigned char>(bytes[i + k]);
        out += kAlphabet[b[0] >> 2];
        out += kAlphabet[(b[0] & 3) << 4 | b[1] >> 4];
        out += n > 1 ? kAlphabet[(b[1] & 15) << 2 | b[2] >> 6] : '=';
        out += n > 2 ? kAlphabet[b[2] & 63] : '=';
    }
    return out;
}

}  // namespace hindcast
