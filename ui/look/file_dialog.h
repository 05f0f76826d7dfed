#pragma once
#include <QString>

class QWidget;

namespace hindcast::ui {

// File dialogs that look at names alone. Qt's own icon provider, and some desktops' dialogs, open each file of the folder to
// tell its kind; and a process that closes any descriptor of a file loses all locks that it has on it (POSIX): SQLite's on the
// open workspace, too, so that another program may take its log away from under it. So these are Qt's dialogs with icons by
// name. They are as large as they were left last (setting "fileDialog/size"); at first wide enough for names and dates.

/// The path of a file that is there; empty where none was chosen.
[[nodiscard]] QString askOpenFile(QWidget* parent, const QString& title, const QString& filter);
/// The path of a file to make, or to add to (nothing is asked about one that is there); empty where none was chosen.
[[nodiscard]] QString askTargetFile(QWidget* parent, const QString& title, const QString& proposal, const QString& filter);

}  // namespace hindcast::ui
