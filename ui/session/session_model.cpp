#include "ui/session/session_impl.h"

namespace hindcast::ui {

void Session::Impl::changeModel(const QString& category, std::optional<Json> model)
{
    if (workspace) workspace->models->add({category.toStdString(), std::move(model)});
}

void Session::Impl::modelChanged(const ModelChanges::Change& change, const Result<bool>& done)
{
    const QString category = QString::fromStdString(change.category);
    if (!done) {
        Error error = done.error();
        error.what = Session::tr("cannot save the rules of %1").arg(category).toStdString();
        report(error);
    } else if (*done) {
        // What was computed goes by the old model; the playhead stays where it is.
        workspace->entity->reopen();
        loadLanes(true);
        workspace->names->forget();
        workspace->audit->modelChanged(change.category);
        emit q->modelsChanged(category, !change.model);
    }
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
