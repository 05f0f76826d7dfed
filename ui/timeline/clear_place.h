#pragma once
#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <array>
#include <optional>
#include <vector>

namespace hindcast::ui {

/// The place furthest to the right between `left` and `right`, at one of two tops, the first being the better one, where words of
/// that size cover nothing of what is taken; its upper left corner. Empty: there is none within `within`. All in logical px.
[[nodiscard]] std::optional<QPointF> clearPlace(QSizeF size, double left, double right, std::array<double, 2> tops,
                                                const std::vector<QRectF>& taken, const QRectF& within);

}  // namespace hindcast::ui
