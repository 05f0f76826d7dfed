#include "ui/timeline/overview_layout.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr double kLeastHeight = 1.5;
constexpr double kGap = 1;                  // between columns
constexpr std::int64_t kLeastSpan = 1'000;  // a microsecond, as TimeWindow's
constexpr std::int64_t kWidest = INT64_MAX / 4;
constexpr std::size_t kColors = 10;  // the nine of the palette, and what is neutral

Timestamp plus(Timestamp time, double ns)
{
    // From one end of our years to the other it is more than an int64 holds.
    if (std::abs(ns) > 9e18) return plus(plus(time, ns / 2), ns / 2);
    const double sum = static_cast<double>(time.ns) + ns;
    if (sum >= 9.2e18) return Timestamp{INT64_MAX - 1};
    if (sum <= -9.2e18) return Timestamp{INT64_MIN + 1};
    return time.plus(static_cast<std::int64_t>(ns));  // as integers: a double does not hold all of a time
}

double spanOf(const Stretch& stretch)
{
    return static_cast<double>(static_cast<std::uint64_t>(stretch.to.ns) - static_cast<std::uint64_t>(stretch.from.ns));
}

Stretch around(Timestamp middle, double span, const Stretch& log)
{
    const double half = span / 2;
    const Timestamp centre = std::clamp(middle, log.from, std::max(log.from, log.to));
    return {plus(centre, -half), plus(centre, span - half)};
}

/// A column's counts by colour, in the order in which they stand upon each other: what has no colour lowest, so that the colours
/// make the outline however much there is of it, then the most frequent type's.
class Stack {
public:
    Stack(const DensityView& view, const std::function<int(TypeId)>& series)
    {
        order_.push_back(kNeutral);
        for (const TypeId type : view.types) {
            const int color = series ? series(type) : -1;
            const std::size_t index =
                color >= 0 && color < static_cast<int>(kColors) - 1 ? static_cast<std::size_t>(color) : kNeutral;
            colorOf_.push_back(index);
            if (std::find(order_.begin(), order_.end(), index) == order_.end()) order_.push_back(index);
        }
    }
    template <class Each>
    void each(const DensityView& view, std::size_t column, const Each& each) const
    {
        std::array<std::uint64_t, kColors> counts{};
        std::uint64_t known = 0;
        for (std::size_t type = 0; type < colorOf_.size(); ++type) {
            counts[colorOf_[type]] += view.count(type, column);
            known += view.count(type, column);
        }
        if (view.total[column] > known) counts[kNeutral] += view.total[column] - known;
        for (const std::size_t color : order_)
            if (counts[color] > 0) each(color == kNeutral ? -1 : static_cast<int>(color), counts[color]);
    }

private:
    static constexpr std::size_t kNeutral = kColors - 1;
    std::vector<std::size_t> colorOf_;  ///< by place in view.types
    std::vector<std::size_t> order_;
};

}  // namespace

int overviewColumns(const TimeScale& scale) { return std::clamp(static_cast<int>(scale.width / kOverviewPitch), 1, 16'384); }

Timestamp overviewEdge(const DensityView& view, std::size_t column)
{
    if (column >= view.columns) return view.to;
    return plus(view.from, spanOf({view.from, view.to}) * static_cast<double>(column) / view.columns);
}

OverviewGeometry layOutOverview(const DensityView& view, const TimeScale& scale, double top, double bottom, double ratio,
                                const std::function<int(TypeId)>& series)
{
    OverviewGeometry geometry;
    if (!view.available || view.columns == 0) return geometry;
    for (const std::uint32_t count : view.total) geometry.highest = std::max(geometry.highest, count);
    const Stack stack(view, series);
    const auto snapped = [ratio](double at) { return std::round(at * ratio) / ratio; };
    const auto mark = [](std::vector<double>& marks, double x) {
        if (marks.empty() || x - marks.back() >= kMarkSpacing) marks.push_back(x);
    };
    double right = scale.pixelFromTime(view.from);
    for (std::size_t column = 0; column < view.columns; ++column) {
        const double left = right;
        right = scale.pixelFromTime(overviewEdge(view, column + 1));
        if (right <= scale.left || left >= scale.right()) continue;
        const double middle = (std::max(left, scale.left) + std::min(right, scale.right())) / 2;
        if (view.deaths[column] > 0) mark(geometry.deaths, middle);
        if (view.rejects[column] > 0) mark(geometry.rejects, middle);
        const std::uint32_t total = view.total[column];
        if (total == 0) continue;
        const double x = snapped(std::max(left, scale.left));
        const double until = snapped(std::min(right, scale.right()));
        const double gap = until - x >= 3 ? kGap : 0;
        const double width = std::max(until - x - gap, 1 / ratio);
        // The square root: beside one busy hour the others would be a line at the bottom.
        const double height = std::max(kLeastHeight, (bottom - top) * std::sqrt(static_cast<double>(total) / geometry.highest));
        double shown = 0;
        double y = snapped(bottom);
        double sum = 0;
        stack.each(view, column, [&](int, std::uint64_t count) { sum += static_cast<double>(count); });
        stack.each(view, column, [&](int color, std::uint64_t count) {
            shown += static_cast<double>(count);
            const double next = snapped(bottom - height * shown / sum);
            if (next < y) geometry.pieces.push_back({QRectF(x, next, width, y - next), color});
            y = std::min(y, next);
        });
    }
    return geometry;
}

std::optional<std::size_t> overviewColumnAt(const DensityView& view, const TimeScale& scale, double x)
{
    const double left = scale.pixelFromTime(view.from);
    const double right = scale.pixelFromTime(view.to);
    if (!view.available || view.columns == 0 || !(right > left) || x < left || x >= right) return std::nullopt;
    const double column = (x - left) / (right - left) * view.columns;
    return std::min(static_cast<std::size_t>(column), static_cast<std::size_t>(view.columns) - 1);
}

Stretch wholeOf(const Stretch& log)
{
    const double margin = spanOf(log) < static_cast<double>(kLeastSpan) ? 30e9 : spanOf(log) / 100;
    return {plus(log.from, -margin), plus(log.to, margin)};
}

Stretch centred(const Stretch& window, Timestamp middle, const Stretch& log) { return around(middle, spanOf(window), log); }

Stretch panned(const Stretch& window, double ns, const Stretch& log)
{
    return around(plus(plus(window.from, spanOf(window) / 2), ns), spanOf(window), log);
}

Stretch zoomed(const Stretch& window, Timestamp fixed, double factor, const Stretch& log)
{
    if (!(factor > 0) || !std::isfinite(factor)) return window;
    const Stretch whole = wholeOf(log);
    const double span = std::max(spanOf(window) / factor, static_cast<double>(kLeastSpan));
    if (span >= std::min(spanOf(whole), static_cast<double>(kWidest))) return factor < 1 ? whole : window;
    // Where the pointer lies outside of the window it becomes its middle.
    const bool inside = fixed >= window.from && fixed < window.to;
    const double share = inside ? spanOf({window.from, fixed}) / spanOf(window) : 0.5;
    const Timestamp from = plus(fixed, -share * span);
    return {from, plus(from, span)};
}

}  // namespace hindcast::ui
