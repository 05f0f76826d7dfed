#pragma once
#include "core/event/ids.h"
#include "core/replay/history.h"

#include <unordered_map>

namespace hindcast::ui {

/// Which of the theme's colours a type has within the selected entity's history. GUI thread only.
class TypeColors {
public:
    static constexpr int kColors = 7;
    static constexpr int kNeutral = -1;

    /// The most frequent types get a colour each: the one of their id where it is free, so that a type looks the same from entity
    /// to entity; the others are neutral. For a longer history of the same entity what is given stays given.
    void assign(const replay::History& history, const std::unordered_map<TypeId, std::uint32_t>& counts);
    void clear();
    /// For a type that the history does not hold: the colour of its id.
    [[nodiscard]] int of(TypeId type) const;

private:
    std::unordered_map<TypeId, int> colors_;
    EntityId entity_;
    bool any_ = false;
};

/// How often each type occurs. Walks the history: call it off the GUI thread.
[[nodiscard]] std::unordered_map<TypeId, std::uint32_t> countTypes(const replay::History& history);

}  // namespace hindcast::ui
