#pragma once
#include "core/event/entity.h"
#include "core/event/ids.h"
#include "core/replay/event_index.h"
#include "core/store/reader.h"

#include <memory>
#include <string>
#include <vector>

namespace hindcast::replay {

/// Why a history is not complete from birth.
struct Completeness {
    bool complete = true;
    std::string because;  ///< "orders/3 was read from offset 1 200 (began at time …)", and how many more reasons there are
    std::vector<std::string> reasons{};  ///< all of them; may be empty where `because` is not
};

/// An entity's events in order, without payloads: what lanes, tables and replay go by. Immutable; share it between threads.
/// Versions are 1-based: version v is `events[v - 1]`. Tombstones that belong to a delete are not in it; rejects stand apart.
struct History {
    EntityId entity;
    EntityKey key;
    bool rows = false;  ///< a table row
    std::vector<HistoryEvent> events;
    EventIndex index;  ///< of the events; loadHistory() makes it
    std::vector<store::Posting> rejects;
    std::vector<store::Link> links;
    Completeness completeness;

    [[nodiscard]] Version last() const { return Version{events.size()}; }
    /// The version as of an instant, T included; 0 before the first event.
    [[nodiscard]] Version versionAt(Timestamp time) const;
};

/// Puts postings in order: database rows by source position, deletes before creates on ties; then effective time, topic,
/// partition, offset. Pure. `topicRank` orders the parts as (topic, partition, …) does.
[[nodiscard]] std::vector<HistoryEvent> orderHistory(const store::Postings& postings,
                                                     const std::vector<std::uint32_t>& topicRankOfPart);

/// Reads and orders a history; a row's history takes in the truncates of its table. 1 M events: some tens of ms.
[[nodiscard]] Result<std::shared_ptr<const History>> loadHistory(store::Reader& reader, EntityId entity);

}  // namespace hindcast::replay
