#pragma once
#include "core/event/error.h"
#include "core/event/json.h"
#include "core/model/reducer.h"

#include <memory>
#include <optional>
#include <string_view>

namespace hindcast::model {

/// The reducer that a model document describes, as the setting "models" holds it for a category: set rules, or {"builtIn": name}. The
/// error is what is wrong with the model itself.
[[nodiscard]] Result<std::unique_ptr<Reducer>> reducerOf(const Json& document);

/// The reducer of a category by a workspace's setting "models": category → a document as reducerOf() takes it; a category that is
/// not in it has the default. The error names the category.
[[nodiscard]] Result<std::unique_ptr<Reducer>> reducerFor(const std::optional<Json>& models, std::string_view category,
                                                          bool rows);

}  // namespace hindcast::model
