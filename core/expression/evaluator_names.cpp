#include "core/event/entity.h"
#include "core/expression/evaluation.h"

namespace hindcast::expression {

namespace {

const Json* memberOf(const Json& json, std::string_view name)
{
    if (json.is_object()) {
        const auto& members = json.get_ref<const Json::object_t&>();
        const auto found = members.find(name);
        return found == members.end() ? nullptr : &found->second;
    }
    if (!json.is_array()) return nullptr;
    const auto index = arrayIndex(name);
    return index && *index < json.size() ? &json.get_ref<const Json::array_t&>()[*index] : nullptr;
}

}  // namespace

Value Evaluator::Impl::nameValue(Name name)
{
    switch (name) {
        case Name::Entity: return Value::of(arena.keep(EntityKey{std::string(facts->category), std::string(facts->id)}.text()));
        case Name::Category: return Value::of(facts->category);
        case Name::Id: return Value::of(facts->id);
        case Name::Version: return Value::of(static_cast<std::int64_t>(facts->version.value));
        case Name::Type: return Value::of(facts->type);
        case Name::Time: return Value::of(facts->time);
        case Name::Topic: return Value::of(facts->topic);
        case Name::Partition: return Value::of(std::int64_t{facts->partition.value});
        case Name::Offset: return Value::of(facts->offset.value);
        case Name::Key: return facts->key ? Value::of(*facts->key) : Value::null();
        default: return {};
    }
}

Value Evaluator::Impl::path(const Node& node)
{
    if (node.name == Name::Payload) return payload(node.slot);
    const Json* json = stateAt(node);
    return json == nullptr ? Value::absent() : Value::of(*json, arena);
}

const Json* Evaluator::Impl::stateAt(const Node& node) const
{
    const auto& slots = node.name == Name::State ? facts->state : facts->previous;
    const Json* json = node.slot < slots.size() ? slots[node.slot] : nullptr;
    for (std::size_t i = 0; json != nullptr && i < node.tokens.size(); ++i) json = memberOf(*json, node.tokens[i]);
    return json;
}

Value Evaluator::Impl::payload(std::size_t slot)
{
    if (!scanned) {
        scanned = true;
        scan.run(facts->payload);
        for (PayloadValue& each : payloads) each.read = false;
    }
    PayloadValue& place = payloads[slot];
    if (place.read) return place.value;
    place.read = true;
    place.value = Value::absent();
    const std::string_view raw = scan[slot];
    if (raw.empty()) {
        // A record without a value: its payload is null, what would lie in it is not there.
        if (facts->payload.empty() && expression->payloadPaths()[slot].isRoot()) place.value = Value::null();
        return place.value;
    }
    switch (raw.front()) {
        case '"': {
            if (raw.size() < 2 || raw.back() != '"') break;
            const std::string_view body = raw.substr(1, raw.size() - 2);
            if (body.find('\\') == std::string_view::npos)
                place.value = Value::of(body);
            else if (!unescapeJson(body, place.text))
                place.value = Value::of(std::string_view(place.text));
            break;
        }
        case '{':
        case '[':
            if (auto parsed = parseJson(raw)) {
                place.document = std::move(*parsed);
                place.value = Value::of(place.document, arena);
            }
            break;
        case 't':
        case 'f':
            if (raw == "true" || raw == "false") place.value = Value::of(raw == "true");
            break;
        case 'n':
            if (raw == "null") place.value = Value::null();
            break;
        default:
            if (const auto number = readNumber(raw)) place.value = Value::of(*number);
    }
    return place.value;
}

Value Evaluator::Impl::headers()
{
    Json map(Json::value_t::object);
    auto& members = map.get_ref<Json::object_t&>();
    for (const Header& each : facts->headers)
        members[std::string(each.name)] = each.value ? Json(std::string(*each.value)) : Json(nullptr);
    return Value::of(arena.keep(std::move(map)), arena);
}

/// Of several with one name the last, as Kafka's own clients have it.
Value Evaluator::Impl::header(std::string_view name) const
{
    for (auto each = facts->headers.rbegin(); each != facts->headers.rend(); ++each)
        if (each->name == name) return each->value ? Value::of(*each->value) : Value::null();
    return {};
}

Value Evaluator::Impl::member(const Value& object, std::string_view name)
{
    if (object.is(Value::Kind::Document)) {
        const Json* json = memberOf(*object.document, name);
        return json == nullptr ? Value::absent() : Value::of(*json, arena);
    }
    if (!object.is(Value::Kind::List)) return {};
    const auto at = arrayIndex(name);
    return at && *at < object.size() ? object.item(*at, arena) : Value::absent();
}

/// As in a JSON Pointer, 0 and "0" are the same: which one is meant is told by what they are looked up in.
Value Evaluator::Impl::index(const Node& node)
{
    const Value key = eval(*node.children[1]);
    if (key.isAbsent() || key.is(Value::Kind::Null)) return Value::absent();
    std::string_view name = key.text;
    if (key.is(Value::Kind::Number) && key.number().isShort()) {
        if (key.scale != 0) return {};
        name = arena.keep(std::to_string(key.integer));
    } else if (!key.is(Value::Kind::Text)) {
        return mismatch(*node.children[1], nameOf(key), "text");
    }
    if (node.children[0]->kind == NodeKind::Headers) return header(name);
    return member(eval(*node.children[0]), name);
}

bool Evaluator::Impl::has(const Node& node)
{
    if (node.kind != NodeKind::Path) return !eval(node).isAbsent();
    if (node.name != Name::Payload) return stateAt(node) != nullptr;
    (void)payload(node.slot);
    return !scan[node.slot].empty();
}

}  // namespace hindcast::expression
