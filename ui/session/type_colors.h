#pragma once
#include "core/event/ids.h"
#include "core/replay/history.h"
#include "core/store/types.h"

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// Which of the theme's colours a type has. A type gets one colour, its home, the first time it is in view, and is from then on seen
/// in that colour or neutral, never in another one, until clear(). The rules:
/// - The home is a colour that is nobody's home if there is one, else the home of what is rarest in view and not of the selected
///   entity: the two then share it. Two types of one pinned lane share none, for they would have to be told apart once it is selected:
///   where all that is left is home to the lane, a newcomer stays neutral for the time being.
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

    using Counts = std::unordered_map<TypeId, std::uint32_t>;
    /// What is in view: the types of the selected entity (`counts`), then those of the pinned lanes: together (`others`), and of each
    /// (`lanes`). The selected entity's nine most frequent have a colour each; once they have, growth takes it from none.
    void assign(const Counts& counts, std::vector<store::TypeCount> others = {}, const std::vector<const Counts*>& lanes = {});
    /// What is in the overview, the most frequent first: has the colours that assign() left. Enough are mostFrequent(…, kEnough).
    void assignFree(const std::vector<store::TypeCount>& types);
    static constexpr std::size_t kEnough = 2 * kColors;  ///< so many have some beyond those in view
    void clear();                                        ///< types have other numbers from now on
    /// Homes in which types were seen, those in view first, at most kKept: what a later run is to begin with.
    [[nodiscard]] std::vector<std::pair<TypeId, int>> homes() const;
    static constexpr std::size_t kKept = 200;
    /// After clear(): as an earlier run's homes() had it.
    void begin(const std::vector<std::pair<TypeId, int>>& homes);
    /// Neutral for a type that was never told of.
    [[nodiscard]] int of(TypeId type) const;
    [[nodiscard]] std::vector<TypeId> colored() const;  ///< those that are not neutral: at most kColors

private:
    enum class Place : std::uint8_t { Overview, Lane, Selected };
    struct Holder {
        TypeId type;
        Place place;
    };
    using Holders = std::array<std::optional<Holder>, kColors>;  ///< by colour
    struct InView {
        const std::vector<store::TypeCount>& others;
        const std::vector<const Counts*>& lanes;
    };
    struct Home {
        int color;
        bool crowded;  ///< a type of a lane that both are in lives there
    };

    [[nodiscard]] std::vector<store::TypeCount> leading(const Counts& counts) const;
    void placeSelected(const std::vector<store::TypeCount>& selected, const InView& inView, Holders& now);
    void placeOthers(const InView& inView, Holders& now);
    [[nodiscard]] std::optional<Home> homeFor(TypeId type, const Holders& now, const InView& inView) const;
    [[nodiscard]] std::array<bool, kColors> homesBeside(TypeId type, const std::vector<const Counts*>& lanes) const;
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
