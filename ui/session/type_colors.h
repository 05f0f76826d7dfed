#pragma once
#include "core/event/ids.h"
#include "core/replay/history.h"
#include "core/store/types.h"

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace hindcast::ui {

/// Which of the theme's colours a type has. A type gets one colour, its home, the first time it is in view, and is from then on seen
/// in that colour or neutral, never in another one, until clear(). The rules:
/// - The home is a colour that is nobody's home if there is one, else the home of what is rarest in view and not of the selected
///   entity: the two then share it.
/// - Of those in view that share a home one has the colour, the others are neutral: the selected entity's type, else the more
///   frequent when it came into view. Counts that change later take it from nobody.
/// - Two types of the selected entity that share a home must be told apart: the one that was not seen in it yet, else the rarer, gets
///   another home, which is no other type's of that entity; where that one has moved before, the other does. Only so does a home ever
///   change.
/// - What is seen in the overview alone gets colours that are nobody's home, and no others.
/// At any time two types never look alike. GUI thread only.
class TypeColors {
public:
    static constexpr int kColors = 9;
    static constexpr int kNeutral = -1;

    /// What is in view: the types of the selected entity (`counts`), then those of the pinned lanes (`others`). The selected entity's
    /// nine most frequent have a colour each; once they have, growth takes it from none.
    void assign(const std::unordered_map<TypeId, std::uint32_t>& counts, std::vector<store::TypeCount> others = {});
    /// What is in the overview, the most frequent first: has the colours that assign() left. Enough are mostFrequent(…, kEnough).
    void assignFree(const std::vector<store::TypeCount>& types);
    static constexpr std::size_t kEnough = 2 * kColors;  ///< so many have some beyond those in view
    void clear();                                        ///< types have other numbers from now on
    /// Neutral for a type that was never told of.
    [[nodiscard]] int of(TypeId type) const;

private:
    enum class Place : std::uint8_t { Overview, Lane, Selected };
    struct Holder {
        TypeId type;
        Place place;
    };
    using Holders = std::array<std::optional<Holder>, kColors>;  ///< by colour

    [[nodiscard]] std::vector<store::TypeCount> leading(const std::unordered_map<TypeId, std::uint32_t>& counts) const;
    void placeSelected(const std::vector<store::TypeCount>& selected, const std::vector<store::TypeCount>& others, Holders& now);
    void placeOthers(const std::vector<store::TypeCount>& others, Holders& now);
    [[nodiscard]] std::optional<int> homeFor(const Holders& now, const std::vector<store::TypeCount>& others) const;
    [[nodiscard]] std::optional<int> homeOf(TypeId type) const;
    [[nodiscard]] bool holds(TypeId type, Place place) const;
    void noteSeen();

    std::unordered_map<TypeId, int> home_;
    std::unordered_set<TypeId> seen_;   ///< in their homes
    std::unordered_set<TypeId> moved_;  ///< to another home
    Holders holder_;
};

/// The first `count` of the types, the most frequent first, without their names. Walks them all: call it off the GUI thread.
[[nodiscard]] std::vector<store::TypeCount> mostFrequent(const std::vector<store::TypeCount>& types, std::size_t count);

/// How often each type occurs. Walks the history: call it off the GUI thread.
[[nodiscard]] std::unordered_map<TypeId, std::uint32_t> countTypes(const replay::History& history);

}  // namespace hindcast::ui
