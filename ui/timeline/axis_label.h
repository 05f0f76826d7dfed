#pragma once
#include "ui/timeline/time_scale.h"

#include <QString>

namespace hindcast::ui {

/// What stands beside a tick: "4 Nov 06:00" where the day changes, else "06:00"; as fine as the step, in the shown zone.
[[nodiscard]] QString axisLabel(const Tick& tick, TickStep step);
/// The stretch that a window shows, for its title: "2 – 5 Nov 2025", "4 Nov 2025 09:14:20 – 09:14:25".
[[nodiscard]] QString rangeText(Timestamp from, Timestamp to);

}  // namespace hindcast::ui
