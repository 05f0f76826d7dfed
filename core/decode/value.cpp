#include "core/decode/value.h"

namespace hindcast::decode {

ValueReader::ValueReader()
    : schema_(trie_.add(PointerTrie::kRoot, "schema")),
      schemaType_(trie_.add(schema_, "type")),
      payload_(trie_.add(PointerTrie::kRoot, "payload"))
{
}

ValueReader::Place ValueReader::want(const Pointer& pointer)
{
    Place place = root();
    for (const std::string& token : pointer.tokens()) place = want(place, token);
    return place;
}

ValueReader::Place ValueReader::want(Place parent, std::string_view token)
{
    Place place;
    if (parent.bare != PointerTrie::kNone) place.bare = trie_.add(parent.bare, token);
    if (parent.wrapped != PointerTrie::kNone) place.wrapped = trie_.add(parent.wrapped, token);
    return place;
}

bool ValueReader::read(std::string_view json)
{
    if (!scan_) scan_.emplace(trie_);
    wrapped_ = false;
    return scan_->run(json);
}

bool ValueReader::looksWrapped() const
{
    const JsonValue& schema = (*scan_)[schema_];
    return (*scan_)[PointerTrie::kRoot].count == 2 && !(*scan_)[payload_].missing() &&
           (schema.is(JsonKind::Object) || schema.is(JsonKind::Null));
}

bool ValueReader::looksWrappedWithoutSchema() const
{
    return (*scan_)[PointerTrie::kRoot].count == 1 && !(*scan_)[payload_].missing();
}

bool ValueReader::schemaIsConnects() const
{
    return (*scan_)[schema_].is(JsonKind::Null) || (*scan_)[schemaType_].is(JsonKind::String);
}

}  // namespace hindcast::decode
