#include "ui/connect/target_form.h"

#include "ui/connect/form_labels.h"
#include "ui/connect/limit_box.h"
#include "ui/connect/wrong_field.h"
#include "ui/look/file_dialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace hindcast::ui {

TargetForm::TargetForm(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
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
    disk_ = new LimitBox(AmountOf::Size, 1e9, {1, 2, 10, 50});
    disk_->setCurrentIndex(3);
    disk_->setAccessibleName(tr("Stop at a file size"));
    disk_->setToolTip(
        tr("Reading stops politely when the workspace has grown to this, and can go on from there: 500 MB, 2 GB; a number alone "
           "is GB"));
    wrong_ = wrongLabel(tr("What is wrong with the limit"));
    wrong_->setAlignment(Qt::AlignRight);
    connect(workspace_, &QLineEdit::textChanged, this, &TargetForm::workspaceChanged);
    connect(disk_, &QComboBox::editTextChanged, this, [this] {
        sayWrong(*wrong_, disk_->error());
        emit diskChanged();
    });
    connect(&theme_, &Theme::changed, this, &TargetForm::arrange);

    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(10, 6, 10, 6);
    lines->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(fieldLabel(tr("Into"), workspace_));
    row->addWidget(workspace_, 1);
    row->addWidget(choose);
    row->addSpacing(10);
    row->addWidget(fieldLabel(tr("on disk"), disk_));
    row->addWidget(disk_);
    lines->addLayout(row);
    lines->addWidget(wrong_);
    arrange();
}

void TargetForm::arrange() { disk_->setFixedWidth(theme_.px(120)); }

QString TargetForm::workspace() const { return workspace_->text().trimmed(); }

void TargetForm::setWorkspace(const QString& path) { workspace_->setText(path); }

}  // namespace hindcast::ui
