#include "ui/look/file_dialog.h"

#include "ui/look/fitting.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileIconProvider>
#include <QFileInfo>
#include <QFontMetrics>
#include <QHeaderView>
#include <QSettings>
#include <QSplitter>
#include <QTreeView>

namespace hindcast::ui {

namespace {

const auto kSize = QStringLiteral("fileDialog/size");

class IconsByName final : public QFileIconProvider {
public:
    QIcon icon(const QFileInfo& file) const override { return QFileIconProvider::icon(file.isDir() ? Folder : File); }
    QIcon icon(IconType type) const override { return QFileIconProvider::icon(type); }
    QString type(const QFileInfo& file) const override
    {
        return file.isDir() ? QCoreApplication::translate("hindcast::ui::FileDialog", "folder") : file.suffix();
    }
};

/// Begun where no file of anybody's lies: it lists a folder as soon as it is made, before it can be given other icons.
class NamesDialog final {
public:
    NamesDialog(QWidget* parent, const QString& title, const QString& folder, const QString& filter)
        : dialog_(parent, title, QStringLiteral(":/"), filter)
    {
        dialog_.setOption(QFileDialog::DontUseNativeDialog);
        dialog_.setIconProvider(&icons_);
        dialog_.setDirectory(folder);
        const QSize size = QSettings().value(kSize, QSize(900, 560)).toSize().expandedTo(dialog_.minimumSizeHint());
        dialog_.resize(fitting(size, *dialog_.screen()));
        // Qt leaves the last column, the dates', too little, and the room beside it empty.
        if (auto* list = dialog_.findChild<QTreeView*>()) {
            list->header()->setStretchLastSection(true);
            const QFontMetrics metrics(list->font());
            list->header()->resizeSection(0, metrics.averageCharWidth() * 40);
            list->header()->resizeSection(1, metrics.horizontalAdvance(QStringLiteral("1,023.99 KiB")) + 20);
            list->header()->resizeSection(2, metrics.horizontalAdvance(QStringLiteral("hindcast-wal")) + 20);
        }
        if (auto* parts = dialog_.findChild<QSplitter*>()) parts->setSizes({170, size.width() - 170});
    }
    ~NamesDialog() { QSettings().setValue(kSize, dialog_.size()); }
    NamesDialog(const NamesDialog&) = delete;
    NamesDialog& operator=(const NamesDialog&) = delete;

    [[nodiscard]] QFileDialog& dialog() { return dialog_; }
    [[nodiscard]] QString ask()
    {
        const bool accepted = dialog_.exec() == QDialog::Accepted;
        return accepted && !dialog_.selectedFiles().isEmpty() ? dialog_.selectedFiles().constFirst() : QString();
    }

private:
    IconsByName icons_;  // outlives the dialog, whose thread asks it for as long as it lives
    QFileDialog dialog_;
};

}  // namespace

QString askOpenFile(QWidget* parent, const QString& title, const QString& filter)
{
    NamesDialog names(parent, title, QDir::currentPath(), filter);
    names.dialog().setFileMode(QFileDialog::ExistingFile);
    return names.ask();
}

QString askTargetFile(QWidget* parent, const QString& title, const QString& proposal, const QString& filter)
{
    const QFileInfo file(proposal);
    NamesDialog names(parent, title, file.absolutePath(), filter);
    names.dialog().setAcceptMode(QFileDialog::AcceptSave);
    names.dialog().setFileMode(QFileDialog::AnyFile);
    names.dialog().setOption(QFileDialog::DontConfirmOverwrite);
    names.dialog().selectFile(file.fileName());
    return names.ask();
}

}  // namespace hindcast::ui
