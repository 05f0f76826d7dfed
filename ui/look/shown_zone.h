#pragma once
#include "core/event/error.h"
#include "core/event/time.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <string_view>
#include <vector>

namespace hindcast::ui {

// The zone that times are shown and typed in: one for the whole program, as QLocale::setDefault() is. It changes what is drawn, never
// a state, a copy or a file: those are UTC and say so. Set in the GUI thread, asked in any.

enum class ShownZone : std::uint8_t { Utc, Local };

/// Local is the system's zone as of this call (TZ, /etc/localtime), with its daylight-saving time then and in other years. Paints
/// every widget again; what was computed from times follows ShownZoneSignal::changed().
void setShownZone(ShownZone zone);
[[nodiscard]] ShownZone shownZone();

/// Tells of another zone.
class ShownZoneSignal final : public QObject {
    Q_OBJECT
public:
    [[nodiscard]] static ShownZoneSignal& get();

signals:
    void changed();

private:
    friend void setShownZone(ShownZone zone);
};

/// Nanoseconds east of UTC at that instant.
[[nodiscard]] std::int64_t shownOffset(Timestamp time);
/// The instants within [from, to) from which on another offset holds, ascending.
[[nodiscard]] std::vector<Timestamp> shownOffsetChanges(Timestamp from, Timestamp to);
/// "UTC", "CET", "CEST", "UTC+3" at that instant.
[[nodiscard]] QString zoneName(Timestamp time);
/// For a column of times: one name, or "CET/CEST" where the two ends differ.
[[nodiscard]] QString zoneName(Timestamp first, Timestamp last);

/// What clocks and calendars of the zone show, as nanoseconds since their 1970-01-01 00:00. At the ends of our years: those ends.
[[nodiscard]] std::int64_t shownClock(Timestamp time);
/// The instant at which clocks show that; the first of two where they were put back. Where they were put forward over it: the instant
/// of that change.
[[nodiscard]] Timestamp instantOfClock(std::int64_t clock);

/// As timestampFromUser(), but text without a zone is the shown zone's. "CET" and the like are taken where the local zone has that
/// name at that time.
[[nodiscard]] Result<Timestamp> timeFromUser(std::string_view text, Timestamp now);

}  // namespace hindcast::ui
