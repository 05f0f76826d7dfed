#pragma once

/// How the canvas divides its height, in device-independent pixels.
namespace hindcast::ui::space {

inline constexpr double kAxis = 36;       ///< above the lanes: ticks and the playhead's handle
inline constexpr double kFoot = 25;       ///< below them: the playhead's time
inline constexpr double kLaneLeast = 46;  ///< of a lane; where they do not fit they scroll
inline constexpr double kLaneWanted = 54;
inline constexpr double kLaneMost = 72;

}  // namespace hindcast::ui::space
