#pragma once
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace hindcast::decode {

/// Texts that a record's facts point to and that do not stand in the record itself. Views stay good until clear().
class TextArena {
public:
    /// Room for `size` bytes, to be written by the caller.
    [[nodiscard]] char* allocate(std::size_t size)
    {
        if (size > left_) {
            const std::size_t wanted = std::max(size, kChunk);
            chunks_.push_back({std::make_unique_for_overwrite<char[]>(wanted), wanted});
            next_ = chunks_.back().bytes.get();
            left_ = wanted;
        }
        char* const room = next_;
        next_ += size;
        left_ -= size;
        return room;
    }
    [[nodiscard]] std::string_view store(std::string_view text)
    {
        if (text.empty()) return {};
        char* const room = allocate(text.size());
        std::memcpy(room, text.data(), text.size());
        return {room, text.size()};
    }
    /// Forgets all texts; keeps one small chunk, so that a 10 MB record does not stay in memory.
    void clear()
    {
        if (chunks_.size() > 1 || (!chunks_.empty() && chunks_.front().size > kChunk)) {
            if (chunks_.front().size > kChunk)
                chunks_.clear();
            else
                chunks_.resize(1);
        }
        next_ = chunks_.empty() ? nullptr : chunks_.front().bytes.get();
        left_ = chunks_.empty() ? 0 : chunks_.front().size;
    }

private:
    static constexpr std::size_t kChunk = 4096;
    struct Chunk {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0;
    };
    std::vector<Chunk> chunks_;
    char* next_ = nullptr;
    std::size_t left_ = 0;
};

}  // namespace hindcast::decode
