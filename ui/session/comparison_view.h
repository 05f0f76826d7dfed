#pragma once
#include "core/event/change.h"
#include "core/replay/history.h"
#include "core/replay/replay.h"
#include "ui/session/marks.h"

#include <QString>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// One side of a comparison: an entity and where it is looked at, as far as that is known.
struct ComparedSide {
    QString entity;       ///< "category/id"; empty: none is selected
    bool chosen = false;  ///< it was named, and does not follow the selection
    bool held = false;    ///< it stands at its mark
    bool atPlayhead = false;
    std::shared_ptr<const replay::History> history;  ///< null: not read (yet), or there is none
    QString trouble;                                 ///< why there is none
    Version version;
    Timestamp time;  ///< the moment
    bool operator==(const ComparedSide&) const = default;
};
using ComparedSides = std::array<ComparedSide, 2>;

/// The events that lie between two places: of one life those between two versions, of two lives those of both between two moments,
/// in the order of their effective times. The earlier place does not belong to it, the later one does. Immutable.
class Between {
public:
    using Histories = std::array<std::shared_ptr<const replay::History>, 2>;
    struct Row {
        std::uint8_t side = 0;  ///< whose event: an index of the histories
        Version version;
        bool operator==(const Row&) const = default;
    };
    /// Of two lives no more than these are listed; all of them are counted.
    static constexpr std::size_t kMostListed = 1'000'000;

    Between() = default;
    /// Takes some ms for a million events. `times`: the moments of the two places.
    Between(const Histories& histories, const std::array<Version, 2>& versions, const std::array<Timestamp, 2>& times);

    [[nodiscard]] std::size_t size() const { return one_ ? static_cast<std::size_t>(count_) : rows_.size(); }
    [[nodiscard]] std::uint64_t count() const { return count_; }  ///< of all, also where not all are listed
    [[nodiscard]] Row at(std::size_t row) const;                  ///< REQUIRES: row < size()
    /// How many of each type, the most frequent first.
    [[nodiscard]] const std::vector<std::pair<TypeId, std::uint64_t>>& types() const { return types_; }

private:
    void merge(const Histories& histories);
    void countTypes(const Histories& histories);

    bool one_ = true;  ///< both places lie in one life
    Version from_;     ///< in it
    std::uint64_t count_ = 0;
    std::vector<std::uint64_t> rows_;                   ///< of two lives: version * 2 + side
    std::array<std::pair<Version, Version>, 2> spans_;  ///< after the first, up to the second
    std::vector<std::pair<TypeId, std::uint64_t>> types_;
};

/// How two states differ, and what happened between them: one immutable answer for two places.
struct ComparisonView {
    struct Side {
        std::shared_ptr<const replay::History> history;
        replay::StateAt state;
        QString model;  ///< its name
    };
    std::array<Side, 2> sides;
    std::array<Timestamp, 2> times;  ///< their moments
    Changes changes;                 ///< from A to B, by pointer; none is Same
    Changes
        members;  ///< to be shown instead: where a whole object came or went, its members; of one event, in the order it wrote
    Between between;

    [[nodiscard]] const Changes& shown() const { return members.empty() ? changes : members; }
    [[nodiscard]] bool ofOneLife() const { return sides[0].history->entity == sides[1].history->entity; }
    /// Null where the entity does not live.
    [[nodiscard]] const Json* document(std::size_t side) const
    {
        return sides[side].state.alive ? &sides[side].state.document : nullptr;
    }
    /// Whether it answers for these.
    [[nodiscard]] bool isOf(const ComparedSides& wanted) const;
};

/// What some of the rows of a Between changed.
struct BetweenChanges {
    std::shared_ptr<const ComparisonView> of;
    std::size_t first = 0;
    std::vector<Changes> changes;  ///< a row each
};

}  // namespace hindcast::ui
