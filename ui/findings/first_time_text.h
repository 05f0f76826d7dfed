#pragma once
#include "core/store/types.h"
#include "ui/findings/line_text.h"
#include "ui/session/over_all_views.h"

#include <QString>

#include <functional>
#include <vector>

namespace hindcast::ui {

// What a search for the first time says, in words and as text to take along. Pure; any thread.

/// "state.balance", "state" for all of it.
[[nodiscard]] QString pathText(const Pointer& path);
/// "6.00 → -14.00"; what is not there is "—".
[[nodiscard]] QString valuesText(const FirstTimeRow& row, std::size_t path);
/// "all entities", "all of account", "account-77".
[[nodiscard]] QString scopeText(FirstTimeScope scope, const QString& of);
/// "all entities · 2 400 000 events · 3.1 s · 4 found", and how far it is while it runs.
[[nodiscard]] QString summaryText(const FirstTimeView& view);
/// The same in fewer and fewer words.
[[nodiscard]] QStringList shorterSummaries(const FirstTimeView& view);
/// "grouped by cause: FeeCharged ×3, Withdrawn ×1"; empty where nothing was found.
[[nodiscard]] QString causesText(const FirstTimeView& view);

/// One line, as the command line prints it; values that are kept in part alone are told as cut.
[[nodiscard]] std::string jsonLine(const FirstTimeRow& row, const std::vector<Pointer>& paths, const PartOf& part);
/// RFC 4180, with a line of titles first.
[[nodiscard]] std::string csvTitles(const std::vector<Pointer>& paths);
[[nodiscard]] std::string csvLine(const FirstTimeRow& row, const PartOf& part);

}  // namespace hindcast::ui
