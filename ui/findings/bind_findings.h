#pragma once

namespace hindcast::ui {

class FindingsPanel;
class Session;

/// Joins the panel of what was found over all entities to a session, for the life of both.
void bind(FindingsPanel& panel, Session& session);

}  // namespace hindcast::ui
