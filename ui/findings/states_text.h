#pragma once
#include "ui/findings/line_text.h"
#include "ui/session/state_search_views.h"

#include <QString>
#include <QStringList>

#include <cstddef>
#include <string>

namespace hindcast::ui {

// What a search in states says, in words and as text to take along. Pure; any thread.

/// "1 entity", "2 400 entities".
[[nodiscard]] QString entitiesText(std::uint64_t count);
/// "/balance", "state" for all of it, "/orders/3/total +2" where it stands at more places.
[[nodiscard]] QString placesText(const StateRow& row);
/// What stands at the first of them; "—" where it was not looked at.
[[nodiscard]] QString foundText(const StateRow& row);
/// A line for each place that is kept, for a tool tip.
[[nodiscard]] QString allFoundText(const StateRow& row);
/// "as of 06 Nov 11:02:19", "as of the last event".
[[nodiscard]] QString momentText(const std::optional<Timestamp>& moment);
/// "as of 06 Nov 11:02:19 · all entities · 2 400 entities · 0.3 s · 4 found", and how far it is while it runs.
[[nodiscard]] QString summaryText(const StatesView& view);
/// The same in fewer and fewer words.
[[nodiscard]] QStringList shorterSummaries(const StatesView& view);

/// One line, as the command line prints it; values that are kept in part alone are told as cut.
[[nodiscard]] std::string jsonLine(const StateRow& row, const PartOf& part);
/// With a line of titles first; a line for each place.
[[nodiscard]] std::string csvTitlesOfStates();
[[nodiscard]] std::string csvLines(const StateRow& row, const PartOf& part);

}  // namespace hindcast::ui
