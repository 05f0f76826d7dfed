#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace hindcast::script {

/// UTF-8 as UTF-16 code units, into `out`, which is emptied first. What is no UTF-8 becomes U+FFFD, a byte at a time. Quick where most
/// is ASCII.
void widen(std::string_view text, std::vector<char16_t>& out);

}  // namespace hindcast::script
