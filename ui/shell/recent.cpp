#include "ui/shell/recent.h"

#include <QFileInfo>
#include <QSettings>

namespace hindcast::ui {

namespace {

constexpr qsizetype kMost = 8;
const auto kKey = QStringLiteral("recent");

}  // namespace

QStringList rememberedWorkspaces() { return QSettings().value(kKey).toStringList(); }

QStringList thoseThere(const QStringList& paths)
{
    QStringList there;
    for (const QString& path : paths)
        if (QFileInfo::exists(path)) there << path;
    return there;
}

void rememberWorkspace(const QString& path)
{
    QSettings settings;
    QStringList all = settings.value(kKey).toStringList();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    all.removeAll(absolute);
    all.prepend(absolute);
    settings.setValue(kKey, all.mid(0, kMost));
}

}  // namespace hindcast::ui
