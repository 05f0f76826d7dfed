#include "ui/session/entity_worker_impl.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace hindcast::ui {

namespace {

constexpr std::uint64_t kAheadAtOnce = 64;  // events that a state may wait for until it tells who set what

}  // namespace

// ---- on the state thread

void EntityWorker::Impl::takeProvenance(std::uint64_t of, std::shared_ptr<const replay::History> history,
                                        std::shared_ptr<const replay::Provenance> built, const std::stop_token& stop)
{
    if (!current(of) || !opened || !isPrefix(*history, opened->replay->history())) return;
    provenance = std::move(built);
    provenanceOf = std::move(history);
    since.reset();
    if (!lastState) return;
    auto view = std::make_shared<StateView>(*lastState);
    giveProvenance(*view, stop);
    lastState = view;
    answer(of, [result = lastState](const Answers& to) { to.state(result); });
}

/// While a life grows the state runs ahead of what was built last: the few events between are told apart from it.
void EntityWorker::Impl::giveProvenance(StateView& view, const std::stop_token& stop)
{
    view.provenance = provenance;
    view.since.reset();
    if (!provenance) return;
    view.provenanceTo = provenanceOf->last();
    const Version to = view.state.version;
    if (to <= view.provenanceTo) return;
    const Version from = since ? sinceTo : view.provenanceTo;
    if (to > from) {
        if (to.value - from.value > kAheadAtOnce) return;
        std::unique_ptr<replay::Provenance> grown = since ? since->clone() : std::make_unique<replay::Provenance>();
        Version done = from;
        const auto walked =
            opened->replay->changes(Version{from.value + 1}, to, stop, [&](Version version, const Changes& changes) {
                grown->add(version, changes);
                done = version;
                return !stop.stop_requested();
            });
        if (!walked || done < to) return;
        since = std::move(grown);
        sinceTo = to;
    }
    view.since = since;
}

void EntityWorker::Impl::wantProvenance(std::uint64_t of, const std::shared_ptr<const replay::History>& history, bool growth)
{
    if (history->events.size() > kProvenanceLimit) return;
    backgroundThread.post(
        kProvenance, [this, of, history, growth](const std::stop_token& stop) { buildProvenance(of, history, growth, stop); });
}

// ---- on the background thread

void EntityWorker::Impl::buildProvenance(std::uint64_t of, const std::shared_ptr<const replay::History>& history, bool growth,
                                         const std::stop_token& stop)
{
    if (growth) {
        // While a tail is read this is done over and over: leave most of the time to others.
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any sleep;
        sleep.wait_for(
            lock, stop,
            std::clamp<std::chrono::nanoseconds>(3 * lastBuild, std::chrono::milliseconds(300), std::chrono::seconds(20)),
            [] { return false; });
    }
    if (!current(of) || stop.stop_requested()) return;
    const auto start = std::chrono::steady_clock::now();
    if (!openBackground(of, history)) return;
    auto built = background->replay->provenance(stop);
    if (!built) return fail(of, built.error());
    tellFailures(of, stop);
    lastBuild = std::chrono::steady_clock::now() - start;
    thread.post(kProvenanceReady, [this, of, history, result = std::move(*built)](const std::stop_token& again) {
        takeProvenance(of, history, result, again);
    });
}

}  // namespace hindcast::ui
