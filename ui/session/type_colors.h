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
/// first colour of a type is its home: what is in view keeps its colour, and what comes back goes home unless another of the selected
/// entity's types, or one that has lived there longer, is in view. GUI thread only.
class TypeColors {
public:
    static constexpr int kColors = 9;
    static constexpr int kNeutral = -1;

    /// The most frequent types of the selected entity (`counts`) come first, then those of the other lanes (`others`): these give a colour up where it
    /// needs one.
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
    /// The first colour of a type, and how many had one before it.
    struct Home {
        int color = kNeutral;
        std::size_t since = 0;
    };
    /// Whether a type of another lane leaves that colour to whose home it is.
    [[nodiscard]] bool yields(TypeId holder, const Home& to) const;

    std::unordered_map<TypeId, int> colors_;  ///< of the types in view
    std::unordered_map<TypeId, int> free_;    ///< of types beyond them
    std::unordered_map<TypeId, Home> home_;
};

/// The first `count` of the types, the most frequent first, without their names. Walks them all: call it off the GUI thread.
[[nodiscard]] std::vector<store::TypeCount> mostFrequent(const std::vector<store::TypeCount>& types, std::size_t count);

/// How often each type occurs. Walks the history: call it off the GUI thread.
[[nodiscard]] std::unordered_map<TypeId, std::uint32_t> countTypes(const replay::History& history);

}  // namespace hindcast::ui
