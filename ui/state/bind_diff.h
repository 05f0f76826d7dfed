#pragma once

namespace hindcast::ui {

class DiffPage;
class Session;

/// Joins the page of differences to a session's comparison, for the life of both.
void bind(DiffPage& page, Session& session);

}  // namespace hindcast::ui
