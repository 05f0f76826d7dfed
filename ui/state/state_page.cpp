#include "ui/state/state_page.h"

#include "ui/look/elided_label.h"
#include "ui/look/format.h"
#include "ui/look/hairline.h"
#include "ui/look/link_label.h"
#include "ui/look/search_field.h"
#include "ui/state/changes_list.h"
#include "ui/state/event_details.h"
#include "ui/state/find_bar.h"
#include "ui/state/notice.h"
#include "ui/state/result_panel.h"
#include "ui/state/state_tree.h"
#include "ui/state/value_popup.h"
#include "ui/state/writes_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace hindcast::ui {

namespace {

constexpr const char* kSplitterKey = "state/heights";
constexpr const char* kColumnsKey = "state/columns";
constexpr int kLeastTree = 130;
constexpr int kLeastChanges = 4;  // whole lines of what the event changed, whatever else there is to say
constexpr int kTopHeight = 158;   // px: the title, four changes and a notice; it is there without one, so that nothing jumps
constexpr int kMostWidth = 4000;  // px: what a column was dragged to by mistake can still be taken back

QLabel* titleLabel()
{
    auto* label = new ElidedLabel;
    label->setProperty("role", QStringLiteral("title"));
    label->setContentsMargins(10, 8, 10, 5);
    return label;
}

QVBoxLayout* columnOf(QWidget* widget)
{
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    return layout;
}

}  // namespace

StatePage::StatePage(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    splitter_ = new QSplitter(Qt::Vertical);
    splitter_->setHandleWidth(1);  // a hairline; Qt widens the part that takes the mouse by itself
    splitter_->addWidget(buildTop());
    splitter_->addWidget(buildMiddle());
    splitter_->addWidget(buildBottom());
    splitter_->setStretchFactor(0, 0);
    splitter_->setStretchFactor(1, 1);
    splitter_->setStretchFactor(2, 0);
    splitter_->setChildrenCollapsible(false);
    splitter_->setCollapsible(2, true);
    columnOf(this)->addWidget(splitter_);
    fitHeights();
    restoreLayout();
    connectParts();
    connectMenus();
    connectWrites();
    updateWords();
}

QWidget* StatePage::buildTop()
{
    title_ = titleLabel();
    copyButton_ = new QToolButton;
    copyButton_->setText(tr("copy"));
    copyButton_->setProperty("bare", true);
    copyButton_->setAccessibleName(tr("Copy or compare the state"));
    copyButton_->setToolTip(tr("Copy the state, its changes or the event as JSON; compare versions"));
    copyButton_->setFocusPolicy(Qt::StrongFocus);
    copyButton_->setPopupMode(QToolButton::InstantPopup);
    copyButton_->setMenu(new QMenu(copyButton_));
    changes_ = new ChangesList(theme_);
    life_ = new Notice(theme_);
    model_ = new Notice(theme_);
    trouble_ = new Notice(theme_);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 8, 0);
    row->addWidget(title_, 1);
    row->addWidget(copyButton_);
    auto* top = new QWidget;
    QVBoxLayout* layout = columnOf(top);
    layout->addLayout(row);
    layout->addWidget(changes_, 1);
    layout->addWidget(life_);
    layout->addWidget(model_);
    layout->addWidget(trouble_);
    return top;
}

QWidget* StatePage::buildMiddle()
{
    auto* filter = new SearchField(theme_);
    filter_ = filter;
    filter_->setPlaceholderText(tr("find…"));
    filter_->setAccessibleName(tr("Find in the state, by field or value"));
    filter_->setMinimumWidth(92);
    find_ = new FindBar(theme_);
    find_->hide();
    changedOnly_ = new QToolButton;
    changedOnly_->setText(tr("changed only"));
    changedOnly_->setAccessibleName(tr("Only what this event changed"));
    changedOnly_->setToolTip(tr("Only what this event changed"));
    changedOnly_->setCheckable(true);
    changedOnly_->setFocusPolicy(Qt::StrongFocus);
    modelButton_ = new QToolButton;
    modelButton_->setAccessibleName(tr("Model"));
    modelButton_->setFocusPolicy(Qt::StrongFocus);
    modelButton_->setPopupMode(QToolButton::InstantPopup);
    modelButton_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    modelButton_->setToolButtonStyle(Qt::ToolButtonTextOnly);  // also where no word of it has room
    changedOnly_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    modelButton_->setMenu(new QMenu(modelButton_));
    for (QToolButton* button : {changedOnly_, modelButton_}) button->setProperty("compact", true);
    saved_ = new Notice(theme_);
    tree_ = new StateTree(theme_);
    filter->setList(*tree_);
    nothing_ = new LinkLabel(theme_);
    nothing_->setAlignment(Qt::AlignCenter);
    nothing_->setMargin(16);
    stack_ = new QStackedWidget;
    stack_->addWidget(tree_);
    stack_->addWidget(nothing_);

    auto* filters = new QHBoxLayout;
    filters->setContentsMargins(10, 8, 10, 6);
    filters->setSpacing(6);
    filters->addWidget(filter_, 1);
    filters->addWidget(changedOnly_);
    filters->addWidget(modelButton_, 0);
    auto* middle = new QWidget;
    middle->setMinimumHeight(kLeastTree);
    writes_ = new WritesPanel(theme_);
    writes_->hide();
    QVBoxLayout* layout = columnOf(middle);
    layout->addWidget(saved_);
    layout->addLayout(filters);
    layout->addWidget(find_);
    layout->addWidget(stack_, 1);
    layout->addWidget(result_ = new ResultPanel(theme_));
    middle_ = new QSplitter(Qt::Vertical);
    middle_->setHandleWidth(1);
    middle_->addWidget(middle);
    middle_->addWidget(writes_);
    middle_->setStretchFactor(0, 1);
    middle_->setStretchFactor(1, 0);
    middle_->setChildrenCollapsible(false);
    return middle_;
}

QWidget* StatePage::buildBottom()
{
    eventTitle_ = titleLabel();
    details_ = new EventDetails(theme_, true);
    auto* bottom = new QWidget;
    QVBoxLayout* layout = columnOf(bottom);
    layout->addWidget(eventTitle_);
    layout->addWidget(details_, 1);
    return bottom;
}

void StatePage::fitHeights() { changes_->setMinimumHeight(kLeastChanges * theme_.rowHeight()); }

void StatePage::restoreLayout()
{
    QSettings settings;
    if (!splitter_->restoreState(settings.value(QLatin1String(kSplitterKey)).toByteArray()))
        splitter_->setSizes({kTopHeight, 440, 200});
    RowView::Widths widths;
    const QVariantMap kept = settings.value(QLatin1String(kColumnsKey)).toMap();
    for (auto it = kept.begin(); it != kept.end(); ++it)
        if (const int width = it.value().toInt(); width > 0) widths[it.key().toStdString()] = std::min(width, kMostWidth);
    tree_->setWidths(std::move(widths));
}

void StatePage::connectParts()
{
    connect(splitter_, &QSplitter::splitterMoved, this, [this] {
        if (theme_.zoom() == 1) QSettings().setValue(QLatin1String(kSplitterKey), splitter_->saveState());  // else for a talk
    });
    connect(tree_, &RowView::widthsChosen, this, [](const RowView::Widths& widths) {
        QVariantMap kept;
        for (const auto& [key, width] : widths) kept[QString::fromStdString(key)] = width;
        QSettings().setValue(QLatin1String(kColumnsKey), kept);
    });
    connect(filter_, &QLineEdit::textChanged, tree_, &StateTree::setFilter);
    connect(filter_, &QLineEdit::textChanged, this, &StatePage::updateWords);
    const auto step = [this](int direction) {
        tree_->toHit(direction);
        updateHits();
    };
    connect(filter_, &QLineEdit::returnPressed, this, [step] { step(1); });
    connect(find_, &FindBar::stepWanted, this, step);
    connect(&find_->onlyHits(), &QToolButton::toggled, tree_, &StateTree::setHitsOnly);
    for (const auto& [keys, direction] : {std::pair{"F3", 1}, std::pair{"Shift+F3", -1}}) {
        auto* key = new QShortcut(QKeySequence(QString::fromLatin1(keys)), this);
        key->setContext(Qt::WidgetWithChildrenShortcut);
        connect(key, &QShortcut::activated, this, [step, to = direction] { step(to); });
    }
    connect(tree_, &StateTree::rowsTaken, this, &StatePage::updateHits);
    connect(tree_, &StateTree::fieldChanged, this, &StatePage::updateHits);
    connect(changedOnly_, &QToolButton::toggled, tree_, &StateTree::setChangedOnly);
    connect(changedOnly_, &QToolButton::toggled, this, &StatePage::updateWords);
    connect(tree_, &StateTree::versionChosen, this, &StatePage::versionChosen);
    connect(tree_, &StateTree::valueWanted, this,
            [this](const QString& pointer, const std::shared_ptr<const void>& owner, const Json* value) {
                (new ValuePopup(theme_, pointer.isEmpty() ? tr("The whole state") : pointer, owner, *value, this))->open();
            });
    connect(changes_, &ChangesList::fieldChosen, tree_, &StateTree::reveal);
    connect(details_, &EventDetails::entityChosen, this, &StatePage::entityChosen);
    connect(details_, &EventDetails::rawWanted, this, &StatePage::rawWanted);
    for (Notice* notice : {life_, model_, trouble_, saved_}) connect(notice, &Notice::linkActivated, this, &StatePage::follow);
    connect(nothing_, &QLabel::linkActivated, this, &StatePage::follow);
    connect(&theme_, &Theme::changed, this, &StatePage::fitHeights);
    connect(&theme_, &Theme::changed, this, &StatePage::updateWords);
}

void StatePage::connectMenus()
{
    const auto ruleFor = [this](QMenu* menu, const QString& target, const QString& source, const QString& words) {
        menu->addSeparator();
        const QString why = state_ && state_->model ? state_->model->whyNoRules : tr("the state is being rebuilt");
        QAction* rule = menu->addAction(why.isEmpty() ? words : tr("No rule can be made: %1").arg(why), this,
                                        [this, target, source] { emit ruleWanted(target, source); });
        rule->setEnabled(why.isEmpty());
    };
    connect(tree_, &StateTree::menuFilled, this, [this, ruleFor](QMenu* menu, const QString& pointer) {
        fillFieldMenu(*menu, pointer);
        ruleFor(menu, pointer, {}, tr("Make a rule that sets this field…"));
        menu->addSeparator();
        fillCopyMenu(*menu);
    });
    connect(changes_, &ChangesList::menuFilled, this, [this, ruleFor](QMenu* menu, const QString& pointer) {
        fillFieldMenu(*menu, pointer);
        ruleFor(menu, pointer, {}, tr("Make a rule that sets this field…"));
    });
    connect(details_, &EventDetails::menuFilled, this, [ruleFor](QMenu* menu, const QString& pointer) {
        if (!pointer.isEmpty()) ruleFor(menu, {}, pointer, tr("Make a rule from %1…").arg(pointer.left(60)));
    });
    connect(copyButton_->menu(), &QMenu::aboutToShow, this, [this] {
        copyButton_->menu()->clear();
        fillCopyMenu(*copyButton_->menu());
    });
    connect(modelButton_->menu(), &QMenu::aboutToShow, this, [this] {
        modelButton_->menu()->clear();
        fillModelMenu(*modelButton_->menu());
    });
}

void StatePage::setTypeNames(TypeNames names)
{
    names_ = names;
    writes_->list().setTypeNames(names);
    tree_->setTypeNames(std::move(names));
    updateWords();
}

void StatePage::setNoEntities(bool none)
{
    if (std::exchange(noEntities_, none) != none) updateWords();
}

void StatePage::setHistory(std::shared_ptr<const replay::History> history)
{
    history_ = std::move(history);
    tree_->setHistory(history_);
    writes_->list().setHistory(history_);
    updateWords();
}

void StatePage::setState(std::shared_ptr<const StateView> state)
{
    state_ = std::move(state);
    changes_->setView(state_);
    tree_->setView(state_);
    if (writes_->isVisibleTo(this)) writes_->list().setView(state_);
    updateWords();
}

void StatePage::setEvent(std::shared_ptr<const EventView> event)
{
    event_ = std::move(event);
    details_->setEvent(event_);
    updateWords();
}

void StatePage::offerUndo(const QString& category)
{
    undoCategory_ = category;
    updateWords();
}

void StatePage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    updateModel();
}

}  // namespace hindcast::ui
