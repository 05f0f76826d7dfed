#include "core/decode/key.h"

#include "core/decode/json_text.h"
#include "core/decode/wire.h"

#include <algorithm>

namespace hindcast::decode {

KeyReader::KeyReader() : schema_(trie_.add(PointerTrie::kRoot, "schema")), payload_(trie_.add(PointerTrie::kRoot, "payload")) {}

KeyReader::Place KeyReader::want(const Pointer& pointer)
{
    Place place;
    place.bare = trie_.add(pointer);
    place.wrapped = payload_;
    for (const std::string& token : pointer.tokens())
        if (place.wrapped != PointerTrie::kNone) place.wrapped = trie_.add(place.wrapped, token);
    return place;
}

void KeyReader::read(std::optional<std::string_view> key)
{
    present_ = key.has_value();
    json_ = false;
    wrapped_ = false;
    hasSchemaId_ = false;
    idKnown_ = false;
    bytes_ = key.value_or(std::string_view());
    if (bytes_.empty()) return;
    std::string_view text = bytes_;
    if (const auto wire = schemaWire(bytes_)) {
        hasSchemaId_ = true;
        text = wire->datum;
    }
    // Other JSON keys (numbers, booleans) read the same as JSON and as text.
    if (text.front() != '{' && text.front() != '"' && text.front() != '[') return;
    if (!scan_) scan_.emplace(trie_);
    json_ = scan_->run(text);
    if (!json_) return;
    const JsonValue& schema = (*scan_)[schema_];
    wrapped_ = (*scan_)[PointerTrie::kRoot].count == 2 && !(*scan_)[payload_].missing() &&
               (schema.is(JsonKind::Object) || schema.is(JsonKind::Null));
}

const JsonValue& KeyReader::at(const Place& place) const
{
    static const JsonValue none;
    if (!json_) return none;
    return (*scan_)[wrapped_ ? place.wrapped : place.bare];
}

std::string_view KeyReader::objectId(const JsonValue& object, KeptBytes& arena)
{
    columns_.clear();
    for (Members members(object.raw); members.next();) {
        const auto same = std::ranges::find(columns_, members.rawName(), &std::pair<std::string_view, JsonValue>::first);
        if (same != columns_.end())
            same->second = members.value();
        else
            columns_.emplace_back(members.rawName(), members.value());
    }
    const auto column = [&](const JsonValue& value) {
        return value.is(JsonKind::Null) ? std::string_view("null") : textOf(value, arena);
    };
    if (columns_.empty()) return object.raw;
    if (columns_.size() == 1) return column(columns_.front().second);
    composite_.clear();
    for (const auto& [name, value] : columns_) composite_.add(column(value));
    return arena.keep(composite_.text());
}

std::string_view KeyReader::id(KeptBytes& arena)
{
    if (idKnown_) return id_;
    idKnown_ = true;
    id_ = {};
    if (bytes_.empty()) return id_;
    if (json_) {
        const JsonValue& value = (*scan_)[wrapped_ ? payload_ : PointerTrie::kRoot];
        id_ = value.is(JsonKind::Object) ? objectId(value, arena) : textOf(value, arena);
    } else if (hasSchemaId_) {
        id_ = arena.keep(escapedText(bytes_));
    } else {
        id_ = isReadable(bytes_) ? bytes_ : arena.keep(hexText(bytes_));
    }
    return id_;
}

}  // namespace hindcast::decode
