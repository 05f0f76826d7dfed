#pragma once
#include "core/event/payload_source.h"
#include "core/model/reducer.h"
#include "core/replay/feed.h"
#include "core/replay/history.h"
#include "ui/session/model_diagnostic.h"

#include <stop_token>
#include <vector>

namespace hindcast::ui {

/// What a model that runs in another process does and that is no failure (it makes NaN of a number, it changes the event that it was
/// given), and where its invariants begin not to hold: by folding the entity's first events up to `to` once more and looking closer,
/// at most kMostRemarkedEvents of them. Each remark once, with the event that it came at first; at most kMostRemarks. None for models
/// of our own, and where the run cannot be made: what that is because of is told by the states.
/// Threads: one at a time, as `feed` and `payloads`.
[[nodiscard]] std::vector<ModelDiagnostic> remarksOf(const model::Reducer& reducer, replay::RecordFeed& feed,
                                                     const replay::History& history, PayloadSource& payloads, Version to,
                                                     const std::stop_token& stop);

inline constexpr std::size_t kMostRemarkedEvents = 2000;
inline constexpr std::size_t kMostRemarks = 20;

}  // namespace hindcast::ui
