#include "core/model/chosen.h"

#include "core/event/json_file.h"
#include "core/model/program_reducer.h"
#include "core/model/script.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace hindcast::model {

namespace {

constexpr std::uintmax_t kLargestFile = 8u << 20;

bool isScript(const std::filesystem::path& path)
{
    const std::string ending = path.extension().string();
    return ending == ".js" || ending == ".mjs" || ending == ".cjs";
}

}  // namespace

Result<std::unique_ptr<Reducer>> reducerOf(const std::shared_ptr<Runtime>& runtime, const Json& document,
                                           std::string_view category)
{
    const std::string what = "cannot use the model of " + std::string(category);
    if (!document.is_object())
        return fail(what, "the workspace holds something else than a model there", {}, Error::Kind::BadInput);
    if (const auto name = document.find("builtIn"); name != document.end() && name->is_string()) {
        std::unique_ptr<Reducer> reducer = builtIn(name->get_ref<const std::string&>());
        if (!reducer)
            return fail(what, "there is no built-in model \"" + name->get<std::string>() + "\"", {}, Error::Kind::Unsupported);
        return reducer;
    }
    if (!runtime && (document.contains("script") || document.contains("program")))
        return fail(what, "it runs in another process", {}, Error::Kind::Unsupported);
    if (const auto script = scriptFrom(document)) return scriptReducer(runtime, *script, category);
    if (isProgram(document)) return programFrom(runtime, document);
    auto rules = setRules(document);
    if (!rules) return rules;
    const auto& of = document.at("entity").get_ref<const std::string&>();
    if (of != category && of != "*")
        return fail("the set rules have nothing for " + std::string(category), "they are for " + of,
                    "write rules for each category, \"*\" for any, or use a model that has several", Error::Kind::BadInput);
    return rules;
}

Result<std::unique_ptr<Reducer>> reducerFor(const std::shared_ptr<Runtime>& runtime, const std::optional<Json>& models,
                                            std::string_view category, bool rows)
{
    if (!models || !models->is_object()) return defaultReducer(rows);
    const auto chosen = models->find(std::string(category));
    if (chosen == models->end()) return defaultReducer(rows);
    auto reducer = reducerOf(runtime, *chosen, category);
    if (reducer) return reducer;
    const Error& error = reducer.error();
    const std::string what = "cannot use the model of " + std::string(category);
    return fail(what, error.what == what ? error.why : error.text(), "the default model is used in its place", error.kind);
}

Result<Json> readModelFile(const std::string& path)
{
    if (!isScript(path)) return readJsonFile(path);
    const std::string what = "cannot read the model " + path;
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error) return fail(what, error.message(), {}, Error::Kind::BadInput);
    if (size > kLargestFile) return fail(what, "it is larger than 8 MB", {}, Error::Kind::BadInput);
    std::ifstream file(path, std::ios::binary);
    std::ostringstream source;
    source << file.rdbuf();
    if (!file) return fail(what, "it cannot be read to its end", {}, Error::Kind::BadInput);
    return documentOf({std::filesystem::path(path).filename().string(), source.str(), std::filesystem::absolute(path).string()});
}

}  // namespace hindcast::model
