#pragma once

namespace hindcast::ui {

class Session;
class StateInspector;

/// Joins the state view to a session, for the life of both.
void bind(StateInspector& inspector, Session& session);

}  // namespace hindcast::ui
