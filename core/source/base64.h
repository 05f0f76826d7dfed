#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace hindcast::source {

/// Decodes base64 (RFC 4648, standard and URL alphabet, padding or none) into `out`, which has room for `text.size()` bytes and may be
/// where `text` stands. The number of bytes; empty where it is no base64.
[[nodiscard]] std::optional<std::size_t> decodeBase64(std::string_view text, char* out);

}  // namespace hindcast::source
