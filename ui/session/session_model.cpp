#include "ui/session/model_settings.h"
#include "ui/session/session_impl.h"

namespace hindcast::ui {

void Session::Impl::changeModel(const QString& category, std::optional<Json> model)
{
    if (!workspace) return;
    modelChanges.push_back({category, std::move(model)});
    if (modelChanges.size() == 1) changeNextModel();
}

void Session::Impl::changeNextModel()
{
    // One after the other: each builds on what the one before has left.
    if (modelChanges.empty() || !workspace) return;
    opener.post(kChangeModel,
                [this, change = modelChanges.front(), store = workspace->store, post = poster(serial)](const std::stop_token&) {
                    const std::string name = change.category.toStdString();
                    Result<bool> done = true;
                    if (!change.model) {
                        done = ui::undoModel(*store, name);
                    } else if (auto saved = ui::saveModel(*store, name, *change.model); !saved) {
                        done = std::unexpected(saved.error());
                    }
                    post([this, done, change] { modelChanged(change, done); });
                });
}

void Session::Impl::modelChanged(const ModelChange& change, const Result<bool>& done)
{
    if (!modelChanges.empty()) modelChanges.erase(modelChanges.begin());
    if (!done) {
        Error error = done.error();
        error.what = Session::tr("cannot save the rules of %1").arg(change.category).toStdString();
        report(error);
    } else if (*done) {
        // What was computed goes by the old model; the playhead stays where it is.
        workspace->entity->reopen();
        loadLanes(true);
        workspace->names->forget();
        emit q->modelsChanged(change.category, !change.model);
    }
    changeNextModel();
}

void Session::saveModel(const QString& category, const Json& model) { impl_->changeModel(category, model); }

void Session::undoModel(const QString& category) { impl_->changeModel(category, std::nullopt); }

void Session::previewModel(std::uint64_t ticket, const Json& rules)
{
    if (impl_->workspace && impl_->selected) impl_->workspace->entity->requestPreview(ticket, rules, impl_->playhead.version());
}

void Session::requestDiff(Version a, Version b)
{
    if (impl_->workspace && impl_->selected) impl_->workspace->entity->requestDiff(a, b);
}

}  // namespace hindcast::ui
