#include "core/store/name_index.h"

#include <xxhash.h>

namespace hindcast::store {

NameHash nameHash(std::string_view server, std::string_view category, std::string_view id)
{
    // Seeding with the hash of the other parts keeps ("a", "bc") and ("ab", "c") apart without joining texts.
    const XXH64_hash_t outer = XXH3_64bits_withSeed(category.data(), category.size(), XXH3_64bits(server.data(), server.size()));
    const XXH128_hash_t hash = XXH3_128bits_withSeed(id.data(), id.size(), outer);
    return {hash.low64, static_cast<std::uint32_t>(hash.high64)};
}

std::optional<std::uint32_t> NameIndex::find(NameHash hash) const
{
    if (slots_.empty()) return std::nullopt;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash.low & mask;; at = (at + 1) & mask) {
        const Slot& slot = slots_[at];
        if (slot.idPlusOne == 0) return std::nullopt;
        if (slot.hash == hash) return slot.idPlusOne - 1;
    }
}

void NameIndex::insert(NameHash hash, std::uint32_t id)
{
    if ((size_ + 1) * 3 > slots_.size() * 2) grow();
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash.low & mask;
    while (slots_[at].idPlusOne != 0) at = (at + 1) & mask;
    slots_[at] = {hash, id + 1};
    ++size_;
}

void NameIndex::clear()
{
    slots_.clear();
    size_ = 0;
}

void NameIndex::grow()
{
    std::vector<Slot> old(slots_.empty() ? 1024 : slots_.size() * 2);
    old.swap(slots_);
    const std::size_t mask = slots_.size() - 1;
    for (const Slot& slot : old) {
        if (slot.idPlusOne == 0) continue;
        std::size_t at = slot.hash.low & mask;
        while (slots_[at].idPlusOne != 0) at = (at + 1) & mask;
        slots_[at] = slot;
    }
}

}  // namespace hindcast::store
