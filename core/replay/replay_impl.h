#pragma once
// What stands behind EntityReplay: replay.cpp (native models, folded in place) and replay_remote.cpp (models in other processes).
#include "core/replay/replay.h"
#include "core/replay/replay_errors.h"
#include "core/replay/snapshots.h"

#include <algorithm>
#include <utility>

namespace hindcast::replay {

inline std::unexpected<Error> replayStopped() { return fail("the replay was stopped", "", "", Error::Kind::Cancelled); }

class RemoteFold;

/// Where the model failed in what was folded: of every version up to the greatest that was asked for. Of the replay as it is.
[[nodiscard]] const ReplayErrors& errorsOf(const EntityReplay& replay);

/// What stands behind EntityReplay. A remote model's fold is a few packets ahead of what is known of it here (RemoteFold).
struct EntityReplay::Impl {
    using Clock = std::chrono::steady_clock;
    using Cost = SnapshotCache::Cost;
    static constexpr std::uint64_t kMostPerClock = 64;  // looking at the clock costs as much as a small event
    using Each = std::function<bool(Version)>;

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

    explicit Impl(std::size_t snapshotBytes);
    ~Impl();

    friend const ReplayErrors& errorsOf(const EntityReplay& replay) { return of(replay).errors; }
    static const Impl& of(const EntityReplay& replay) { return *replay.impl_; }

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

    /// Folds up to `to`, recording the changes of versions from `recordFrom` on, or (remote models tell one or the other) the states
    /// from `statesFrom` on. `each` is called after each of those versions, and may return false to stop.
    Result<void> advance(std::uint64_t to, std::uint64_t recordFrom, std::uint64_t statesFrom, const std::stop_token& stop,
                         const Each& each = {})
    {
        return reducer->isRemote() ? advanceRemote(to, recordFrom, statesFrom, stop, each)
                                   : advanceNative(to, recordFrom, std::min(recordFrom, statesFrom), stop, each);
    }
    Result<void> advanceNative(std::uint64_t to, std::uint64_t recordFrom, std::uint64_t tellFrom, const std::stop_token& stop,
                               const Each& each);

    Result<void> advanceRemote(std::uint64_t to, std::uint64_t recordFrom, std::uint64_t statesFrom, const std::stop_token& stop,
                               const Each& each);
    std::unique_ptr<RemoteFold> remote;  ///< of a model in another process, once it was needed

    Result<void> checkRange(Version first, Version last) const
    {
        if (first <= last && last <= history->last()) return {};
        return fail("cannot replay versions " + std::to_string(first.value) + " to " + std::to_string(last.value),
                    "the history has " + std::to_string(history->events.size()), {}, Error::Kind::BadInput);
    }
};

}  // namespace hindcast::replay
