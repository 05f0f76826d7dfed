#pragma once
#include "core/replay/replay.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace hindcast::replay {

/// Where the model fails in an entity's life. What was not replayed yet is; what is known once is at hand until the history changes.
/// Threads: the replay's.

/// Every event up to `version` at which it fails, in order.
[[nodiscard]] Result<std::vector<ReplayError>> failures(EntityReplay& replay, Version version, const std::stop_token& stop = {});
/// The first of them; empty: it takes every event.
[[nodiscard]] Result<std::optional<ReplayError>> firstFailure(EntityReplay& replay, Version version,
                                                              const std::stop_token& stop = {});

/// The state for who stops at the first event at which the model fails. Where that is at or before `version` the result is the state
/// before it: StateAt::version is the one before that event, and `error` the event's, of a greater version. Else as EntityReplay::at(),
/// of which `error` is never of a greater version.
[[nodiscard]] Result<StateAt> atOrStopped(EntityReplay& replay, Version version, const std::stop_token& stop = {});
/// Whether atOrStopped() stopped there.
[[nodiscard]] inline bool isStopped(const StateAt& at) { return at.error && at.error->version > at.version; }

/// EntityReplay::walk() of states that end with version `end`: those of later versions are as that one.
[[nodiscard]] Result<void> walkTo(EntityReplay& replay, Version first, Version last, Version end, const std::stop_token& stop,
                                  const std::function<bool(Version, const model::FoldState&)>& visit);

}  // namespace hindcast::replay
