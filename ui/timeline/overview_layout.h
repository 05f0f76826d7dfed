#pragma once
#include "ui/session/views.h"
#include "ui/timeline/time_scale.h"

#include <QRectF>

#include <functional>
#include <optional>
#include <vector>

namespace hindcast::ui {

/// A piece of a column, in device-independent pixels.
struct OverviewRect {
    QRectF box;
    int series = -1;  ///< index for Theme::series(); -1: neutral
};

/// The whole log as neutral geometry: some pieces a column, however many events there are.
struct OverviewGeometry {
    std::vector<OverviewRect> pieces;
    std::vector<double> deaths;   ///< x of their marks, ascending, not closer than kMarkSpacing
    std::vector<double> rejects;  ///< likewise
    std::uint32_t highest = 0;    ///< events in the highest column
};

inline constexpr double kOverviewPitch = 4;  ///< from column to column
inline constexpr double kMarkSpacing = 6;

/// So many columns are asked for.
[[nodiscard]] int overviewColumns(const TimeScale& scale);
/// Stacks each column's types between `top` and `bottom`, on the raster of device pixels (`ratio` a pixel). A column's height is the
/// square root of its share of the highest, and at least a pixel and a half; within it types have their shares. The view may be of
/// another stretch than the scale: it lies where its times are.
[[nodiscard]] OverviewGeometry layOutOverview(const DensityView& view, const TimeScale& scale, double top, double bottom,
                                              double ratio, const std::function<int(TypeId)>& series);
/// The column of the view that stands at x; empty beside it.
[[nodiscard]] std::optional<std::size_t> overviewColumnAt(const DensityView& view, const TimeScale& scale, double x);
/// Where the column begins; `column` may be the number of columns, for the end.
[[nodiscard]] Timestamp overviewEdge(const DensityView& view, std::size_t column);

/// A stretch of time, as moves of the window give it: never wider than the log with a small margin, and with its middle on it.
struct Stretch {
    Timestamp from;
    Timestamp to;
    bool operator==(const Stretch&) const = default;
};
[[nodiscard]] Stretch wholeOf(const Stretch& log);  ///< with a small margin
[[nodiscard]] Stretch panned(const Stretch& window, double ns, const Stretch& log);
[[nodiscard]] Stretch centred(const Stretch& window, Timestamp middle, const Stretch& log);
/// `fixed` stays where it is; factor > 1 shows less.
[[nodiscard]] Stretch zoomed(const Stretch& window, Timestamp fixed, double factor, const Stretch& log);

}  // namespace hindcast::ui
