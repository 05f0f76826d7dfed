#include "core/model/rule_draft.h"

#include "core/model/rules.h"

#include <algorithm>

namespace hindcast::model {

namespace {

constexpr const char* kOtherwise = "otherwise";

bool isMerge(const std::optional<Json>& model)
{
    if (!model || !model->is_object()) return true;
    const auto name = model->find("builtIn");
    return name != model->end() && name->is_string() && name->get_ref<const std::string&>() == "merge";
}

bool mergesWholePayload(const Json& operation)
{
    if (!operation.is_object() || operation.contains("value")) return false;
    const auto target = operation.find("merge");
    return target != operation.end() && target->is_string() && target->get_ref<const std::string&>().empty();
}

/// What a rule sets is the rule's alone: a merge beside it would write the payload's own value over it, or count it twice.
void keepFrom(Json& operations, const std::string& target)
{
    if (!operations.is_array()) return;
    for (Json& operation : operations) {
        if (!mergesWholePayload(operation)) continue;
        Json& except = operation["except"];
        if (except.is_null()) except = Json::array();
        const bool known = std::any_of(except.begin(), except.end(), [&](const Json& one) {
            return one.is_string() && one.get_ref<const std::string&>() == target;
        });
        if (!known) except.push_back(target);
    }
}

}  // namespace

Json operationOf(const RuleDraft& draft)
{
    Json operation = Json::object();
    if (draft.operation == "end") {
        operation["end"] = true;
        return operation;
    }
    operation[draft.operation] = draft.target;
    if (draft.value) operation["value"] = *draft.value;
    return operation;
}

std::string whyNoRules(const std::optional<Json>& model, bool rows)
{
    if (!model && rows) return "a table's rows are told whole by their changes, and rules would lose that";
    if (model && model->is_object() && !isMerge(model))
        if (const auto name = model->find("builtIn"); name != model->end() && name->is_string())
            return "the model \"" + name->get<std::string>() + "\" cannot be written as rules";
    return {};
}

Result<Json> withRule(const std::optional<Json>& model, std::string_view category, bool rows, const RuleDraft& draft)
{
    const char* what = "cannot make the rule";
    if (const std::string why = whyNoRules(model, rows); !why.empty()) return fail(what, why, {}, Error::Kind::Unsupported);
    if (draft.type.empty()) return fail(what, "it names no type of events", "choose one, or * for all", Error::Kind::BadInput);

    const auto readable = [&](const Json& made) -> Result<void> {
        if (const auto read = rules::read(made); !read) return fail(what, read.error().why, {}, Error::Kind::BadInput);
        return {};
    };
    Json document = Json::object();
    if (isMerge(model)) {
        document["entity"] = std::string(category);
        document["initial"] = Json::object();
        document["on"] = Json::object();
        Json merge = Json::object();
        merge["merge"] = "";
        document[kOtherwise] = Json::array();
        document[kOtherwise].push_back(std::move(merge));
    } else {
        // Written by hand, perhaps: what is below counts on its form.
        if (auto whole = readable(*model); !whole) return std::unexpected(whole.error());
        document = *model;
    }
    Json& on = document["on"];
    if (!on.contains(draft.type)) {
        // Until now its events did what stands under "otherwise"; they go on doing so.
        const auto before = document.find(kOtherwise);
        on[draft.type] = before != document.end() && draft.type != "*" ? *before : Json::array();
    }
    if (draft.operation != "end" && !draft.target.empty()) {
        if (draft.type == "*") {
            for (auto& [type, operations] : on.get_ref<Json::object_t&>()) keepFrom(operations, draft.target);
            if (const auto rest = document.find(kOtherwise); rest != document.end()) keepFrom(*rest, draft.target);
        } else {
            keepFrom(on[draft.type], draft.target);
            // What stands under "*" comes after the type's own.
            if (const auto all = on.find("*"); all != on.end()) keepFrom(*all, draft.target);
        }
    }
    on[draft.type].push_back(operationOf(draft));
    if (auto whole = readable(document); !whole) return std::unexpected(whole.error());
    return document;
}

Json withModel(const std::optional<Json>& models, std::string_view category, const std::optional<Json>& model)
{
    Json all = models && models->is_object() ? *models : Json::object();
    if (model)
        all[std::string(category)] = *model;
    else
        all.get_ref<Json::object_t&>().erase(std::string(category));
    return all;
}

}  // namespace hindcast::model
