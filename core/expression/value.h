#pragma once
#include "core/event/json.h"
#include "core/event/record.h"
#include "core/event/time.h"
#include "core/expression/arena.h"
#include "core/expression/number.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::expression {

/// What a part of an expression comes to. Views the facts, the expression or the evaluator's arena; cheap to copy.
struct Value {
    enum class Kind : std::uint8_t {
        Absent,
        Null,
        Boolean,
        Number,
        Text,
        Time,
        Duration,
        List,     ///< of values made by the expression
        Document  ///< an array or an object of a state or of the payload
    };

    Kind kind = Kind::Absent;
    std::uint8_t scale = 0;  ///< of a short Number
    union {
        std::int64_t integer = 0;  ///< digits of a short Number, nanoseconds of a Time or a Duration, 0 or 1 of a Boolean
        const std::vector<Value>* list;
        const Json* document;
    };
    std::string_view text;  ///< of a Text; of a Number that is not short

    [[nodiscard]] static Value absent() { return {}; }
    [[nodiscard]] static Value null() { return ofKind(Kind::Null, 0); }
    [[nodiscard]] static Value of(bool value) { return ofKind(Kind::Boolean, value ? 1 : 0); }
    [[nodiscard]] static Value of(std::int64_t value) { return ofKind(Kind::Number, value); }
    [[nodiscard]] static Value of(Timestamp time) { return ofKind(Kind::Time, time.ns); }
    [[nodiscard]] static Value duration(std::int64_t ns) { return ofKind(Kind::Duration, ns); }
    [[nodiscard]] static Value of(std::string_view text)
    {
        Value value = ofKind(Kind::Text, 0);
        value.text = text;
        return value;
    }
    [[nodiscard]] static Value of(const Number& number)
    {
        Value value = ofKind(Kind::Number, number.digits);
        value.scale = number.scale;
        value.text = number.text;
        return value;
    }
    [[nodiscard]] static Value of(const std::vector<Value>& list)
    {
        Value value = ofKind(Kind::List, 0);
        value.list = &list;
        return value;
    }
    /// Numbers that need a text of their own have it in the arena; the rest is views of `json`.
    [[nodiscard]] static Value of(const Json& json, Arena& arena);

    [[nodiscard]] bool is(Kind wanted) const { return kind == wanted; }
    [[nodiscard]] bool isAbsent() const { return kind == Kind::Absent; }
    [[nodiscard]] bool isTrue() const { return kind == Kind::Boolean && integer != 0; }
    [[nodiscard]] bool isFalse() const { return kind == Kind::Boolean && integer == 0; }
    [[nodiscard]] bool isList() const { return kind == Kind::List || (kind == Kind::Document && document->is_array()); }
    [[nodiscard]] bool isMap() const { return kind == Kind::Document && document->is_object(); }
    /// REQUIRES: is(Number).
    [[nodiscard]] Number number() const { return Number{integer, text, scale}; }
    /// Items of a list, members of a map. REQUIRES: isList() or isMap().
    [[nodiscard]] std::size_t size() const { return kind == Kind::List ? list->size() : document->size(); }
    /// REQUIRES: isList(), index < size().
    [[nodiscard]] Value item(std::size_t index, Arena& arena) const;

private:
    static Value ofKind(Kind kind, std::int64_t integer)
    {
        Value value;
        value.kind = kind;
        value.integer = integer;
        return value;
    }
};

inline std::vector<Value>& Arena::freshList()
{
    if (used_.lists == lists_.size()) lists_.emplace_back();
    std::vector<Value>& list = lists_[used_.lists++];
    list.clear();
    return list;
}

/// "text", "number", "timestamp": as mismatches name it.
[[nodiscard]] std::string_view nameOf(const Value& value);
/// Times and durations become their texts. Discarded where absent.
[[nodiscard]] Json toJson(const Value& value, Arena& arena);
/// Whether two values are the same, whatever their kinds: numbers by exact value, values of different kinds are not.
[[nodiscard]] bool sameValues(const Value& a, const Value& b, Arena& arena);

}  // namespace hindcast::expression
