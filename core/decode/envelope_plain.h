#pragma once
#include "core/decode/field.h"
#include "core/event/facts.h"

#include <optional>
#include <vector>

namespace hindcast::decode {

/// What a mapping says of a record's entities, type, time and ids, made ready. Also used over other envelopes, where the
/// mapping says more than they do.
class MappedFields {
public:
    MappedFields(const Mapping& mapping, KeyReader& key, ValueReader& value);

    [[nodiscard]] bool hasEntities() const { return !entities_.empty(); }

    /// Every rule whose id is there gives an entity. Where none does and the record has no value that could be asked (a tombstone,
    /// unreadable bytes, a reject), the first rule's category takes the key as its id.
    /// Without rules: the key in the topic's category; nothing where there is no key.
    void entities(const RecordView& record, EventFacts& facts);
    /// Sets type, time, domain version, correlation and causation where a rule finds them; leaves the rest as it is.
    void fields(const RecordView& record, EventFacts& facts) const;

private:
    struct Entity {
        std::optional<Field> category;
        std::vector<Field> id;
    };
    struct Time {
        Field field;
        TimeUnit unit;
        int zoneOffsetMinutes;
    };
    [[nodiscard]] std::string_view category(const Entity& rule, const RecordView& record) const;
    [[nodiscard]] std::string_view id(const Entity& rule, const RecordView& record);
    void time(const RecordView& record, EventFacts& facts) const;

    std::vector<Entity> entities_;
    std::optional<Field> type_;
    std::optional<Time> time_;
    std::optional<Field> version_;
    std::optional<Field> correlation_;
    std::optional<Field> causation_;
    CompositeId composite_;
};

/// A time as a mapping reads it: ISO text, or an epoch number, also as text. Auto decides by what stands there.
[[nodiscard]] std::optional<Timestamp> timeFromText(std::string_view text, TimeUnit unit, int zoneOffsetMinutes);

}  // namespace hindcast::decode
