#include "ui/session/script_document.h"
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
        workspace->models->read();
        workspace->audit->modelChanged(change.category, overview ? overview->directory : nullptr);
        for (const auto& facet : facets) facet->modelChanged(category);
        emit q->modelsChanged(category, !change.model);
    }
}

void Session::Impl::takeModels(std::shared_ptr<const Json> read)
{
    models = std::move(read);
    std::map<QString, QString> files;
    // Where nothing can be saved a file's change could not come to anything.
    if (models && models->is_object() && readOnlyBecause.isEmpty())
        for (const auto& [category, document] : models->get_ref<const Json::object_t&>())
            if (const auto script = scriptOf(document); script && !script->file.isEmpty()) files[script->file] = script->source;
    modelFiles.watch(files);
    emit q->modelsRead();
}

void Session::Impl::connectModelFiles()
{
    QObject::connect(&modelFiles, &ModelFiles::changed, q,
                     [this](const QString& file, const QString& text) { modelFileChanged(file, text); });
    QObject::connect(&modelFiles, &ModelFiles::failed, q, &Session::failed);
    QObject::connect(&modelFiles, &ModelFiles::vanished, q, [this](const QString& file) {
        // One that was never here belongs to whom the workspace comes from.
        if (!modelFiles.lastWritten(file).isValid()) return;
        emit q->failed(Session::tr("the model's file is gone: %1").arg(file), Session::tr("it was moved or deleted"),
                       Session::tr("the text read last is used on; it is followed again where it comes back"));
    });
}

void Session::Impl::modelFileChanged(const QString& file, const QString& text)
{
    if (!models || !models->is_object()) return;
    for (const auto& [category, document] : models->get_ref<const Json::object_t&>()) {
        auto script = scriptOf(document);
        if (!script || script->file != file || script->source == text) continue;
        script->source = text;
        changeModel(QString::fromStdString(category), documentOf(*script));
    }
}

ModelFiles* Session::modelFiles() { return &impl_->modelFiles; }

std::shared_ptr<const Json> Session::models() const { return impl_->models; }

void Session::saveModel(const QString& category, const Json& model) { impl_->changeModel(category, model); }

void Session::undoModel(const QString& category) { impl_->changeModel(category, std::nullopt); }

void Session::previewModel(std::uint64_t ticket, const Json& document)
{
    if (impl_->workspace && impl_->selected)
        impl_->workspace->entity->requestPreview(ticket, document, impl_->playhead.version());
}

}  // namespace hindcast::ui
