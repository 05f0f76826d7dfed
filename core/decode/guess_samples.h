#pragma once
#include "core/decode/field.h"
#include "core/event/pointer.h"
#include "core/event/record.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::decode {

/// Lower case, letters and digits only: "event_type", "eventType" and "Event Type" are one name.
[[nodiscard]] std::string plainName(std::string_view name);
/// The words of a name, lower case: "user_id", "userID" and "User ID" are {user, id}; "OrderPlaced" is {order, placed}.
[[nodiscard]] std::vector<std::string> wordsOf(std::string_view name);
/// "orders" → "order", "categories" → "category", "boxes" → "box"; "status" and "address" stay.
[[nodiscard]] std::string singular(std::string_view word);
/// What the topic's records are about: "shop.orders.v1" → "order", "user-events" → "user".
[[nodiscard]] std::string topicNoun(std::string_view topic);

/// Something that the records of a sample carry, with its text in each of them.
struct Trait {
    FieldSource source;
    std::string label;  ///< "/order_id", "header ce_type", "the message key"
    std::string plain;  ///< plainName of the member or header
    std::vector<std::string> words;
    std::vector<std::optional<std::string>> texts;  ///< one a record; empty where it is absent, null or a container
    std::size_t present = 0;
    std::size_t strings = 0;
    std::size_t integers = 0;
    std::size_t distinct = 0;
    std::size_t longest = 0;
    bool top = true;  ///< a top-level member, no header and not inside of data, payload, metadata …
};

/// What a sample of one topic's records holds, counted.
struct SampleFacts {
    std::size_t records = 0;
    std::size_t tombstones = 0;
    std::size_t objects = 0;     ///< plain JSON objects: what a mapping is guessed from
    std::size_t otherJson = 0;   ///< JSON, but no object
    std::size_t changes = 0;     ///< Debezium envelopes
    std::size_t markers = 0;     ///< Debezium's heartbeats, transaction markers, schema changes
    std::size_t schemaIds = 0;   ///< behind a schema id, not readable
    std::uint32_t schemaId = 0;  ///< the first of them
    std::size_t compressed = 0;
    std::size_t text = 0;
    std::size_t bytes = 0;
    Trait key;                   ///< of the plain objects' records
    std::vector<Trait> members;  ///< in the order in which they were first met
    std::vector<Trait> headers;

    [[nodiscard]] std::size_t values() const { return records - tombstones; }
};

[[nodiscard]] SampleFacts countSamples(std::string_view topic, std::span<const RawRecord> samples,
                                       std::span<const Header> headers);

}  // namespace hindcast::decode
