#include "core/replay/replay_impl.h"

#include "core/replay/remote_fold.h"

#include <algorithm>
#include <utility>

namespace hindcast::replay {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kBatch = 1u << 15;  // ids handed to the feed at once
constexpr std::uint64_t kEventsPerStop = 256;

}  // namespace

Result<void> EntityReplay::Impl::advanceNative(std::uint64_t to, std::uint64_t recordFrom, std::uint64_t tellFrom,
                                               const std::stop_token& stop, const Each& each)
{
    since = Clock::now();
    bool proceed = true;
    bool stopped = false;
    std::vector<EventId> ids;
    while (proceed && !stopped && version < to) {
        const std::uint64_t end = std::min(to, version + kBatch);
        ids.clear();
        for (std::uint64_t v = version; v < end; ++v) ids.push_back(history->events[v].id);
        const auto finish = [&] {
            keepSnapshot();
            if (each && version >= tellFrom) proceed = each(Version{version});
            if (version % kEventsPerStop == 0 && stop.stop_requested()) stopped = true;
            return proceed && !stopped;
        };
        // Records that are not there are passed over by the feed; their versions stand all the same.
        const auto missingUpTo = [&](std::uint64_t stopAt, std::optional<EventId> found) {
            while (version < stopAt && (!found || history->events[version].id != *found)) {
                step(history->events[version], nullptr, {}, recordFrom);
                if (!finish()) return false;
            }
            return true;
        };
        auto read = feed->records(ids, [&](EventId id, const RawRecord& record, std::span<const Header> headers) {
            if (!missingUpTo(end, id) || version == end) return false;
            step(history->events[version], &record, headers, recordFrom);
            return finish();
        });
        if (!read) return read;
        if (proceed && !stopped) missingUpTo(end, std::nullopt);
    }
    measure(Clock::now());
    if (stopped && version < to) return replayStopped();
    return {};
}

EntityReplay::EntityReplay(store::Reader& reader, std::shared_ptr<const History> history, std::unique_ptr<model::Reducer> reducer,
                           std::unique_ptr<PayloadSource> payloads, std::size_t snapshotBytes)
    : EntityReplay(feedFrom(reader), std::move(history), std::move(reducer), std::move(payloads), snapshotBytes)
{
}

EntityReplay::EntityReplay(std::unique_ptr<RecordFeed> feed, std::shared_ptr<const History> history,
                           std::unique_ptr<model::Reducer> reducer, std::unique_ptr<PayloadSource> payloads,
                           std::size_t snapshotBytes)
    : impl_(std::make_unique<Impl>(snapshotBytes))
{
    impl_->feed = std::move(feed);
    impl_->history = std::move(history);
    impl_->reducer = std::move(reducer);
    impl_->payloads = std::move(payloads);
}

EntityReplay::~EntityReplay() = default;

const History& EntityReplay::history() const { return *impl_->history; }
const model::Reducer& EntityReplay::reducer() const { return *impl_->reducer; }

void EntityReplay::setHistory(std::shared_ptr<const History> history)
{
    if (history == impl_->history) return;
    const auto& before = impl_->history->events;
    const auto& after = history->events;
    const auto same = [](const HistoryEvent& a, const HistoryEvent& b) {
        return a.id == b.id && a.kind == b.kind && a.type == b.type;
    };
    const auto parted = std::mismatch(before.begin(), before.end(), after.begin(), after.end(), same);
    const auto kept = static_cast<std::uint64_t>(parted.first - before.begin());
    impl_->history = std::move(history);
    impl_->snapshots.dropAfter(kept);
    impl_->errors.dropAfter(kept);
    if (impl_->changesFor && *impl_->changesFor > kept) impl_->changesFor.reset();
    if (impl_->version > kept) {
        impl_->restart(model::FoldState{}, 0, SnapshotCache::Cost{0});
        impl_->remote.reset();
    }
    impl_->nextSnapshot = impl_->snapshots.after(impl_->version);
    if (impl_->builtTo > kept) {
        impl_->building.reset();
        impl_->shared.reset();
        impl_->builtTo = 0;
    }
}

Result<StateAt> EntityReplay::at(Version version, std::stop_token stop)
{
    const auto begin = Clock::now();
    if (auto ok = impl_->checkRange(version, version); !ok) return std::unexpected(ok.error());
    if (stop.stop_requested()) return replayStopped();
    impl_->snapshots.setFocus(version.value);
    StateAt result;
    result.fromSnapshot = impl_->approach(version.value);
    const std::uint64_t from = impl_->version;
    // The last one is recorded: whoever asks for a state mostly asks next for what its event changed.
    if (auto done = impl_->advance(version.value, version.value, UINT64_MAX, stop); !done) return std::unexpected(done.error());
    result.version = version;
    result.of = impl_->history->last();
    result.alive = impl_->state.alive;
    result.document = impl_->state.document;
    result.error = impl_->errors.lastAt(version.value);
    result.eventsReplayed = version.value - from;
    result.took = Clock::now() - begin;
    return result;
}

Result<Changes> EntityReplay::changesOf(Version version, std::stop_token stop)
{
    if (impl_->changesFor == version.value) return impl_->changes;
    Changes found;
    auto done = changes(version, version, stop, [&](Version, const Changes& those) {
        found = those;
        return true;
    });
    if (!done) return std::unexpected(done.error());
    return found;
}

Result<void> EntityReplay::changes(Version first, Version last, std::stop_token stop,
                                   const std::function<bool(Version, const Changes&)>& visit)
{
    if (first.value == 0)
        return fail("cannot tell the changes of version 0", "it is the state before any event", {}, Error::Kind::BadInput);
    if (auto ok = impl_->checkRange(first, last); !ok) return ok;
    if (stop.stop_requested()) return replayStopped();
    impl_->approach(first.value - 1);
    return impl_->advance(last.value, first.value, UINT64_MAX, stop, [&](Version version) {
        if (version < first) return true;
        return visit(version, impl_->changes);
    });
}

Result<void> EntityReplay::walk(Version first, Version last, std::stop_token stop,
                                const std::function<bool(Version, const model::FoldState&)>& visit)
{
    if (auto ok = impl_->checkRange(first, last); !ok) return ok;
    if (stop.stop_requested()) return replayStopped();
    impl_->approach(first.value == 0 ? 0 : first.value - 1);
    if (first.value == 0 && !visit(Version{0}, impl_->state)) return {};
    return impl_->advance(last.value, UINT64_MAX, first.value, stop, [&](Version version) {
        if (version < first) return true;
        return visit(version, impl_->state);
    });
}

Result<std::shared_ptr<const Provenance>> EntityReplay::provenance(std::stop_token stop)
{
    const Version last = impl_->history->last();
    if (impl_->shared && impl_->builtTo == last.value) return impl_->shared;
    if (!impl_->building) impl_->building = impl_->shared ? impl_->shared->clone() : std::make_unique<Provenance>();
    if (impl_->builtTo < last.value) {
        // What is built stays where the work is stopped, and goes on from there.
        auto done = changes(Version{impl_->builtTo + 1}, last, stop, [&](Version version, const Changes& those) {
            impl_->building->add(version, those);
            impl_->builtTo = version.value;
            return true;
        });
        if (!done) return std::unexpected(done.error());
    }
    impl_->shared = std::move(impl_->building);
    // Where the next one goes on when the history has grown.
    if (impl_->version == last.value && last.value > 0) impl_->snapshots.add(last.value, impl_->state, impl_->cost);
    return impl_->shared;
}

}  // namespace hindcast::replay
