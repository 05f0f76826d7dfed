#pragma once

namespace hindcast::ui {

class ConnectDialog;
class ConnectProbe;
class MappingDialog;
class StoredProbe;

/// Joins the connect dialog to a probe, for the life of both.
void bind(ConnectDialog& dialog, ConnectProbe& probe);
/// Joins the mapping dialog to a probe of the workspace.
void bind(MappingDialog& dialog, StoredProbe& probe);

}  // namespace hindcast::ui
