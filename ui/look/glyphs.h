#pragma once
#include "ui/look/theme.h"

#include <QIcon>
#include <QPainterPath>
#include <QRectF>

class QPainter;

namespace hindcast::ui {

/// Vector shapes of the window: marks of events and signs on buttons. Sharp at any scale.
enum class Glyph {
    Triangle,
    Circle,
    Cross,
    Square,
    Diamond,  // marks
    First,
    Previous,
    Next,
    Last,
    Stop,
    Search,
    Close,  // signs
    Warning,
    ChevronDown,
    ChevronRight,
    Groups,
    Pause,
    Play  ///< an outline: Next, which steps, is filled
};

/// The glyph within `box`, to be filled.
[[nodiscard]] QPainterPath glyphPath(Glyph glyph, const QRectF& box);
/// Fills it with antialiasing; the painter's state is kept.
void paintGlyph(QPainter& painter, Glyph glyph, const QRectF& box, const QColor& color);
/// An icon for buttons and menus that takes the theme's text colour, dimmed where disabled, at any size and pixel ratio.
/// Follows the theme: paint it again after Theme::changed(). `theme` must outlive the icon.
[[nodiscard]] QIcon glyphIcon(Glyph glyph, const Theme& theme);
/// The same in one of the theme's colours.
[[nodiscard]] QIcon glyphIcon(Glyph glyph, const Theme& theme, Theme::Role role);

}  // namespace hindcast::ui
