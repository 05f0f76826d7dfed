// Where the model fails in the selected entity's life, and where states end for who stops there.
#include "core/replay/failures.h"
#include "ui/session/entity_worker_impl.h"
#include "ui/session/replay_policy.h"

#include <algorithm>

namespace hindcast::ui {

void EntityWorker::Impl::failState(std::uint64_t of, const Error& error)
{
    if (error.kind == Error::Kind::Cancelled) return;
    answer(of, [error](const Answers& to) { (to.stateFailed ? to.stateFailed : to.failed)(error); });
}

/// The last version up to there whose event is part of the states.
Result<Version> EntityWorker::Impl::endOfStates(replay::EntityReplay& replay, Version upTo, const std::stop_token& stop) const
{
    if (!stopsAtError) return upTo;
    const auto first = replay::firstFailure(replay, upTo, stop);
    if (!first) return std::unexpected(first.error());
    return *first ? Version{(*first)->version.value - std::uint64_t{1}} : upTo;
}

// ---- on the state thread

Result<replay::StateAt> EntityWorker::Impl::stateAt(Version version, const std::stop_token& stop)
{
    return stopsAtError ? replay::atOrStopped(*opened->replay, version, stop) : opened->replay->at(version, stop);
}

/// Whether the model in force shows something else than the states.
void EntityWorker::Impl::openResult()
{
    const auto& document = opened->model->document;
    result = document && !opened->modelError ? model::ProjectionResult::of(runtime, *document, opened->history->key.category)
                                             : nullptr;
}

void EntityWorker::Impl::tellResult(std::uint64_t of)
{
    if (!result || !current(of)) return;
    const replay::StateAt& state = lastState->state;
    auto made = result->at(opened->history->key, state.version, {state.document, state.alive});
    if (!made) return fail(of, made.error());
    auto view = std::make_shared<StateView>();
    view->entity = lastState->entity;
    view->state.version = state.version;
    view->state.of = state.of;
    view->state.alive = !made->is_null();
    if (view->state.alive) view->state.document = std::move(*made);
    answer(of, [shown = std::shared_ptr<const StateView>(std::move(view))](const Answers& to) {
        if (to.result) to.result(shown);
    });
}

// ---- on the background thread

/// As replay::extend(), to where states end.
Result<void> EntityWorker::Impl::extendWatches(const std::stop_token& stop, const std::function<void(Version)>& progress)
{
    replay::EntityReplay& replay = *background->replay;
    if (!stopsAtError) return replay::extend(replay, watched, stop, progress);
    const Version last = replay.history().last();
    const auto end = endOfStates(replay, last, stop);
    if (!end) return std::unexpected(end.error());
    Version from = last;
    for (const replay::Watch& watch : watched) from = std::min(from, watch.builtTo());
    if (from >= last) return {};
    return replay::walkTo(replay, Version{from.value + 1}, last, *end, stop, [&](Version version, const model::FoldState& state) {
        for (replay::Watch& watch : watched)
            if (watch.builtTo() < version) watch.add(version, state.document);
        progress(version);
        return true;
    });
}

/// After the whole life was walked through, which it does not do again.
void EntityWorker::Impl::tellFailures(std::uint64_t of, const std::stop_token& stop)
{
    auto all = replay::failures(*background->replay, background->replay->history().last(), stop);
    if (!all) return;  // stopped: it is told after the next walk
    auto view = std::make_shared<FailuresView>();
    view->entity = background->replay->history().entity;
    if (stopsAtError && all->size() > 1) all->resize(1);
    view->total = all->size();
    all->resize(std::min(all->size(), FailuresView::kMost));
    view->failures = std::move(*all);
    answer(of, [result = std::shared_ptr<const FailuresView>(std::move(view))](const Answers& to) {
        if (to.failures) to.failures(result);
    });
}

}  // namespace hindcast::ui
