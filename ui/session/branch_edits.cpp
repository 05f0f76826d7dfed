// What the user does to branches.
#include "ui/session/branch_words.h"
#include "ui/session/branches.h"
#include "ui/session/session.h"
#include "ui/session/version_of.h"

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kMostName = 80;  // characters of a branch's name

bool isOf(const replay::BranchEdit& edit, EventId origin)
{
    if (edit.kind == replay::BranchEdit::Kind::Add) return replay::addedEvent(edit.number) == origin;
    return edit.event == replay::EventRef(origin);
}

}  // namespace

/// "#5 FeeCharged", as steps are called.
QString Branches::eventWords(EventId origin) const
{
    const auto history = session().history();
    if (replay::isAdded(origin) || !history) return tr("an added event");
    const Version version = versionOf(*history, origin, {});
    if (version.value == 0) return tr("an event");
    return QStringLiteral("#%1 %2").arg(version.value).arg(session().typeName(history->events[version.value - 1].type).left(60));
}

QString Branches::freeName() const
{
    const auto taken = here();
    for (int number = 1;; ++number) {
        const QString name = number == 1 ? tr("what if") : tr("what if %1").arg(number);
        if (std::ranges::none_of(taken, [&](const Item* item) { return item->branch.name() == name.toStdString(); })) return name;
    }
}

void Branches::make(const QString& name)
{
    const auto history = session().history();
    if (!history) return;
    const Held before = held();
    const QString called = (name.trimmed().isEmpty() ? freeName() : name.trimmed()).left(kMostName);
    items_.push_back({nextId_++, replay::Branch(called.toStdString(), history->key)});
    shownOf_[key()] = items_.back().id;
    did(tr("new branch “%1”").arg(called), before);
}

void Branches::show(std::optional<std::uint64_t> id)
{
    if (id)
        shownOf_[key()] = *id;
    else
        shownOf_.erase(key());
    follow();
    emit changed();
}

void Branches::rename(const QString& name)
{
    Item* item = shownItem();
    const QString called = name.trimmed().left(kMostName);
    if (item == nullptr || called.isEmpty() || item->branch.name() == called.toStdString()) return;
    const Held before = held();
    item->branch.rename(called.toStdString());
    did(tr("branch renamed to “%1”").arg(called), before);
}

void Branches::remove()
{
    const Item* item = shown();
    if (item == nullptr) return;
    const Held before = held();
    const QString name = QString::fromStdString(item->branch.name());
    std::erase_if(items_, [id = item->id](const Item& one) { return one.id == id; });
    if (const auto left = here(); !left.empty())
        shownOf_[key()] = left.back()->id;
    else
        shownOf_.erase(key());
    did(tr("branch “%1” deleted").arg(name), before);
}

// ---- edits

void Branches::skip(EventId origin)
{
    Item* item = shownItem();
    if (item == nullptr) return;
    const Held before = held();
    item->branch.skip(origin);
    did(tr("skip %1").arg(eventWords(origin)), before);
}

void Branches::unskip(EventId origin)
{
    Item* item = shownItem();
    if (item == nullptr) return;
    const Held before = held();
    const bool any = item->branch.takeBack(
        [origin](const replay::BranchEdit& edit) { return edit.kind == replay::BranchEdit::Kind::Skip && isOf(edit, origin); });
    if (any) did(tr("no longer skip %1").arg(eventWords(origin)), before);
}

void Branches::takeBack(EventId origin)
{
    Item* item = shownItem();
    if (item == nullptr) return;
    const Held before = held();
    if (item->branch.takeBack([origin](const replay::BranchEdit& edit) { return isOf(edit, origin); }))
        did(tr("edits of %1 taken back").arg(eventWords(origin)), before);
}

void Branches::takeBackAll()
{
    Item* item = shownItem();
    if (item == nullptr) return;
    const Held before = held();
    if (item->branch.takeBack([](const replay::BranchEdit&) { return true; })) did(tr("all edits taken back"), before);
}

void Branches::takeBackLast()
{
    Item* item = shownItem();
    if (item == nullptr || !item->branch.canUndo()) return;
    const Held before = held();
    for (std::size_t left = editsOfLastStep(item->branch.edits()); left > 0; --left) item->branch.undo();
    did(tr("last edit taken back"), before);
}

Result<void> Branches::edit(EventId origin, const std::optional<std::string>& payload, const std::optional<std::string>& type,
                            std::optional<Timestamp> time)
{
    Item* item = shownItem();
    if (item == nullptr || (!payload && !type && !time)) return {};
    const Held before = held();
    if (auto done = item->branch.edit(origin, payload, type, time); !done) return done;
    did(tr("edit %1").arg(eventWords(origin)), before);
    return {};
}

void Branches::move(EventId origin, std::optional<EventId> after, std::optional<Timestamp> time, bool inPlace)
{
    Item* item = shownItem();
    if (item == nullptr || (inPlace && !time)) return;
    const Held before = held();
    if (!inPlace) item->branch.move(origin, after ? std::optional(replay::EventRef(*after)) : std::nullopt);
    if (time && !item->branch.edit(origin, std::nullopt, std::nullopt, time)) return;  // without a payload it cannot fail
    did(tr("move %1").arg(eventWords(origin)), before);
}

Result<EventId> Branches::add(std::optional<EventId> after, const std::string& type, const std::string& payload,
                              std::optional<Timestamp> time)
{
    Item* item = shownItem();
    if (item == nullptr) return fail("cannot add an event", "no branch is shown", "make one first", Error::Kind::BadInput);
    const Held before = held();
    auto added = item->branch.add(after ? std::optional(replay::EventRef(*after)) : std::nullopt, type, payload, time);
    if (added) did(tr("add %1").arg(QString::fromStdString(type).left(60)), before);
    return added;
}

}  // namespace hindcast::ui
