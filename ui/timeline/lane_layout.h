#pragma once
#include "ui/timeline/lane_events.h"
#include "ui/timeline/time_scale.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hindcast::ui {

/// What a lane draws, as neutral geometry: no colours, no painter. Made by pure functions whose work follows pixels: the events in
/// view are found by binary search, and what is narrower than a mark is merged.
enum class Mark : std::uint8_t { Birth, Plain, Death, Snapshot, Message };

/// A mark for one event, or a pill that stands for several that would overlap.
struct LaneMark {
    double x = 0;  ///< its middle
    double halfWidth = 0;
    std::size_t first = 0;    ///< of the lane's events
    std::size_t count = 1;    ///< events first … first + count − 1
    Mark mark = Mark::Plain;  ///< where count is 1
    TypeId type;              ///< where count > 1: the most frequent one
    bool label = false;       ///< there is room for the type's name beneath
};

/// Events per column where there are too many for marks.
struct LaneColumn {
    double x = 0;  ///< left edge
    double width = 0;
    std::size_t first = 0;
    std::size_t count = 0;
};

struct LaneGeometry {
    std::vector<LaneMark> marks;      ///< by x, none over another; empty where density is shown
    std::vector<LaneColumn> columns;  ///< by x
    std::size_t mostInColumn = 0;
    std::size_t firstVisible = 0;  ///< events [firstVisible, endVisible) lie in the window
    std::size_t endVisible = 0;
    [[nodiscard]] bool density() const { return !columns.empty(); }
};

struct LaneMetrics {
    double unit = 1;  ///< Theme::zoom(): what keeps marks and words apart grows with them
    double markWidth = 13;
    double digitWidth = 7;  ///< of the count in a pill
    double columnWidth = 5;
    std::size_t mostMarks = 4'000;             ///< more events in view than this are shown as density
    std::function<double(TypeId)> labelWidth;  ///< of the type's name; none: no labels
};

/// A type's name beneath a mark.
struct LaneLabel {
    std::size_t mark = 0;  ///< of the geometry's marks
    TypeId type;
    double left = 0;
    double width = 0;
};

[[nodiscard]] Mark markOf(const replay::History& history, std::size_t index);
/// Width of the pill that says ×count.
[[nodiscard]] double pillWidth(std::size_t count, const LaneMetrics& metrics);

/// The geometry of one lane. Stable while panning: what is merged with what does not depend on where the window begins.
[[nodiscard]] LaneGeometry layOutLane(const LaneEvents& lane, const TimeScale& scale, const LaneMetrics& metrics);
/// The names to draw while the playhead stands on the event before `upTo`: that one is named whole, whatever else had that room.
[[nodiscard]] std::vector<LaneLabel> labelsOf(const LaneGeometry& geometry, const LaneEvents& lane, std::size_t upTo,
                                              const TimeScale& scale, const LaneMetrics& metrics);

/// The mark that stands for the event, by binary search.
[[nodiscard]] std::optional<std::size_t> markOfEvent(const LaneGeometry& geometry, std::size_t event);

/// Where something `wanted` pixels wide is drawn in the place of a mark: about its middle; moved where a neighbour stands in the way,
/// and narrower where there is too little between its two neighbours. `clear` pixels stay between, no more than layOutLane() leaves.
/// So all of the mark is covered, and its neighbours stay whole where they are.
struct LaneSpan {
    double left = 0;
    double right = 0;
    [[nodiscard]] double width() const { return right - left; }
};
[[nodiscard]] LaneSpan spanAtMark(const LaneGeometry& geometry, std::size_t mark, double wanted, double clear);

// ---- hit tests, by binary search

/// The mark under x, within `reach` pixels of its edge; the nearest where several.
[[nodiscard]] std::optional<std::size_t> markAt(const LaneGeometry& geometry, double x, double reach = 2);
[[nodiscard]] std::optional<std::size_t> columnAt(const LaneGeometry& geometry, double x);
/// Where a click or drag at x puts the playhead: the event nearest to x within `reach` pixels (of those at one place the last, as
/// "as of T" includes them all); empty: between events.
[[nodiscard]] std::optional<std::size_t> snap(const LaneEvents& lane, const TimeScale& scale, double x, double reach);

}  // namespace hindcast::ui
