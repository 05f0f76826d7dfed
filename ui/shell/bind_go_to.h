#pragma once

namespace hindcast::ui {

class GoToBox;
class Session;

/// Joins the go-to box to a session, for the life of both.
void bind(GoToBox& box, Session& session);

}  // namespace hindcast::ui
