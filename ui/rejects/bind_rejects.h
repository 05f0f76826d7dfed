#pragma once

namespace hindcast::ui {

class RejectsPanel;
class Session;

/// Joins the panel of rejects to a session, for the life of both.
void bind(RejectsPanel& panel, Session& session);

}  // namespace hindcast::ui
