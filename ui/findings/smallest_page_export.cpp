// What one takes along of the smallest case: to a ticket, to a test, to another workspace.
#include "core/replay/reproducer_text.h"
#include "ui/findings/smallest_export.h"
#include "ui/findings/smallest_page.h"
#include "ui/look/background.h"
#include "ui/look/file_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QFileInfo>
#include <QMessageBox>

namespace hindcast::ui {

void SmallestPage::copyGivenWhenThen()
{
    if (!view_ || !view_->found) return;
    inBackground(
        this,
        [found = view_->found] {
            return QString::fromStdString(replay::givenWhenThen(*found->events, found->symptom, found->made, found->model));
        },
        [this](const QString& text) {
            QApplication::clipboard()->setText(text);
            setNotice(tr("copied as Given/When/Then"));
            updateResult();
        });
}

void SmallestPage::askExport(bool test)
{
    if (!view_ || !view_->found) return;
    const QString stem = QString::fromStdString(view_->key.id).replace(QLatin1Char('/'), QLatin1Char('_')).left(60);
    const QString path = test ? askTargetFile(this, tr("Export a test of %1").arg(stem), stem + QStringLiteral(".test.mjs"),
                                              tr("JavaScript (*.mjs)"))
                              : askTargetFile(this, tr("Export the events of the smallest case"), stem + QStringLiteral(".jsonl"),
                                              tr("Records (*.jsonl)"));
    if (path.isEmpty()) return;
    if (QFileInfo::exists(path) &&
        QMessageBox::question(this, tr("Smallest case"),
                              tr("“%1” is there already. Write over it?").arg(QFileInfo(path).fileName())) != QMessageBox::Yes)
        return;
    if (test)
        exportTestTo(path);
    else
        exportEventsTo(path);
}

void SmallestPage::exportTestTo(const QString& path)
{
    if (view_ && view_->found && view_->found->script) write(path, &exportTest);
}

void SmallestPage::exportEventsTo(const QString& path)
{
    if (view_ && view_->found) write(path, &exportDump);
}

void SmallestPage::write(const QString& path, Exported (*how)(const SmallestCase& found, const QString& path))
{
    inBackground(
        this, [found = view_->found, path, how] { return how(*found, path); },
        [this, path](const Exported& exported) {
            if (!exported.why.isEmpty())
                return emit failed(tr("cannot write %1").arg(path), exported.why, tr("choose another place"));
            setNotice(exported.said);
            updateResult();
        });
}

}  // namespace hindcast::ui
