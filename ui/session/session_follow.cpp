#include "ui/session/session_impl.h"
#include "ui/session/version_of.h"

#include <QStringList>

#include <algorithm>

namespace hindcast::ui {

void Session::Impl::takeOverview(const std::shared_ptr<const Overview>& news)
{
    // Another program has decoded the workspace anew; what this one does is told by its progress.
    const bool anew = overview && overview->directory->madeAnew != news->directory->madeAnew;
    const std::uint64_t were = newEvents();
    overview = news;
    counts = news->counts;
    if (anew && workspace->store->readOnly()) madeAnew();
    // The same records, decoded otherwise: more events are no news.
    if (anew) live.seenEvents = counts.events - std::min(were, counts.events);
    if (!reading.reading && !reading.resumable) reading.source = sourceText(*news);
    if (counts.firstTime && counts.lastTime && counts.firstTime->isKnown() && counts.lastTime->isKnown()) {
        window.setLimits(*counts.firstTime, *counts.lastTime);
        playback.setLog(Playback::Stretch{*counts.firstTime, *counts.lastTime});
    } else {
        window.clearLimits();
        playback.setLog(std::nullopt);
    }
    assignColors();
    arrived();
    tellLimit();
    emit q->countsChanged();
    emit q->directoryChanged();
    loadLanes(false);
    if (!auditTimer.isActive()) auditTimer.start();
    if (!selected || !news->directory || selected->value >= news->directory->size()) return;
    const std::uint32_t events = news->directory->counts[selected->value];
    // A reject on its key makes a life partial without adding an event to it.
    if (events == selectedEvents && counts.rejects == selectedRejects) return;
    selectedEvents = events;
    selectedRejects = counts.rejects;
    workspace->entity->refresh();
}

void Session::Impl::found(const std::string& text, const std::vector<EntityId>& ids)
{
    const bool quiet = text == quietFind;
    quietFind.clear();
    if (ids.size() == 1) return select(ids.front());
    if (quiet) return;
    const QString name = QString::fromStdString(text);
    if (ids.empty()) {
        emit q->failed(Session::tr("cannot select %1").arg(name), Session::tr("there is no such entity in this workspace"),
                       Session::tr("look for a part of its id in the list of entities"));
        return;
    }
    QStringList categories;
    for (const EntityId id : ids) {
        if (!overview->directory || id.value >= overview->directory->size()) continue;
        const CategoryId wanted = overview->directory->category[id.value];
        const auto category = std::find_if(overview->categories.begin(), overview->categories.end(),
                                           [wanted](const store::Category& one) { return one.id == wanted; });
        if (category != overview->categories.end()) categories << QString::fromStdString(category->text);
    }
    emit q->failed(Session::tr("cannot select %1").arg(name),
                   Session::tr("%n entities have that id: in %1", nullptr, static_cast<int>(ids.size()))
                       .arg(categories.join(QStringLiteral(", "))),
                   Session::tr("write category/id"));
}

void Session::Impl::select(EntityId entity)
{
    if (!workspace || selected == entity) return;
    selected = entity;
    selectedEvents = overview && overview->directory && entity.value < overview->directory->size()
                         ? overview->directory->counts[entity.value]
                         : 0;
    emit q->selectionChanged();
    // What was shown stays until the new history is there: a flash of nothing would be worse.
    workspace->entity->select(entity, placement ? placement->event : std::nullopt);
}

void Session::Impl::selectEvent(EntityId entity, EventId event)
{
    setFollowing(false);  // one wants to look at that event
    playback.pause();
    const auto& history = playhead.history();
    if (selected == entity && history && history->entity == entity) {
        if (stand(*history, event, versionOf(*history, event, {}), {})) q->requestEvent(event);
        return;
    }
    Placement wanted;
    wanted.id = entity;
    wanted.event = event;
    wanted.window = std::pair{window.from(), window.to()};  // what one looks at stays in its place
    placement = wanted;
    select(entity);
}

void Session::Impl::clearSelection()
{
    if (workspace) workspace->entity->deselect();
    const bool any = selected.has_value() || playhead.history() || event;
    selected.reset();
    state.reset();
    event.reset();
    rejectShown.reset();
    historyTypes.clear();
    parts.clear();
    if (!any) return;
    settling = true;
    playhead.setHistory(nullptr);
    settling = false;
    assignColors();
    emit q->selectionChanged();
    emit q->historyChanged();
    forgetWatchViews();
    emit q->stateChanged();
    emit q->eventChanged();
}

void Session::Impl::takeHistory(const std::shared_ptr<const EntityWorker::Loaded>& loaded)
{
    const std::shared_ptr<const replay::History>& history = loaded->history;
    const bool another = !playhead.history() || playhead.history()->entity != history->entity;
    historyTypes = loaded->types;
    parts = loaded->parts;
    noteNewIn(*loaded);
    settling = true;
    followed.reset();
    if (another) {
        state.reset();
        event.reset();
        rejectShown.reset();
    }
    playhead.setHistory(history);
    assignColors();
    place(*loaded, another);
    if (live.following) leadToHead();
    settling = false;
    emit q->historyChanged();
    if (another) {
        forgetWatchViews();
        emit q->stateChanged();
        emit q->eventChanged();
    }
    // A reject that one looks at is not replaced by what arrives; one that was asked for is shown.
    const bool onReject = !another && (rejectShown || (event && event->version.value == 0));
    follow(!onReject && !rejectWanted);
    wantWatches();
    if (rejectWanted) workspace->entity->requestEvent(*std::exchange(rejectWanted, std::nullopt));
}

void Session::Impl::place(const EntityWorker::Loaded& loaded, bool another)
{
    const replay::History& history = *loaded.history;
    std::optional<Placement> wanted;
    if (placement && another) {
        if (placement->id ? *placement->id == history.entity : placement->entity.toStdString() == history.key.text())
            wanted = placement;
        placement.reset();
    }
    if (!placed && !history.events.empty()) {
        placed = true;
        if (!wanted || (!wanted->middle && !wanted->event && !wanted->time)) playhead.toLast();
    }
    if (wanted) {
        if (wanted->middle)
            playhead.setVersion(Version{(history.last().value + 1) / 2});
        else if (wanted->event) {
            const Version at =
                loaded.wanted == wanted->event ? loaded.wantedAt : versionOf(history, *wanted->event, wanted->time);
            if (stand(history, *wanted->event, at, wanted->time)) rejectWanted = wanted->event;
        } else if (wanted->time)
            playhead.setTime(*wanted->time);
    }
    setExtent(history, another && !(wanted && wanted->window));
    if (wanted && wanted->window) window.set(wanted->window->first, wanted->window->second);
}

/// Goes to that event of the history: upon it where it has a version (`at`); else, a reject, or a tombstone that belongs to a death, to
/// its time. True: it is a reject, which is to be shown instead of the playhead's event.
bool Session::Impl::stand(const replay::History& history, EventId event, Version at, std::optional<Timestamp> time)
{
    if (at.value != 0) {
        playhead.setVersion(at);
        return false;
    }
    const store::Posting* reject = rejectOf(history, event);
    toReject = reject != nullptr;
    if (time || reject) playhead.setTime(time ? *time : reject->time);
    toReject = false;
    return reject != nullptr;
}

void Session::Impl::setExtent(const replay::History& history, bool fit)
{
    if (history.events.empty() && history.rejects.empty()) return;
    Timestamp first = Timestamp::max();
    Timestamp last = Timestamp::min();
    if (!history.events.empty()) {
        first = history.events.front().effective;
        last = history.events.back().effective;
    }
    for (const store::Posting& reject : history.rejects) {
        first = std::min(first, reject.time);
        last = std::max(last, reject.time);
    }
    // The playhead is part of the picture where that does not make the life a dot.
    const double life = std::max(static_cast<double>(last.ns) - static_cast<double>(first.ns), 1.0);
    const Timestamp from = std::min(first, playhead.time());
    const Timestamp to = std::max(last, playhead.time());
    if (static_cast<double>(to.ns) - static_cast<double>(from.ns) < 2.0 * life) {
        first = from;
        last = to;
    }
    window.setExtent(first, last);
    if (fit) window.fit();
}

void Session::Impl::playheadMoved()
{
    if (settling) return;
    playheadMovedByUser();
    // What is played as time went moves with each frame, and mostly between two events: there the state is what it was.
    if (playback.isLeading() && followed == playhead.version()) return saveTimer.start();
    follow();
}

void Session::Impl::follow(bool withEvent)
{
    saveTimer.start();
    const auto& history = playhead.history();
    if (!workspace || !history) return;
    const Version version = playhead.version();
    followed = withEvent ? std::optional(version) : std::nullopt;
    workspace->entity->requestState(version);
    if (!withEvent) return;
    rejectShown.reset();
    if (version.value >= 1) {
        workspace->entity->requestEvent(history->events[version.value - 1].id);
    } else if (event) {
        event.reset();
        emit q->eventChanged();
    }
}

}  // namespace hindcast::ui
