#include "ui/session/entity_worker_impl.h"

#include "ui/session/parts_of.h"
#include "ui/session/type_colors.h"
#include "ui/session/version_of.h"

#include <algorithm>

namespace hindcast::ui {

// On the state thread.

void EntityWorker::Impl::load(std::uint64_t of, EntityId wanted, std::optional<EventId> upon)
{
    opened.reset();
    lastState.reset();
    provenance.reset();
    provenanceOf.reset();
    since.reset();
    auto history = replay::loadHistory(*reader, wanted);
    if (!history) return fail(of, history.error());
    auto with = openReplay(*reader, runtime, *history, runtime->limits().snapshotBytes);
    if (!with) return fail(of, with.error());
    opened = std::move(*with);
    openResult();
    loaded(of, *history, upon);
    if (opened->modelError) fail(of, *opened->modelError);  // after its history: it is shown by the built-in model
    wantProvenance(of, *history, false);
}

void EntityWorker::Impl::reload(std::uint64_t of)
{
    if (!current(of) || !opened) return;
    auto history = replay::loadHistory(*reader, opened->replay->history().entity);
    if (!history) return fail(of, history.error());
    const replay::History& before = opened->replay->history();
    if (before.events.size() == (*history)->events.size() && isPrefix(before, **history) &&
        before.rejects.size() == (*history)->rejects.size() && before.completeness.because == (*history)->completeness.because)
        return;
    if (auto known = opened->decoders->refresh(*reader); !known) return fail(of, known.error());
    if (provenanceOf && !isPrefix(*provenanceOf, **history)) {
        provenance.reset();
        provenanceOf.reset();
    }
    // What came late may stand behind what was built last, and before what was told apart from it since.
    if (!provenance || !isPrefix(before, **history)) since.reset();
    opened->replay->setHistory(*history);
    opened->history = *history;
    loaded(of, *history);
    wantProvenance(of, *history, true);
}

void EntityWorker::Impl::loaded(std::uint64_t of, const std::shared_ptr<const replay::History>& history,
                                std::optional<EventId> upon)
{
    // All that takes a walk over the history is done here: it may have millions of events.
    Loaded result{history, countTypes(*history), partsOf(*history), {}, 0, upon, {}};
    if (told && told->entity == history->entity) {
        const auto [old, fresh] =
            std::ranges::mismatch(told->events, history->events, {}, &replay::HistoryEvent::id, &replay::HistoryEvent::id);
        result.before = told;
        result.same = static_cast<std::size_t>(fresh - history->events.begin());
    }
    if (upon) result.wantedAt = versionOf(*history, *upon, {});
    told = history;
    post([this, of, entity = history->entity, all = std::make_shared<const Loaded>(std::move(result))] {
        if (!current(of)) return;
        shown = entity;
        answers.history(all);
    });
}

void EntityWorker::Impl::computeState(std::uint64_t of, Version version, const std::stop_token& stop)
{
    if (!current(of) || !opened) return;
    replay::EntityReplay& replay = *opened->replay;
    const Version wanted = std::min(version, replay.history().last());
    auto state = stateAt(wanted, stop);
    if (!state) return failState(of, state.error());
    auto view = std::make_shared<StateView>();
    view->entity = replay.history().entity;
    view->state = std::move(*state);
    if (const Version shown = view->state.version; shown.value > 0) {
        auto changes = replay.changesOf(shown, stop);
        if (!changes) return failState(of, changes.error());
        view->changes = std::move(*changes);
    }
    giveProvenance(*view, stop);
    view->model = opened->model;
    view->modelName = view->model->name;
    view->modelNote = view->model->note;
    lastState = view;
    answer(of, [shown = lastState](const Answers& to) { to.state(shown); });
    tellResult(of);
}

void EntityWorker::Impl::computeChanges(std::uint64_t of, const VersionRuns& runs, std::size_t from, const std::stop_token& stop)
{
    for (std::size_t i = from; i < runs.size(); ++i) {
        if (!current(of) || !opened) return;
        const auto whole = computeRun(of, runs[i].first, runs[i].second, stop);
        if (!whole) return fail(of, whole.error());
        if (*whole) continue;
        // Made room for a newer state: goes on when there is nothing more urgent.
        thread.postUnlessWaiting(kChanges,
                                 [this, of, runs, i](const std::stop_token& again) { computeChanges(of, runs, i, again); });
        return;
    }
}

/// False: asked to stop before it was done.
Result<bool> EntityWorker::Impl::computeRun(std::uint64_t of, Version first, Version last, const std::stop_token& stop)
{
    replay::EntityReplay& replay = *opened->replay;
    const Version from = std::max(first, Version{1});
    const Version to = std::min(last, replay.history().last());
    if (from > to) return true;
    auto rows = std::make_shared<std::vector<Changes>>();
    rows->reserve(to.value - from.value + 1);
    const auto done = replay.changes(from, to, stop, [&](Version, const Changes& changes) {
        rows->push_back(changes);
        return !stop.stop_requested();
    });
    if (rows->size() < to.value - from.value + 1) {
        if (!done && done.error().kind != Error::Kind::Cancelled) return std::unexpected(done.error());
        return false;
    }
    const auto end = endOfStates(replay, to, stop);
    if (!end) {
        if (end.error().kind != Error::Kind::Cancelled) return std::unexpected(end.error());
        return false;
    }
    for (std::uint64_t version = std::max(from.value, end->value + 1); version <= to.value; ++version)
        (*rows)[version - from.value].clear();
    answer(of, [from, rows](const Answers& give) { give.changes(from, rows); });
    return true;
}

void EntityWorker::Impl::computeTip(std::uint64_t of, Version version, const std::stop_token& stop)
{
    if (!current(of) || !opened || version.value == 0 || version > opened->replay->history().last()) return;
    auto changes = opened->replay->changesOf(version, stop);
    if (!changes) return;  // the views that show the state tell of its trouble
    if (const auto end = endOfStates(*opened->replay, version, stop); !end || *end < version) changes->clear();
    auto tip = std::make_shared<const TipView>(TipView{opened->replay->history().entity, version, std::move(*changes)});
    answer(of, [tip](const Answers& to) { to.tip(tip); });
}

}  // namespace hindcast::ui
