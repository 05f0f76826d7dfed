// Where the two sides of a comparison stand, and what is asked about them.
#include "ui/session/comparison.h"
#include "ui/session/session.h"

#include <algorithm>
#include <utility>

namespace hindcast::ui {

/// Those of entities that are not the selected one.
void Comparison::loadLives()
{
    if (!worker_) return;
    std::vector<std::string> wanted;
    for (const QString& entity : chosen_)
        if (!entity.isEmpty()) wanted.push_back(entity.toStdString());
    if (wanted.empty()) return lives_.clear();
    worker_->load(std::move(wanted), session().directory(), session().counts().rejects);
}

ComparedSide Comparison::sideOf(Which which) const
{
    ComparedSide side;
    const auto selected = session().history();
    const QString own = selected ? QString::fromStdString(selected->key.text()) : QString();
    side.chosen = !chosen_[which].isEmpty();
    side.entity = side.chosen ? chosen_[which] : own;
    if (side.entity.isEmpty()) return side;
    if (side.entity == own) {
        side.history = selected;
        return side;
    }
    const auto read = std::ranges::find(lives_, side.entity, &ComparisonWorker::Life::entity);
    if (read == lives_.end()) return side;
    side.history = read->history;
    if (!read->history) side.trouble = tr("There is no entity “%1” in this workspace").arg(side.entity.left(80));
    return side;
}

/// `other`: B, where that has been placed and A is to be.
void Comparison::place(Which which, ComparedSide& side, const ComparedSide& other) const
{
    if (!side.history) return;
    const replay::History& history = *side.history;
    const bool two = sides_[Marks::A].entity != sides_[Marks::B].entity;
    const auto& mark = session().marks()->get(which);
    side.held = mark && !(two && atPlayhead_);
    if (side.held) {
        side.version = versionAt(history, *mark);
        side.time = mark->time;
        return;
    }
    if (which == Marks::A && !two) {
        side.version = Version{other.version.value > 0 ? other.version.value - 1 : 0};
        side.time = markOf(history, side.version).time;
        return;
    }
    const Playhead& playhead = *session().playhead();
    side.atPlayhead = true;
    side.time = playhead.time();
    side.version = playhead.history() == side.history ? playhead.version() : history.versionAt(playhead.time());
}

void Comparison::update()
{
    const ComparedSides before = sides_;
    ComparedSides now{sideOf(Marks::A), sideOf(Marks::B)};
    sides_ = now;  // whether they are two is asked while they are placed
    place(Marks::B, now[Marks::B], {});
    place(Marks::A, now[Marks::A], now[Marks::B]);
    sides_ = std::move(now);
    if (sides_ != before) {
        emit sidesChanged();
        ask();
    }
}

/// `again`: what was answered is no longer true.
void Comparison::ask(bool again)
{
    if (again) isAsked_ = false;
    const bool known = sides_[Marks::A].history && sides_[Marks::B].history;
    if (!wanted_ || !worker_ || !known || (isAsked_ && asked_ == sides_)) return;
    asked_ = sides_;
    isAsked_ = true;
    ComparisonWorker::Request request;
    for (const Which which : {Marks::A, Marks::B}) {
        request.histories[which] = sides_[which].history;
        request.versions[which] = sides_[which].version;
        request.times[which] = sides_[which].time;
    }
    worker_->compare(std::move(request));
}

}  // namespace hindcast::ui
