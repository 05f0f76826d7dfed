#pragma once

namespace hindcast::ui {

class Session;
class TypesPanel;

/// Joins the panel of event types to a session, for the life of both.
void bind(TypesPanel& panel, Session& session);

}  // namespace hindcast::ui
