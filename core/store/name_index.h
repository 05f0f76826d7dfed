#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace hindcast::store {

/// 96 bits of XXH3 over (server, category, id): what an entity's name is found by. 16 bytes an entity in memory; two names that
/// share all 96 bits are not to be expected before 10^12 entities.
struct NameHash {
    std::uint64_t low = 0;
    std::uint32_t high = 0;
    bool operator==(const NameHash&) const = default;
};
[[nodiscard]] NameHash nameHash(std::string_view server, std::string_view category, std::string_view id);

/// Open addressing from NameHash to a dense id. One thread.
class NameIndex {
public:
    [[nodiscard]] std::optional<std::uint32_t> find(NameHash hash) const;
    /// REQUIRES: not there yet.
    void insert(NameHash hash, std::uint32_t id);
    void clear();
    [[nodiscard]] std::size_t size() const { return size_; }

private:
    struct Slot {
        NameHash hash;
        std::uint32_t idPlusOne = 0;
    };
    void grow();
    std::vector<Slot> slots_;
    std::size_t size_ = 0;
};

}  // namespace hindcast::store
