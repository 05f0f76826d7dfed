#include "core/event/change.h"

#include <algorithm>

namespace hindcast {

namespace {

Json nothing() { return Json(Json::value_t::discarded); }

class Comparison {
public:
    explicit Comparison(Changes& changes) : changes_(changes) {}

    /// `pointer_` names where both values stand; it is the same again afterwards.
    void compare(const Json& from, const Json& to, std::size_t depth = 0)
    {
        if (depth < kMaxJsonDepth && from.is_object() && to.is_object())
            members(from, to, depth);
        else if (depth < kMaxJsonDepth && from.is_array() && to.is_array())
            items(from, to, depth);
        else if (!sameText(from, to))
            tell(Change::Op::Replace, from, to);
    }

private:
    void members(const Json& from, const Json& to, std::size_t depth)
    {
        const auto& old = from.get_ref<const Json::object_t&>();
        const auto& now = to.get_ref<const Json::object_t&>();
        for (const auto& [key, value] : old) {
            const auto found = now.find(key);
            at(key, [&] {
                if (found == now.end())
                    tell(Change::Op::Remove, value, nothing());
                else
                    compare(value, found->second, depth + 1);
            });
        }
        for (const auto& [key, value] : now)
            if (old.count(key) == 0) at(key, [&] { tell(Change::Op::Add, nothing(), value); });
    }

    void items(const Json& from, const Json& to, std::size_t depth)
    {
        const std::size_t common = std::min(from.size(), to.size());
        for (std::size_t i = 0; i < common; ++i) at(std::to_string(i), [&] { compare(from[i], to[i], depth + 1); });
        for (std::size_t i = from.size(); i-- > common;)
            at(std::to_string(i), [&] { tell(Change::Op::Remove, from[i], nothing()); });
        for (std::size_t i = common; i < to.size(); ++i) at(std::to_string(i), [&] { tell(Change::Op::Add, nothing(), to[i]); });
    }

    template <class F>
    void at(std::string_view token, F action)
    {
        const std::size_t length = pointer_.size();
        appendToken(pointer_, token);
        action();
        pointer_.resize(length);
    }
    void tell(Change::Op op, const Json& before, const Json& after) { changes_.push_back({op, pointer_, before, after}); }

    Changes& changes_;
    std::string pointer_;
};

std::string_view patchName(Change::Op op)
{
    switch (op) {
        case Change::Op::Add: return "add";
        case Change::Op::Remove: return "remove";
        case Change::Op::Replace:
        case Change::Op::Same: break;
    }
    return "replace";
}

}  // namespace

Changes difference(const Json& from, const Json& to)
{
    Changes changes;
    if (from.is_discarded() && to.is_discarded()) return changes;
    if (from.is_discarded())
        changes.push_back({Change::Op::Add, "", nothing(), to});
    else if (to.is_discarded())
        changes.push_back({Change::Op::Remove, "", from, nothing()});
    else
        Comparison(changes).compare(from, to);
    return changes;
}

Json toPatch(const Changes& changes)
{
    Json patch(Json::value_t::array);
    auto& operations = patch.get_ref<Json::array_t&>();
    operations.reserve(changes.size());
    for (const Change& change : changes) {
        Json& operation = operations.emplace_back(Json::value_t::object);
        auto& members = operation.get_ref<Json::object_t&>();
        members.emplace("op", std::string(patchName(change.op)));
        members.emplace("path", change.pointer);
        if (!change.after.is_discarded()) members.emplace("value", change.after);
        if (!change.before.is_discarded()) members.emplace("old", change.before);
    }
    return patch;
}

}  // namespace hindcast
