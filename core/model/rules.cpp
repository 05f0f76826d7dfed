#include "core/model/rules.h"

#include <algorithm>
#include <array>
#include <functional>

namespace hindcast::model::rules {

namespace {

using Object = Json::object_t;

constexpr std::array<std::pair<std::string_view, Operation::Do>, 6> kOperations{{{"set", Operation::Do::Set},
                                                                                 {"add", Operation::Do::Add},
                                                                                 {"append", Operation::Do::Append},
                                                                                 {"remove", Operation::Do::Remove},
                                                                                 {"merge", Operation::Do::Merge},
                                                                                 {"end", Operation::Do::End}}};
constexpr std::array<std::pair<std::string_view, Meta>, 8> kMetas{{{"time", Meta::Time},
                                                                   {"type", Meta::Type},
                                                                   {"kind", Meta::Kind},
                                                                   {"version", Meta::Version},
                                                                   {"entity", Meta::Entity},
                                                                   {"category", Meta::Category},
                                                                   {"id", Meta::Id},
                                                                   {"offset", Meta::Offset}}};
constexpr std::array<std::pair<std::string_view, When::Test>, 4> kTests{
    {{"equals", When::Test::Equals}, {"not", When::Test::Not}, {"in", When::Test::In}, {"exists", When::Test::Exists}}};

template <class Table>
auto lookUp(const Table& table, std::string_view name) -> std::optional<decltype(table[0].second)>
{
    for (const auto& [known, value] : table)
        if (known == name) return value;
    return std::nullopt;
}

template <class Table>
std::string namesIn(const Table& table)
{
    std::string list;
    for (const auto& entry : table) list += (list.empty() ? "" : ", ") + std::string(entry.first);
    return list;
}

/// Reads with the place in hand, so that every error tells where it is.
class Reading {
public:
    explicit Reading(std::string where) : where_(std::move(where)) {}

    [[nodiscard]] std::unexpected<Error> error(const std::string& what) const
    {
        return fail("cannot use the set rules", where_.empty() ? what : where_ + ": " + what, {}, Error::Kind::BadInput);
    }

    [[nodiscard]] Result<Pointer> pointer(const Json& json, const std::string& name) const
    {
        if (!json.is_string()) return error("'" + name + "' must be a JSON Pointer, such as \"/total\"");
        const std::string& text = json.get_ref<const std::string&>();
        auto parsed = Pointer::parse(text);
        if (!parsed) return error("'" + text + "' is no JSON Pointer: it must be empty or begin with '/'");
        return std::move(*parsed);
    }

    [[nodiscard]] Result<Value> value(const Json& json, std::size_t depth = 0) const
    {
        constexpr const char* kForms = R"('value' must be {"at": pointer}, {"const": …}, {"meta": name} or {"object": {…}})";
        if (!json.is_object() || json.size() != 1) return error(kForms);
        if (depth > kMaxJsonDepth) return error("'value' is nested too deeply");
        const auto& [form, content] = json.get_ref<const Object&>().front();
        Value made;
        if (form == "at") {
            auto at = pointer(content, "at");
            if (!at) return std::unexpected(at.error());
            made.at = std::move(*at);
        } else if (form == "const") {
            made.from = Value::From::Const;
            made.constant = content;
        } else if (form == "meta") {
            made.from = Value::From::Meta;
            const auto meta = content.is_string() ? lookUp(kMetas, content.get_ref<const std::string&>()) : std::nullopt;
            if (!meta) return error("'meta' must be one of " + namesIn(kMetas));
            made.meta = *meta;
        } else if (form == "object") {
            if (!content.is_object()) return error("'object' must be an object of values");
            made.from = Value::From::Object;
            for (const auto& [name, inner] : content.get_ref<const Object&>()) {
                auto member = value(inner, depth + 1);
                if (!member) return std::unexpected(member.error());
                made.names.push_back(name);
                made.members.push_back(std::move(*member));
            }
        } else {
            return error(kForms);
        }
        return made;
    }

    [[nodiscard]] Result<When> when(const Json& json) const
    {
        if (!json.is_object()) return error("'when' must be an object");
        When made;
        bool placed = false;
        bool tested = false;
        for (const auto& [name, content] : json.get_ref<const Object&>()) {
            if (name == "at" || name == "state") {
                auto at = pointer(content, name);
                if (!at) return std::unexpected(at.error());
                if (placed) return error("'when' looks at one place: 'at' of the payload or 'state'");
                made.at = std::move(*at);
                made.ofState = name == "state";
                placed = true;
            } else if (const auto test = lookUp(kTests, name)) {
                if (tested) return error("'when' takes one of " + namesIn(kTests));
                if (*test == When::Test::In && !content.is_array()) return error("'in' must be an array");
                if (*test == When::Test::Exists && !content.is_boolean()) return error("'exists' must be true or false");
                made.test = *test;
                made.wanted = content;
                tested = true;
            } else {
                return error("'when' has an unknown member '" + name + "'");
            }
        }
        if (!placed) return error("'when' needs 'at' or 'state'");
        if (!tested) return error("'when' needs one of " + namesIn(kTests));
        return made;
    }

    [[nodiscard]] Result<Operation> operation(const Json& json)
    {
        if (!json.is_object()) return error("an operation must be an object");
        const auto& object = json.get_ref<const Object&>();
        Operation made;
        const Json* target = nullptr;
        for (const auto& [name, content] : object) {
            const auto what = lookUp(kOperations, name);
            if (!what) continue;
            if (target) return error("an operation does one thing, and this one has two of " + namesIn(kOperations));
            target = &content;
            made.what = *what;
            where_ += " " + name;
        }
        if (!target) return error("an operation needs one of " + namesIn(kOperations));
        made.label = where_;
        for (const auto& [name, content] : object)
            if (!lookUp(kOperations, name) && name != "value" && name != "when" && name != "except")
                return error("unknown member '" + name + "'");

        if (made.what == Operation::Do::End) {
            if (!target->is_boolean() || !target->get<bool>()) return error("'end' must be true");
        } else {
            auto at = pointer(*target, "the target");
            if (!at) return std::unexpected(at.error());
            made.target = std::move(*at);
        }
        if (const auto found = object.find("value"); found != object.end()) {
            if (made.what == Operation::Do::End) return error("'end' takes no value");
            auto value = this->value(found->second);
            if (!value) return std::unexpected(value.error());
            made.value = std::move(*value);
        }
        if (const auto found = object.find("when"); found != object.end()) {
            auto when = this->when(found->second);
            if (!when) return std::unexpected(when.error());
            made.when = std::move(*when);
        }
        if (const auto found = object.find("except"); found != object.end()) {
            if (made.what != Operation::Do::Merge) return error("only 'merge' takes 'except'");
            if (!found->second.is_array()) return error("'except' must be an array of JSON Pointers");
            for (const Json& one : found->second) {
                auto at = pointer(one, "except");
                if (!at) return std::unexpected(at.error());
                made.except.push_back(std::move(*at));
            }
        }
        const bool needsValue =
            made.what == Operation::Do::Set || made.what == Operation::Do::Add || made.what == Operation::Do::Append;
        if (needsValue && !made.value) return error("'value' is missing");
        if (made.what == Operation::Do::Remove && !made.value && made.target.isRoot())
            return error("the whole state cannot be removed: use {\"end\": true}");
        return made;
    }

private:
    std::string where_;
};

/// Which members of the payload an operation reads. False: all of it.
bool collectReads(const Value& value, Handler& handler)
{
    if (value.from == Value::From::Payload) {
        handler.needsPayload = true;
        if (value.at.isRoot()) return false;
        handler.only.push_back(value.at.tokens().front());
    }
    return std::all_of(value.members.begin(), value.members.end(),
                       [&](const Value& member) { return collectReads(member, handler); });
}

void findReads(Handler& handler)
{
    bool some = true;
    for (const Operation& operation : handler.operations) {
        if (operation.value) {
            some = collectReads(*operation.value, handler) && some;
        } else if (operation.what == Operation::Do::Merge) {
            handler.needsPayload = true;
            some = false;
        }
        if (operation.when && !operation.when->ofState) {
            handler.needsPayload = true;
            if (operation.when->at.isRoot()) {
                some = false;
            } else {
                handler.only.push_back(operation.when->at.tokens().front());
            }
        }
    }
    if (!some) handler.only.clear();
    std::sort(handler.only.begin(), handler.only.end());
    handler.only.erase(std::unique(handler.only.begin(), handler.only.end()), handler.only.end());
}

/// A member of an object can always be set or removed.
bool canFail(const Operation& operation)
{
    switch (operation.what) {
        case Operation::Do::End:
        case Operation::Do::Remove: return false;
        case Operation::Do::Set: return operation.target.tokens().size() != 1;
        default: return true;
    }
}

void findFallible(Handler& handler)
{
    for (std::size_t i = 0; i < handler.operations.size(); ++i) {
        const Operation& operation = handler.operations[i];
        if (canFail(operation)) handler.fallible = i + 1;
        if (operation.target.isRoot() && operation.what != Operation::Do::End) handler.touchesRoot = true;
    }
}

Result<Handler> readHandler(const std::string& type, const Json& json)
{
    if (!json.is_array()) return Reading(type).error("must be an array of operations");
    Handler handler;
    for (std::size_t i = 0; i < json.size(); ++i) {
        auto operation = Reading(type + "[" + std::to_string(i) + "]").operation(json[i]);
        if (!operation) return std::unexpected(operation.error());
        handler.operations.push_back(std::move(*operation));
    }
    findReads(handler);
    findFallible(handler);
    return handler;
}

}  // namespace

Result<File> read(const Json& json)
{
    const Reading top("");
    if (!json.is_object()) return top.error("the file must be a JSON object");
    File file;
    const Json* on = nullptr;
    for (const auto& [name, content] : json.get_ref<const Object&>()) {
        if (name == "entity") {
            if (!content.is_string()) return top.error("'entity' must be the name of a category");
            file.entity = content.get_ref<const std::string&>();
        } else if (name == "initial") {
            if (!content.is_object()) return top.error("'initial' must be an object");
            file.initial = content;
        } else if (name == "on") {
            if (!content.is_object()) return top.error("'on' must be an object: event type → operations");
            on = &content;
        } else if (name == "otherwise") {
            auto handler = readHandler(name, content);
            if (!handler) return std::unexpected(handler.error());
            file.otherwise = std::move(*handler);
        } else if (name != "note" && name != "$schema") {
            return top.error("unknown member '" + name + "'");
        }
    }
    if (file.entity.empty()) return top.error("'entity' is missing");
    if (!on) return top.error("'on' is missing");
    for (const auto& [type, content] : on->get_ref<const Object&>()) {
        auto handler = readHandler(type, content);
        if (!handler) return std::unexpected(handler.error());
        if (type == "*") {
            file.any = std::move(*handler);
        } else {
            file.on.emplace(type, std::move(*handler));
        }
    }
    return file;
}

}  // namespace hindcast::model::rules
