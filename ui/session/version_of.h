#pragma once
#include "core/replay/history.h"

#include <optional>

namespace hindcast::ui {

/// Where that event stands in the history; 0: nowhere. A binary search. Only a history that was put together by hand, without its
/// index, is walked where the effective time is not known or is another one by now.
[[nodiscard]] Version versionOf(const replay::History& history, EventId id, std::optional<Timestamp> effective);

/// That reject on the entity's lane; null: it is none.
[[nodiscard]] const store::Posting* rejectOf(const replay::History& history, EventId id);

}  // namespace hindcast::ui
