#include "core/event/json.h"

#include "core/event/decimal.h"
#include "core/event/json_walk.h"

#include <algorithm>
#include <charconv>

namespace hindcast {

namespace {

/// Builds the document as walkJson tells it. A pointer on the stack stays good: the vector that holds its target grows only
/// after the target is finished and popped.
class Builder {
public:
    Json root;
    bool duplicateKeys = false;

    void startObject(std::size_t) { open(Json(Json::value_t::object)); }
    void endObject(std::size_t) { stack_.pop_back(); }
    void startArray(std::size_t) { open(Json(Json::value_t::array)); }
    void endArray(std::size_t) { stack_.pop_back(); }
    void key(std::string_view name)
    {
        auto [member, fresh] = stack_.back()->get_ref<Json::object_t&>().emplace(name);
        duplicateKeys |= !fresh;
        slot_ = &member->second;
    }
    void string(std::string_view content, std::string_view) { place(Json(std::string(content))); }
    void number(std::string_view raw) { place(numberFromText(raw)); }
    void boolean(bool value, std::string_view) { place(Json(value)); }
    void null(std::string_view) { place(Json(nullptr)); }

private:
    Json* place(Json&& value)
    {
        if (stack_.empty()) return &(root = std::move(value));
        if (stack_.back()->is_object()) return &(*slot_ = std::move(value));
        return &stack_.back()->get_ref<Json::array_t&>().emplace_back(std::move(value));
    }
    void open(Json&& container) { stack_.push_back(place(std::move(container))); }

    std::vector<Json*> stack_;
    Json* slot_ = nullptr;
};

/// Whether a number with a fraction is written just as the double nearest to it prints: up to 15 significant digits always
/// come back from a double, so only the notation has to be looked at.
bool printsBack(std::string_view text)
{
    if (text.front() == '-') text.remove_prefix(1);
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos || text.find_first_of("eE") != std::string_view::npos) return false;
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = text.substr(point + 1);
    if (fraction.back() == '0' && fraction.size() > 1) return false;
    std::size_t digits = whole.size();
    if (fraction != "0") digits += fraction.size();
    if (whole == "0") {
        const std::size_t zeros = fraction.find_first_not_of('0');
        if (zeros == std::string_view::npos) return true;  // 0.0
        if (zeros > 3) return false;                       // below 1e-4 a double prints with an exponent
        digits -= 1 + zeros;
    }
    return digits <= 15;
}

Json textNumber(std::string_view text) { return Json::binary(Json::binary_t::container_type(text.begin(), text.end())); }

bool sameNumber(const Json& a, const Json& b)
{
    if (a.is_number_integer() && b.is_number_integer()) {
        if (a.is_number_unsigned() && b.is_number_unsigned()) return a.get<std::uint64_t>() == b.get<std::uint64_t>();
        if (!a.is_number_unsigned() && !b.is_number_unsigned()) return a.get<std::int64_t>() == b.get<std::int64_t>();
    }
    return compareDecimals(numberText(a), numberText(b)) == 0;
}

bool sameScalar(const Json& a, const Json& b, bool byText)
{
    if (isNumber(a) && isNumber(b)) return byText ? numberText(a) == numberText(b) : sameNumber(a, b);
    if (a.type() != b.type()) return false;
    switch (a.type()) {
        case Json::value_t::string: return a.get_ref<const std::string&>() == b.get_ref<const std::string&>();
        case Json::value_t::boolean: return a.get<bool>() == b.get<bool>();
        default: return true;  // null, discarded
    }
}

bool same(const Json& left, const Json& right, bool byText)
{
    std::vector<std::pair<const Json*, const Json*>> open{{&left, &right}};
    while (!open.empty()) {
        const auto [a, b] = open.back();
        open.pop_back();
        if (!a->is_structured() || !b->is_structured()) {
            if (a->is_structured() != b->is_structured() || !sameScalar(*a, *b, byText)) return false;
            continue;
        }
        if (a->type() != b->type() || a->size() != b->size()) return false;
        if (a->is_array()) {
            for (std::size_t i = 0; i < a->size(); ++i) open.emplace_back(&(*a)[i], &(*b)[i]);
            continue;
        }
        const auto& others = b->get_ref<const Json::object_t&>();
        for (const auto& [key, value] : a->get_ref<const Json::object_t&>()) {
            const auto found = others.find(key);
            if (found == others.end()) return false;
            open.emplace_back(&value, &found->second);
        }
    }
    return true;
}

}  // namespace

std::expected<Json, JsonError> parseJson(std::string_view text, bool* duplicateKeys)
{
    thread_local JsonIndex index;
    Builder builder;
    if (auto walked = walkJson(index, text, builder); !walked) return std::unexpected(std::move(walked.error()));
    if (duplicateKeys != nullptr) *duplicateKeys = builder.duplicateKeys;
    return std::move(builder.root);
}

Json numberFromText(std::string_view text)
{
    const char* end = text.data() + text.size();
    if (text.find_first_of(".eE") == std::string_view::npos) {
        if (text.front() == '-') {
            std::int64_t number = 0;
            const auto read = std::from_chars(text.data(), end, number);
            if (read.ec == std::errc() && number != 0) return Json(number);  // "-0" keeps its sign as text
        } else {
            std::uint64_t number = 0;
            if (std::from_chars(text.data(), end, number).ec == std::errc()) return Json(number);
        }
        return textNumber(text);
    }
    if (printsBack(text)) {
        double number = 0;
        if (std::from_chars(text.data(), end, number).ec == std::errc()) return Json(number);
    }
    return textNumber(text);
}

bool isNumberText(const Json& json) { return json.is_binary(); }
bool isNumber(const Json& json) { return json.is_number() || json.is_binary(); }

bool sameValue(const Json& a, const Json& b) { return same(a, b, false); }
bool sameText(const Json& a, const Json& b) { return same(a, b, true); }

std::size_t depthOf(const Json& json)
{
    std::size_t deepest = 0;
    std::vector<std::pair<const Json*, std::size_t>> open{{&json, 0}};
    while (!open.empty()) {
        const auto [value, around] = open.back();
        open.pop_back();
        if (!value->is_structured()) continue;
        deepest = std::max(deepest, around + 1);
        if (value->is_array()) {
            for (const Json& item : *value) open.emplace_back(&item, around + 1);
        } else {
            for (const auto& member : value->get_ref<const Json::object_t&>()) open.emplace_back(&member.second, around + 1);
        }
    }
    return deepest;
}

std::size_t memoryOf(const Json& json)
{
    constexpr std::size_t kBlock = 16;  // what an allocation costs beside its bytes
    const auto heapOf = [](const std::string& text) { return text.size() > 15 ? text.capacity() + 1 + kBlock : 0; };
    std::size_t bytes = sizeof(Json);
    std::vector<const Json*> open{&json};
    while (!open.empty()) {
        const Json& value = *open.back();
        open.pop_back();
        switch (value.type()) {
            case Json::value_t::string:
                bytes += sizeof(std::string) + kBlock + heapOf(value.get_ref<const std::string&>());
                break;
            case Json::value_t::binary: bytes += sizeof(Json::binary_t) + 2 * kBlock + value.get_binary().size(); break;
            case Json::value_t::array: {
                const auto& items = value.get_ref<const Json::array_t&>();
                bytes += sizeof(Json::array_t) + 2 * kBlock + items.capacity() * sizeof(Json);
                for (const Json& item : items) open.push_back(&item);
                break;
            }
            case Json::value_t::object: {
                const auto& members = value.get_ref<const Json::object_t&>();
                bytes += sizeof(Json::object_t) + 2 * kBlock + members.capacity() * sizeof(Json::object_t::value_type);
                if (members.size() > Json::object_t::kIndexFrom) bytes += members.size() * 4 * sizeof(std::uint32_t);
                for (const auto& [key, member] : members) {
                    bytes += heapOf(key);
                    open.push_back(&member);
                }
                break;
            }
            default: break;
        }
    }
    return bytes;
}

}  // namespace hindcast
