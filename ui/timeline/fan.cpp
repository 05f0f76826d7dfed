#include "ui/timeline/fan.h"

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {
constexpr double kPadding = 8;
constexpr double kFoot = 18;  // for the line of words
}  // namespace

Fan layOutFan(const LaneEvents& lane, std::size_t first, std::size_t count, std::size_t about, double anchorX, double anchorY,
              double clearance, const FanMetrics& metrics)
{
    const double padding = kPadding * metrics.unit;
    Fan fan;
    fan.anchorX = anchorX;
    fan.anchorY = anchorY;
    const double room = std::max(metrics.cell * 4, metrics.within.width() - 2 * padding);
    const auto perRow = std::max<std::size_t>(4, static_cast<std::size_t>(room / metrics.cell));
    const std::size_t most = perRow * metrics.mostRows;
    const std::size_t shown = std::min(count, most);
    std::size_t begin = first;
    if (shown < count) begin = std::clamp(about > shown / 2 ? about - shown / 2 : first, first, first + count - shown);
    fan.left = begin - first;
    fan.right = first + count - begin - shown;

    const std::size_t columns = std::max<std::size_t>(std::min(shown, perRow), 1);
    const std::size_t rows = (shown + columns - 1) / columns;
    const double least = 150 * metrics.unit;  // the line of words
    const double width = std::max(least, static_cast<double>(columns) * metrics.cell + 2 * padding);
    const double height = static_cast<double>(rows) * metrics.cell + 2 * padding + kFoot * metrics.unit;
    const double left =
        std::clamp(anchorX - width / 2, metrics.within.left(), std::max(metrics.within.left(), metrics.within.right() - width));
    double top = anchorY + clearance;
    if (top + height > metrics.within.bottom() && anchorY - clearance - height >= metrics.within.top())
        top = anchorY - clearance - height;
    fan.bubble = QRectF(left, top, width, height);
    const double inset = (width - static_cast<double>(columns) * metrics.cell) / 2;
    for (std::size_t i = 0; i < shown; ++i) {
        Fan::Item item;
        item.event = begin + i;
        item.mark = markOf(*lane.history, lane.index(item.event));
        item.type = lane.event(item.event).type;
        const std::size_t row = i / columns;
        const double x = left + inset + (static_cast<double>(i - row * columns) + 0.5) * metrics.cell;
        const double y = top + padding + (static_cast<double>(row) + 0.5) * metrics.cell;
        item.box = QRectF(x - metrics.mark / 2, y - metrics.mark / 2, metrics.mark, metrics.mark);
        fan.items.push_back(item);
    }
    return fan;
}

std::optional<std::size_t> fanItemAt(const Fan& fan, const QPointF& position)
{
    for (std::size_t i = 0; i < fan.items.size(); ++i)
        if (fan.items[i].box.adjusted(-3, -3, 3, 3).contains(position)) return i;
    return {};
}

}  // namespace hindcast::ui
