#pragma once

namespace hindcast::ui {

class OverviewStrip;
class Session;
class TimelineView;

/// Joins the timeline to a session, for the life of both.
void bind(TimelineView& view, Session& session);
/// The same for the strip above its lanes.
void bind(OverviewStrip& strip, Session& session);

}  // namespace hindcast::ui
