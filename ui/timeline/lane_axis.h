#pragma once
#include "ui/session/type_filter.h"
#include "ui/timeline/lane_events.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace hindcast::ui {

/// What the horizontal axis of the lanes means.
struct AxisChoice {
    bool order = false;             ///< the log's order: as far from event to event, whatever time lies between
    bool fold = true;               ///< on the axis of time: long quiet periods are folded to a strip
    std::vector<Timestamp> opened;  ///< folds (by the time they begin) that the user opened
    bool operator==(const AxisChoice&) const = default;
};

/// A quiet period that takes less room than its length.
struct Fold {
    Timestamp after, before;  ///< the two events
    Timestamp from, to;       ///< the time that is folded: all between them but a little beside each, where its mark has room
    Timestamp at, end;        ///< where that stands on the axis
    std::int64_t ns() const { return after.until(before); }
    bool operator==(const Fold&) const = default;
};

/// Where times stand on the axis, and back. An axis place is a Timestamp as well, so that zoom, pan and pixels are one arithmetic:
/// the time itself, the time less what is folded, or a rank times kRank. Immutable; pure.
class AxisMap {
public:
    static constexpr std::int64_t kRank = 1'000'000'000;  ///< places from one event to the next on the axis of order

    [[nodiscard]] bool isTime() const { return folds_.empty() && !isOrder(); }
    [[nodiscard]] bool isOrder() const { return order_; }
    /// No event has a known time: the order is all there is.
    [[nodiscard]] bool isTimeless() const { return timeless_; }
    [[nodiscard]] const std::vector<Fold>& folds() const { return folds_; }
    /// The latest known time of an event when it was made; min: there was none.
    [[nodiscard]] Timestamp madeUntil() const { return madeUntil_; }

    /// On the axis of order: the last event at or before `time`.
    [[nodiscard]] Timestamp place(Timestamp time) const;
    [[nodiscard]] Timestamp time(Timestamp place) const;
    [[nodiscard]] std::size_t ranks() const { return times_.size(); }

private:
    friend struct AxisBuilder;
    bool order_ = false;
    bool timeless_ = false;
    Timestamp madeUntil_ = Timestamp::min();
    std::vector<Fold> folds_;       ///< ascending
    std::vector<Timestamp> times_;  ///< by rank
};

/// What the axis is made from: values and shared immutable data, so that it may be made on any thread.
struct AxisTask {
    std::vector<std::shared_ptr<const replay::History>> lanes;
    std::optional<std::size_t> about;  ///< the lane within whose life quiet periods are looked for; none: within all
    TypeFilter::Choice filter;
    AxisChoice choice;
    /// What the same lanes are shown on, where they have but grown: its folds stay as they are, and new ones come only right of all
    /// events it was made with and of `seen`. Not kept where something happened within one of its folds. None: all is made anew.
    std::shared_ptr<const AxisMap> kept;
    Timestamp seen = Timestamp::min();  ///< a time: the end of what is in view
};
struct AxisResult {
    std::vector<std::shared_ptr<const LaneEvents>> lanes;  ///< parallel to the task's
    std::shared_ptr<const AxisMap> map;
};

/// Pure; 32 ms for a million events on the axis of time (folds are looked for), 8 ms on that of order. Where no event has a known time
/// the axis is that of order, whatever was chosen.
[[nodiscard]] AxisResult layOutAxis(const AxisTask& task);

}  // namespace hindcast::ui
