#include "ui/look/file_dialog.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileIconProvider>
#include <QFileInfo>

namespace hindcast::ui {

namespace {

class IconsByName final : public QFileIconProvider {
public:
    QIcon icon(const QFileInfo& file) const override { return QFileIconProvider::icon(file.isDir() ? Folder : File); }
    QIcon icon(IconType type) const override { return QFileIconProvider::icon(type); }
    QString type(const QFileInfo& file) const override
    {
        return file.isDir() ? QCoreApplication::translate("hindcast::ui::FileDialog", "folder") : file.suffix();
    }
};

QString chosen(QFileDialog& dialog)
{
    IconsByName icons;
    dialog.setOption(QFileDialog::DontUseNativeDialog);
    dialog.setIconProvider(&icons);
    const bool accepted = dialog.exec() == QDialog::Accepted;
    dialog.setIconProvider(nullptr);
    return accepted && !dialog.selectedFiles().isEmpty() ? dialog.selectedFiles().constFirst() : QString();
}

}  // namespace

QString askOpenFile(QWidget* parent, const QString& title, const QString& filter)
{
    QFileDialog dialog(parent, title, {}, filter);
    dialog.setFileMode(QFileDialog::ExistingFile);
    return chosen(dialog);
}

QString askTargetFile(QWidget* parent, const QString& title, const QString& proposal, const QString& filter)
{
    const QFileInfo file(proposal);
    QFileDialog dialog(parent, title, file.absolutePath(), filter);
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setFileMode(QFileDialog::AnyFile);
    dialog.setOption(QFileDialog::DontConfirmOverwrite);
    dialog.selectFile(file.fileName());
    return chosen(dialog);
}

}  // namespace hindcast::ui
