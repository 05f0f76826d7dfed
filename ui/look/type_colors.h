#pragma once
#include "core/event/ids.h"

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// Which of Theme::series() an event type has. Lane, table and details ask the same question, so they must be told the same
/// things: clear() when another entity is selected, update() with every history of it. A type keeps its colour while an entity is
/// looked at, so that live events do not recolour what is there; new ones take the next.
class TypeColors {
public:
    using Count = std::pair<TypeId, std::uint64_t>;  ///< a type and how often it occurs

    /// Types that have no colour yet get the next ones, the most frequent first; ties go to the lower id.
    void update(std::vector<Count> counts);
    void clear() { indices_.clear(); }
    /// Index for Theme::series(), which gives the neutral colour beyond its palette; -1 for a type never seen.
    [[nodiscard]] int index(TypeId type) const;

private:
    std::unordered_map<std::uint32_t, int> indices_;
};

/// Counts the types of events (anything with a member `type`): a pass of about 1 ms over a million.
template <class Events>
[[nodiscard]] std::vector<TypeColors::Count> countTypes(const Events& events)
{
    constexpr std::uint32_t kDense = 4096;  // type ids are dense and few; beyond, the map takes over
    std::vector<std::uint64_t> dense(kDense, 0);
    std::unordered_map<std::uint32_t, std::uint64_t> sparse;
    for (const auto& event : events) {
        if (event.type.value < kDense)
            ++dense[event.type.value];
        else
            ++sparse[event.type.value];
    }
    std::vector<TypeColors::Count> counts;
    for (std::uint32_t id = 0; id < kDense; ++id)
        if (dense[id] > 0) counts.emplace_back(TypeId{id}, dense[id]);
    for (const auto& [id, count] : sparse) counts.emplace_back(TypeId{id}, count);
    return counts;
}

}  // namespace hindcast::ui
