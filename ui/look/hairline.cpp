#include "ui/look/hairline.h"

#include <QPainter>

namespace hindcast::ui {

Hairline::Hairline(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    setFixedHeight(1);
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Hairline::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), theme_.color(Theme::Role::Line)); }

}  // namespace hindcast::ui
