#include "ui/state/state_page.h"

#include "ui/look/elided_label.h"
#include "ui/look/format.h"
#include "ui/look/hairline.h"
#include "ui/look/search_field.h"
#include "ui/state/changes_list.h"
#include "ui/state/event_details.h"
#include "ui/state/notice.h"
#include "ui/state/state_tree.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace hindcast::ui {

namespace {

QLabel* titleLabel()
{
    auto* label = new ElidedLabel;
    label->setProperty("role", QStringLiteral("title"));
    label->setContentsMargins(10, 8, 10, 5);
    return label;
}

}  // namespace

StatePage::StatePage(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    title_ = titleLabel();
    changes_ = new ChangesList(theme);
    life_ = new Notice(theme);
    model_ = new Notice(theme);
    filter_ = new SearchField(theme);
    filter_->setPlaceholderText(tr("find…"));
    filter_->setAccessibleName(tr("Filter the state by field or value"));
    filter_->setMinimumWidth(96);
    changedOnly_ = new QToolButton;
    changedOnly_->setText(tr("changed only"));
    changedOnly_->setCheckable(true);
    changedOnly_->setFocusPolicy(Qt::StrongFocus);
    modelName_ = new ElidedLabel;
    modelName_->setProperty("role", QStringLiteral("secondary"));
    modelName_->setAccessibleName(tr("Model"));
    tree_ = new StateTree(theme);
    eventTitle_ = titleLabel();
    details_ = new EventDetails(theme, true);

    auto* filters = new QHBoxLayout;
    filters->setContentsMargins(10, 8, 10, 6);
    filters->setSpacing(8);
    filters->addWidget(filter_, 1);
    filters->addWidget(changedOnly_);
    filters->addWidget(modelName_, 0);

    auto* upper = new QWidget;
    auto* upperLayout = new QVBoxLayout(upper);
    upperLayout->setContentsMargins(0, 0, 0, 0);
    upperLayout->setSpacing(0);
    upperLayout->addWidget(title_);
    upperLayout->addWidget(changes_);
    upperLayout->addSpacing(6);
    upperLayout->addWidget(life_);
    upperLayout->addWidget(model_);
    upperLayout->addWidget(new Hairline(theme));
    upperLayout->addLayout(filters);
    upperLayout->addWidget(tree_, 1);

    auto* lower = new QWidget;
    auto* lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, 0, 0, 0);
    lowerLayout->setSpacing(0);
    lowerLayout->addWidget(eventTitle_);
    lowerLayout->addWidget(details_, 1);

    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(upper);
    splitter->addWidget(lower);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({550, 200});
    splitter->setChildrenCollapsible(true);
    splitter->setCollapsible(0, false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    connect(filter_, &QLineEdit::textChanged, tree_, &StateTree::setFilter);
    connect(changedOnly_, &QToolButton::toggled, tree_, &StateTree::setChangedOnly);
    connect(changedOnly_, &QToolButton::toggled, this, &StatePage::updateWords);
    connect(filter_, &QLineEdit::textChanged, this, &StatePage::updateWords);
    connect(tree_, &StateTree::versionChosen, this, &StatePage::versionChosen);
    connect(tree_, &RowView::textTyped, this, [this](const QString& text) {
        filter_->setFocus(Qt::ShortcutFocusReason);
        filter_->setText(text);
    });
    connect(changes_, &ChangesList::fieldChosen, tree_, &StateTree::reveal);
    connect(details_, &EventDetails::entityChosen, this, &StatePage::entityChosen);
    connect(details_, &EventDetails::rawWanted, this, &StatePage::rawWanted);
    const auto follow = [this](const QString& link) { emit versionChosen(Version{link.mid(8).toULongLong()}); };
    connect(life_, &Notice::linkActivated, this, follow);
    connect(model_, &Notice::linkActivated, this, follow);
    connect(&theme_, &Theme::changed, this, &StatePage::updateWords);
    updateWords();
}

void StatePage::setTypeNames(TypeNames names)
{
    names_ = names;
    tree_->setTypeNames(std::move(names));
    updateWords();
}

void StatePage::setHistory(std::shared_ptr<const replay::History> history)
{
    history_ = std::move(history);
    tree_->setHistory(history_);
    updateWords();
}

void StatePage::setState(std::shared_ptr<const StateView> state)
{
    state_ = std::move(state);
    changes_->setView(state_);
    tree_->setView(state_);
    updateWords();
}

void StatePage::setEvent(std::shared_ptr<const EventView> event)
{
    event_ = std::move(event);
    details_->setEvent(event_);
    updateWords();
}

QString StatePage::title() const { return title_->text(); }

QString StatePage::notice() const { return life_->text() + model_->text(); }

QString StatePage::versionLink(Version version) const
{
    return QStringLiteral("<a style=\"color:%1\" href=\"version:%2\">%3</a>")
        .arg(theme_.color(Theme::Role::Link).name())
        .arg(version.value)
        .arg(StateWords::event(history_.get(), version, names_).toHtmlEscaped());
}

QString StatePage::lifeNotice() const
{
    if (!state_ || !history_) return {};
    if (state_->state.version.value == 0)
        return history_->events.empty() ? QString()
                                        : tr("Before the first event. It begins with %1").arg(versionLink(Version{1}));
    if (!state_->state.alive) {
        const auto death = StateWords::deathOf(*history_, *state_);
        if (!death) return tr("Not alive at this point: no event so far has brought it to life");
        bool past = false;
        const bool shown = shownDocument(*state_, &past) != nullptr && past;
        QString text = tr("Ended by %1").arg(versionLink(*death));
        if (shown) return text + tr("; before that:");
        if (death->value > 1) text += tr("; it was last alive at %1").arg(versionLink(Version{death->value - 1}));
        return text;
    }
    if (history_->completeness.complete) return {};
    const QString because = QString::fromStdString(history_->completeness.because).toHtmlEscaped();
    return because.isEmpty() ? tr("A partial life: what is missing may have changed this state")
                             : tr("A partial life: %1").arg(because);
}

QString StatePage::modelNotice() const
{
    if (!state_ || !state_->state.error) return {};
    const replay::ReplayError& error = *state_->state.error;
    const QString handler = QString::fromStdString(error.error.handler).toHtmlEscaped();
    const QString message = QString::fromStdString(error.error.message).left(600).toHtmlEscaped();
    return handler.isEmpty()
               ? tr("The model failed at %1: %2. The state before it stands.").arg(versionLink(error.version), message)
               : tr("The model failed at %1, in %2: %3. The state before it stands.")
                     .arg(versionLink(error.version), handler, message);
}

void StatePage::updateWords()
{
    const bool partial = history_ && !history_->completeness.complete;
    title_->setText(!state_ ? (history_ ? tr("Rebuilding…") : tr("No entity selected"))
                            : StateWords::changesTitle(history_.get(), *state_, names_));
    changes_->setVisible(changes_->rowCount() > 0);
    const QString life = lifeNotice();
    life_->say(life, partial || (state_ && !state_->state.alive && state_->state.version.value > 0) ? Notice::Kind::Warning
                                                                                                    : Notice::Kind::Plain);
    model_->say(modelNotice(), Notice::Kind::Warning);
    modelName_->setText(!state_ ? QString() : !state_->modelNote.isEmpty() ? state_->modelNote : state_->modelName);
    modelName_->setToolTip(state_ ? asTip(tr("The model that rebuilds the state: %1").arg(state_->modelName)) : QString());

    if (!state_)
        tree_->setEmptyText(history_ ? tr("Rebuilding the state…") : tr("Select an entity to see its state at the playhead"));
    else if (!filter_->text().isEmpty())
        tree_->setEmptyText(tr("No field or value holds “%1”").arg(filter_->text().left(60)));
    else if (changedOnly_->isChecked())
        tree_->setEmptyText(tr("The event left no field of this state changed"));
    else
        tree_->setEmptyText(tr("There is no state here"),
                            state_->state.version.value == 0 ? tr("The playhead stands before the first event.") : QString());

    const bool any = event_ != nullptr;
    if (any && event_->version.value > 0)
        eventTitle_->setText(tr("Event #%1 %2").arg(grouped(event_->version.value), QString::fromStdString(event_->event.type)));
    else if (any)
        eventTitle_->setText(tr("Reject"));
    else
        eventTitle_->setText(tr("Event"));
    details_->setEmptyText(tr("No event at the playhead"));
}

}  // namespace hindcast::ui
