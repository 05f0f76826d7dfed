#include "ui/session/open_replay.h"

#include "core/model/chosen.h"
#include "core/model/rule_draft.h"
#include "ui/session/model_settings.h"
#include "ui/session/script_document.h"

namespace hindcast::ui {

std::shared_ptr<const ModelView> describeModel(const replay::History& history, const std::optional<Json>& models,
                                               const std::optional<Json>& before, const model::Reducer& reducer)
{
    auto view = std::make_shared<ModelView>();
    const std::string& category = history.key.category;
    view->category = QString::fromStdString(category);
    view->name = QString::fromStdString(reducer.name());
    view->describes = QString::fromStdString(reducer.describe());
    // Said of the models that nobody wrote for these events: what they show is a guess at the state.
    for (const char* guess : {"merge", "fields", "latest"})
        if (view->name == QLatin1String(guess)) view->note = view->describes;
    if (models && models->is_object())
        if (const auto chosen = models->find(category); chosen != models->end())
            view->document = std::make_shared<const Json>(*chosen);
    view->isScript = view->document && scriptOf(*view->document).has_value();
    view->isRules = view->document && view->document->is_object() && view->document->contains("on");
    if (before && before->is_object())
        if (const auto list = before->find(category); list != before->end() && list->is_array())
            view->version += static_cast<int>(list->size());
    view->whyNoRules =
        QString::fromStdString(model::whyNoRules(view->document ? std::optional(*view->document) : std::nullopt, history.rows));
    return view;
}

Result<OpenReplay> openReplay(store::Reader& reader, const std::shared_ptr<model::Runtime>& runtime,
                              std::shared_ptr<const replay::History> history, std::size_t snapshotBytes)
{
    auto mappings = ingest::loadMappings(reader);
    if (!mappings) return std::unexpected(mappings.error());
    auto models = reader.setting(kModels);
    if (!models) return std::unexpected(models.error());

    auto before = reader.setting(kModelsBefore);
    if (!before) return std::unexpected(before.error());

    OpenReplay opened;
    auto reducer = model::reducerFor(runtime, *models, history->key.category, history->rows);
    if (!reducer) {
        opened.modelError = reducer.error();
        reducer = model::defaultReducer(history->rows);
    }
    opened.model = describeModel(*history, *models, *before, **reducer);
    opened.history = history;
    opened.decoders = std::make_shared<ingest::Decoders>(std::move(*mappings));
    if (auto known = opened.decoders->refresh(reader); !known) return std::unexpected(known.error());
    opened.replay = std::make_unique<replay::EntityReplay>(reader, std::move(history), std::move(*reducer),
                                                           ingest::payloadsOf(opened.decoders), snapshotBytes);
    return opened;
}

}  // namespace hindcast::ui
