#pragma once
#include "ui/session/trial_views.h"

#include <QString>
#include <QStringList>

namespace hindcast::ui {

// What the smallest case is called, and how its search stands, in words.

/// As it is chosen: "“never below zero” is broken", "an expression holds".
[[nodiscard]] QString symptomText(const WantedSymptom& wanted);
/// The same for a button: a long name is cut, "“a closed account does not m…” is broken".
[[nodiscard]] QString shortSymptomText(const WantedSymptom& wanted);
/// "Smallest case that still breaks “never below zero”".
[[nodiscard]] QString smallestTitle(const SmallestView& view);
/// "4 of 9 events: #1 UserRegistered, #2 Deposited, … (the failing event and the creation are kept; …)"; empty: there is none yet.
[[nodiscard]] QString smallestEvents(const SmallestView& view);
/// The same in fewer and fewer words: the events stand in the table, too.
[[nodiscard]] QStringList shorterEvents(const SmallestView& view);
/// "4 of 9 events · 38 tests run · 12 ms", and how far it is while it runs.
[[nodiscard]] QString smallestSummary(const SmallestView& view);
[[nodiscard]] QStringList shorterSummaries(const SmallestView& view);

}  // namespace hindcast::ui
