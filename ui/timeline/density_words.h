#pragma once
#include <QFont>
#include <QString>

namespace hindcast::ui {

/// What stands beneath a lane's density: "density: 12 000 events in view, at most 90 a column; zoom in for one mark per event", or as
/// many whole parts of that as fit into `room` (device-independent pixels); less than the first part is elided, or empty.
/// `events` and `most` are words: "12 000 events", "90".
[[nodiscard]] QString densityWords(const QString& events, const QString& most, const QFont& font, double room);

}  // namespace hindcast::ui
