#include "ui/look/search_field.h"

#include "ui/look/glyphs.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace hindcast::ui {

SearchField::SearchField(const Theme& theme, QWidget* parent) : QLineEdit(parent), theme_(theme)
{
    setMouseTracking(true);
    const auto dress = [this] {
        setTextMargins(theme_.px(18), 0, theme_.px(14), 0);
        update();
    };
    dress();
    connect(&theme_, &Theme::changed, this, dress);
}

QRectF SearchField::crossRect() const
{
    const double side = theme_.px(9);
    return {width() - 10.0 - side, (height() - side) / 2, side, side};
}

bool SearchField::isOnCross(const QPointF& position) const
{
    return !text().isEmpty() && crossRect().adjusted(-6, -8, 8, 8).contains(position);
}

void SearchField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const QColor color = theme_.color(Theme::Role::TextSecondary);
    const double side = theme_.px(12);
    paintGlyph(painter, Glyph::Search, QRectF(9, (height() - side) / 2, side, side), color);
    if (!text().isEmpty()) paintGlyph(painter, Glyph::Close, crossRect(), color);
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) return clear();
    QLineEdit::keyPressEvent(event);
}

void SearchField::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && isOnCross(event->position())) {
        clear();
        setFocus(Qt::MouseFocusReason);
        return;
    }
    QLineEdit::mousePressEvent(event);
}

void SearchField::mouseMoveEvent(QMouseEvent* event)
{
    setCursor(isOnCross(event->position()) ? Qt::ArrowCursor : Qt::IBeamCursor);
    QLineEdit::mouseMoveEvent(event);
}

}  // namespace hindcast::ui
