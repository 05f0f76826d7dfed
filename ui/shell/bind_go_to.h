#pragma once
#include "core/event/time.h"

#include <QString>

namespace hindcast::ui {

struct GoToHit;
class GoToBox;
class Session;

/// Joins the go-to box to a session, for the life of both.
void bind(GoToBox& box, Session& session);
/// What is to be said of having gone there, where that was not possible to the letter: "the log ends …; shown is its last moment".
[[nodiscard]] QString remarkOn(const Session& session, const GoToHit& hit);
/// "Tuesday 4 Nov 2025 14:00 UTC · counted from the log's end"
[[nodiscard]] QString countedFromEndText(Timestamp time);

}  // namespace hindcast::ui
