#pragma once
#include "core/event/error.h"
#include "ui/session/playback_speed.h"

#include <QString>

namespace hindcast::ui {

/// "×1000", "×10 000", "10/s": as a button shows it.
[[nodiscard]] QString speedText(PlaybackSpeed speed);
/// The same where there is little room: "×10⁶".
[[nodiscard]] QString shortSpeedText(PlaybackSpeed speed);
/// What that means: "16 min 40 s each second", "10 events a second".
[[nodiscard]] QString speedWords(PlaybackSpeed speed);
/// As a user writes it: "×250", "1e5", "10^6", "5/s", "20 events a second", "1h/s", "2 days per second".
[[nodiscard]] Result<PlaybackSpeed> speedFromText(const QString& text);

}  // namespace hindcast::ui
