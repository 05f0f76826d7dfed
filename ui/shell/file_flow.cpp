#include "ui/shell/main_window.h"

#include "ui/branches/branch_commands.h"
#include "ui/look/background.h"
#include "ui/look/file_dialog.h"
#include "ui/shell/error_bar.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QFileInfo>
#include <QMimeData>

#include <utility>

namespace hindcast::ui {

namespace {

const auto kEnding = QStringLiteral(".hindcast");
const auto kEvents = QStringLiteral("*.jsonl *.ndjson *.json *.records *.gz");

/// The workspace itself, or one of the files beside it.
bool belongsTo(const QString& workspace, const QString& path)
{
    const QString own = QFileInfo(workspace).canonicalFilePath();
    const QString given = QFileInfo(path).canonicalFilePath();
    const auto isOwn = [&](const char* ending) { return given == own + QLatin1String(ending); };
    return !own.isEmpty() && (isOwn("") || isOwn("-wal") || isOwn("-shm") || isOwn("-lock"));
}

/// A workspace is one of these, whatever its name. Not in the GUI's thread.
bool isDatabase(const QString& path)
{
    constexpr QByteArrayView kHead("SQLite format 3");
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.read(kHead.size()) == kHead;
}

}  // namespace

void MainWindow::openWorkspace(const QString& path, bool createIfAbsent)
{
    if (!branchCommands_->mayLeave()) return;
    error_->clear();
    whenOpen_.reset();  // that was for another one, which was given up
    session_.open(path, createIfAbsent);
    showPage();
    updateActions();
}

void MainWindow::openOrImport(const QString& path)
{
    if (path.endsWith(kEnding)) return openWorkspace(path);
    // One of the open workspace's own files is not even looked at.
    if (session_.isOpen() && belongsTo(session_.path(), path)) return import(path);
    lookingAtImport_ = true;
    inBackground(
        this, [path] { return isDatabase(path); },
        [this, path](bool database) {
            lookingAtImport_ = false;
            if (!database) return import(path);
            if (!std::exchange(toImport_, {}).isEmpty()) return sayTooMany(true);
            openWorkspace(path);
        });
}

void MainWindow::sayTooMany(bool events)
{
    error_->say(tr("cannot open all of these at once"), tr("one window shows one workspace"),
                events ? tr("drop the workspace first, then the files to import into it") : tr("drop one of them"));
}

void MainWindow::openOrImport(const QList<QUrl>& urls)
{
    QStringList workspaces;
    QStringList files;
    for (const QUrl& url : urls) {
        const QString path = url.toLocalFile();
        if (!url.isLocalFile())
            return error_->say(tr("cannot open %1").arg(url.toDisplayString().left(200)), tr("it is not a file on this computer"),
                               tr("save it first, then drop the file"));
        if (QFileInfo(path).isDir())
            return error_->say(tr("cannot open %1").arg(path), tr("it is a folder"), tr("drop the files in it"));
        (path.endsWith(kEnding) ? workspaces : files) << path;
    }
    if (workspaces.size() + std::min<qsizetype>(files.size(), 1) > 1) return sayTooMany(!files.isEmpty());
    if (!workspaces.isEmpty()) return openOrImport(workspaces.first());
    if (files.isEmpty()) return;
    toImport_ = files.mid(1);
    openOrImport(files.first());
}

void MainWindow::importNext()
{
    if (toImport_.isEmpty() || lookingAtImport_ || session_.reading().reading || !session_.isOpen()) return;
    if (session_.reading().failed) return toImport_.clear();
    if (session_.reading().ended.isEmpty()) return;  // the workspace has just been opened: the first is yet to come
    import(toImport_.takeFirst());
}

void MainWindow::askOpen()
{
    const QString path = askOpenFile(
        this, tr("Open a workspace or a file of events"),
        tr("Workspaces and events (*.hindcast %1);;Workspaces (*.hindcast);;Events (%1);;All files (*)").arg(kEvents));
    if (!path.isEmpty()) openOrImport(path);
}

void MainWindow::askNew()
{
    const QString path = askNewWorkspace(QStringLiteral("events.hindcast"));
    if (!path.isEmpty()) openWorkspace(path, true);
}

QString MainWindow::askNewWorkspace(const QString& proposal)
{
    QString path = askTargetFile(this, tr("Where the events are to be kept"), proposal,
                                 tr("Workspaces (*.hindcast)"));  // an existing one is added to, never overwritten
    if (!path.isEmpty() && !path.endsWith(kEnding)) path += kEnding;
    return path;
}

void MainWindow::askImport()
{
    const QString path = askOpenFile(this, tr("Import a file"), tr("Events (%1);;All files (*)").arg(kEvents));
    if (!path.isEmpty()) import(path);
}

void MainWindow::import(const QString& path)
{
    // Not even to look at its head: closing it would cost the session its locks on it.
    if (session_.isOpen() && belongsTo(session_.path(), path)) {
        toImport_.clear();
        return error_->say(tr("cannot import %1").arg(path), tr("it is the workspace that is open"), {});
    }
    // What cannot be read is said before a workspace is made for it. A first line may be as long as it likes, so not in this thread.
    lookingAtImport_ = true;
    inBackground(
        this, [path] { return Session::canImport(path); },
        [this, path](const Result<void>& readable) {
            lookingAtImport_ = false;
            if (readable) return importReadable(path);
            toImport_.clear();
            const Error& error = readable.error();
            QString hint = QString::fromStdString(error.hint);
            // An option of the command line: the window has none.
            if (hint.contains(QLatin1String("--format")))
                hint = tr("the window imports files of JSON events or record dumps, one a line, also as gzip");
            error_->say(QString::fromStdString(error.what), QString::fromStdString(error.why), hint);
        });
}

void MainWindow::importReadable(const QString& path)
{
    error_->clear();
    const auto run = [this, path] { session_.importFile(path, {}, {}); };
    // Into what is open, but not into the demo: nobody wants their orders among ours.
    if (session_.isOpen() && session_.readOnlyBecause().isEmpty() && !session_.isDemo()) return run();
    const QFileInfo file(path);
    const QString target = askNewWorkspace(file.absolutePath() + QLatin1Char('/') + file.baseName() + kEnding);
    if (target.isEmpty()) return toImport_.clear();
    openAndThen(target, run);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    // Also what cannot be opened: it is said why, when it is dropped.
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.isEmpty()) return;
    event->acceptProposedAction();
    // After the drop is done: a dialog within it would hold up the program that it came from.
    QMetaObject::invokeMethod(this, [this, urls] { openOrImport(urls); }, Qt::QueuedConnection);
}

}  // namespace hindcast::ui
