#pragma once
#include "core/event/error.h"
#include "core/event/json.h"
#include "core/event/pointer.h"
#include "core/event/time.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::decode {

enum class Envelope : std::uint8_t { Auto, Plain, Debezium };
enum class ValueFormat : std::uint8_t { Auto, Json, Text, Bytes };

/// Where one text comes from. JSON: {"from":"value","at":"/order_id"}, {"from":"header","name":"ce_type"}, {"from":"key"},
/// {"from":"key","at":"/id"} (a key that is JSON), {"from":"topic"}, {"const":"user"}; then optionally "split" ({"by":"-","take":1};
/// take counts from 0, negative from the end) and "regex" (ECMAScript, first group, else the whole match).
struct FieldSource {
    enum class From : std::uint8_t { Key, Value, Header, Topic, State, Const };
    From from = From::Const;
    Pointer at;
    std::string name;  ///< of the header
    std::string constant;
    std::string splitBy;  ///< empty: no split
    int splitTake = 0;
    std::string regex;  ///< empty: none

    bool operator==(const FieldSource&) const = default;
};

struct EntityRule {
    std::optional<FieldSource> category;  ///< absent: the topic
    std::vector<FieldSource> id;          ///< more than one: a composite id
    bool operator==(const EntityRule&) const = default;
};

struct TimeRule {
    FieldSource source;
    TimeUnit unit = TimeUnit::Auto;
    int zoneOffsetMinutes = 0;  ///< for text without a zone; JSON "zone": "UTC" or "+01:00"
    bool operator==(const TimeRule&) const = default;
};

/// How the records of a topic become events (contracts 3, "The mapping file"). A value: copy freely.
struct Mapping {
    std::string topic;  ///< a name, or a pattern with `*`
    Envelope envelope = Envelope::Auto;
    ValueFormat format = ValueFormat::Auto;
    std::vector<EntityRule>
        entities;  ///< the first is primary. Empty: the key is the id, the topic the category; no key: no entity
    std::optional<FieldSource> type;
    std::optional<TimeRule> time;
    std::optional<FieldSource> version;
    std::optional<FieldSource> correlation;
    std::optional<FieldSource> causation;
    std::optional<FieldSource> name;  ///< display name, usually from the state

    bool operator==(const Mapping&) const = default;
};

/// Reads a mapping file: one object, or an array of them. The error names the topic and the member that is wrong.
[[nodiscard]] Result<std::vector<Mapping>> mappingsFromJson(const Json& json);
[[nodiscard]] Result<std::vector<Mapping>> mappingsFromFile(const std::string& path);
[[nodiscard]] Json toJson(const Mapping& mapping);
/// The JSON Schema of the mapping file.
[[nodiscard]] const char* mappingSchema();

/// The first mapping whose topic is this one, else the first whose pattern matches it; null where none does.
[[nodiscard]] const Mapping* mappingFor(const std::vector<Mapping>& mappings, std::string_view topic);
[[nodiscard]] bool topicMatches(std::string_view pattern, std::string_view topic);

}  // namespace hindcast::decode
