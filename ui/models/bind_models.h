#pragma once

namespace hindcast::ui {

class ModelPanel;
class Session;

/// Joins the model's panel to a session, for the life of both: it follows the selected entity, runs what is typed on it, and reads and
/// writes files. What is to be in force (saveRequested, undoRequested) is left to who can take it back.
void bind(ModelPanel& panel, Session& session);

}  // namespace hindcast::ui
