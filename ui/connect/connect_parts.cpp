#include "ui/connect/connect_dialog.h"

#include "ui/connect/mapping_editor.h"
#include "ui/connect/range_form.h"
#include "ui/connect/sample_table.h"
#include "ui/connect/topics_table.h"
#include "ui/look/elided_label.h"
#include "ui/look/file_dialog.h"
#include "ui/look/search_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace hindcast::ui {

namespace {

/// A header and two lines: all there is room for on a small screen.
int leastRows(const Theme& theme) { return theme.px(26) + 2 * theme.rowHeight(); }

QWidget* bar(const QString& title, std::initializer_list<QWidget*> more)
{
    auto* header = new QWidget;
    header->setProperty("role", QStringLiteral("panel-header"));
    header->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(10, 2, 10, 2);
    row->setSpacing(10);
    auto* label = new QLabel(title);
    label->setProperty("role", QStringLiteral("title"));
    row->addWidget(label);
    for (QWidget* widget : more) row->addWidget(widget, qobject_cast<ElidedLabel*>(widget) != nullptr ? 1 : 0);
    header->setMinimumHeight(33);
    return header;
}

QLabel* secondary()
{
    auto* label = new ElidedLabel;
    label->setProperty("role", QStringLiteral("secondary"));
    return label;
}

}  // namespace

QWidget* ConnectDialog::makeTopics()
{
    auto* page = new QWidget;
    topicsCount_ = secondary();
    topicsCount_->setAccessibleName(tr("Topics chosen"));
    internal_ = new QToolButton;
    internal_->setText(tr("internal topics"));
    internal_->setToolTip(tr("List the topics that Kafka keeps for itself as well"));
    internal_->setCheckable(true);
    internal_->setFocusPolicy(Qt::StrongFocus);
    internal_->hide();  // until there are any
    auto* filter = new SearchField(theme_);
    filter->setPlaceholderText(tr("filter"));
    filter->setAccessibleName(tr("Filter topics"));
    filter->setFixedWidth(220);
    topics_ = new TopicsTable(theme_);
    topics_->setMinimumHeight(leastRows(theme_));
    connect(internal_, &QToolButton::toggled, topics_, &TopicsTable::setInternalShown);
    connect(internal_, &QToolButton::toggled, this, &ConnectDialog::updateWords);
    connect(filter, &QLineEdit::textChanged, topics_, &TopicsTable::setFilter);
    connect(filter, &QLineEdit::textChanged, this, &ConnectDialog::updateWords);
    connect(topics_, &RowView::textTyped, filter, [filter](const QString& text) {
        filter->setFocus(Qt::ShortcutFocusReason);
        filter->setText(text);
    });
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar(tr("Topics"), {topicsCount_, internal_, filter}));
    layout->addWidget(topics_, 1);
    layout->addWidget(range_);
    return page;
}

QWidget* ConnectDialog::makeMapping()
{
    auto* page = new QWidget;
    topicTabs_ = new QTabBar;
    topicTabs_->setExpanding(false);
    topicTabs_->setElideMode(Qt::ElideMiddle);
    topicTabs_->setUsesScrollButtons(true);
    topicTabs_->setAccessibleName(tr("Topic whose mapping is shown"));
    mappingHint_ = secondary();
    mappingHint_->setAccessibleName(tr("Where the mapping comes from"));
    mapping_ = new MappingEditor(theme_);
    samples_ = new SampleTable(theme_);
    samples_->setMinimumHeight(leastRows(theme_));
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar(tr("How records become events"), {topicTabs_, mappingHint_}));
    layout->addWidget(mapping_);
    layout->addWidget(samples_, 1);
    return page;
}

QWidget* ConnectDialog::makeTarget()
{
    auto* page = new QWidget;
    page->setProperty("role", QStringLiteral("panel-header"));
    page->setAttribute(Qt::WA_StyledBackground);
    workspace_ = new QLineEdit;
    workspace_->setFont(theme_.mono());
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
    disk_ = new QComboBox;
    disk_->setEditable(true);
    disk_->setInsertPolicy(QComboBox::NoInsert);
    disk_->addItems({tr("no limit"), tr("≤ 1 GB"), tr("≤ 2 GB"), tr("≤ 10 GB"), tr("≤ 50 GB")});
    disk_->setCurrentIndex(3);
    disk_->setAccessibleName(tr("Stop at a file size, GB"));
    disk_->setToolTip(tr("Reading stops politely when the workspace has grown to this, and can go on from there"));
    disk_->setFixedWidth(110);
    connect(disk_, &QComboBox::editTextChanged, this, &ConnectDialog::updateWords);
    connect(disk_, &QComboBox::editTextChanged, this, &ConnectDialog::writeEstimate);

    const auto label = [](const QString& text, QWidget* buddy) {
        auto* out = new QLabel(text);
        out->setProperty("role", QStringLiteral("secondary"));
        out->setBuddy(buddy);
        return out;
    };
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(10, 6, 10, 6);
    row->setSpacing(8);
    row->addWidget(label(tr("Into"), workspace_));
    row->addWidget(workspace_, 1);
    row->addWidget(choose);
    row->addSpacing(10);
    row->addWidget(label(tr("on disk"), disk_));
    row->addWidget(disk_);
    return page;
}

QWidget* ConnectDialog::makeFoot()
{
    auto* foot = new QWidget;
    verdict_ = secondary();
    verdict_->setAccessibleName(tr("What is to be known before connecting"));
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    connect_ = new QPushButton(tr("Connect"));
    connect_->setProperty("primary", true);
    connect_->setAutoDefault(false);
    connect_->setToolTip(tr("Ctrl+Enter, from anywhere in this window"));
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(10, 7, 10, 8);
    row->setSpacing(10);
    row->addWidget(verdict_, 1);
    row->addWidget(cancel);
    row->addWidget(connect_);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(connect_, &QPushButton::clicked, this, &ConnectDialog::accepted);
    return foot;
}

}  // namespace hindcast::ui
