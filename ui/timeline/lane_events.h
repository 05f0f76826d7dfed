#pragma once
#include "core/replay/history.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace hindcast::ui {

/// The events of one lane as they are drawn: those of the types that are shown, each with its place on the axis. What a place is
/// depends on the axis (lane_axis.h): an instant, or a rank. Immutable once made; shared between threads.
struct LaneEvents {
    std::shared_ptr<const replay::History> history;
    bool all = true;                       ///< no type is hidden: `shown` is empty
    std::vector<std::uint32_t> shown;      ///< indices into History::events, ascending
    std::vector<Timestamp> at;             ///< never falls
    std::vector<Timestamp> rejects;        ///< places, ascending; none where they are too many to be drawn
    std::vector<store::Posting> rejected;  ///< which they are, parallel to `rejects`

    [[nodiscard]] std::size_t size() const { return at.size(); }
    [[nodiscard]] std::size_t index(std::size_t i) const { return all ? i : shown[i]; }
    [[nodiscard]] const replay::HistoryEvent& event(std::size_t i) const { return history->events[index(i)]; }
    [[nodiscard]] Version version(std::size_t i) const { return Version{index(i) + 1}; }
    /// How many of the lane's events the state at `version` has seen.
    [[nodiscard]] std::size_t upTo(Version version) const;
    /// The first whose place is not before `place`.
    [[nodiscard]] std::size_t firstFrom(Timestamp place, std::size_t searchFrom = 0) const;
};

/// The whole history, each event at its effective time.
[[nodiscard]] LaneEvents laneOf(std::shared_ptr<const replay::History> history);

}  // namespace hindcast::ui
