#pragma once

namespace hindcast::ui {

class Session;
class TimelineView;

/// Joins the timeline to a session, for the life of both.
void bind(TimelineView& view, Session& session);

}  // namespace hindcast::ui
