#pragma once
#include "ui/look/theme.h"

#include <QScreen>
#include <QSize>
#include <QWidget>

namespace hindcast::ui {

/// A window's size of choice, or what the screen has room for beside panels and the window's own frame.
[[nodiscard]] inline QSize fitting(QSize wanted, const QScreen& screen)
{
    return wanted.boundedTo(screen.availableGeometry().size() - QSize(24, 48));
}

/// A height that follows the theme's zoom; `height` is that on a desk. `theme` must outlive the widget.
inline void fixHeight(QWidget& widget, const Theme& theme, int height)
{
    const auto set = [&widget, &theme, height] { widget.setFixedHeight(theme.px(height)); };
    set();
    QObject::connect(&theme, &Theme::changed, &widget, set);
}

}  // namespace hindcast::ui
