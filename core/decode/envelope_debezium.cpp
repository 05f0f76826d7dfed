#include "core/decode/envelope_debezium.h"

#include "core/decode/json_text.h"
#include "core/decode/source_order.h"

#include <charconv>

namespace hindcast::decode {

DebeziumEnvelope::DebeziumEnvelope(ValueReader& value, std::string_view topic)
    : value_(value),
      heartbeatTopic_(topic.starts_with("__debezium-heartbeat.")),
      transactionTopic_(topic.ends_with(".transaction"))
{
    const Place root = value.root();
    const auto member = [&](std::string_view name) { return value.want(root, name); };
    op_ = member("op");
    source_ = member("source");
    transaction_ = member("transaction");
    transactionId_ = value.want(transaction_, "id");
    ms_ = member("ts_ms");
    us_ = member("ts_us");
    ns_ = member("ts_ns");
    status_ = member("status");
    id_ = member("id");
    collections_ = member("data_collections");
    ddl_ = member("ddl");
    tableChanges_ = member("tableChanges");
    databaseName_ = member("databaseName");
    const auto ofSource = [&](std::string_view name) { return value.want(source_, name); };
    connector_ = ofSource("connector");
    name_ = ofSource("name");
    db_ = ofSource("db");
    schema_ = ofSource("schema");
    tableName_ = ofSource("table");
    collection_ = ofSource("collection");
    keyspace_ = ofSource("keyspace");
    txId_ = ofSource("txId");
    sequence_ = ofSource("sequence");
    file_ = ofSource("file");
    pos_ = ofSource("pos");
    row_ = ofSource("row");
    commitLsn_ = ofSource("commit_lsn");
    changeLsn_ = ofSource("change_lsn");
    eventSerial_ = ofSource("event_serial_no");
    commitScn_ = ofSource("commit_scn");
    scn_ = ofSource("scn");
    sourceMs_ = ofSource("ts_ms");
    sourceUs_ = ofSource("ts_us");
    sourceNs_ = ofSource("ts_ns");
}

namespace {

struct Operation {
    std::string_view type;
    EventKind kind;
};

/// Null type where the letter is none of Debezium's.
Operation operationOf(const JsonValue& op)
{
    if (!op.is(JsonKind::String) || op.raw.size() != 3) return {{}, EventKind::Plain};
    switch (op.raw[1]) {
        case 'c': return {"create", EventKind::Create};
        case 'u': return {"update", EventKind::Update};
        case 'd': return {"delete", EventKind::Delete};
        case 'r': return {"snapshot", EventKind::Snapshot};
        case 't': return {"truncate", EventKind::Truncate};
        case 'm': return {"message", EventKind::Message};
        default: return {{}, EventKind::Plain};
    }
}

/// A whole number; Debezium's own examples hold them as text too.
std::optional<std::int64_t> integerOf(const JsonValue& value)
{
    if (!value.is(JsonKind::Number) && !value.is(JsonKind::String)) return std::nullopt;
    const std::string_view text = value.is(JsonKind::String) ? value.inner() : value.raw;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return number;
}

constexpr std::int64_t floorDivide(std::int64_t number, std::int64_t by) { return number / by - (number % by < 0 ? 1 : 0); }

/// The transaction that a marker's id names as the events name it: PostgreSQL's markers read `txId:LSN`, its events hold txId.
std::string_view markerTransaction(std::string_view id)
{
    const std::size_t colon = id.find(':');
    if (colon == std::string_view::npos) return id;
    const bool numbers = unsignedFrom(id.substr(0, colon)) && unsignedFrom(id.substr(colon + 1));
    return numbers ? id.substr(0, colon) : id;
}

}  // namespace

bool DebeziumEnvelope::isChange(bool wrapped, bool sure) const
{
    const auto look = [&](const Place& place) -> const JsonValue& {
        return wrapped ? value_.wrappedAt(place) : value_.bareAt(place);
    };
    const JsonValue& op = look(op_);
    if (!op.is(JsonKind::String) || !look(source_).is(JsonKind::Object)) return false;
    return sure || !operationOf(op).type.empty();
}

DebeziumShape DebeziumEnvelope::recognise(bool sure)
{
    if (isChange(false, sure)) return DebeziumShape::Change;
    if ((value_.looksWrapped() || value_.looksWrappedWithoutSchema()) && isChange(true, sure)) {
        value_.setWrapped(true);
        return DebeziumShape::Change;
    }
    if (value_.looksWrapped() && value_.schemaIsConnects()) value_.setWrapped(true);
    const JsonValue& payload = value_.payload();
    if (!payload.is(JsonKind::Object)) return DebeziumShape::None;
    if (heartbeatTopic_ || (payload.count == 1 && value_.at(ms_).is(JsonKind::Number))) return DebeziumShape::Heartbeat;
    const JsonValue& status = value_.at(status_);
    if (status.is(JsonKind::String) && (status.inner() == "BEGIN" || status.inner() == "END") && !value_.at(id_).missing() &&
        (transactionTopic_ || !value_.at(collections_).missing()))
        return DebeziumShape::Transaction;
    if (!value_.at(ddl_).missing() && (!value_.at(tableChanges_).missing() || !value_.at(databaseName_).missing()))
        return DebeziumShape::SchemaChange;
    return DebeziumShape::None;
}

std::string_view DebeziumEnvelope::text(const Place& place, const RecordView& record) const
{
    return textOf(value_.at(place), *record.arena);
}

/// Milliseconds, made finer where the finer members tell the same millisecond. Empty where 0, missing or out of range.
std::optional<Timestamp> DebeziumEnvelope::timeAt(const Place& ms, const Place& us, const Place& ns) const
{
    constexpr std::int64_t kLimit = INT64_MAX / 1'000'000;
    const auto milliseconds = integerOf(value_.at(ms));
    if (!milliseconds || *milliseconds == 0 || *milliseconds > kLimit || *milliseconds < -kLimit) return std::nullopt;
    if (const auto fine = integerOf(value_.at(ns)); fine && floorDivide(*fine, 1'000'000) == *milliseconds)
        return Timestamp{*fine};
    if (const auto fine = integerOf(value_.at(us)); fine && floorDivide(*fine, 1'000) == *milliseconds) {
        if (*fine < INT64_MAX / 1'000 && *fine > INT64_MIN / 1'000) return Timestamp::fromMicroseconds(*fine);
    }
    return Timestamp::fromMilliseconds(*milliseconds);
}

SourceOrder DebeziumEnvelope::order() const
{
    // Raw texts are enough here: none of these holds an escape, but for the sequence's quotes, which its reader steps over.
    const auto raw = [&](const Place& place) {
        const JsonValue& value = value_.at(place);
        if (value.missing() || value.is(JsonKind::Null)) return std::string_view();
        return value.is(JsonKind::String) ? value.inner() : value.raw;
    };
    return sourceOrder({.connector = raw(connector_),
                        .sequence = raw(sequence_),
                        .file = raw(file_),
                        .pos = raw(pos_),
                        .row = raw(row_),
                        .commitLsn = raw(commitLsn_),
                        .changeLsn = raw(changeLsn_),
                        .eventSerial = raw(eventSerial_),
                        .commitScn = raw(commitScn_),
                        .scn = raw(scn_)});
}

void DebeziumEnvelope::rememberTable(const RecordView& record)
{
    std::string_view space = text(schema_, record);
    if (space.empty()) space = text(db_, record);
    if (space.empty()) space = text(keyspace_, record);
    std::string_view name = text(tableName_, record);
    if (name.empty()) name = text(collection_, record);
    const std::string_view server = text(name_, record);
    if (table_.server != server) table_.server = server;
    std::string& category = table_.category;
    if (name.empty()) {
        category = record.topic;
        return;
    }
    if (space.empty()) {
        category = name;
        return;
    }
    const bool same = category.size() == space.size() + 1 + name.size() && category.starts_with(space) &&
                      category.ends_with(name) && category[space.size()] == '.';
    if (same) return;
    category = space;
    category += '.';
    category += name;
}

void DebeziumEnvelope::link(const RecordView& record, EventFacts& facts)
{
    const bool dies = facts.kind == EventKind::Delete;
    const Header* header = headerNamed(record.headers, dies ? "__debezium.newkey" : "__debezium.oldkey");
    if (header == nullptr) return;
    linked_.read(header->value);
    const std::string_view id = linked_.id(*record.arena);
    if (id.empty()) return;
    (dies ? facts.linkedTo : facts.linkedFrom) = EntityRef{table_.server, table_.category, id};
}

void DebeziumEnvelope::decodeChange(const RecordView& record, EventFacts& facts)
{
    const Operation operation = operationOf(value_.at(op_));
    facts.kind = operation.kind;
    facts.type = operation.type.empty() ? text(op_, record) : operation.type;
    facts.databaseTime = timeAt(sourceMs_, sourceUs_, sourceNs_);
    auto time = facts.databaseTime;
    if (!time) time = timeAt(ms_, us_, ns_);
    if (time) {
        facts.time = *time;
        facts.timeIsBrokers = false;
    }
    facts.order = order();
    facts.transaction = text(txId_, record);
    if (facts.transaction.empty()) facts.transaction = text(transactionId_, record);
    if (facts.kind == EventKind::Message) return;

    rememberTable(record);
    std::string_view id = facts.kind == EventKind::Truncate ? std::string_view() : record.key->id(*record.arena);
    if (id.empty()) id = "*";
    facts.entities.push_back({table_.server, table_.category, id});
    if (facts.kind == EventKind::Create || facts.kind == EventKind::Delete) link(record, facts);
}

void DebeziumEnvelope::decode(DebeziumShape shape, const RecordView& record, EventFacts& facts)
{
    facts.payload = value_.payload().raw;
    switch (shape) {
        case DebeziumShape::Change:
            facts.decodedAs += " · Debezium";
            decodeChange(record, facts);
            return;
        case DebeziumShape::Transaction:
            facts.type = value_.at(status_).inner() == "BEGIN" ? "transaction BEGIN" : "transaction END";
            facts.decodedAs += " · Debezium transaction marker";
            facts.transaction = markerTransaction(text(id_, record));
            break;
        case DebeziumShape::Heartbeat:
            facts.type = "heartbeat";
            facts.decodedAs += " · Debezium heartbeat";
            break;
        case DebeziumShape::SchemaChange:
            facts.type = "schema change";
            facts.decodedAs += " · Debezium schema change";
            facts.databaseTime = timeAt(sourceMs_, sourceUs_, sourceNs_);
            facts.order = order();
            break;
        case DebeziumShape::None: return;
    }
    auto time = facts.databaseTime;
    if (!time) time = timeAt(ms_, us_, ns_);
    if (time) {
        facts.time = *time;
        facts.timeIsBrokers = false;
    }
}

void DebeziumEnvelope::entityFromKey(const RecordView& record, EventFacts& facts) const
{
    const std::string_view id = record.key->id(*record.arena);
    if (id.empty()) return;
    if (table_.category.empty())
        facts.entities.push_back({{}, record.topic, id});
    else
        facts.entities.push_back({table_.server, table_.category, id});
}

}  // namespace hindcast::decode
