#include "core/decode/envelope_plain.h"

#include <algorithm>

namespace hindcast::decode {

MappedFields::MappedFields(const Mapping& mapping, KeyReader& key, ValueReader& value)
{
    const auto field = [&](const std::optional<FieldSource>& source) {
        return source ? std::optional<Field>(std::in_place, *source, key, value) : std::nullopt;
    };
    for (const EntityRule& rule : mapping.entities) {
        Entity& entity = entities_.emplace_back();
        entity.category = field(rule.category);
        for (const FieldSource& source : rule.id) entity.id.emplace_back(source, key, value);
    }
    type_ = field(mapping.type);
    if (mapping.time) time_.emplace(Field(mapping.time->source, key, value), mapping.time->unit, mapping.time->zoneOffsetMinutes);
    version_ = field(mapping.version);
    correlation_ = field(mapping.correlation);
    causation_ = field(mapping.causation);
}

std::string_view MappedFields::category(const Entity& rule, const RecordView& record) const
{
    const std::string_view text = rule.category ? rule.category->read(record) : std::string_view();
    return text.empty() ? record.topic : text;
}

std::string_view MappedFields::id(const Entity& rule, const RecordView& record)
{
    if (rule.id.size() == 1) return rule.id.front().read(record);
    composite_.clear();
    for (const Field& part : rule.id) {
        const std::string_view text = part.read(record);
        if (text.empty()) return {};
        composite_.add(text);
    }
    return record.arena->keep(composite_.text());
}

void MappedFields::entities(const RecordView& record, EventFacts& facts)
{
    for (const Entity& rule : entities_) {
        const std::string_view id = this->id(rule, record);
        if (id.empty()) continue;
        const EntityRef entity{{}, category(rule, record), id};
        const bool twice = std::ranges::any_of(
            facts.entities, [&](const EntityRef& other) { return other.id == entity.id && other.category == entity.category; });
        if (!twice) facts.entities.push_back(entity);
    }
    if (!facts.entities.empty() || (!entities_.empty() && record.hasValue())) return;
    const std::string_view key = record.key->id(*record.arena);
    if (key.empty()) return;
    facts.entities.push_back({{}, entities_.empty() ? record.topic : category(entities_.front(), record), key});
}

std::optional<Timestamp> timeFromText(std::string_view text, TimeUnit unit, int zoneOffsetMinutes)
{
    if (unit == TimeUnit::Iso) return timestampFromIso(text, zoneOffsetMinutes);
    // "2025" alone is an epoch, "2025-11-04" is not: what an epoch parser refuses is tried as text.
    const auto epoch = timestampFromEpoch(text, unit);
    if (epoch || unit != TimeUnit::Auto) return epoch;
    return timestampFromIso(text, zoneOffsetMinutes);
}

void MappedFields::time(const RecordView& record, EventFacts& facts) const
{
    const std::string_view text = time_->field.read(record);
    if (text.empty()) return;
    if (const auto time = timeFromText(text, time_->unit, time_->zoneOffsetMinutes)) {
        facts.time = *time;
        facts.timeIsBrokers = false;
    } else {
        facts.decodedAs += " · time not readable: ";
        facts.decodedAs += text.substr(0, 40);
    }
}

void MappedFields::fields(const RecordView& record, EventFacts& facts) const
{
    const auto set = [&](const std::optional<Field>& field, std::string_view& into) {
        if (!field) return;
        if (const std::string_view text = field->read(record); !text.empty()) into = text;
    };
    set(type_, facts.type);
    if (time_) time(record, facts);
    set(version_, facts.domainVersion);
    set(correlation_, facts.correlation);
    set(causation_, facts.causation);
}

}  // namespace hindcast::decode
