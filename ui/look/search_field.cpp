#include "ui/look/search_field.h"

#include "ui/look/glyphs.h"

#include <QPainter>

namespace hindcast::ui {

SearchField::SearchField(const Theme& theme, QWidget* parent) : QLineEdit(parent), theme_(theme)
{
    setClearButtonEnabled(true);
    setTextMargins(18, 0, 0, 0);
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SearchField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    paintGlyph(painter, Glyph::Search, QRectF(9, height() / 2.0 - 6, 12, 12), theme_.color(Theme::Role::TextSecondary));
}

}  // namespace hindcast::ui
