#pragma once
#include <QString>

namespace hindcast::ui {

struct GoToHit;
class GoToBox;
class Session;

/// Joins the go-to box to a session, for the life of both.
void bind(GoToBox& box, Session& session);
/// What is to be said of having gone there, where that was not possible to the letter: "the log ends …; shown is its last moment".
[[nodiscard]] QString remarkOn(const Session& session, const GoToHit& hit);

}  // namespace hindcast::ui
