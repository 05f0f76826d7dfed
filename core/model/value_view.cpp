#include "core/model/payload.h"

#include "core/event/pointer.h"

#include <algorithm>
#include <charconv>

namespace hindcast::model {

namespace {

using Kind = Payload::Kind;

/// Whether a number of a document has this text, without making a string of it in the common case.
bool hasText(const Json& number, std::string_view text)
{
    char buffer[24];
    std::to_chars_result end{};
    if (number.is_number_unsigned()) {
        end = std::to_chars(buffer, buffer + sizeof buffer, number.get_ref<const std::uint64_t&>());
    } else if (number.is_number_integer()) {
        end = std::to_chars(buffer, buffer + sizeof buffer, number.get_ref<const std::int64_t&>());
    } else {
        return numberText(number) == text;
    }
    return std::string_view(buffer, static_cast<std::size_t>(end.ptr - buffer)) == text;
}

}  // namespace

Kind ValueView::kind() const
{
    if (payload_) return (*payload_)[node_].kind;
    switch (json_->type()) {
        case Json::value_t::boolean: return json_->get_ref<const bool&>() ? Kind::True : Kind::False;
        case Json::value_t::string: return Kind::String;
        case Json::value_t::array: return Kind::Array;
        case Json::value_t::object: return Kind::Object;
        case Json::value_t::null:
        case Json::value_t::discarded: return Kind::Null;
        default: return Kind::Number;
    }
}

std::string_view ValueView::text() const
{
    return payload_ ? (*payload_)[node_].text : std::string_view(json_->get_ref<const std::string&>());
}

std::string ValueView::number() const { return payload_ ? std::string((*payload_)[node_].text) : numberText(*json_); }

std::optional<ValueView> ValueView::member(std::string_view key) const
{
    if (!isObject()) return std::nullopt;
    if (json_) {
        const auto& object = json_->get_ref<const Json::object_t&>();
        const auto found = object.find(key);
        if (found == object.end()) return std::nullopt;
        return ValueView(found->second);
    }
    const std::uint32_t end = (*payload_)[node_].next;
    for (std::uint32_t i = node_ + 1; i < end; i = (*payload_)[i].next)
        if (!(*payload_)[i].shadowed && (*payload_)[i].key == key) return ValueView(*payload_, i);
    return std::nullopt;
}

std::optional<ValueView> ValueView::at(std::span<const std::string> tokens) const
{
    ValueView view = *this;
    for (const std::string& token : tokens) {
        std::optional<ValueView> next;
        if (view.isObject()) {
            next = view.member(token);
        } else if (view.isArray()) {
            const auto wanted = arrayIndex(token);
            if (!wanted) return std::nullopt;
            std::size_t index = 0;
            view.items([&](ValueView item) {
                if (index++ == *wanted) next = item;
            });
        }
        if (!next) return std::nullopt;
        view = *next;
    }
    return view;
}

Json ValueView::json() const
{
    if (json_) return *json_;
    const Payload::Node& node = (*payload_)[node_];
    switch (node.kind) {
        case Kind::Null: return nullptr;
        case Kind::False: return false;
        case Kind::True: return true;
        case Kind::Number: return numberFromText(node.text);
        case Kind::String: return Json(std::string(node.text));
        case Kind::Array: {
            Json array = Json::array();
            items([&](ValueView item) { array.push_back(item.json()); });
            return array;
        }
        case Kind::Object: break;
    }
    Json object = Json::object();
    auto& map = object.get_ref<Json::object_t&>();
    members([&](std::string_view key, ValueView value) { map.emplace(key, value.json()); });
    return object;
}

Json ValueView::jsonWithoutNulls() const
{
    if (!isObject()) return json();
    Json object = Json::object();
    auto& map = object.get_ref<Json::object_t&>();
    members([&](std::string_view key, ValueView value) {
        if (!value.isNull()) map.emplace(key, value.jsonWithoutNulls());
    });
    return object;
}

bool ValueView::sameAs(const Json& json) const
{
    if (json_) return sameText(*json_, json);
    const Payload::Node& node = (*payload_)[node_];
    switch (node.kind) {
        case Kind::Null: return json.is_null();
        case Kind::False: return json.is_boolean() && !json.get_ref<const bool&>();
        case Kind::True: return json.is_boolean() && json.get_ref<const bool&>();
        case Kind::Number: return hindcast::isNumber(json) && hasText(json, node.text);
        case Kind::String: return json.is_string() && json.get_ref<const std::string&>() == node.text;
        case Kind::Array: {
            if (!json.is_array()) return false;
            const auto& array = json.get_ref<const Json::array_t&>();
            std::size_t index = 0;
            bool same = true;
            items([&](ValueView item) {
                same = same && index < array.size() && item.sameAs(array[index]);
                ++index;
            });
            return same && index == array.size();
        }
        case Kind::Object: break;
    }
    if (!json.is_object()) return false;
    const auto& object = json.get_ref<const Json::object_t&>();
    std::size_t count = 0;
    bool same = true;
    members([&](std::string_view key, ValueView value) {
        ++count;
        if (!same) return;
        const auto found = object.find(key);
        same = found != object.end() && value.sameAs(found->second);
    });
    return same && count == object.size();
}

std::size_t ValueView::levels() const
{
    std::size_t deepest = 0;
    if (isObject()) {
        members([&](std::string_view, ValueView value) { deepest = std::max(deepest, value.levels()); });
        return deepest + 1;
    }
    if (isArray()) {
        items([&](ValueView item) { deepest = std::max(deepest, item.levels()); });
        return deepest + 1;
    }
    return 0;
}

void ValueView::assignTo(Json& slot) const
{
    switch (kind()) {
        case Kind::Number:
            if (!sameAs(slot)) slot = json();
            return;
        case Kind::String:
            if (slot.is_string()) {
                slot.get_ref<std::string&>().assign(text());
                return;
            }
            break;
        case Kind::Array: {
            if (!slot.is_array()) break;
            auto& array = slot.get_ref<Json::array_t&>();
            std::size_t index = 0;
            items([&](ValueView item) {
                if (index < array.size()) {
                    item.assignTo(array[index]);
                } else {
                    array.push_back(item.json());
                }
                ++index;
            });
            array.resize(index);
            return;
        }
        case Kind::Object: {
            if (!slot.is_object()) break;
            // Only where the members stand in the same order: a state must not depend on how it was come by.
            auto& object = slot.get_ref<Json::object_t&>();
            auto there = object.begin();
            bool same = true;
            members([&](std::string_view key, ValueView value) {
                same = same && there != object.end() && there->first == key;
                if (same) value.assignTo((there++)->second);
            });
            if (!same || there != object.end()) break;
            return;
        }
        default: break;
    }
    slot = json();
}

}  // namespace hindcast::model
