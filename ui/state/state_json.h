#pragma once
#include "ui/session/views.h"
#include "ui/state/state_words.h"

namespace hindcast::ui {

/// The whole state with where it stands, member for member as `hindcast-cli state --json` prints it. `event`: of that version, for
/// its position; may be null.
[[nodiscard]] QString stateJson(const replay::History& history, const StateView& view, const EventView* event,
                                const QString& typeName);

}  // namespace hindcast::ui
