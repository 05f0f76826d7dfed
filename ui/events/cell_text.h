#pragma once
#include "ui/session/payload_fields.h"

#include <QString>

namespace hindcast::ui {

/// A payload's value as a cell says it: a number as it came, a text without its quotes unless it is empty or reads as something
/// else, an array or object by its JSON where that is short, else by its size. Empty where there is none.
[[nodiscard]] QString cellText(const FieldValue& value);
/// The same at length, for a tool tip: "not in this event" where there is none.
[[nodiscard]] QString fieldInFull(const FieldValue& value);

}  // namespace hindcast::ui
