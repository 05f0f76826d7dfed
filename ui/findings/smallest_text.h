#pragma once
#include "ui/session/trial_views.h"

#include <QString>

namespace hindcast::ui {

// What the smallest case is called, and how its search stands, in words.

/// As it is chosen: "“never below zero” is broken", "an expression holds".
[[nodiscard]] QString symptomText(const WantedSymptom& wanted);
/// "Smallest case that still breaks “never below zero”".
[[nodiscard]] QString smallestTitle(const SmallestView& view);
/// "4 of 9 events: #1 UserRegistered, #2 Deposited, … (the failing event and the creation are kept; …)"; empty: there is none yet.
[[nodiscard]] QString smallestEvents(const SmallestView& view);
/// "4 of 9 events · 38 tests run · 12 ms", and how far it is while it runs.
[[nodiscard]] QString smallestSummary(const SmallestView& view);

}  // namespace hindcast::ui
