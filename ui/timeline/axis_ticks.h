#pragma once
#include "ui/timeline/lane_axis.h"
#include "ui/timeline/time_scale.h"

#include <QString>

#include <functional>
#include <vector>

namespace hindcast::ui {

/// A tick of the lanes' axis: where, and what stands beside it (empty where there is no room).
struct AxisTick {
    double x = 0;
    QString label;
};

/// A folded period in view, in pixels.
struct FoldSpan {
    double left = 0;
    double right = 0;
    std::size_t fold = 0;  ///< index into AxisMap::folds
};

/// Round times where the axis is one of time (none within a fold); on that of order the times of events evenly apart.
/// `scale` is in places of the axis. `room`: of a label beside its tick, in pixels; one that would reach into a fold or over
/// the label before it is left out.
[[nodiscard]] std::vector<AxisTick> axisTicks(const AxisMap& map, const TimeScale& scale, double leastPixels,
                                              const std::function<double(const QString&)>& room = {});
/// The roundest time at pixel x that a pointer can mean, on an axis of time (time_scale.h), folded or not; within a fold any.
[[nodiscard]] Timestamp roundTimeAt(const AxisMap& map, const TimeScale& scale, double x);
[[nodiscard]] std::vector<FoldSpan> foldsInView(const AxisMap& map, const TimeScale& scale);

}  // namespace hindcast::ui
