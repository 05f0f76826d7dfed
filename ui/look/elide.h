#pragma once
#include <QFontMetrics>
#include <QString>

#include <span>

namespace hindcast::ui {

/// A name cut in its middle to fit `width` px, with more of its end than of its beginning: of `com.example.orders.v2.OrderPlaced`
/// the end tells it from its neighbours.
[[nodiscard]] QString elidedName(const QString& name, const QFontMetrics& metrics, int width);
/// The same among others that are shown: where some of those would look alike, what all of them begin and end with is cut first, so
/// that what tells them apart is left. Costs a comparison for each of the others.
[[nodiscard]] QString elidedAmong(const QString& name, std::span<const QString> others, const QFontMetrics& metrics, int width);

/// A name cut in its middle to `characters`, 2 or more, whatever their width.
[[nodiscard]] QString shortName(const QString& name, int characters);

}  // namespace hindcast::ui
