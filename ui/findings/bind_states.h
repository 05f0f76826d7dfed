#pragma once

namespace hindcast::ui {

class Session;
class StatesPage;

/// Joins the search in states to a session, for the life of both.
void bindStates(StatesPage& page, Session& session);

}  // namespace hindcast::ui
