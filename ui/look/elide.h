#pragma once
#include <QFontMetrics>
#include <QString>

namespace hindcast::ui {

/// A name cut in its middle to fit `width` px, with more of its end than of its beginning: of `com.example.orders.v2.OrderPlaced`
/// the end tells it from its neighbours.
[[nodiscard]] QString elidedName(const QString& name, const QFontMetrics& metrics, int width);

}  // namespace hindcast::ui
