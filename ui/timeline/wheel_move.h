#pragma once
#include <QWheelEvent>

#include <cmath>

namespace hindcast::ui {

/// What a turn of the wheel or a stroke on a trackpad means on an axis.
struct WheelMove {
    bool pixels = false;    ///< a trackpad tells pixels, a wheel tells notches
    bool sideways = false;  ///< by its own direction
    bool along = false;     ///< moves along the axis: sideways, or with Shift
    double by = 0;          ///< pixels or notches
    double zoom = 1;        ///< the factor, where it does not move along
};

[[nodiscard]] inline WheelMove wheelMove(const QWheelEvent& event)
{
    constexpr double kNotch = 1.25;
    constexpr double kPerPixel = 0.006;
    WheelMove move;
    move.pixels = !event.pixelDelta().isNull();
    const QPointF delta = move.pixels ? QPointF(event.pixelDelta()) : QPointF(event.angleDelta()) / 120.0;
    move.sideways = std::abs(delta.x()) > std::abs(delta.y());
    move.along = move.sideways || event.modifiers().testFlag(Qt::ShiftModifier);
    move.by = move.sideways ? delta.x() : delta.y();
    if (!move.along) move.zoom = move.pixels ? std::exp(move.by * kPerPixel) : std::pow(kNotch, move.by);
    return move;
}

}  // namespace hindcast::ui
