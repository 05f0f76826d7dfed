#pragma once
#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

namespace hindcast::ui {

/// The place furthest to the right between `left` and `right`, at one of two tops, the first being the better one, where words of
/// that size cover nothing of what is taken; its upper left corner. Empty: there is none within `within`. All in logical px.
[[nodiscard]] std::optional<QPointF> clearPlace(QSizeF size, double left, double right, std::array<double, 2> tops,
                                                const std::vector<QRectF>& taken, const QRectF& within);

/// Of places for the same words, the first that covers nothing of what is taken; where each does, the one that covers the least.
/// REQUIRES: there are places.
[[nodiscard]] std::size_t leastCovering(const std::vector<QRectF>& places, const std::vector<QRectF>& taken);

}  // namespace hindcast::ui
