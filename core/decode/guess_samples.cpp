#include "core/decode/guess_samples.h"

#include "core/decode/envelope_debezium.h"
#include "core/decode/json_text.h"
#include "core/decode/wire.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace hindcast::decode {

namespace {

constexpr std::size_t kMostTraits = 500;   // a map written as an object must not make a trait of each of its keys
constexpr std::size_t kLongestText = 300;  // longer texts are no ids, types or times

/// Members that hold the event proper or what is said about it, rather than a field of their own.
bool isContainerName(std::string_view plain)
{
    static constexpr std::array<std::string_view, 10> kNames{"data", "payload", "body",    "event",      "metadata",
                                                             "meta", "headers", "context", "attributes", "detail"};
    return std::ranges::find(kNames, plain) != kNames.end();
}

bool isInteger(std::string_view number) { return number.find_first_of(".eE") == std::string_view::npos; }

class Collector {
public:
    explicit Collector(std::vector<Trait>& traits) : traits_(traits) {}

    void add(const std::string& name, const FieldSource& source, std::size_t record, const JsonValue& value, bool top)
    {
        if (value.missing() || value.is(JsonKind::Null) || value.isContainer()) return;
        KeptBytes arena;
        Trait* trait = of(name, source, top);
        if (trait != nullptr) note(*trait, record, textOf(value, arena), value.kind);
    }
    Trait* of(const std::string& name, const FieldSource& source, bool top)
    {
        const std::string label = source.from == FieldSource::From::Header ? "header " + source.name : source.at.text();
        const auto [found, isNew] = index_.try_emplace(label, traits_.size());
        if (isNew) {
            if (traits_.size() >= kMostTraits) {
                index_.erase(found);
                return nullptr;
            }
            Trait& trait = traits_.emplace_back();
            trait.source = source;
            trait.label = label;
            trait.plain = plainName(name);
            trait.words = wordsOf(name);
            trait.top = top;
        }
        return &traits_[found->second];
    }
    static void note(Trait& trait, std::size_t record, std::string_view text, JsonKind kind)
    {
        trait.texts.resize(std::max(trait.texts.size(), record + 1));
        auto& slot = trait.texts[record];
        if (slot) return;  // a duplicate key
        slot = std::string(text.substr(0, kLongestText));
        ++trait.present;
        trait.longest = std::max(trait.longest, text.size());
        if (kind == JsonKind::String) ++trait.strings;
        if (kind == JsonKind::Number && isInteger(text)) ++trait.integers;
    }

private:
    std::vector<Trait>& traits_;
    std::unordered_map<std::string, std::size_t> index_;
};

FieldSource valueAtPointer(Pointer pointer)
{
    FieldSource source;
    source.from = FieldSource::From::Value;
    source.at = std::move(pointer);
    return source;
}

void finish(Trait& trait, std::size_t records)
{
    trait.texts.resize(records);
    std::unordered_set<std::string_view> seen;
    for (const auto& text : trait.texts)
        if (text) seen.insert(*text);
    trait.distinct = seen.size();
}

void addMembers(Collector& collector, std::string_view object, const Pointer& above, std::size_t record)
{
    for (Members members(object); members.next();) {
        const std::string name = members.name();
        const Pointer pointer = above.child(name);
        collector.add(name, valueAtPointer(pointer), record, members.value(), above.isRoot());
        if (above.isRoot() && members.value().is(JsonKind::Object) && isContainerName(plainName(name)))
            addMembers(collector, members.value().raw, pointer, record);
    }
}

}  // namespace

SampleFacts countSamples(std::string_view topic, std::span<const RawRecord> samples, std::span<const Header> headers)
{
    SampleFacts facts;
    ValueReader value;
    KeyReader key;
    DebeziumEnvelope debezium(value, topic);
    Collector members(facts.members);
    Collector headerTraits(facts.headers);
    facts.key.source.from = FieldSource::From::Key;
    facts.key.label = "the message key";

    for (const RawRecord& record : samples) {
        ++facts.records;
        if (!record.value) {
            ++facts.tombstones;
            continue;
        }
        std::string_view bytes = *record.value;
        const auto wire = schemaWire(bytes);
        if (wire) bytes = wire->datum;
        if (!value.read(bytes)) {
            if (wire) {
                if (facts.schemaIds++ == 0) facts.schemaId = wire->schemaId;
            } else if (!compressionOf(bytes).empty()) {
                ++facts.compressed;
            } else {
                ++(isReadable(bytes) ? facts.text : facts.bytes);
            }
            continue;
        }
        const DebeziumShape shape = debezium.recognise(false);
        if (shape != DebeziumShape::None) {
            ++(shape == DebeziumShape::Change ? facts.changes : facts.markers);
            continue;
        }
        const JsonValue& payload = value.payload();
        if (value.wrapped() && payload.is(JsonKind::Null)) {
            ++facts.tombstones;
            continue;
        }
        if (!payload.is(JsonKind::Object)) {
            ++facts.otherJson;
            continue;
        }
        const std::size_t index = facts.objects++;
        addMembers(members, payload.raw, {}, index);
        for (const Header& header : headersOf(record, headers)) {
            if (!header.value || !isReadable(*header.value)) continue;
            FieldSource source;
            source.from = FieldSource::From::Header;
            source.name = header.name;
            if (Trait* trait = headerTraits.of(std::string(header.name), source, false))
                Collector::note(*trait, index, *header.value, JsonKind::String);
        }
        KeptBytes arena;
        key.read(record.key);
        if (const std::string_view id = key.id(arena); !id.empty()) Collector::note(facts.key, index, id, JsonKind::String);
    }
    for (Trait& trait : facts.members) finish(trait, facts.objects);
    for (Trait& trait : facts.headers) finish(trait, facts.objects);
    finish(facts.key, facts.objects);
    return facts;
}

}  // namespace hindcast::decode
