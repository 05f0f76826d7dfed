#include "core/replay/replay.h"

#include "core/replay/replay_errors.h"
#include "core/replay/snapshots.h"

#include <algorithm>
#include <utility>

namespace hindcast::replay {

namespace {

using Clock = std::chrono::steady_clock;
using Cost = SnapshotCache::Cost;

constexpr std::uint64_t kBatch = 1u << 15;   // ids handed to the feed at once
constexpr std::uint64_t kMostPerClock = 64;  // looking at the clock costs as much as a small event
constexpr std::uint64_t kEventsPerStop = 256;

std::unexpected<Error> cancelled() { return fail("the replay was stopped", "", "", Error::Kind::Cancelled); }

}  // namespace

struct EntityReplay::Impl {
    std::unique_ptr<RecordFeed> feed;
    std::shared_ptr<const History> history;
    std::unique_ptr<model::Reducer> reducer;
    std::unique_ptr<PayloadSource> payloads;
    SnapshotCache snapshots;
    ReplayErrors errors;

    // The one state at hand: after `version` events, `cost` of replay away from birth; `mark` is the cost at the last snapshot.
    model::FoldState state;
    std::uint64_t version = 0;
    Cost cost{0};
    Cost mark{0};
    Clock::time_point since;
    std::uint64_t perClock = 1;  // events from one look at the clock to the next: fewer the slower they are
    std::uint64_t sinceClock = 0;
    std::optional<std::uint64_t> nextSnapshot;  // the first one that is there already, ahead

    std::optional<std::uint64_t> changesFor;  // whose changes these are
    Changes changes;
    std::vector<std::optional<std::string>> typeNames;

    std::unique_ptr<Provenance> building;  // complete up to builtTo
    std::uint64_t builtTo = 0;
    std::shared_ptr<const Provenance> shared;

    explicit Impl(std::size_t snapshotBytes) : snapshots(snapshotBytes) {}

    using Each = std::function<bool(Version)>;

    std::string_view typeName(TypeId id)
    {
        if (id.value >= typeNames.size()) typeNames.resize(id.value + std::size_t{1});
        auto& name = typeNames[id.value];
        if (!name) name = feed->typeName(id);
        return *name;
    }

    void restart(const model::FoldState& from, std::uint64_t at, Cost costThere)
    {
        state = from;
        version = at;
        cost = mark = costThere;
        nextSnapshot = snapshots.after(at);
    }

    /// Brings the state to a version at or before `target`, as near as can be without replay. Where that is a snapshot: its version.
    std::optional<Version> approach(std::uint64_t target)
    {
        const auto* snapshot = snapshots.atOrBefore(target);
        if (version <= target && (!snapshot || snapshot->first <= version)) return std::nullopt;
        changesFor.reset();
        if (!snapshot) {
            restart(model::FoldState{}, 0, Cost{0});
            return std::nullopt;
        }
        restart(snapshot->second.state, snapshot->first, snapshot->second.cost);
        return Version{snapshot->first};
    }

    /// Folds one event into the state. `record` null: it is not there any more.
    void step(const HistoryEvent& event, const RawRecord* record, std::span<const Header> headers, std::uint64_t recordFrom)
    {
        const std::uint64_t next = version + 1;
        const bool recording = next >= recordFrom;
        if (recording) changes.clear();
        changesFor = recording ? std::optional(next) : std::nullopt;
        if (!record) {
            errors.add(next, {"the record is not in the workspace any more", "store"});
        } else {
            const model::Input input{.id = event.id,
                                     .version = Version{next},
                                     .category = history->key.category,
                                     .entity = history->key.id,
                                     .type = typeName(event.type),
                                     .kind = event.kind,
                                     .time = event.time,
                                     .payload = payloads->payload(event.id, *record, headers)};
            if (auto evolved = reducer->evolve(state, input, recording ? &changes : nullptr); !evolved)
                errors.add(next, evolved.error());
        }
        version = next;
    }

    void measure(Clock::time_point now)
    {
        cost += now - since;
        since = now;
    }

    void keepSnapshot()
    {
        if (nextSnapshot && version >= *nextSnapshot) {
            mark = cost;
            nextSnapshot = snapshots.after(version);
            return;
        }
        if (++sinceClock < perClock) return;
        sinceClock = 0;
        const Cost costBefore = cost;
        measure(Clock::now());
        if (cost - costBefore > snapshots.gap() / 4)
            perClock = std::max<std::uint64_t>(1, perClock / 4);
        else if (cost - costBefore < snapshots.gap() / 32)
            perClock = std::min(kMostPerClock, perClock * 2);
        if (cost - mark < snapshots.gap()) return;
        snapshots.add(version, state, cost);
        mark = cost;
        since = Clock::now();  // the copy is no replay
    }

    /// Folds up to `to`, recording the changes of versions from `recordFrom` on. `each` may return false to stop after a version.
    Result<void> advance(std::uint64_t to, std::uint64_t recordFrom, const std::stop_token& stop, const Each& each = {})
    {
        since = Clock::now();
        bool goOn = true;
        bool stopped = false;
        std::vector<EventId> ids;
        while (goOn && !stopped && version < to) {
            const std::uint64_t end = std::min(to, version + kBatch);
            ids.clear();
            for (std::uint64_t v = version; v < end; ++v) ids.push_back(history->events[v].id);
            const auto finish = [&] {
                keepSnapshot();
                if (each) goOn = each(Version{version});
                if (version % kEventsPerStop == 0 && stop.stop_requested()) stopped = true;
                return goOn && !stopped;
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
            if (goOn && !stopped) missingUpTo(end, std::nullopt);
        }
        measure(Clock::now());
        if (stopped && version < to) return cancelled();
        return {};
    }

    Result<void> checkRange(Version first, Version last) const
    {
        if (first <= last && last <= history->last()) return {};
        return fail("cannot replay versions " + std::to_string(first.value) + " to " + std::to_string(last.value),
                    "the history has " + std::to_string(history->events.size()), {}, Error::Kind::BadInput);
    }
};

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
    if (impl_->version > kept) impl_->restart(model::FoldState{}, 0, Cost{0});
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
    if (stop.stop_requested()) return cancelled();
    impl_->snapshots.setFocus(version.value);
    StateAt result;
    result.fromSnapshot = impl_->approach(version.value);
    const std::uint64_t from = impl_->version;
    // The last one is recorded: whoever asks for a state mostly asks next for what its event changed.
    if (auto done = impl_->advance(version.value, version.value, stop); !done) return std::unexpected(done.error());
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
    if (stop.stop_requested()) return cancelled();
    impl_->approach(first.value - 1);
    return impl_->advance(last.value, first.value, stop, [&](Version version) {
        if (version < first) return true;
        return visit(version, impl_->changes);
    });
}

Result<void> EntityReplay::walk(Version first, Version last, std::stop_token stop,
                                const std::function<bool(Version, const model::FoldState&)>& visit)
{
    if (auto ok = impl_->checkRange(first, last); !ok) return ok;
    if (stop.stop_requested()) return cancelled();
    impl_->approach(first.value == 0 ? 0 : first.value - 1);
    if (first.value == 0 && !visit(Version{0}, impl_->state)) return {};
    return impl_->advance(last.value, UINT64_MAX, stop, [&](Version version) {
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
