#include "core/event/change.h"

#include <algorithm>
#include <utility>

namespace hindcast {

namespace {

Json nothing() { return Json(Json::value_t::discarded); }

/// What is wrong with an operation; its number and name are added by the caller.
using Refusal = std::optional<std::string>;

/// Applies operations one by one and can take back all of them.
class Patching {
public:
    Patching(Json& document, Changes* changes) : document_(document), changes_(changes) {}

    [[nodiscard]] Refusal apply(const Json& operation)
    {
        if (!operation.is_object()) return "it is no object";
        const auto& members = operation.get_ref<const Json::object_t&>();
        const auto op = textOf(members, "op");
        if (!op) return "it has no \"op\"";
        Pointer path;
        if (auto refusal = pointerOf(members, "path", path)) return refusal;

        if (*op == "remove") return remove(path);
        if (*op == "move" || *op == "copy") {
            Pointer from;
            if (auto refusal = pointerOf(members, "from", from)) return refusal;
            return *op == "move" ? move(from, path) : copy(from, path);
        }
        const auto value = members.find("value");
        if (*op != "add" && *op != "replace" && *op != "test") return "there is no such operation";
        if (value == members.end()) return "it has no \"value\"";
        if (*op == "add") return add(path, value->second);
        if (*op == "replace") return replace(path, value->second);
        return test(path, value->second);
    }

    void takeBack()
    {
        for (; !undo_.empty(); undo_.pop_back()) {
            Undo& step = undo_.back();
            if (step.kind == Undo::Kind::Replaced) {
                *valueAt(document_, step.path) = std::move(step.old);
                continue;
            }
            Json& parent = *valueAt(document_, step.path.parent());
            const auto place = static_cast<std::ptrdiff_t>(step.index);
            if (parent.is_array()) {
                auto& items = parent.get_ref<Json::array_t&>();
                if (step.kind == Undo::Kind::Added)
                    items.erase(items.begin() + place);
                else
                    items.insert(items.begin() + place, std::move(step.old));
            } else {
                auto& members = parent.get_ref<Json::object_t&>();
                if (step.kind == Undo::Kind::Added)
                    members.erase(members.begin() + place);
                else
                    members.insertAt(step.index, step.path.tokens().back(), std::move(step.old));
            }
        }
    }

private:
    struct Undo {
        enum class Kind { Added, Replaced, Removed };
        Kind kind;
        Pointer path;
        std::size_t index = 0;  ///< place in the parent, for Added and Removed
        Json old;
    };

    static std::optional<std::string_view> textOf(const Json::object_t& members, std::string_view name)
    {
        const auto found = members.find(name);
        if (found == members.end() || !found->second.is_string()) return {};
        return found->second.get_ref<const std::string&>();
    }
    static Refusal pointerOf(const Json::object_t& members, std::string_view name, Pointer& out)
    {
        const auto text = textOf(members, name);
        if (!text) return "it has no \"" + std::string(name) + "\"";
        auto pointer = Pointer::parse(*text);
        if (!pointer) return "\"" + std::string(*text) + "\" is no JSON pointer";
        out = std::move(*pointer);
        return {};
    }
    static std::string missing(const Pointer& path)
    {
        return path.isRoot() ? "there is no document" : "there is nothing at " + path.text();
    }

    Json* find(const Pointer& path)
    {
        Json* value = valueAt(document_, path);
        return value != nullptr && !value->is_discarded() ? value : nullptr;
    }

    Refusal add(const Pointer& path, Json value)
    {
        if (path.tokens().size() + depthOf(value) > kMaxJsonDepth)
            return "the document would be nested more than 256 levels deep";
        if (path.isRoot()) {
            put(path, document_, std::move(value));
            return {};
        }
        Json* parent = find(path.parent());
        if (parent == nullptr) return missing(path.parent());
        const std::string& token = path.tokens().back();
        if (parent->is_object()) {
            auto& members = parent->get_ref<Json::object_t&>();
            const auto [member, fresh] = members.emplace(token);
            if (!fresh) {
                put(path, member->second, std::move(value));
                return {};
            }
            member->second = std::move(value);
            added(path, members.size() - 1, member->second);
            return {};
        }
        if (!parent->is_array()) return "the value at " + path.parent().text() + " has no members";
        auto& items = parent->get_ref<Json::array_t&>();
        const auto index = token == "-" ? items.size() : arrayIndex(token);
        if (!index) return "\"" + token + "\" is no array index";
        if (*index > items.size()) return "the index " + token + " is beyond the end of the array";
        const auto item = items.insert(items.begin() + static_cast<std::ptrdiff_t>(*index), std::move(value));
        added(token == "-" ? path.parent().child(std::to_string(*index)) : path, *index, *item);
        return {};
    }

    Refusal replace(const Pointer& path, Json value)
    {
        Json* target = find(path);
        if (target == nullptr) return missing(path);
        if (path.tokens().size() + depthOf(value) > kMaxJsonDepth)
            return "the document would be nested more than 256 levels deep";
        put(path, *target, std::move(value));
        return {};
    }

    Refusal remove(const Pointer& path)
    {
        Json* target = find(path);
        if (target == nullptr) return missing(path);
        if (changes_ != nullptr) changes_->push_back({Change::Op::Remove, path.text(), *target, nothing()});
        if (path.isRoot()) {
            undo_.push_back({Undo::Kind::Replaced, path, 0, std::exchange(document_, nothing())});
            return {};
        }
        Json& parent = *valueAt(document_, path.parent());
        Json old = std::move(*target);
        std::size_t place = 0;
        if (parent.is_array()) {
            auto& items = parent.get_ref<Json::array_t&>();
            place = static_cast<std::size_t>(target - items.data());
            items.erase(items.begin() + static_cast<std::ptrdiff_t>(place));
        } else {
            auto& members = parent.get_ref<Json::object_t&>();
            const auto member = members.find(path.tokens().back());
            place = static_cast<std::size_t>(member - members.begin());
            members.erase(member);
        }
        undo_.push_back({Undo::Kind::Removed, path, place, std::move(old)});
        return {};
    }

    Refusal move(const Pointer& from, const Pointer& path)
    {
        const Json* source = find(from);
        if (source == nullptr) return missing(from);
        const auto& outer = from.tokens();
        const auto& inner = path.tokens();
        if (inner == outer) return {};
        if (inner.size() > outer.size() && std::equal(outer.begin(), outer.end(), inner.begin()))
            return "a value cannot move into itself";
        Json value = *source;
        if (auto refusal = remove(from)) return refusal;
        return add(path, std::move(value));
    }

    Refusal copy(const Pointer& from, const Pointer& path)
    {
        const Json* source = find(from);
        if (source == nullptr) return missing(from);
        return add(path, *source);
    }

    Refusal test(const Pointer& path, const Json& value)
    {
        const Json* found = find(path);
        if (found == nullptr) return missing(path);
        if (!sameValue(*found, value)) return "the value there is another one";
        return {};
    }

    void put(const Pointer& path, Json& target, Json value)
    {
        if (changes_ != nullptr) {
            const auto op = target.is_discarded()     ? Change::Op::Add
                            : sameText(target, value) ? Change::Op::Same
                                                      : Change::Op::Replace;
            changes_->push_back({op, path.text(), target, value});
        }
        undo_.push_back({Undo::Kind::Replaced, path, 0, std::exchange(target, std::move(value))});
    }
    void added(const Pointer& path, std::size_t index, const Json& value)
    {
        if (changes_ != nullptr) changes_->push_back({Change::Op::Add, path.text(), nothing(), value});
        undo_.push_back({Undo::Kind::Added, path, index, Json()});
    }

    Json& document_;
    Changes* changes_;
    std::vector<Undo> undo_;
};

std::string titleOf(std::size_t number, const Json& operation)
{
    std::string title = "cannot apply operation " + std::to_string(number) + " of the patch";
    if (!operation.is_object()) return title;
    std::string name;
    for (const char* member : {"op", "path"}) {
        const auto& members = operation.get_ref<const Json::object_t&>();
        const auto found = members.find(std::string_view(member));
        if (found == members.end() || !found->second.is_string()) continue;
        if (!name.empty()) name += ' ';
        name += found->second.get_ref<const std::string&>();
    }
    return name.empty() ? title : title + " (" + name + ")";
}

void merge(Json& target, const Json& patch)
{
    if (!patch.is_object()) {
        target = patch;
        return;
    }
    if (!target.is_object()) target = Json(Json::value_t::object);
    auto& members = target.get_ref<Json::object_t&>();
    for (const auto& [key, value] : patch.get_ref<const Json::object_t&>()) {
        if (value.is_null())
            members.erase(key);
        else
            merge(members[key], value);
    }
}

}  // namespace

Result<void> applyPatch(Json& document, const Json& patch, Changes* changes)
{
    if (!patch.is_array()) return fail("cannot apply the patch", "it is no array of operations", {}, Error::Kind::BadInput);
    const std::size_t told = changes != nullptr ? changes->size() : 0;
    Patching patching(document, changes);
    const auto& operations = patch.get_ref<const Json::array_t&>();
    for (std::size_t i = 0; i < operations.size(); ++i) {
        auto refusal = patching.apply(operations[i]);
        if (!refusal) continue;
        patching.takeBack();
        if (changes != nullptr) changes->erase(changes->begin() + static_cast<std::ptrdiff_t>(told), changes->end());
        return fail(titleOf(i + 1, operations[i]), std::move(*refusal), {}, Error::Kind::BadInput);
    }
    return {};
}

void applyMergePatch(Json& document, const Json& patch)
{
    if (!patch.is_discarded()) merge(document, patch);
}

}  // namespace hindcast
