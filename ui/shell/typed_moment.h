#pragma once
#include "core/event/time.h"

#include <QString>

#include <optional>

namespace hindcast::ui {

/// What was typed, and from where it was counted.
struct TypedMoment {
    Timestamp time;
    bool countedFromEnd = false;  ///< from the log's end, not from now
};

/// A moment as it is typed or pasted, by the clocks of the shown zone: what readMoment() takes, and names of zones that only the
/// shown one has. A time of day without a date is of the day of `here`, a date without a year of the year nearest to it: the
/// playhead. What counts from now ("last tuesday", "-2h") counts from `logEnd` where the log had ended before the moment that is
/// meant; empty or unknown: from now. GUI thread only.
[[nodiscard]] std::optional<TypedMoment> typedMoment(const QString& text, Timestamp now, Timestamp here,
                                                     std::optional<Timestamp> logEnd = {});

}  // namespace hindcast::ui
