#pragma once
#include "core/replay/history.h"

#include <optional>

namespace hindcast::ui {

/// Where that event stands in the history; 0: nowhere. Where its effective time is known a binary search finds it; otherwise, and
/// where it has another one by now, the history is walked: 40 MB for a million events.
[[nodiscard]] Version versionOf(const replay::History& history, EventId id, std::optional<Timestamp> effective);

/// That reject on the entity's lane; null: it is none.
[[nodiscard]] const store::Posting* rejectOf(const replay::History& history, EventId id);

}  // namespace hindcast::ui
