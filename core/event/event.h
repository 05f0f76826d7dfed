#pragma once
#include "core/event/entity.h"
#include "core/event/ids.h"
#include "core/event/record.h"
#include "core/event/time.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hindcast {

/// What an event does to its entity's life, as far as the envelope tells. Domain events are Plain whatever their name.
enum class EventKind : std::uint8_t {
    Plain,
    Create,     ///< CDC insert
    Update,     ///< CDC update
    Delete,     ///< CDC delete: ends the life
    Snapshot,   ///< CDC snapshot read
    Truncate,   ///< CDC truncate: ends the life of every row of the table
    Message,    ///< CDC logical message
    Tombstone,  ///< a null value: ends the life, or belongs to the Delete before it (contracts 3)
};
inline constexpr std::size_t kEventKinds = 8;
[[nodiscard]] std::string_view nameOf(EventKind kind);  ///< "plain", "create", …

/// A database's own order of changes, the first order of CDC rows (contracts 3, formats 1). PostgreSQL: (commit LSN, LSN);
/// MySQL/MariaDB: (number of the binlog file, position, row). A null is 0 and so the lowest. All zero: no such order.
struct SourceOrder {
    std::uint64_t major = 0;
    std::uint64_t minor = 0;
    std::uint32_t row = 0;

    [[nodiscard]] constexpr bool absent() const { return major == 0 && minor == 0 && row == 0; }
    constexpr auto operator<=>(const SourceOrder&) const = default;
};

/// How a record's bytes were read, or why not yet.
enum class Wire : std::uint8_t {
    None,          ///< no value (tombstone)
    Json,          ///< JSON text
    Text,          ///< UTF-8 that is no JSON, by the mapping's word; the payload is a JSON string of it
    Bytes,         ///< opaque
    SchemaIdOnly,  ///< Confluent wire format, Avro or Protobuf: recognised, not yet readable
    SchemaIdJson,  ///< Confluent wire format with JSON behind the id
};

/// A decoded record with all that a person may ask about it; owns its bytes. Made for one event at a time (details, CLI);
/// the ingest path and replay use views.
struct Event {
    EventId id;
    Position position;
    std::vector<EntityKey> entities;  ///< the first is the primary one; empty: belongs to no entity
    std::string type;
    EventKind kind = EventKind::Plain;
    Timestamp time;                         ///< event time, by the mapping
    std::optional<Timestamp> brokerTime;    ///< create or log-append time
    std::optional<Timestamp> databaseTime;  ///< commit time of a CDC event
    TimestampKind brokerTimeKind = TimestampKind::None;
    SourceOrder order;
    Wire wire = Wire::None;
    std::string decodedAs;  ///< "JSON", "JSON · Debezium", "schema id 14: needs a registry", …
    std::optional<std::string> key;
    std::optional<std::string> value;
    std::vector<std::pair<std::string, std::optional<std::string>>> headers;
    std::string payload;  ///< JSON text, bytes as they came; empty where there is none
    std::optional<std::string> domainVersion;
    std::optional<std::string> correlation;
    std::optional<std::string> causation;
    std::string transaction;              ///< of a CDC event, "" where unknown
    std::optional<EntityKey> linkedTo;    ///< a key change: the id under which the row lives on
    std::optional<EntityKey> linkedFrom;  ///< a key change: the id that the row had before
    std::string reject;                   ///< not empty: a reject, with its reason
};

}  // namespace hindcast
