#pragma once
#include "core/event/time.h"

#include <QString>

#include <chrono>
#include <cstdint>

namespace hindcast::ui {

/// Figures and times as every view writes them.
[[nodiscard]] QString grouped(std::uint64_t number);  ///< "48 211", with thin spaces (U+2009)
/// A text that is broken into lines, with spaces in its figures that look the same and keep each on one line (U+202F).
[[nodiscard]] QString wrappable(QString text);
[[nodiscard]] QString eventsText(std::uint64_t count);   ///< "1 event", "48 211 events"
[[nodiscard]] QString rejectsText(std::uint64_t count);  ///< "1 reject", "3 rejects"
[[nodiscard]] QString bytesText(std::uint64_t bytes);    ///< "21 MB", decimal units
[[nodiscard]] QString durationText(
    std::chrono::nanoseconds time);              ///< "41 µs", "1.2 ms", "3.1 s", "2 min", "1 h 5 min", "13 d 21 h"
[[nodiscard]] QString timeText(Timestamp time);  ///< in the shown zone: "2025-11-04 09:14:22.118", or finer where it is finer
/// The same with its zone: "2025-11-04 09:14:22.118 UTC".
[[nodiscard]] QString zonedTimeText(Timestamp time);
[[nodiscard]] QString shortTimeText(Timestamp time);  ///< "04 Nov 09:14:22.118"
[[nodiscard]] QString monthName(int month);           ///< 1 … 12: "Nov"

/// Data in a tool tip: Qt would take what looks like HTML for it.
[[nodiscard]] QString asTip(const QString& text);

/// The calendar fields of an instant in the shown zone (shown_zone.h).
struct Civil {
    int year = 1970;
    int month = 1;  ///< 1 … 12
    int day = 1;    ///< 1 … 31
    int hour = 0;
    int minute = 0;
    int second = 0;
    int nanosecond = 0;
};
[[nodiscard]] Civil civil(Timestamp time);

}  // namespace hindcast::ui
