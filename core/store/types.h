#pragma once
#include "core/event/event.h"
#include "core/event/ids.h"
#include "core/event/record.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hindcast::store {

/// One line of an entity's history as the index holds it: enough for lanes and order without touching the payload.
struct Posting {
    EventId id;
    Timestamp time;
    TypeId type;
    EventKind kind = EventKind::Plain;
    bool primary = true;  ///< false: the event has another primary entity
    bool reject = false;  ///< stands on the lane, takes no version
};

/// All postings of one entity, ordered by EventId (part, offset). `orders` is empty or parallel to `items`.
struct Postings {
    std::vector<Posting> items;
    std::vector<SourceOrder> orders;
};

/// A record as stored. Its value is followed by at least 64 readable bytes.
struct StoredRecord {
    EventId id;
    RawRecord record;
    std::vector<Header> headers;
    std::shared_ptr<const void> owner;  ///< keeps the bytes alive
};

struct Source {
    SourceId id;
    std::string kind;
    std::string identity;
    std::string name;
    std::string detail;
};

/// Offsets [from, to) of a part that have been read.
struct Range {
    Offset from;
    Offset to;
    auto operator<=>(const Range&) const = default;
};

/// One partition of one epoch of a topic, and what is known of how completely it was read.
struct Part {
    PartId id;
    SourceId source;
    std::string topic;
    std::uint32_t epoch = 0;
    Partition partition;
    Offset logStart;  ///< oldest offset that the source held when it was read
    bool compacted = false;
    std::string startReason;  ///< why reading did not begin earlier, in words
    std::vector<Range> read;  ///< disjoint, ascending
    std::uint64_t records = 0;
    std::uint64_t rejects = 0;
};

struct Category {
    CategoryId id;
    std::string server;  ///< Debezium server name, or empty
    std::string name;
    std::string text;   ///< as shown: with the server before it where two captures hold the same table
    bool rows = false;  ///< its entities are table rows
};

struct Reject {
    EventId id;
    Timestamp time;
    std::string reason;
    std::optional<EntityId> entity;
};

/// Whole-workspace figures, as of the reader's latest refresh.
struct Counts {
    std::uint64_t records = 0;  ///< stored, rejects included
    std::uint64_t events = 0;   ///< decoded, with or without an entity
    std::uint64_t entities = 0;
    std::uint64_t rejects = 0;
    std::uint64_t withoutEntity = 0;
    std::uint64_t payloadBytes = 0;
    /// What the file takes once it is closed: all its pages, those that wait to be used again as well. The write-ahead log, which holds
    /// the same pages anew while it is written, is not counted: it goes away with the last who has the workspace open.
    std::uint64_t fileBytes = 0;
    std::optional<Timestamp> firstTime;
    std::optional<Timestamp> lastTime;
    std::uint64_t generation = 0;  ///< grows with every commit
};

struct TypeCount {
    TypeId id;
    std::string name;
    std::uint64_t events = 0;
};

/// Something worth telling about how the workspace came to be: a new epoch.
struct Notice {
    Timestamp time;
    std::string text;
};

/// How far the raising of an older layout has come, in events.
using RaiseProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// Key change of a table row: `from` lives on as `to` from this event on.
struct Link {
    EventId event;
    EntityId from;
    EntityId to;
};

}  // namespace hindcast::store
