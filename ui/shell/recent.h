#pragma once
#include <QString>
#include <QStringList>

namespace hindcast::ui {

/// Workspaces opened before, newest first; those that are gone are left out.
[[nodiscard]] QStringList recentWorkspaces();
void rememberWorkspace(const QString& path);

}  // namespace hindcast::ui
