#pragma once
#include "core/event/time.h"
#include "ui/session/go_to.h"

#include <QString>

#include <optional>

namespace hindcast::ui {

/// A moment as it is typed or pasted, by the clocks of the shown zone: what readMoment() takes, and names of zones that only the
/// shown one has. A time of day without a date is of the day of `here`, a date without a year of the year nearest to it: the
/// playhead. GUI thread only.
[[nodiscard]] std::optional<Timestamp> typedMoment(const QString& text, Timestamp now, Timestamp here);

/// readGoTo(), with its moment by typedMoment().
[[nodiscard]] GoToReadings typedReadings(const QString& text, Timestamp now, Timestamp here);

}  // namespace hindcast::ui
