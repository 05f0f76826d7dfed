#pragma once
#include <string>
#include <string_view>

namespace hindcast {

/// RFC 4648, standard alphabet, padded.
[[nodiscard]] std::string toBase64(std::string_view bytes);

}  // namespace hindcast
