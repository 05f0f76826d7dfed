#pragma once
#include "ui/look/theme.h"
#include "ui/timeline/time_scale.h"

#include <QRectF>

#include <array>
#include <optional>

class QPainter;

namespace hindcast::ui {

/// The marks A and B on the axis of the lanes: where they stand, in places of the axis.
struct AxisMarks {
    std::array<std::optional<Timestamp>, 2> places;
    bool operator==(const AxisMarks&) const = default;
};

/// The letter's flag: within the scale's room; null where the mark is out of view. `zoom` as Theme::zoom(). Pure.
[[nodiscard]] QRectF markFlag(Timestamp place, const TimeScale& scale, double zoom);
/// The lines, to be painted beneath the lanes, from under the flags down to `bottom`.
void paintMarkLines(QPainter& painter, const AxisMarks& marks, const TimeScale& scale, double bottom, const Theme& theme);
/// The flags: of two at the same place side by side.
void paintMarkFlags(QPainter& painter, const AxisMarks& marks, const TimeScale& scale, const Theme& theme);

}  // namespace hindcast::ui
