#include "ui/connect/connect_dialog.h"

#include "ui/connect/mapping_editor.h"
#include "ui/connect/profile_list.h"
#include "ui/connect/range_form.h"
#include "ui/connect/sample_table.h"
#include "ui/connect/topic_tabs.h"
#include "ui/connect/topics_table.h"
#include "ui/look/elided_label.h"
#include "ui/look/hairline.h"
#include "ui/look/search_field.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hindcast::ui {

namespace {

// Pixels at the zoom of a desk.
constexpr int kBeside = 800;  // from here on the profiles stand beside the rest
constexpr int kRoomy = 1000;

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
    filter_ = new SearchField(theme_);
    filter_->setPlaceholderText(tr("filter"));
    filter_->setAccessibleName(tr("Filter topics"));
    topics_ = new TopicsTable(theme_);
    topics_->setMinimumHeight(leastRows(theme_));
    connect(internal_, &QToolButton::toggled, topics_, &TopicsTable::setInternalShown);
    connect(internal_, &QToolButton::toggled, this, &ConnectDialog::updateWords);
    connect(filter_, &QLineEdit::textChanged, topics_, &TopicsTable::setFilter);
    connect(filter_, &QLineEdit::textChanged, this, &ConnectDialog::updateWords);
    connect(topics_, &RowView::textTyped, filter_, [this](const QString& text) {
        filter_->setFocus(Qt::ShortcutFocusReason);
        filter_->setText(text);
    });
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar(tr("Topics"), {topicsCount_, internal_, filter_}));
    layout->addWidget(topics_, 1);
    layout->addWidget(range_);
    return page;
}

QWidget* ConnectDialog::makeMapping()
{
    auto* page = new QWidget;
    topicTabs_ = makeTopicTabs();
    mappingHint_ = secondary();
    mappingHint_->setAccessibleName(tr("Where the mapping comes from"));
    mapping_ = new MappingEditor(theme_);
    guess_ = new QToolButton;
    guess_->setText(tr("Use the guess"));
    guess_->setToolTip(tr("What the samples suggest"));
    guess_->setFocusPolicy(Qt::StrongFocus);
    guess_->hide();  // until there is another one
    connect(guess_, &QToolButton::clicked, this, &ConnectDialog::useGuess);
    samples_ = new SampleTable(theme_);
    samples_->setMinimumHeight(leastRows(theme_));
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar(tr("How records become events"), {topicTabs_, mappingHint_, guess_}));
    layout->addWidget(mapping_);
    layout->addWidget(samples_, 1);
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

/// Profiles beside the rest, in a column that gives way, or above it where both have no room side by side.
void ConnectDialog::arrange()
{
    const bool beside = width() >= theme_.px(kBeside);
    columns_->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    list_->setAbove(!beside);
    list_->setMinimumWidth(beside ? std::clamp(width() * 220 / 1240, theme_.px(180), theme_.px(220)) : 0);
    list_->setMaximumWidth(beside ? list_->minimumWidth() : QWIDGETSIZE_MAX);
    between_->setSizePolicy(beside ? QSizePolicy::Fixed : QSizePolicy::Expanding,
                            beside ? QSizePolicy::Expanding : QSizePolicy::Fixed);
    between_->setMinimumSize(1, 1);
    between_->setMaximumSize(beside ? 1 : QWIDGETSIZE_MAX, beside ? QWIDGETSIZE_MAX : 1);
    filter_->setFixedWidth(theme_.px(width() >= theme_.px(kRoomy) ? 220 : 150));
}

}  // namespace hindcast::ui
