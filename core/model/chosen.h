#pragma once
#include "core/event/error.h"
#include "core/event/json.h"
#include "core/model/reducer.h"
#include "core/model/runtime.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hindcast::model {

/// The reducer of a category by a model's document, as the workspace's setting "models" holds one for each category: a set-rules
/// document, {"builtIn": name}, {"script": {"name", "source", "file"}} (script.h), or {"program": …} (program_reducer.h). `runtime` null: models that run
/// in another process are refused. The error says what is wrong with the document.
[[nodiscard]] Result<std::unique_ptr<Reducer>> reducerOf(const std::shared_ptr<Runtime>& runtime, const Json& document,
                                                         std::string_view category);

/// The same by the whole setting: a category that is not in it has the default. The error names the category.
[[nodiscard]] Result<std::unique_ptr<Reducer>> reducerFor(const std::shared_ptr<Runtime>& runtime,
                                                          const std::optional<Json>& models, std::string_view category,
                                                          bool rows);

/// A model's document from a file that the user names: a script (.js, .mjs, .cjs), or JSON: a set-rules file, or a document as above.
[[nodiscard]] Result<Json> readModelFile(const std::string& path);

}  // namespace hindcast::model
