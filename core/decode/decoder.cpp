#include "core/decode/decoder.h"

#include "core/decode/envelope_debezium.h"
#include "core/decode/envelope_plain.h"
#include "core/decode/wire.h"
#include "core/event/json.h"

namespace hindcast::decode {

struct Decoder::Impl {
    Impl(Mapping given, std::string name)
        : mapping(std::move(given)), topic(std::move(name)), debezium(value, topic), fields(mapping, key, value)
    {
    }

    void decode(const RawRecord& record, std::span<const Header> headers, EventFacts& facts);
    void decodeValue(std::string_view bytes, RecordView& view, EventFacts& facts);
    void decodeJson(RecordView& view, EventFacts& facts);
    void decodeText(std::string_view bytes, RecordView& view, EventFacts& facts);
    void unreadable(Wire wire, std::string_view word, const RecordView& view, EventFacts& facts);
    void tombstone(const RecordView& view, EventFacts& facts);
    void reject(std::string_view reason, const RecordView& view, EventFacts& facts);
    void entityWithoutValue(const RecordView& view, EventFacts& facts);

    Mapping mapping;
    std::string topic;
    KeptBytes arena;
    KeyReader key;
    ValueReader value;
    DebeziumEnvelope debezium;
    MappedFields fields;
    std::string quoted;  // the payload made of a text value
    EventFacts replayed;
};

/// On a topic of Debezium's the table that it told last is what a key belongs to; elsewhere the mapping says. Where each record
/// tells its envelope, the mapping's rules are for those that have none: a row keeps the identity that the database gave it.
void Decoder::Impl::entityWithoutValue(const RecordView& view, EventFacts& facts)
{
    const bool rows =
        mapping.envelope == Envelope::Debezium || (mapping.envelope == Envelope::Auto && !debezium.table().category.empty());
    if (rows && (mapping.envelope == Envelope::Auto || !fields.hasEntities()))
        debezium.entityFromKey(view, facts);
    else
        fields.entities(view, facts);
}

void Decoder::Impl::reject(std::string_view reason, const RecordView& view, EventFacts& facts)
{
    facts.type = "reject";
    facts.reject = reason;
    facts.wire = Wire::Bytes;
    facts.decodedAs = "reject";
    entityWithoutValue(view, facts);
}

void Decoder::Impl::tombstone(const RecordView& view, EventFacts& facts)
{
    facts.kind = EventKind::Tombstone;
    facts.type = "tombstone";
    facts.wire = Wire::None;
    facts.decodedAs = "tombstone";
    entityWithoutValue(view, facts);
}

void Decoder::Impl::unreadable(Wire wire, std::string_view word, const RecordView& view, EventFacts& facts)
{
    facts.wire = wire;
    facts.decodedAs = word;
    facts.type = "event";
    entityWithoutValue(view, facts);
    fields.fields(view, facts);
}

void Decoder::Impl::decodeText(std::string_view bytes, RecordView& view, EventFacts& facts)
{
    if (!isUtf8(bytes)) {
        unreadable(Wire::Bytes, "bytes: the text is not UTF-8", view, facts);
        return;
    }
    facts.wire = Wire::Text;
    facts.decodedAs = "text";
    facts.type = "event";
    quoted.clear();
    appendText(quoted, Json(std::string(bytes)));
    facts.payload = quoted;
    view.text = bytes;
    fields.entities(view, facts);
    fields.fields(view, facts);
}

void Decoder::Impl::decodeJson(RecordView& view, EventFacts& facts)
{
    view.json = &value;
    if (mapping.envelope == Envelope::Plain) {
        if (value.looksWrapped() && value.schemaIsConnects()) value.setWrapped(true);
    } else if (const auto shape = debezium.recognise(mapping.envelope == Envelope::Debezium); shape != DebeziumShape::None) {
        debezium.decode(shape, view, facts);
        if (shape != DebeziumShape::Change) return;
        if (mapping.envelope == Envelope::Debezium && fields.hasEntities() && facts.kind != EventKind::Message) {
            facts.entities.clear();
            fields.entities(view, facts);
        }
        fields.fields(view, facts);
        return;
    }
    // Connect's way of deleting with schemas on: the wrapper is there, what it wraps is null.
    if (value.wrapped() && value.payload().is(JsonKind::Null)) {
        view.json = nullptr;
        tombstone(view, facts);
        facts.decodedAs = "tombstone in a schema wrapper";
        return;
    }
    facts.payload = value.payload().raw;
    facts.type = "event";
    fields.entities(view, facts);
    fields.fields(view, facts);
}

void Decoder::Impl::decodeValue(std::string_view bytes, RecordView& view, EventFacts& facts)
{
    if (const auto wire = schemaWire(bytes)) {
        const std::string schema = "schema id " + std::to_string(wire->schemaId);
        if (!value.read(wire->datum)) {
            unreadable(Wire::SchemaIdOnly, "Avro or Protobuf, " + schema + ": needs a registry", view, facts);
            return;
        }
        facts.wire = Wire::SchemaIdJson;
        facts.decodedAs = "JSON, " + schema;
        decodeJson(view, facts);
        return;
    }
    if (const std::string_view codec = compressionOf(bytes); !codec.empty()) {
        unreadable(Wire::Bytes, "compressed bytes (" + std::string(codec) + ")", view, facts);
        return;
    }
    if (bytes.empty()) {
        reject("not JSON: the value is empty", view, facts);
        return;
    }
    if (!value.read(bytes)) {
        reject(value.reason(), view, facts);
        return;
    }
    facts.wire = Wire::Json;
    facts.decodedAs = "JSON";
    decodeJson(view, facts);
}

void Decoder::Impl::decode(const RawRecord& record, std::span<const Header> headers, EventFacts& facts)
{
    facts.clear();
    arena.clear();
    key.read(record.key);
    RecordView view;
    view.topic = topic;
    view.headers = headers;
    view.key = &key;
    view.arena = &arena;
    facts.timeIsBrokers = true;
    const bool outOfRange = record.timestamp == Timestamp::max() || record.timestamp == Timestamp::min();
    if (record.timestampKind != TimestampKind::None && !outOfRange) facts.time = record.timestamp;

    if (!record.defect.empty()) {
        reject(record.defect, view, facts);
    } else if (!record.value) {
        tombstone(view, facts);
    } else {
        switch (mapping.format) {
            case ValueFormat::Bytes: unreadable(Wire::Bytes, "bytes", view, facts); break;
            case ValueFormat::Text: decodeText(*record.value, view, facts); break;
            case ValueFormat::Auto:
            case ValueFormat::Json: decodeValue(*record.value, view, facts); break;
        }
    }
    if (record.timestampKind != TimestampKind::None && outOfRange) facts.decodedAs += " · the broker's time is out of range";
}

namespace {

/// An object that cannot be Connect's wrapper, since that begins with "schema" or "payload".
bool isItsOwnPayload(std::string_view value)
{
    if (!value.starts_with('{')) return false;
    const auto first = value.find_first_not_of(" \t\r\n", 1);
    if (first == std::string_view::npos) return false;
    const std::string_view member = value.substr(first);
    if (member.starts_with("\"schema\"") || member.starts_with("\"payload\"")) return false;
    return member.substr(0, member.find('"', 1)).find('\\') == std::string_view::npos;  // an escaped name may be either
}

}  // namespace

std::span<const Header> headersOf(const RawRecord& record, std::span<const Header> headers)
{
    if (headers.size() == record.headerCount) return headers;
    if (record.firstHeader > headers.size() || record.headerCount > headers.size() - record.firstHeader) return {};
    return headers.subspan(record.firstHeader, record.headerCount);
}

Decoder::Decoder(Mapping mapping, std::string topic) : impl_(std::make_unique<Impl>(std::move(mapping), std::move(topic))) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

void Decoder::decode(const RawRecord& record, std::span<const Header> headers, EventFacts& facts)
{
    impl_->decode(record, headersOf(record, headers), facts);
}

std::string_view Decoder::payload(const RawRecord& record, std::span<const Header> headers)
{
    const ValueFormat format = impl_->mapping.format;
    const bool json = format == ValueFormat::Auto || format == ValueFormat::Json;
    if (json && record.defect.empty() && record.value && isItsOwnPayload(*record.value))
        return record.value->substr(0, record.value->find_last_of('}') + 1);
    decode(record, headers, impl_->replayed);
    return impl_->replayed.reject.empty() ? impl_->replayed.payload : std::string_view{};
}

const Decoder::Table& Decoder::table() const { return impl_->debezium.table(); }
void Decoder::setTable(Table table) { impl_->debezium.setTable(std::move(table)); }
const Mapping& Decoder::mapping() const { return impl_->mapping; }

}  // namespace hindcast::decode
