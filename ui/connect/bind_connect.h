#pragma once

namespace hindcast::ui {

class ConnectDialog;
class ConnectProbe;

/// Joins the connect dialog to a probe, for the life of both.
void bind(ConnectDialog& dialog, ConnectProbe& probe);

}  // namespace hindcast::ui
