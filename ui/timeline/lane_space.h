#pragma once

/// How the timeline divides its room, in device-independent pixels on a desk (Theme::zoom() 1).
namespace hindcast::ui::space {

inline constexpr double kGutter = 148;    ///< left of lanes and overview: their names
inline constexpr double kOver = 8;        ///< as far what stands at the lanes' left end may reach over it
inline constexpr double kAxis = 36;       ///< above the lanes: ticks and the playhead's handle
inline constexpr double kFoot = 25;       ///< below them: the playhead's time
inline constexpr double kLaneLeast = 46;  ///< of a lane; where they do not fit they scroll
inline constexpr double kLaneWanted = 54;
inline constexpr double kLaneMost = 72;
inline constexpr double kWatchLine = 60;      ///< of a watched number, under the lane
inline constexpr double kWatchBand = 30;      ///< of a watched field that is drawn as bands
inline constexpr double kBranch = 48;         ///< of a branch, under the lane it is of
inline constexpr double kWatchBandMore = 21;  ///< of a second row of bands, the branch's
inline constexpr double kWatchFoot = 6;       ///< below the last of them

}  // namespace hindcast::ui::space
