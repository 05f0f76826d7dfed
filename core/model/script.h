#pragma once
#include "core/model/script_pool.h"

#include <memory>
#include <string>
#include <string_view>

namespace hindcast::model {

/// A JavaScript model file (contracts 5), or an EventStoreDB-style projection (formats 2).
struct Script {
    std::string name;  ///< "bank.model.mjs": what errors call it
    std::string source;
    std::string file{};  ///< where it came from; may be empty
};

/// From the setting "models": {"script": {"name", "source", "file"}}. Empty: it is no script.
[[nodiscard]] std::optional<Script> scriptFrom(const Json& document);
[[nodiscard]] Json documentOf(const Script& script);

/// Whether it is a module, which others can import: no projection. The helper is asked.
[[nodiscard]] bool isModule(const std::shared_ptr<Runtime>& runtime, const Script& script);

/// The reducer that a script has for a category. An error where the file is wrong (file, line and message), or has none for the category
/// (it names those that it has).
/// The first time the helper reads the source: some 20 ms, at most Limits::start.
[[nodiscard]] Result<std::unique_ptr<Reducer>> scriptReducer(const std::shared_ptr<Runtime>& runtime, const Script& script,
                                                             std::string_view category);

}  // namespace hindcast::model
