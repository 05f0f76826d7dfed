#pragma once
#include "core/event/error.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace hindcast::store {

/// Bytes that are grown without being zeroed first; what a decompression writes into, again and again.
/// (std::string::resize_and_overwrite would do, but the one of GCC 12 loses what it holds when it has to grow.)
class Buffer {
public:
    /// Room for `size` bytes, of no defined content.
    char* make(std::size_t size)
    {
        if (size > capacity_) {
            bytes_ = std::make_unique_for_overwrite<char[]>(size);
            capacity_ = size;
        }
        size_ = size;
        return bytes_.get();
    }
    [[nodiscard]] const char* data() const { return bytes_.get(); }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

/// zstd at level 1, the level that engine measurements chose. Before the bytes stand one that says whether they are compressed,
/// the content's size and a checksum: a damaged file must never show something else than what was stored. Contexts are kept
/// per thread.
void compress(std::string& out, std::string_view content);
/// The content and `padding` zero bytes after it. False: the bytes are damaged.
[[nodiscard]] bool decompress(Buffer& out, std::string_view stored, std::size_t padding);

}  // namespace hindcast::store
