#include "ui/look/check_box.h"

#include <QPainter>
#include <QPainterPath>

namespace hindcast::ui {

void paintCheckBox(QPainter& painter, const QRectF& box, bool checked, const Theme& theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    // Drawn as a line and not filled: a column of filled boxes would outshout the names beside it.
    const QColor ink = theme.color(checked ? Theme::Role::Text : Theme::Role::TextSecondary);
    painter.setBrush(Qt::NoBrush);
    const double by = theme.zoom();
    painter.translate(box.center());
    painter.scale(by, by);
    painter.setPen(QPen(ink, 1.1));
    const QRectF frame(-6, -6, 12, 12);
    painter.drawRoundedRect(frame, 2.5, 2.5);
    if (checked) {
        QPainterPath tick(frame.topLeft() + QPointF(2.9, 6.3));
        tick.lineTo(frame.topLeft() + QPointF(5.1, 8.6));
        tick.lineTo(frame.topLeft() + QPointF(9.3, 3.5));
        painter.setPen(QPen(ink, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(tick);
    }
    painter.restore();
}

}  // namespace hindcast::ui
