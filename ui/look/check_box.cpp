#include "ui/look/check_box.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOptionButton>
#include <QStyleOptionFocusRect>
#include <QStylePainter>

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

CheckBox::CheckBox(const QString& text, const Theme& theme, QWidget* parent) : QCheckBox(text, parent), theme_(theme) {}

void CheckBox::paintEvent(QPaintEvent*)
{
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    paintCheckBox(painter, style()->subElementRect(QStyle::SE_CheckBoxIndicator, &option, this), isChecked(), theme_);
    QStyleOptionButton label = option;
    label.rect = style()->subElementRect(QStyle::SE_CheckBoxContents, &option, this);
    painter.drawControl(QStyle::CE_CheckBoxLabel, label);
    if (!option.state.testFlag(QStyle::State_HasFocus)) return;
    QStyleOptionFocusRect focus;
    focus.QStyleOption::operator=(option);
    focus.rect = style()->subElementRect(QStyle::SE_CheckBoxFocusRect, &option, this);
    painter.drawPrimitive(QStyle::PE_FrameFocusRect, focus);
}

}  // namespace hindcast::ui
