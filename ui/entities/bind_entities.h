#pragma once

namespace hindcast::ui {

class EntityBrowser;
class Session;

/// Joins the entity list to a session, for the life of both.
void bind(EntityBrowser& browser, Session& session);

}  // namespace hindcast::ui
