#pragma once
#include "core/replay/watch_runs.h"
#include "ui/timeline/time_scale.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace hindcast::ui {

/// What the lane of a watched field draws, as neutral geometry: no colours, no painter. Made by pure functions whose work follows
/// pixels: what is in view is found by binary search, and runs that are narrower than can be seen are merged.

/// A stretch of the lane: one run, or several of which each is too narrow.
struct WatchPiece {
    double left = 0;  ///< px
    double right = 0;
    std::size_t first = 0;  ///< runs first … first + count − 1
    std::size_t count = 1;
    /// Of a merged piece whose runs hold numbers: the least and the greatest.
    std::optional<std::pair<double, double>> extremes;
};

struct WatchLife {
    const replay::WatchRuns& runs;
    std::size_t count = 0;  ///< so many runs, from the first on, have a place: the life that is drawn may be shorter
    /// Where the event that made a version stands on the axis; never falls.
    std::function<Timestamp(Version)> place;
};

/// From left to right, without gaps from the first run in view to the right edge; runs in which the field is not there are left out
/// unless they are merged with others. `least`: px that a run needs to stand for itself. `join`: merged neighbours are one piece, as
/// bands are; else each is `least` wide, as the columns of a line are.
[[nodiscard]] std::vector<WatchPiece> layOutWatch(const WatchLife& life, const TimeScale& scale, double least, bool join);

/// The run in force at x; empty before the first event.
[[nodiscard]] std::optional<std::size_t> watchRunAt(const WatchLife& life, const TimeScale& scale, double x);

/// Where a number stands between the least and the greatest of a field: from 0 to 1; ½ where all are one.
[[nodiscard]] double shareOf(double number, std::pair<double, double> range);

}  // namespace hindcast::ui
