#pragma once

namespace hindcast::ui {

class ConnectDialog;
class ConnectProbe;
class MappingDialog;
class StoredProbe;
class WorkspaceProbe;

/// Joins the connect dialog to a probe, for the life of both.
void bind(ConnectDialog& dialog, ConnectProbe& probe);
/// Joins it to a probe of the workspaces that it may go into.
void bind(ConnectDialog& dialog, WorkspaceProbe& probe);
/// Joins the mapping dialog to a probe of the workspace.
void bind(MappingDialog& dialog, StoredProbe& probe);

}  // namespace hindcast::ui
