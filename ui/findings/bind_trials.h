#pragma once

namespace hindcast::ui {

class FindingsPanel;
class Session;

/// Joins the panel's pages of what is tried out (model diff, smallest case, determinism) to a session, for the life of both.
void bindTrials(FindingsPanel& panel, Session& session);

}  // namespace hindcast::ui
