#pragma once
#include "core/event/ids.h"
#include "core/replay/history.h"
#include "core/store/types.h"

#include <array>
#include <optional>
#include <unordered_map>
#include <vector>

namespace hindcast::ui {

/// Which of the theme's colours a type has. Nine types have one each, the others are neutral: two types never look alike. The
/// first colour of a type is its home: what is in view, in a pinned lane as in the selected one, keeps its colour while there are
/// enough, and what comes back goes home unless a type that is in view has that colour. GUI thread only.
class TypeColors {
public:
    static constexpr int kColors = 9;
    static constexpr int kNeutral = -1;

    /// The most frequent types of the selected entity (`counts`) come first, then those of the pinned lanes (`others`). Of these the
    /// rarest give their colours up, and are neutral, only where more than kColors types are in view.
    void assign(const std::unordered_map<TypeId, std::uint32_t>& counts, std::vector<store::TypeCount> others = {});
    /// Of these the first ones get the colours that are still free. Enough are mostFrequent(…, kEnough).
    void assignFree(const std::vector<store::TypeCount>& types);
    static constexpr std::size_t kEnough = 2 * kColors;  ///< so many have some beyond those in view
    void clear();                                        ///< types have other numbers from now on
    /// Neutral for a type that was never told of.
    [[nodiscard]] int of(TypeId type) const;

private:
    /// The type's home where that is free; else of the free colours the one that is home to the fewest.
    [[nodiscard]] std::optional<int> freeFor(TypeId type) const;
    void give(std::unordered_map<TypeId, int>& to, TypeId type, int color);
    [[nodiscard]] std::array<bool, kColors> taken() const;
    [[nodiscard]] bool isGuest(TypeId type, int color) const;  ///< that colour is not its home

    std::unordered_map<TypeId, int> colors_;  ///< of the types in view
    std::unordered_map<TypeId, int> free_;    ///< of types beyond them
    std::unordered_map<TypeId, int> home_;    ///< the first colour that a type had
};

/// The first `count` of the types, the most frequent first, without their names. Walks them all: call it off the GUI thread.
[[nodiscard]] std::vector<store::TypeCount> mostFrequent(const std::vector<store::TypeCount>& types, std::size_t count);

/// How often each type occurs. Walks the history: call it off the GUI thread.
[[nodiscard]] std::unordered_map<TypeId, std::uint32_t> countTypes(const replay::History& history);

}  // namespace hindcast::ui
