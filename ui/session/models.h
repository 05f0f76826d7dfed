#pragma once
#include "core/event/error.h"
#include "core/event/json.h"
#include "core/model/reducer.h"

#include <memory>
#include <optional>
#include <string_view>

namespace hindcast::ui {

/// The reducer of a category by the workspace's setting "models": category → a set-rules document, or {"builtIn": name}; a
/// category that is not in it has the default. The error names the category.
[[nodiscard]] Result<std::unique_ptr<model::Reducer>> reducerFor(const std::optional<Json>& models, std::string_view category, bool rows);

}  // namespace hindcast::ui
