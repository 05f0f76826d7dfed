#include "core/expression/value.h"

#include "core/expression/text_tools.h"

namespace hindcast::expression {

Value Value::of(const Json& json, Arena& arena)
{
    switch (json.type()) {
        case Json::value_t::discarded: return absent();
        case Json::value_t::null: return null();
        case Json::value_t::boolean: return of(json.get<bool>());
        case Json::value_t::string: return of(std::string_view(json.get_ref<const std::string&>()));
        case Json::value_t::array:
        case Json::value_t::object: {
            Value value = ofKind(Kind::Document, 0);
            value.document = &json;
            return value;
        }
        default: return of(numberOf(json, arena));
    }
}

Value Value::item(std::size_t index, Arena& arena) const
{
    if (kind == Kind::List) return (*list)[index];
    return of(document->get_ref<const Json::array_t&>()[index], arena);
}

std::string_view nameOf(const Value& value)
{
    switch (value.kind) {
        case Value::Kind::Absent: return "nothing";
        case Value::Kind::Null: return "null";
        case Value::Kind::Boolean: return "true or false";
        case Value::Kind::Number: return "number";
        case Value::Kind::Text: return "text";
        case Value::Kind::Time: return "timestamp";
        case Value::Kind::Duration: return "duration";
        case Value::Kind::List: return "list";
        case Value::Kind::Document: return value.isList() ? "list" : "map";
    }
    return "nothing";
}

Json toJson(const Value& value, Arena& arena)
{
    switch (value.kind) {
        case Value::Kind::Absent: return Json(Json::value_t::discarded);
        case Value::Kind::Null: return Json(nullptr);
        case Value::Kind::Boolean: return Json(value.isTrue());
        case Value::Kind::Number: return numberFromText(textOf(value.number()));
        case Value::Kind::Text: return Json(std::string(value.text));
        case Value::Kind::Time: return Json(toIso(Timestamp{value.integer}));
        case Value::Kind::Duration: return Json(durationText(value.integer));
        case Value::Kind::Document: return *value.document;
        case Value::Kind::List: {
            Json array(Json::value_t::array);
            for (const Value& item : *value.list) array.get_ref<Json::array_t&>().push_back(toJson(item, arena));
            return array;
        }
    }
    return Json(Json::value_t::discarded);
}

bool sameValues(const Value& a, const Value& b, Arena& arena)
{
    if (a.is(Value::Kind::Document) && b.is(Value::Kind::Document)) return sameValue(*a.document, *b.document);
    if (a.isList() && b.isList()) {
        if (a.size() != b.size()) return false;
        for (std::size_t i = 0; i < a.size(); ++i)
            if (!sameValues(a.item(i, arena), b.item(i, arena), arena)) return false;
        return true;
    }
    if (a.kind != b.kind) return false;
    switch (a.kind) {
        case Value::Kind::Number: return compare(a.number(), b.number()) == 0;
        case Value::Kind::Text: return a.text == b.text;
        case Value::Kind::Boolean:
        case Value::Kind::Time:
        case Value::Kind::Duration: return a.integer == b.integer;
        default: return true;
    }
}

}  // namespace hindcast::expression
