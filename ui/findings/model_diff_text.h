#pragma once
#include "ui/findings/line_text.h"
#include "ui/session/trial_views.h"

#include <QString>
#include <QStringList>

#include <string>

namespace hindcast::ui {

// What the comparison of two models is told in.

/// "/balance -14.00 | 16.00 · /tier "blocked" | "gold"": by the first | by the second.
[[nodiscard]] QString fieldsText(const ModelDiffRow& row);
/// The same, a field a line.
[[nodiscard]] QString fieldsInFull(const ModelDiffRow& row);
/// "all of account · 2 400 000 events · 3.1 s · 4 of 12 entities differ", and how far it is while it runs.
[[nodiscard]] QString summaryText(const ModelDiffView& view);
/// "by cause: FeeCharged ×3, Withdrawn ×1 · by field: /balance ×4"; empty where nothing differs.
[[nodiscard]] QString countsText(const ModelDiffView& view);
/// "they give the same states for all 12 entities".
[[nodiscard]] QString sameText(const ModelDiffView& view);

/// One line, as `hindcast-cli compare-models --json` prints it; values that are kept in part alone are told as cut.
[[nodiscard]] std::string jsonLine(const ModelDiffRow& row, const PartOf& part);
/// RFC 4180, with a line of titles first: a line a field.
[[nodiscard]] std::string csvTitles(const ModelDiffView& view);
[[nodiscard]] std::string csvLines(const ModelDiffRow& row, const PartOf& part);

}  // namespace hindcast::ui
