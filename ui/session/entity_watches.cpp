// The watched fields of the selected entity, and what single writes made of a field.
#include "core/replay/failures.h"
#include "ui/session/entity_worker_impl.h"

#include <QObject>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr auto kTellEach = std::chrono::milliseconds(120);  // while a long life is walked through
constexpr std::uint64_t kWritesAtOnce = 400;                // rows told together
constexpr std::uint64_t kAtOnce = 20'000;                   // events that are walked through before one sees that it takes time

}  // namespace

// ---- on the GUI thread

void EntityWorker::requestWatches(std::shared_ptr<const replay::History> history, std::vector<std::string> pointers)
{
    if (!impl_->entity || history->entity != *impl_->entity) return;
    Impl* impl = impl_.get();
    // Other watches than those that are being worked out: what was gathered stays.
    impl->backgroundThread.postBefore(
        Impl::kWatch, Impl::kWatch,
        [impl, of = impl->generation.load(), life = std::move(history),
         wanted = std::move(pointers)](const std::stop_token& stop) { impl->buildWatches(of, life, wanted, stop); });
}

void EntityWorker::requestWrites(std::string pointer, VersionRuns runs)
{
    if (!impl_->atHome()) return;
    Impl* impl = impl_.get();
    impl->thread.postBefore(Impl::kWrites, Impl::kWrites,
                            [impl, of = impl->generation.load(), at = std::move(pointer), wanted = std::move(runs)](
                                const std::stop_token& stop) { impl->computeWrites(of, at, wanted, 0, stop); });
}

// ---- on the state thread

void EntityWorker::Impl::computeWrites(std::uint64_t of, const std::string& pointer, const VersionRuns& runs, std::size_t from,
                                       const std::stop_token& stop)
{
    const auto at = Pointer::parse(pointer);
    if (!at || !current(of) || !opened) return;
    replay::EntityReplay& replay = *opened->replay;
    auto view = std::make_shared<WriteRows>();
    view->entity = replay.history().entity;
    view->pointer = QString::fromStdString(pointer);
    const auto tell = [&] {
        if (view->rows.empty()) return;
        answer(of, [result = std::exchange(view, std::make_shared<WriteRows>(WriteRows{view->entity, view->pointer, {}}))](
                       const Answers& to) { to.writes(result); });
    };
    for (std::size_t i = from; i < runs.size(); ++i) {
        const Version first = std::max(runs[i].first, Version{1});
        const Version last = std::min(runs[i].second, replay.history().last());
        if (first > last) continue;
        const auto end = endOfStates(replay, last, stop);
        if (!end) {
            tell();
            if (end.error().kind != Error::Kind::Cancelled) return fail(of, end.error());
            return thread.postUnlessWaiting(kWrites, [this, of, pointer, runs, i](const std::stop_token& again) {
                computeWrites(of, pointer, runs, i, again);
            });
        }
        Json before(Json::value_t::discarded);
        bool whole = false;
        // A value as it stands in the states: also where something that holds the field was replaced or went.
        const auto walked = replay::walkTo(
            replay, Version{first.value - 1}, last, *end, stop, [&](Version version, const model::FoldState& state) {
                const Json* found = state.document.is_discarded() ? nullptr : valueAt(state.document, *at);
                Json now = found ? *found : Json(Json::value_t::discarded);
                if (version >= first) view->rows.push_back({version, before, now});
                before = std::move(now);
                if (view->rows.size() >= kWritesAtOnce) tell();
                whole = version == last;
                return whole || !stop.stop_requested();
            });
        if (whole) continue;
        tell();
        if (!walked && walked.error().kind != Error::Kind::Cancelled) return fail(of, walked.error());
        // Made room for a newer state: goes on when there is nothing more urgent.
        thread.postUnlessWaiting(
            kWrites, [this, of, pointer, runs, i](const std::stop_token& again) { computeWrites(of, pointer, runs, i, again); });
        return;
    }
    tell();
}

// ---- on the background thread

/// The replay that walks the whole life, of that history. False: it was told why there is none.
bool EntityWorker::Impl::openBackground(std::uint64_t of, const std::shared_ptr<const replay::History>& history)
{
    constexpr std::size_t kSnapshots = 4u << 20;  // it walks from start to end
    if (!background || backgroundGeneration != of) {
        background.reset();
        auto with = openReplay(*backgroundReader, runtime, history, kSnapshots);
        if (!with) {
            fail(of, with.error());
            return false;
        }
        background = std::move(*with);
        backgroundGeneration = of;
        return true;
    }
    if (auto known = background->decoders->refresh(*backgroundReader); !known) {
        fail(of, known.error());
        return false;
    }
    background->replay->setHistory(history);
    return true;
}

void EntityWorker::Impl::keepWatches(std::uint64_t of, const std::shared_ptr<const replay::History>& history,
                                     const std::vector<std::string>& pointers)
{
    // What was gathered holds on for a life that has but grown.
    if (watchedGeneration != of || !watchedOf || !isPrefix(*watchedOf, *history)) watched.clear();
    watchedGeneration = of;
    watchedOf = history;
    std::vector<replay::Watch> kept;
    for (const std::string& text : pointers) {
        auto pointer = replay::WatchPointer::parse(text);
        if (!pointer) continue;  // told by watchesView()
        const auto same =
            std::ranges::find_if(watched, [&](const replay::Watch& watch) { return watch.pointer().text() == pointer->text(); });
        if (same != watched.end())
            kept.push_back(std::move(*same));
        else
            kept.emplace_back(std::move(*pointer));
        if (same != watched.end()) watched.erase(same);
    }
    watched = std::move(kept);
}

std::shared_ptr<WatchesView> EntityWorker::Impl::watchesView(const std::shared_ptr<const replay::History>& history,
                                                             const std::vector<std::string>& pointers)
{
    auto view = std::make_shared<WatchesView>();
    view->entity = history->entity;
    view->history = history;
    std::size_t next = 0;
    for (const std::string& text : pointers) {
        WatchView one;
        one.pointer = QString::fromStdString(text);
        if (const auto pointer = replay::WatchPointer::parse(text); !pointer) {
            one.trouble = QString::fromStdString(pointer.error().why);
        } else if (history->events.size() > kProvenanceLimit) {
            one.trouble = QObject::tr("not worked out for so long a life");
            ++next;
        } else {
            replay::Watch& watch = watched[next++];
            // While it is brought up to date, what it was stays in sight.
            if (watch.builtTo().value > 0 || history->events.empty()) one.runs = watch.share();
        }
        view->watches.push_back(std::move(one));
    }
    return view;
}

void EntityWorker::Impl::buildWatches(std::uint64_t of, const std::shared_ptr<const replay::History>& history,
                                      const std::vector<std::string>& pointers, const std::stop_token& stop)
{
    if (!current(of) || stop.stop_requested()) return;
    keepWatches(of, history, pointers);
    const auto tell = [&](bool done, Version at) {
        auto view = watchesView(history, pointers);
        view->done = done;
        view->at = at;
        answer(of, [result = std::shared_ptr<const WatchesView>(std::move(view))](const Answers& to) { to.watches(result); });
    };
    const Version last = history->last();
    const bool any = last.value > 0 && history->events.size() <= kProvenanceLimit &&
                     std::ranges::any_of(watched, [&](const replay::Watch& watch) { return watch.builtTo() < last; });
    if (!any) return tell(true, last);
    if (!openBackground(of, history)) return;
    if (last.value > kAtOnce) tell(false, Version{});
    using Clock = std::chrono::steady_clock;
    Clock::time_point next = Clock::now() + kTellEach;
    const auto walked = extendWatches(stop, [&](Version at) {
        const Clock::time_point now = Clock::now();
        if (now < next) return;
        tell(false, at);
        // To share half a lane is to copy it: that is to stay little beside the walk.
        const Clock::time_point after = Clock::now();
        next = after + std::max<Clock::duration>(kTellEach, 12 * (after - now));
    });
    if (!walked) return fail(of, walked.error());
    tell(true, last);
}

}  // namespace hindcast::ui
