#include "ui/look/search_field.h"

#include "ui/look/glyphs.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace hindcast::ui {

SearchField::SearchField(const Theme& theme, QWidget* parent) : QLineEdit(parent), theme_(theme)
{
    setTextMargins(18, 0, 14, 0);
    setMouseTracking(true);
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QRectF SearchField::crossRect() const { return {width() - 19.0, height() / 2.0 - 4.5, 9, 9}; }

bool SearchField::isOnCross(const QPointF& position) const
{
    return !text().isEmpty() && crossRect().adjusted(-6, -8, 8, 8).contains(position);
}

void SearchField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const QColor color = theme_.color(Theme::Role::TextSecondary);
    paintGlyph(painter, Glyph::Search, QRectF(9, height() / 2.0 - 6, 12, 12), color);
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
