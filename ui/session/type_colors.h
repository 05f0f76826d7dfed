#pragma once
#include "core/event/ids.h"
#include "core/replay/history.h"
#include "core/store/types.h"

#include <unordered_map>
#include <vector>

namespace hindcast::ui {

/// Which of the theme's colours a type has within the selected entity's history. GUI thread only.
class TypeColors {
public:
    static constexpr int kColors = 7;
    static constexpr int kNeutral = -1;

    /// The most frequent types get a colour each: the one of their id where it is free, so that a type looks the same from entity
    /// to entity; the others are neutral. For a longer history of the same entity what is given stays given.
    /// `others`: types of the other lanes, which get what is left.
    void assign(const replay::History& history, const std::unordered_map<TypeId, std::uint32_t>& counts,
                std::vector<store::TypeCount> others = {});
    /// Of these the most frequent get the colours that are still free; the others are neutral.
    void assignFree(std::vector<store::TypeCount> types);
    /// A colour that may be another type's too, where `type` would be neutral: what a row's create, update and delete look like.
    void assignShared(TypeId type, int color);
    void clear();
    /// Neutral for a type that was never told of.
    [[nodiscard]] int of(TypeId type) const;

private:
    std::unordered_map<TypeId, int> colors_;
    std::unordered_map<TypeId, int> free_;  ///< of types beyond the history's
    EntityId entity_;
    bool any_ = false;
};

/// How often each type occurs. Walks the history: call it off the GUI thread.
[[nodiscard]] std::unordered_map<TypeId, std::uint32_t> countTypes(const replay::History& history);

}  // namespace hindcast::ui
