#include "ui/session/model_settings.h"

#include "core/model/rule_draft.h"

#include <array>
#include <utility>

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

/// In one transaction: what can be had back belongs to what took its place.
Result<void> saveSettings(store::Store& store, Json models, Json before)
{
    const std::array<std::pair<std::string, Json>, 2> both{{{kModels, std::move(models)}, {kModelsBefore, std::move(before)}}};
    return store.saveSettings(both);
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
    return saveSettings(store, model::withModel(settings->models, category, model), std::move(settings->before));
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
    auto all = model::withModel(settings->models, category, model);
    if (auto saved = saveSettings(store, std::move(all), std::move(settings->before)); !saved)
        return std::unexpected(saved.error());
    return true;
}

ModelChanges::ModelChanges(std::shared_ptr<store::Store> store, GuiPost post, Answer answer, Models models)
    : store_(std::move(store)), post_(std::move(post)), answer_(std::move(answer)), models_(std::move(models))
{
}

ModelChanges::~ModelChanges()
{
    thread_.end();
    makeAll();  // what the thread did not come to
}

void ModelChanges::add(Change change)
{
    {
        const std::scoped_lock lock(mutex_);
        waiting_.push_back(std::move(change));
    }
    thread_.post(0, [this](const std::stop_token&) { makeAll(); });
}

void ModelChanges::read()
{
    thread_.post(1, [this](const std::stop_token&) {
        makeAll();
        // What cannot be read now is told by who shows the states: the models are read for these, too.
        auto settings = readSettings(*store_);
        auto models = std::make_shared<std::optional<Json>>(settings ? std::move(settings->models) : std::nullopt);
        post_([this, models] {
            models_(*models ? std::make_shared<const Json>(std::move(**models)) : std::shared_ptr<const Json>());
        });
    });
}

void ModelChanges::makeAll()
{
    // One after the other: each builds on what the one before has left.
    while (true) {
        Change change;
        {
            const std::scoped_lock lock(mutex_);
            if (waiting_.empty()) return;
            change = std::move(waiting_.front());
            waiting_.pop_front();
        }
        Result<bool> done = true;
        if (!change.model) {
            done = undoModel(*store_, change.category);
        } else if (auto saved = saveModel(*store_, change.category, *change.model); !saved) {
            done = std::unexpected(saved.error());
        }
        post_([this, done, change] { answer_(change, done); });
    }
}

bool ModelChanges::busy() const { return thread_.busy(); }

}  // namespace hindcast::ui
