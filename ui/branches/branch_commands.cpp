#include "ui/branches/branch_commands.h"

#include "ui/session/session.h"

#include <algorithm>

namespace hindcast::ui {

BranchCommands::BranchCommands(Session& session, const Theme& theme, QWidget& window)
    : session_(session), branches_(*session.branches()), theme_(theme), window_(window)
{
    toggle_.setText(tr("&What-if branch"));
    toggle_.setIconText(tr("What-if branch"));
    toggle_.setCheckable(true);
    toggle_.setShortcut(QKeySequence(QStringLiteral("Ctrl+B")));
    toggle_.setStatusTip(tr("Skip, edit, move or add events beside the real history, and see what becomes of the state"));
    toggle_.setToolTip(tr("What if some events had not been, or had been other ones (%1)")
                           .arg(toggle_.shortcut().toString(QKeySequence::NativeText)));
    menu_.setTitle(tr("What-&if branch"));
    connect(&toggle_, &QAction::triggered, this, &BranchCommands::toggle);
    fillMenu(menu_);  // its keys are listed before it is opened
    connect(&menu_, &QMenu::aboutToShow, this, [this] {
        menu_.clear();
        fillMenu(menu_);
    });
    connect(&branches_, &Branches::changed, this, &BranchCommands::update);
    connect(&session_, &Session::historyChanged, this, &BranchCommands::update);
    connect(&branches_, &Branches::payloadReady, this, &BranchCommands::takePayload);
    connect(&branches_, &Branches::exported, this, &BranchCommands::showExport);
    connect(&session_, &Session::selectionChanged, this, [this] {
        if (dialog_) dialog_->reject();  // its event is another entity's
        ticket_ = 0;
    });
    connect(&session_, &Session::closed, this, [this] {
        if (dialog_) dialog_->reject();
        ticket_ = 0;
    });
    update();
}

EventDialog* BranchCommands::eventDialog() const { return dialog_; }

void BranchCommands::update()
{
    toggle_.setEnabled(session_.history() != nullptr && branches_.isRead());
    toggle_.setChecked(branches_.shown() != nullptr);
}

void BranchCommands::toggle(bool on)
{
    if (!on) return branches_.show({});
    const auto here = branches_.here();
    if (here.empty())
        branches_.make();
    else
        branches_.show(here.back()->id);
    update();
}

void BranchCommands::ensureShown()
{
    if (branches_.shown() == nullptr) toggle(true);
}

void BranchCommands::toggleSkip(const Event& event)
{
    if (event.skipped) return branches_.unskip(event.origin);
    // An event that the branch added is gone when it is taken back: nothing stays of it to be skipped.
    if (event.added) return branches_.takeBack(event.origin);
    branches_.skip(event.origin);
}

void BranchCommands::leaveOut(EventId event)
{
    // A question of its own, unless one is at it already.
    if (branches_.shown() == nullptr) branches_.make();
    branches_.skip(event);
}

// ---- what is known of the shown branch

QString BranchCommands::name() const
{
    const Branches::Item* item = branches_.shown();
    return item != nullptr ? QString::fromStdString(item->branch.name()) : QString();
}

std::optional<std::size_t> BranchCommands::indexOf(EventId origin) const
{
    const auto view = branches_.view();
    if (!view) return {};
    const auto& events = view->made->events();
    const auto at = std::ranges::find(events, origin, &replay::BranchEvent::origin);
    return at == events.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - events.begin()));
}

QString BranchCommands::eventName(std::size_t index) const
{
    const auto& made = *branches_.view()->made;
    const TypeId type = made.history()->events[index].type;
    QString words = session_.typeName(type);
    if (words.isEmpty()) words = branches_.typeName(type);
    const replay::BranchEvent& event = made.events()[index];
    return event.added() ? tr("%1 (added)").arg(words) : QStringLiteral("#%1 %2").arg(event.real.value).arg(words);
}

/// A time between an event of the branch and the next: the playhead's where that lies there, else the middle.
std::optional<Timestamp> BranchCommands::timeAfter(std::optional<std::size_t> index) const
{
    const auto& events = branches_.view()->made->history()->events;
    const std::size_t next = index ? *index + 1 : 0;
    if (!index || !events[*index].effective.isKnown()) return {};
    const Timestamp from = events[*index].effective;
    const Timestamp at = session_.playhead()->time();
    if (next >= events.size()) return at > from ? std::optional(at) : std::nullopt;
    const Timestamp to = events[next].effective;
    if (at > from && at < to) return at;
    constexpr std::int64_t kSecond = 1'000'000'000;
    const Timestamp middle = from.plus(from.until(to) / 2);
    const Timestamp rounded{middle.ns - middle.ns % kSecond};
    return rounded > from ? rounded : middle;
}

QStringList BranchCommands::types() const
{
    // Those of this life first, the most frequent at the top.
    struct Known {
        std::uint64_t here;
        std::uint64_t all;
        QString name;
    };
    std::vector<Known> known;
    const auto& here = session_.historyTypes();
    for (const store::TypeCount& type : session_.typeCounts()) {
        const auto at = here.find(type.id);
        known.push_back({at == here.end() ? 0 : at->second, type.events, QString::fromStdString(type.name)});
    }
    std::ranges::sort(known, [](const Known& a, const Known& b) {
        return a.here != b.here ? a.here > b.here : a.all != b.all ? a.all > b.all : a.name < b.name;
    });
    QStringList names;
    for (const Known& one : known) names << one.name;
    if (const auto view = branches_.view())
        for (const auto& [type, name] : view->ownTypes) names << name;
    return names;
}

}  // namespace hindcast::ui
