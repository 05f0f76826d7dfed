#include "ui/timeline/clear_place.h"

#include <algorithm>
#include <limits>

namespace hindcast::ui {

namespace {

constexpr double kAround = 4;   // px that stay free beside words
constexpr double kOutside = 2;  // px by which they may stand out

}  // namespace

std::optional<QPointF> clearPlace(QSizeF size, double left, double right, std::array<double, 2> tops,
                                  const std::vector<QRectF>& taken, const QRectF& within)
{
    std::optional<QPointF> best;
    for (const double top : tops) {
        if (top < within.top() - kOutside || top + size.height() > within.bottom() + kOutside) continue;
        QRectF place(QPointF(right - size.width(), top), size);
        const auto covers = [&](const QRectF& box) { return box.adjusted(-kAround, 0, kAround, 0).intersects(place); };
        // Each step goes to the left of what is covered, so there comes an end.
        for (auto box = std::ranges::find_if(taken, covers); box != taken.end() && place.left() >= left;
             box = std::ranges::find_if(taken, covers))
            place.moveRight(box->left() - kAround - 1);
        if (place.left() >= left && (!best || place.left() > best->x())) best = place.topLeft();
    }
    return best;
}

std::size_t leastCovering(const std::vector<QRectF>& places, const std::vector<QRectF>& taken)
{
    std::size_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < places.size() && least > 0; ++i) {
        double covered = 0;
        for (const QRectF& box : taken) {
            const QRectF both = box.intersected(places[i]);
            covered += both.width() * both.height();
        }
        if (covered >= least) continue;
        best = i;
        least = covered;
    }
    return best;
}

}  // namespace hindcast::ui
