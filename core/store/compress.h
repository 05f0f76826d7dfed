#pragma once
#include "core/event/error.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace hindcast::store {

/// zstd at level 1, the level that engine measurements chose. Before the bytes stand one that says whether they are compressed,
/// the content's size and its checksum: a damaged file must never show something else than what was stored. Contexts are kept
/// per thread.
void compress(std::string& out, std::string_view content);
/// Appends the content and `padding` zero bytes to `out`, which is cleared. False: the bytes are damaged.
[[nodiscard]] bool decompress(std::string& out, std::string_view stored, std::size_t padding);

}  // namespace hindcast::store
