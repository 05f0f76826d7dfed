#pragma once
#include "core/event/change.h"
#include "core/event/payload_source.h"
#include "core/model/reducer.h"
#include "core/replay/feed.h"
#include "core/replay/history.h"
#include "core/replay/provenance.h"
#include "core/store/reader.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace hindcast::replay {

/// A place where the model failed. The fold went on with the state before the event.
struct ReplayError {
    Version version;
    model::EvolveError error;
};

/// An entity's state after `version` events.
struct StateAt {
    Version version;
    Version of;  ///< length of the history
    bool alive = false;
    Json document;                     ///< discarded where the entity does not live
    std::optional<ReplayError> error;  ///< the last failing event at or before `version`
    std::uint64_t eventsReplayed = 0;  ///< what it cost: since the snapshot that was used
    std::optional<Version> fromSnapshot;
    std::chrono::nanoseconds took{0};
};

/// Replays one entity: any version, the changes of any event, provenance. Remembers snapshots within a memory budget.
/// Threads: one at a time. Uses the reader only during calls.
class EntityReplay {
public:
    EntityReplay(store::Reader& reader, std::shared_ptr<const History> history, std::unique_ptr<model::Reducer> reducer,
                 std::unique_ptr<PayloadSource> payloads, std::size_t snapshotBytes = 64u << 20);
    /// From any log. Without a store: tests, branches.
    EntityReplay(std::unique_ptr<RecordFeed> feed, std::shared_ptr<const History> history,
                 std::unique_ptr<model::Reducer> reducer, std::unique_ptr<PayloadSource> payloads,
                 std::size_t snapshotBytes = 64u << 20);
    ~EntityReplay();

    [[nodiscard]] const History& history() const;
    [[nodiscard]] const model::Reducer& reducer() const;
    /// A longer history of the same entity. Snapshots up to the first difference are kept.
    void setHistory(std::shared_ptr<const History> history);

    /// Error::Kind::Cancelled where asked to stop.
    [[nodiscard]] Result<StateAt> at(Version version, std::stop_token stop = {});
    /// What the event that made `version` changed. REQUIRES: 1 ≤ version ≤ last.
    [[nodiscard]] Result<Changes> changesOf(Version version, std::stop_token stop = {});
    /// The same for [first, last], in one pass; `visit` may return false to stop.
    [[nodiscard]] Result<void> changes(Version first, Version last, std::stop_token stop,
                                       const std::function<bool(Version, const Changes&)>& visit);
    /// The whole walk in order: `visit` gets each state. For tables, exports and searches.
    [[nodiscard]] Result<void> walk(Version first, Version last, std::stop_token stop,
                                    const std::function<bool(Version, const model::FoldState&)>& visit);
    /// Who set what, over the whole history; built once, then shared.
    [[nodiscard]] Result<std::shared_ptr<const Provenance>> provenance(std::stop_token stop = {});

private:
    friend class RemoteFold;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::replay
