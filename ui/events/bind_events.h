#pragma once

namespace hindcast::ui {

class EventsView;
class Session;

/// Joins the event table to a session, for the life of both.
void bind(EventsView& view, Session& session);

}  // namespace hindcast::ui
