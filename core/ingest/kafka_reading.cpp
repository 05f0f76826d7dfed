#include "core/ingest/kafka_reading.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace hindcast::ingest {

namespace {

using From = source::KafkaStart::Kind;
using Until = source::KafkaUntil::Kind;

constexpr std::array<std::pair<From, const char*>, 5> kFrom{{{From::Earliest, "earliest"},
                                                             {From::Latest, "latest"},
                                                             {From::Offset, "offset"},
                                                             {From::Time, "time"},
                                                             {From::LastRecords, "last records"}}};
constexpr std::array<std::pair<Until, const char*>, 3> kUntil{
    {{Until::CapturedEnd, "end"}, {Until::Time, "time"}, {Until::Never, "never"}}};

template <typename Table, typename Kind>
std::string nameIn(const Table& table, Kind kind)
{
    return std::ranges::find(table, kind, [](const auto& one) { return one.first; })->second;
}

template <typename Table, typename Kind>
void takeKind(const Table& table, const std::string& name, Kind& kind)
{
    for (const auto& [one, text] : table)
        if (name == text) kind = one;
}

std::string textAt(const Json& object, const char* name)
{
    if (!object.is_object()) return {};
    const auto at = object.find(name);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::optional<std::int64_t> numberAt(const Json& object, const char* name)
{
    if (!object.is_object()) return {};
    const auto at = object.find(name);
    return at != object.end() && at->is_number_integer() ? std::optional(at->get<std::int64_t>()) : std::nullopt;
}

std::optional<std::uint64_t> amountAt(const Json& object, const char* name)
{
    const auto number = numberAt(object, name);
    return number && *number > 0 ? std::optional(static_cast<std::uint64_t>(*number)) : std::nullopt;
}

bool flagAt(const Json& object, const char* name)
{
    if (!object.is_object()) return false;
    const auto at = object.find(name);
    return at != object.end() && at->is_boolean() && at->get<bool>();
}

std::vector<std::string> textsAt(const Json& object, const char* name)
{
    std::vector<std::string> texts;
    const auto at = object.find(name);
    if (at == object.end() || !at->is_array()) return texts;
    for (const Json& one : *at)
        if (one.is_string()) texts.push_back(one.get<std::string>());
    return texts;
}

/// "2 GB", "1.5 GB", "500 kB"
std::string sizeText(std::uint64_t bytes)
{
    static constexpr const char* kUnits[] = {"bytes", "kB", "MB", "GB", "TB"};
    double amount = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; amount >= 1000 && unit + 1 < std::size(kUnits); ++unit) amount /= 1000;
    std::string number = std::to_string(std::llround(amount * 10));  // in tenths
    const char tenth = number.back();
    number.pop_back();
    if (number.empty()) number = "0";
    return number + (tenth == '0' ? std::string() : std::string(".") + tenth) + " " + kUnits[unit];
}

void takeTime(const Json& object, Timestamp& time)
{
    if (const auto found = timestampFromIso(textAt(object, "time"))) time = *found;
}

}  // namespace

Json readingToJson(const KafkaReading& reading)
{
    const source::KafkaOptions& kafka = reading.kafka;
    Json json = Json::object();
    json["brokers"] = kafka.connection.brokers;
    json["cluster"] = reading.cluster;
    Json properties = Json::object();
    Json withheld = Json::array();
    for (const auto& [name, value] : kafka.connection.properties) {
        if (source::mayBeKept(name))
            properties[name] = value;
        else
            withheld.push_back(name);
    }
    for (const std::string& name : reading.withheld)
        if (!kafka.connection.properties.contains(name)) withheld.push_back(name);
    json["properties"] = std::move(properties);
    json["withheld"] = std::move(withheld);
    json["topics"] = Json::array();
    for (const std::string& topic : kafka.topics) json["topics"].push_back(topic);
    Json from = Json::object();
    from["kind"] = nameIn(kFrom, kafka.from.kind);
    if (kafka.from.kind == From::Time) from["time"] = toIso(kafka.from.time);
    if (kafka.from.kind == From::Offset || kafka.from.kind == From::LastRecords) from["number"] = kafka.from.offset;
    json["from"] = std::move(from);
    Json until = Json::object();
    until["kind"] = nameIn(kUntil, kafka.until.kind);
    if (kafka.until.kind == Until::Time) until["time"] = toIso(kafka.until.time);
    json["until"] = std::move(until);
    json["positions"] = Json::array();
    for (const source::Resume& one : kafka.positions) {
        Json place = Json::array();
        place.push_back(one.stream.topic);
        place.push_back(static_cast<std::int64_t>(one.stream.partition.value));
        place.push_back(one.next.value);
        json["positions"].push_back(std::move(place));
    }
    if (kafka.bytesPerSecond) json["bytesPerSecond"] = *kafka.bytesPerSecond;
    if (reading.diskLimit) json["diskLimit"] = *reading.diskLimit;
    if (reading.diskAllowance) json["diskAllowance"] = *reading.diskAllowance;
    if (kafka.readUncommitted) json["readUncommitted"] = true;
    json["timeoutMs"] = static_cast<std::int64_t>(kafka.connection.timeout.count());
    return json;
}

Json stoppedToJson(Timestamp at, bool complete, bool diskFull)
{
    Json json = Json::object();
    json["time"] = toIso(at);
    json["complete"] = complete;
    if (diskFull) json["diskFull"] = true;
    return json;
}

std::string diskLimitReached(std::uint64_t limit) { return "the disk limit of " + sizeText(limit) + " is reached"; }

Result<std::optional<KafkaReading>> savedReading(store::Reader& reader)
{
    auto saved = reader.setting(kReadingSetting);
    if (!saved) return std::unexpected(saved.error());
    auto stopped = reader.setting(kStoppedSetting);
    if (!stopped) return std::unexpected(stopped.error());
    if (!*saved || !(*saved)->is_object()) return std::optional<KafkaReading>{};
    const Json& json = **saved;
    KafkaReading out;
    source::KafkaOptions& kafka = out.kafka;
    kafka.connection.brokers = textAt(json, "brokers");
    kafka.topics = textsAt(json, "topics");
    if (kafka.connection.brokers.empty() || kafka.topics.empty()) return std::optional<KafkaReading>{};
    out.cluster = textAt(json, "cluster");
    out.withheld = textsAt(json, "withheld");
    if (const auto at = json.find("properties"); at != json.end() && at->is_object())
        for (const auto& [name, value] : at->items())
            if (source::mayBeKept(name) && value.is_string())
                kafka.connection.properties[name] = value.template get<std::string>();
    if (const auto at = json.find("from"); at != json.end() && at->is_object()) {
        takeKind(kFrom, textAt(*at, "kind"), kafka.from.kind);
        takeTime(*at, kafka.from.time);
        kafka.from.offset = std::max<std::int64_t>(numberAt(*at, "number").value_or(0), 0);
    }
    if (const auto at = json.find("until"); at != json.end() && at->is_object()) {
        takeKind(kUntil, textAt(*at, "kind"), kafka.until.kind);
        takeTime(*at, kafka.until.time);
    }
    if (const auto at = json.find("positions"); at != json.end() && at->is_array())
        for (const Json& one : *at) {
            const bool whole = one.is_array() && one.size() == 3 && one[0].is_string() && one[1].is_number_integer() &&
                               one[2].is_number_integer();
            if (!whole) continue;
            const auto partition = one[1].get<std::int64_t>();
            const auto next = one[2].get<std::int64_t>();
            if (partition < 0 || partition > INT32_MAX || next < 0) continue;
            kafka.positions.push_back(
                {{one[0].get<std::string>(), Partition{static_cast<std::int32_t>(partition)}}, Offset{next}});
        }
    kafka.positionsAreAll = !kafka.positions.empty();
    kafka.bytesPerSecond = amountAt(json, "bytesPerSecond");
    kafka.readUncommitted = flagAt(json, "readUncommitted");
    if (const auto timeout = amountAt(json, "timeoutMs"))
        kafka.connection.timeout = std::chrono::milliseconds(std::clamp<std::uint64_t>(*timeout, 100, 600'000));
    out.diskLimit = amountAt(json, "diskLimit");
    out.diskAllowance = amountAt(json, "diskAllowance");
    if (*stopped) {
        out.stopped = timestampFromIso(textAt(**stopped, "time"));
        out.complete = flagAt(**stopped, "complete");
        out.diskFull = flagAt(**stopped, "diskFull");
    }
    return std::optional(std::move(out));
}

}  // namespace hindcast::ingest
