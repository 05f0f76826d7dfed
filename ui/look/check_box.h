#pragma once
#include "ui/look/theme.h"

#include <QRectF>

class QPainter;

namespace hindcast::ui {

/// The box of a row that can be ticked, 13 px of a desk wide in the middle of `box`. For lists that paint their own rows.
void paintCheckBox(QPainter& painter, const QRectF& box, bool checked, const Theme& theme);

}  // namespace hindcast::ui
