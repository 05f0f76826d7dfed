#pragma once
#include "core/store/store.h"

#include <optional>
#include <string>

namespace hindcast::ui {

/// Setting: category → its model (core/model/chosen.h).
inline constexpr const char* kModels = "models";
/// Setting: category → the models that its present one took the place of, the latest last; null: the default.
inline constexpr const char* kModelsBefore = "models.before";
/// How many of them are kept.
inline constexpr std::size_t kModelsKept = 20;

// Both write at once (Store::saveSetting, with its errors) and not on the GUI thread.

/// Gives a category another model; the one before it can be had back.
[[nodiscard]] Result<void> saveModel(store::Store& store, const std::string& category, const Json& model);
/// The model before the present one. False: there is none.
[[nodiscard]] Result<bool> undoModel(store::Store& store, const std::string& category);

}  // namespace hindcast::ui
