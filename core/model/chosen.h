#pragma once
#include "core/event/error.h"
#include "core/event/json.h"
#include "core/model/reducer.h"

#include <memory>
#include <optional>
#include <string_view>

namespace hindcast::model {

/// The reducer of a category by a workspace's setting "models": category → a set-rules document, or {"builtIn": name}; a category
/// that is not in it has the default. The error names the category.
[[nodiscard]] Result<std::unique_ptr<Reducer>> reducerFor(const std::optional<Json>& models, std::string_view category,
                                                          bool rows);

}  // namespace hindcast::model
