#include "ui/session/model_settings.h"

#include "core/model/rule_draft.h"

namespace hindcast::ui {

namespace {

struct Settings {
    std::optional<Json> models;
    Json before;  ///< an object
};

Result<Settings> readSettings(store::Store& store)
{
    auto reader = store.reader();
    if (!reader) return std::unexpected(reader.error());
    auto models = (*reader)->setting(kModels);
    if (!models) return std::unexpected(models.error());
    auto before = (*reader)->setting(kModelsBefore);
    if (!before) return std::unexpected(before.error());
    Settings settings{std::move(*models), Json::object()};
    if (*before && (*before)->is_object()) settings.before = std::move(**before);
    return settings;
}

}  // namespace

Result<void> saveModel(store::Store& store, const std::string& category, const Json& model)
{
    auto settings = readSettings(store);
    if (!settings) return std::unexpected(settings.error());
    Json present = nullptr;
    if (settings->models && settings->models->is_object())
        if (const auto found = settings->models->find(category); found != settings->models->end()) present = *found;
    Json& list = settings->before[category];
    if (!list.is_array()) list = Json::array();
    auto& kept = list.get_ref<Json::array_t&>();
    kept.push_back(std::move(present));
    if (kept.size() > kModelsKept) kept.erase(kept.begin());
    // First what can be had back: between the two there is only an undo that changes nothing.
    if (auto saved = store.saveSetting(kModelsBefore, settings->before); !saved) return saved;
    return store.saveSetting(kModels, model::withModel(settings->models, category, model));
}

Result<bool> undoModel(store::Store& store, const std::string& category)
{
    auto settings = readSettings(store);
    if (!settings) return std::unexpected(settings.error());
    const auto list = settings->before.find(category);
    if (list == settings->before.end() || !list->is_array() || list->empty()) return false;
    auto& kept = list->get_ref<Json::array_t&>();
    std::optional<Json> model;
    if (!kept.back().is_null()) model = kept.back();
    kept.pop_back();
    if (auto saved = store.saveSetting(kModels, model::withModel(settings->models, category, model)); !saved)
        return std::unexpected(saved.error());
    if (auto saved = store.saveSetting(kModelsBefore, settings->before); !saved) return std::unexpected(saved.error());
    return true;
}

}  // namespace hindcast::ui
