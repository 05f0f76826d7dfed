#pragma once
#include "ui/look/glyphs.h"
#include "ui/timeline/lane_layout.h"

#include <QRectF>

namespace hindcast::ui {

// How the marks of a lane become glyphs.

[[nodiscard]] inline Glyph glyphOf(Mark mark)
{
    switch (mark) {
        case Mark::Birth: return Glyph::Triangle;
        case Mark::Plain: return Glyph::Circle;
        case Mark::Death: return Glyph::Cross;
        case Mark::Snapshot: return Glyph::Diamond;
        case Mark::Message: return Glyph::Square;
    }
    return Glyph::Circle;
}

/// Of a mark for one event, about the lane's middle.
[[nodiscard]] inline QRectF markBox(const LaneMark& mark, double middle)
{
    return {mark.x - mark.halfWidth, middle - mark.halfWidth, 2 * mark.halfWidth, 2 * mark.halfWidth};
}

}  // namespace hindcast::ui
