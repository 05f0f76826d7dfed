#include "core/model/chosen.h"

namespace hindcast::model {

namespace {

constexpr const char* kWhat = "cannot use the model";

}  // namespace

Result<std::unique_ptr<Reducer>> reducerOf(const Json& document)
{
    if (!document.is_object()) return fail(kWhat, "the workspace holds something else than a model there");
    if (const auto name = document.find("builtIn"); name != document.end() && name->is_string()) {
        std::unique_ptr<Reducer> reducer = builtIn(name->get_ref<const std::string&>());
        if (reducer) return reducer;
        return fail(kWhat, "there is no built-in model \"" + name->get<std::string>() + "\"", {}, Error::Kind::Unsupported);
    }
    return setRules(document);
}

Result<std::unique_ptr<Reducer>> reducerFor(const std::optional<Json>& models, std::string_view category, bool rows)
{
    if (!models || !models->is_object()) return defaultReducer(rows);
    const auto chosen = models->find(std::string(category));
    if (chosen == models->end()) return defaultReducer(rows);
    const std::string what = "cannot use the model of " + std::string(category);
    const std::string hint = "the default model is used in its place";
    Result<std::unique_ptr<Reducer>> reducer = reducerOf(*chosen);
    if (reducer) return reducer;
    const Error& error = reducer.error();
    return fail(what, error.what == kWhat ? error.why : error.text(), hint, error.kind);
}

}  // namespace hindcast::model
