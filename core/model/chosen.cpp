#include "core/model/chosen.h"

namespace hindcast::model {

Result<std::unique_ptr<Reducer>> reducerFor(const std::optional<Json>& models, std::string_view category, bool rows)
{
    if (!models || !models->is_object()) return defaultReducer(rows);
    const auto chosen = models->find(std::string(category));
    if (chosen == models->end()) return defaultReducer(rows);
    const std::string what = "cannot use the model of " + std::string(category);
    const std::string hint = "the default model is used in its place";
    if (!chosen->is_object()) return fail(what, "the workspace holds something else than a model there", hint);
    if (const auto name = chosen->find("builtIn"); name != chosen->end() && name->is_string()) {
        std::unique_ptr<Reducer> reducer = builtIn(name->get_ref<const std::string&>());
        if (!reducer)
            return fail(what, "there is no built-in model \"" + name->get<std::string>() + "\"", hint, Error::Kind::Unsupported);
        return reducer;
    }
    Result<std::unique_ptr<Reducer>> rules = setRules(*chosen);
    if (!rules) return fail(what, rules.error().text(), hint);
    return rules;
}

}  // namespace hindcast::model
