#pragma once
#include "core/event/change.h"

namespace hindcast::ui {

/// What differs, in the order in which the event between the two wrote it: the state view tells of the same changes in that order.
/// By a field's first change in `written`, or that of what holds it or of what it holds; what is in none of these comes last, as it
/// was. Only to be shown: it need not apply in this order. Pure.
[[nodiscard]] Changes inOrderWritten(Changes changes, const Changes& written);

}  // namespace hindcast::ui
