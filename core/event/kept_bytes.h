#pragma once
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace hindcast {

/// Bytes that stay where they are until clear(), in blocks that grow in number and are never moved. Views stay good when it is moved.
class KeptBytes {
public:
    static constexpr std::size_t kSmall = 4096;      ///< a block for what one record needs beside itself
    static constexpr std::size_t kLarge = 1u << 20;  ///< a block for payloads of many records
    static constexpr std::size_t kJsonPadding = 64;  ///< readable bytes that readers of JSON ask for behind a payload

    /// `padding`: so many readable bytes stand behind each text.
    explicit KeptBytes(std::size_t block = kSmall, std::size_t padding = 0) : block_(block), padding_(padding) {}

    /// Room for `size` bytes, to be written by the caller.
    [[nodiscard]] char* allocate(std::size_t size)
    {
        if (size + padding_ > left_) {
            const std::size_t wanted = std::max(size + padding_, block_);
            // What may be read without ever having been written is to be the same each time.
            blocks_.push_back(
                {padding_ > 0 ? std::make_unique<char[]>(wanted) : std::make_unique_for_overwrite<char[]>(wanted), wanted});
            next_ = blocks_.back().bytes.get();
            left_ = wanted;
        }
        char* const room = next_;
        next_ += size;
        left_ -= size;
        bytes_ += size;
        return room;
    }
    [[nodiscard]] std::string_view keep(std::string_view text)
    {
        if (text.empty()) return {};
        char* const room = allocate(text.size());
        std::memcpy(room, text.data(), text.size());
        return {room, text.size()};
    }
    /// That are kept, padding aside.
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    /// Forgets all; keeps one block of the usual size, so that a 10 MB record does not stay in memory.
    void clear()
    {
        if (!blocks_.empty()) blocks_.resize(blocks_.front().size > block_ ? 0 : 1);
        next_ = blocks_.empty() ? nullptr : blocks_.front().bytes.get();
        left_ = blocks_.empty() ? 0 : blocks_.front().size;
        bytes_ = 0;
    }

private:
    struct Block {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0;
    };
    std::size_t block_;
    std::size_t padding_;
    std::vector<Block> blocks_;
    char* next_ = nullptr;
    std::size_t left_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace hindcast
