#include "ui/connect/target_form.h"

#include "ui/connect/limit_box.h"
#include "ui/look/file_dialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace hindcast::ui {

TargetForm::TargetForm(const Theme& theme, QWidget* parent) : QWidget(parent)
{
    setProperty("role", QStringLiteral("panel-header"));
    setAttribute(Qt::WA_StyledBackground);
    workspace_ = new QLineEdit;
    workspace_->setFont(theme.mono());
    workspace_->setPlaceholderText(tr("orders.hindcast"));
    workspace_->setAccessibleName(tr("Workspace file"));
    auto* choose = new QPushButton(tr("Choose…"));
    choose->setAutoDefault(false);
    choose->setAccessibleName(tr("Choose the workspace file"));
    connect(choose, &QPushButton::clicked, this, [this] {
        const QString path = askTargetFile(this, tr("Workspace file"), workspace_->text(), tr("Workspaces (*.hindcast)"));
        if (!path.isEmpty())
            workspace_->setText(path.endsWith(QLatin1String(".hindcast")) ? path : path + QLatin1String(".hindcast"));
    });
    disk_ = new LimitBox(tr("≤ %1 GB"), 1e9, {1, 2, 10, 50});
    disk_->setCurrentIndex(3);
    disk_->setAccessibleName(tr("Stop at a file size, GB"));
    disk_->setToolTip(tr("Reading stops politely when the workspace has grown to this, and can go on from there"));
    disk_->setFixedWidth(110);
    connect(workspace_, &QLineEdit::textChanged, this, &TargetForm::workspaceChanged);
    connect(disk_, &QComboBox::editTextChanged, this, &TargetForm::diskChanged);

    const auto label = [](const QString& text, QWidget* buddy) {
        auto* out = new QLabel(text);
        out->setProperty("role", QStringLiteral("secondary"));
        out->setBuddy(buddy);
        return out;
    };
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 6, 10, 6);
    row->setSpacing(8);
    row->addWidget(label(tr("Into"), workspace_));
    row->addWidget(workspace_, 1);
    row->addWidget(choose);
    row->addSpacing(10);
    row->addWidget(label(tr("on disk"), disk_));
    row->addWidget(disk_);
}

QString TargetForm::workspace() const { return workspace_->text().trimmed(); }

void TargetForm::setWorkspace(const QString& path) { workspace_->setText(path); }

}  // namespace hindcast::ui
