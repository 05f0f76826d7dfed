#include "core/decode/decoder.h"

namespace hindcast::decode {

namespace {

std::optional<std::string> owned(const std::optional<std::string_view>& text)
{
    return text ? std::optional<std::string>(*text) : std::nullopt;
}

std::optional<std::string> ownedUnlessEmpty(std::string_view text)
{
    return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

EntityKey owned(const EntityRef& entity) { return {std::string(entity.category), std::string(entity.id)}; }

std::optional<EntityKey> owned(const std::optional<EntityRef>& entity)
{
    return entity ? std::optional<EntityKey>(owned(*entity)) : std::nullopt;
}

}  // namespace

Event describe(Decoder& decoder, const RawRecord& record, std::span<const Header> headers)
{
    EventFacts facts;
    decoder.decode(record, headers, facts);
    Event event;
    for (const EntityRef& entity : facts.entities) event.entities.push_back(owned(entity));
    event.type = facts.type;
    event.kind = facts.kind;
    event.time = facts.time;
    event.brokerTimeKind = record.timestampKind;
    if (record.timestampKind != TimestampKind::None) event.brokerTime = record.timestamp;
    event.databaseTime = facts.databaseTime;
    event.order = facts.order;
    event.wire = facts.wire;
    event.decodedAs = std::move(facts.decodedAs);
    event.key = owned(record.key);
    event.value = owned(record.value);
    for (const Header& header : headersOf(record, headers)) event.headers.emplace_back(header.name, owned(header.value));
    event.payload = facts.payload;
    event.domainVersion = ownedUnlessEmpty(facts.domainVersion);
    event.correlation = ownedUnlessEmpty(facts.correlation);
    event.causation = ownedUnlessEmpty(facts.causation);
    event.transaction = facts.transaction;
    event.linkedTo = owned(facts.linkedTo);
    event.linkedFrom = owned(facts.linkedFrom);
    event.reject = std::move(facts.reject);
    return event;
}

}  // namespace hindcast::decode
