#pragma once
#include "ui/timeline/lane_events.h"
#include "ui/timeline/lane_layout.h"

#include <QRectF>

#include <optional>
#include <vector>

namespace hindcast::ui {

/// A cluster taken apart: its events as single marks in a bubble beside the lane, in their order, left to right and row by row.
struct Fan {
    struct Item {
        QRectF box;
        std::size_t event = 0;  ///< of the lane's events
        Mark mark = Mark::Plain;
        TypeId type;
    };
    QRectF bubble;
    double anchorX = 0;  ///< of the cluster
    double anchorY = 0;
    std::vector<Item> items;
    std::size_t left = 0;  ///< events before the first that is shown, where there is no room for all
    std::size_t right = 0;
};

struct FanMetrics {
    double unit = 1;   ///< Theme::zoom()
    double cell = 19;  ///< pixels from mark to mark
    double mark = 12;
    std::size_t mostRows = 3;
    QRectF within;  ///< where the bubble must lie
};

/// The bubble of the events [first, first + count), below `anchorY` where there is room, else above. Where they are too many the
/// ones about `about` are shown. Pure.
[[nodiscard]] Fan layOutFan(const LaneEvents& lane, std::size_t first, std::size_t count, std::size_t about, double anchorX,
                            double anchorY, double clearance, const FanMetrics& metrics);
[[nodiscard]] std::optional<std::size_t> fanItemAt(const Fan& fan, const QPointF& position);

}  // namespace hindcast::ui
