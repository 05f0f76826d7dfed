#include "core/decode/guess.h"

#include "core/decode/decoder.h"
#include "core/decode/field.h"
#include "core/decode/guess_choose.h"
#include "core/event/own_headers.h"

#include <array>

namespace hindcast::decode {

namespace {

std::string counted(std::size_t count, std::size_t of)
{
    return std::to_string(count) + " of " + std::to_string(of) + " records";
}

FieldSource constant(std::string text)
{
    FieldSource source;
    source.constant = std::move(text);
    return source;
}

EntityRule ruleFrom(const EntityChoice& choice)
{
    EntityRule rule;
    rule.category = choice.category != nullptr ? choice.category->source : constant(choice.noun);
    rule.id.push_back(choice.id->source);
    return rule;
}

/// What is not plain JSON needs no rules: the envelope, the key or the format says it all.
bool guessOthers(const SampleFacts& facts, Guess& guess)
{
    const auto say = [&](std::string sentence) { guess.reasons.push_back(std::move(sentence)); };
    if (facts.values() == 0) {
        say(facts.records == 0 ? "no records to look at: the key is the id and the topic the category"
                               : "only tombstones: the key is the id and the topic the category");
        return true;
    }
    if (facts.changes + facts.markers > 0) {
        if (facts.objects == 0) {
            guess.mapping.envelope = Envelope::Debezium;
            say("envelope: Debezium, " + counted(facts.changes, facts.values()) + " are changes of rows" +
                (facts.markers > 0 ? ", " + std::to_string(facts.markers) + " are heartbeats or markers" : ""));
            return true;
        }
        say("envelope: decided for each record, " + counted(facts.changes + facts.markers, facts.values()) + " are Debezium's");
    } else if (facts.objects > 0) {
        guess.mapping.envelope = Envelope::Plain;
        say("envelope: plain, no record has Debezium's op and source");
    }
    if (facts.objects > 0) return false;
    if (facts.schemaIds > 0)
        say("value: Avro or Protobuf behind schema id " + std::to_string(facts.schemaId) +
            ", needs a registry; until then the key is the id and the topic the category");
    else if (facts.compressed > 0)
        say("value: compressed bytes; the key is the id and the topic the category");
    else if (facts.otherJson > 0)
        say("value: JSON without members; the key is the id and the topic the category");
    else if (facts.text > 0) {
        guess.mapping.format = ValueFormat::Text;
        say("value: text, none of " + std::to_string(facts.values()) + " records is JSON");
    } else {
        guess.mapping.format = ValueFormat::Bytes;
        say("value: bytes of a format that is not known here");
    }
    return true;
}

/// Records that we wrote ourselves say in their headers what they are.
bool guessOwn(std::span<const RawRecord> samples, std::span<const Header> headers, Guess& guess)
{
    for (const RawRecord& record : samples)
        for (const std::string_view name : kOwnHeaders)
            if (headerNamed(headersOf(record, headers), name) == nullptr) return false;
    if (samples.empty()) return false;
    const auto header = [](std::string_view name) {
        FieldSource source;
        source.from = FieldSource::From::Header;
        source.name = name;
        return source;
    };
    EntityRule& rule = guess.mapping.entities.emplace_back();
    rule.category = header(kOwnCategory);
    rule.id.push_back(header(kOwnId));
    guess.mapping.type = header(kOwnType);
    guess.mapping.time.emplace();
    guess.mapping.time->source = header(kOwnTime);
    guess.mapping.time->unit = TimeUnit::Iso;
    guess.reasons.emplace_back(
        "entity, type and time: each record says so in its headers (a branch or a reproducer of Hindcast's)");
    return true;
}

}  // namespace

Guess guessMapping(std::string_view topic, std::span<const RawRecord> samples, std::span<const Header> headers)
{
    Guess guess;
    guess.mapping.topic = topic;
    const SampleFacts facts = countSamples(topic, samples, headers);
    const bool isOther = guessOthers(facts, guess);
    if (guessOwn(samples, headers, guess) || isOther) return guess;
    const auto say = [&](std::string sentence) { guess.reasons.push_back(std::move(sentence)); };
    Mapping& mapping = guess.mapping;
    const std::size_t broken = facts.text + facts.bytes;
    if (broken > 0) say("value: JSON; " + counted(broken, facts.values()) + " cannot be read as such");

    const Trait* type = chooseType(facts);
    if (type != nullptr) {
        mapping.type = type->source;
        say("type: " + type->label + ", " + std::to_string(type->distinct) + (type->distinct == 1 ? " value" : " values") +
            " in " + std::to_string(type->present) + " records");
    } else {
        say("type: no member sorts the records into a few kinds, so all are called \"event\"");
    }
    const auto time = chooseTime(facts);
    if (time) {
        mapping.time.emplace();
        mapping.time->source = time->trait->source;
        mapping.time->unit = time->unit;
        say("time: " + time->trait->label +
            (time->unit == TimeUnit::Iso ? ", ISO 8601" : ", an epoch in " + std::string(nameOf(time->unit))) + " in " +
            std::to_string(time->readable) + " records" +
            (time->readable < time->trait->present
                 ? "; not readable in " + std::to_string(time->trait->present - time->readable) + ", which get the broker's"
                 : ""));
    } else {
        say("time: the broker's, no member holds a time in nearly every record");
    }
    if (const auto entity = chooseEntity(facts, topic, type, time ? time->trait : nullptr)) {
        mapping.entities.push_back(ruleFrom(*entity));
        say(entity->why + "; category " +
            (entity->category != nullptr ? "from " + entity->category->label : "\"" + entity->noun + "\""));
        for (const EntityChoice& further : chooseFurther(facts, *entity, type)) {
            mapping.entities.push_back(ruleFrom(further));
            say(further.why);
        }
    } else {
        say(facts.key.present > 0 ? "entity: no member looks like an id, so the message key names it where there is one"
                                  : "entity: no key, and no member looks like an id, so the records belong to no entity");
    }
    static constexpr std::array<std::string_view, 7> kCorrelation{"correlationid", "correlation", "xcorrelationid", "traceid",
                                                                  "traceparent",   "xb3traceid",  "xrequestid"};
    static constexpr std::array<std::string_view, 3> kCausation{"causationid", "causation", "xcausationid"};
    if (const Trait* trait = chooseByName(facts, kCorrelation)) {
        mapping.correlation = trait->source;
        say("correlation: " + trait->label);
    }
    if (const Trait* trait = chooseByName(facts, kCausation)) {
        mapping.causation = trait->source;
        say("causation: " + trait->label);
    }
    return guess;
}

}  // namespace hindcast::decode
