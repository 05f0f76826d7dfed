#pragma once
#include <QString>
#include <QStringList>

namespace hindcast::ui {

/// Workspaces opened before, newest first; also those that are gone.
[[nodiscard]] QStringList rememberedWorkspaces();
/// Those of them that are there. Asks the file system, which may be slow (a network's): not for the GUI thread.
[[nodiscard]] QStringList thoseThere(const QStringList& paths);
void rememberWorkspace(const QString& path);

}  // namespace hindcast::ui
