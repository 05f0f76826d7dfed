#include "ui/state/state_inspector.h"

#include "ui/look/elided_label.h"
#include "ui/look/fitting.h"
#include "ui/look/format.h"
#include "ui/look/json_text.h"
#include "ui/state/copying.h"
#include "ui/state/diff_page.h"
#include "ui/state/event_details.h"
#include "ui/state/hex_view.h"
#include "ui/state/raw_page.h"
#include "ui/state/rule_dialog.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <string_view>

namespace hindcast::ui {

StateInspector::StateInspector(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    setAccessibleName(tr("State and event"));
    tabs_ = new QTabBar;
    tabs_->addTab(tr("State"));
    tabs_->addTab(tr("Event"));
    tabs_->addTab(tr("Diff"));
    tabs_->addTab(tr("Raw"));
    tabs_->setExpanding(false);
    tabs_->setAccessibleName(tr("What is shown of the playhead"));
    where_ = new ElidedLabel;
    where_->setProperty("role", QStringLiteral("secondary"));
    where_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    auto* header = new QWidget;
    header->setProperty("role", QStringLiteral("panel-header"));
    header->setAttribute(Qt::WA_StyledBackground);
    fixHeight(*header, theme, 32);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(4, 0, 10, 0);
    row->addWidget(tabs_, 0, Qt::AlignBottom);
    row->addWidget(where_, 1);

    late_ = new QTimer(this);
    page_ = new StatePage(theme);
    details_ = new EventDetails(theme, false);
    details_->setEmptyText(tr("No event at the playhead"));
    diff_ = new DiffPage(theme);
    raw_ = new RawPage(theme);
    pages_ = new QStackedWidget;
    for (QWidget* page : std::initializer_list<QWidget*>{page_, details_, diff_, raw_}) pages_->addWidget(page);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(pages_, 1);
    connectParts();
}

void StateInspector::connectParts()
{
    late_->setSingleShot(true);
    late_->setInterval(400);
    connect(late_, &QTimer::timeout, this, [this] { page_->setAwaited(playhead_); });
    connect(tabs_, &QTabBar::currentChanged, pages_, &QStackedWidget::setCurrentIndex);
    connect(tabs_, &QTabBar::currentChanged, this, &StateInspector::updateWhere);
    connect(tabs_, &QTabBar::currentChanged, this, &StateInspector::tabChanged);
    connect(page_, &StatePage::versionChosen, this, &StateInspector::versionChosen);
    connect(page_, &StatePage::watchToggled, this, &StateInspector::watchToggled);
    connect(page_, &StatePage::valuesWanted, this, &StateInspector::valuesWanted);
    connect(page_, &StatePage::entityChosen, this, &StateInspector::entityChosen);
    connect(page_, &StatePage::rejectChosen, this, &StateInspector::rejectChosen);
    connect(page_, &StatePage::rawWanted, this, [this] { showTab(Raw); });
    connect(page_, &StatePage::ruleWanted, this, &StateInspector::makeRule);
    connect(page_, &StatePage::compareWanted, this, [this](Version version) {
        emit compareFromWanted(version);
        showTab(Diff);
    });
    connect(page_, &StatePage::undoModelWanted, this, &StateInspector::undoModelWanted);
    connect(page_, &StatePage::smallestWanted, this, &StateInspector::smallestWanted);
    connect(page_, &StatePage::modelEditWanted, this, &StateInspector::modelEditWanted);
    connect(page_, &StatePage::failed, this, &StateInspector::failed);
    connect(&page_->tree(), &StateTree::fieldChanged, this, &StateInspector::fieldChanged);
    connect(details_, &EventDetails::entityChosen, this, &StateInspector::entityChosen);
    connect(details_, &EventDetails::rawWanted, this, [this] { showTab(Raw); });
    connect(details_, &EventDetails::menuFilled, this, [this](QMenu* menu, const QString& pointer) {
        if (pointer.isEmpty()) return;
        const QString why = state_ && state_->model ? state_->model->whyNoRules : tr("the state is being rebuilt");
        QAction* rule = menu->addAction(
            why.isEmpty() ? tr("Make a rule from %1…").arg(pointer.left(60)) : tr("No rule can be made: %1").arg(why), this,
            [this, pointer] { makeRule({}, pointer); });
        rule->setEnabled(why.isEmpty());
    });
    connect(diff_, &DiffPage::failed, this, &StateInspector::failed);
    connect(diff_, &DiffPage::versionChosen, this, &StateInspector::versionChosen);
    connect(diff_, &DiffPage::fieldChosen, this, [this](const QString& pointer) {
        showTab(State);
        page_->tree().reveal(pointer);
    });
    connect(raw_, &RawPage::failed, this, &StateInspector::failed);
}

void StateInspector::setTypeNames(TypeNames names)
{
    page_->setTypeNames(names);
    diff_->setTypeNames(std::move(names));
}

void StateInspector::setNoEntities(bool none)
{
    page_->setNoEntities(none);
    diff_->setNoEntities(none);
}

void StateInspector::setHistory(std::shared_ptr<const replay::History> history)
{
    history_ = std::move(history);
    page_->setHistory(history_);
    updateWhere();
}

void StateInspector::setPlayhead(Version version)
{
    playhead_ = version;
    updateWhere();
}

void StateInspector::setState(std::shared_ptr<const StateView> state)
{
    state_ = std::move(state);
    page_->setState(state_);
    updateWhere();
}

void StateInspector::setEvent(std::shared_ptr<const EventView> event)
{
    event_ = std::move(event);
    page_->setEvent(event_);
    details_->setEvent(event_);
    raw_->setEvent(event_);
    updateWhere();
}

void StateInspector::setWatched(const QStringList& pointers) { page_->setWatched(pointers); }

void StateInspector::setWatches(std::shared_ptr<const WatchesView> watches) { page_->setWatches(std::move(watches)); }

void StateInspector::setWrites(const std::shared_ptr<const WriteRows>& writes) { page_->setWrites(writes); }

void StateInspector::showWrites(const QString& pointer)
{
    showTab(State);
    page_->showWrites(pointer);
}

void StateInspector::setPreview(const std::shared_ptr<const ModelPreview>& preview)
{
    if (rule_) rule_->setPreview(preview);
}

void StateInspector::modelChanged(const QString& category, bool undone) { page_->offerUndo(undone ? QString() : category); }

void StateInspector::makeRule(const QString& target, const QString& source)
{
    if (!state_ || !state_->model || rule_) return;
    RuleDialog::Start start;
    start.model = state_->model;
    start.types = types_;
    start.event = event_;
    start.type = event_ ? QString::fromStdString(event_->event.type) : QString();
    // From the payload alone: the field of the same name.
    start.target = target.isEmpty() ? source : target;
    start.source = source;
    if (const auto field = Pointer::parse(start.target.toStdString()); field && state_->state.alive)
        if (const Json* value = valueAt(state_->state.document, *field)) {
            if (value->is_primitive())
                start.present = valueText(*value, 60);
            else if (isSmall(*value))
                start.whole = *value;
            // It, something in it, or what it is in.
            const auto within = [](std::string_view inner, std::string_view outer) {
                return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '/');
            };
            const std::string at = field->text();
            start.setNow = std::any_of(state_->changes.begin(), state_->changes.end(), [&](const Change& change) {
                return within(change.pointer, at) || within(at, change.pointer);
            });
        }
    start.readOnlyBecause = readOnlyBecause_;
    rule_ = new RuleDialog(theme_, std::move(start), this);
    rule_->setAttribute(Qt::WA_DeleteOnClose);
    connect(rule_, &RuleDialog::previewWanted, this, &StateInspector::previewWanted);
    connect(rule_, &QDialog::accepted, this,
            [this, dialog = rule_.data(), category = state_->model->category] { emit modelMade(category, dialog->rules()); });
    rule_->begin();
    rule_->open();
}

RuleDialog* StateInspector::ruleDialog() const { return rule_; }

HexView& StateInspector::bytes() { return raw_->bytes(); }

void StateInspector::showTab(Tab tab) { tabs_->setCurrentIndex(tab); }

StateInspector::Tab StateInspector::tab() const { return static_cast<Tab>(tabs_->currentIndex()); }

QString StateInspector::where() const { return where_->text(); }

QString StateInspector::currentField() const { return page_->tree().currentPointer(); }

bool StateInspector::hasPreviousChange() const { return page_->tree().previousChange().has_value(); }

bool StateInspector::hasNextChange() const { return page_->tree().nextChange().has_value(); }

void StateInspector::toPreviousChange() { page_->tree().toPreviousChange(); }

void StateInspector::toNextChange() { page_->tree().toNextChange(); }

void StateInspector::updateWhere()
{
    // What is shown there is not the playhead's event.
    if (const bool ofEvent = tab() == Event || tab() == Raw; ofEvent && event_ && !event_->event.reject.empty()) {
        const Position& at = event_->event.position;
        const QString text = tr("reject · %1 %2 : %3")
                                 .arg(QString::fromStdString(at.topic))
                                 .arg(at.partition.value)
                                 .arg(grouped(static_cast<std::uint64_t>(at.offset.value)));
        where_->setText(text);
        where_->setShorter({});
        where_->setToolTip(asTip(text + QStringLiteral("\n") + QString::fromStdString(event_->event.reject)));
        return;
    }
    if (!history_) {
        late_->stop();
        page_->setAwaited({});
        where_->clear();
        where_->setToolTip({});
        return;
    }
    const Version shown = state_ && state_->entity == history_->entity ? state_->state.version : playhead_;
    QString text = StateWords::where(*history_, shown, 34);
    // Of who stops at an error the state stays behind the playhead.
    const bool stopped = state_ && state_->state.error && shown < state_->state.error->version &&
                         playhead_ >= state_->state.error->version && state_->entity == history_->entity;
    if (stopped)
        text = tr("v%1 of %2 · stopped there").arg(grouped(shown.value), grouped(history_->last().value));
    else if (shown != playhead_)
        text = tr("rebuilding v%1…").arg(grouped(playhead_.value));
    if (shown == playhead_ || stopped) {
        late_->stop();
        page_->setAwaited({});
    } else if (!late_->isActive()) {
        late_->start();
    }
    where_->setText(text);
    where_->setShorter(shown == playhead_ ? StateWords::whereBriefly(*history_, shown) : QStringList());
    where_->setToolTip(asTip(StateWords::lifeInFull(history_->completeness)));
}

}  // namespace hindcast::ui
