#include "ui/timeline/watch_layout.h"

#include <algorithm>

namespace hindcast::ui {

namespace {

/// The first run in [from, life.count) whose place is not before `place`, or is after it.
std::size_t firstRun(const WatchLife& life, std::size_t from, Timestamp place, bool after)
{
    std::size_t low = from;
    std::size_t high = life.count;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        const Timestamp at = life.place(life.runs.from(middle));
        if (after ? at <= place : at < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

}  // namespace

std::vector<WatchPiece> layOutWatch(const WatchLife& life, const TimeScale& scale, double least, bool join)
{
    std::vector<WatchPiece> pieces;
    const double right = scale.right();
    const auto xOf = [&](std::size_t run) {
        return std::clamp(scale.pixelFromTime(life.place(life.runs.from(run))), scale.left, right);
    };
    // The one that is in force where the view begins.
    std::size_t run = firstRun(life, 0, scale.from, true);
    if (run > 0) --run;
    while (run < life.count) {
        const double x = xOf(run);
        if (x >= right && life.place(life.runs.from(run)) >= scale.to) break;
        const double next = run + 1 < life.count ? xOf(run + 1) : right;
        if (next - x >= least || run + 1 >= life.count) {
            if (life.runs.value(run).kind != replay::WatchValue::Kind::Absent && next > x)
                pieces.push_back({x, next, run, 1, {}});
            ++run;
            continue;
        }
        // All that begin within `least` px belong together, but for the last of them, which may go on for long.
        std::size_t end = firstRun(life, run + 1, scale.timeFromPixel(x + least), false);
        end = std::max(end, run + 2);
        const std::size_t last = end - 1;
        const double until = last < life.count ? xOf(last) : right;
        if (join && !pieces.empty() && pieces.back().count > 1 && pieces.back().first + pieces.back().count == run) {
            pieces.back().count += last - run;
            pieces.back().right = std::max(until, pieces.back().right);
        } else {
            WatchPiece piece{x, std::max(until, x), run, last - run, {}};
            if (!join) piece.extremes = life.runs.extremes(run, last);
            const bool absent = piece.count == 1 && life.runs.value(run).kind == replay::WatchValue::Kind::Absent;
            if (!absent) pieces.push_back(piece);
        }
        run = last;
    }
    return pieces;
}

std::optional<std::size_t> watchRunAt(const WatchLife& life, const TimeScale& scale, double x)
{
    const std::size_t after = firstRun(life, 0, scale.timeFromPixel(x + 0.5), true);
    if (after == 0) return std::nullopt;
    return after - 1;
}

double shareOf(double number, std::pair<double, double> range)
{
    // Halves: the way from the least to the greatest double is no double.
    const double whole = range.second / 2 - range.first / 2;
    if (!(whole > 0)) return 0.5;
    return std::clamp((number / 2 - range.first / 2) / whole, 0.0, 1.0);
}

}  // namespace hindcast::ui
