#include "ui/session/entity_worker_impl.h"

#include "core/ingest/decoders.h"
#include "core/model/chosen.h"

#include "ui/session/model_remarks.h"

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr std::size_t kPreviewSnapshots = 4u << 20;

}  // namespace

// On the state thread.

void EntityWorker::Impl::computePreview(std::uint64_t of, const std::shared_ptr<const PreviewTask>& task,
                                        const std::stop_token& stop)
{
    if (!current(of) || !opened) return;
    auto result = std::make_shared<ModelPreview>();
    result->ticket = task->ticket;
    const auto give = [&](const QString& error) {
        result->error = error;
        answer(of, [result](const Answers& to) { to.preview(result); });
    };
    auto reducer = model::reducerOf(runtime, task->document, opened->history->key.category);
    if (!reducer) {
        result->diagnostics.push_back(diagnosticOf(reducer.error()));
        return give(QString::fromStdString(reducer.error().why));
    }
    const auto model = describeModel(*opened->history, std::nullopt, std::nullopt, **reducer);
    const auto careful = (*reducer)->isRemote() ? (*reducer)->clone() : nullptr;
    replay::EntityReplay replay(*reader, opened->history, std::move(*reducer), ingest::payloadsOf(opened->decoders),
                                kPreviewSnapshots);
    const Version version = std::min(task->version, opened->history->last());
    auto state = replay.at(version, stop);
    auto now = state ? opened->replay->at(version, stop) : state;
    if (!now) {
        if (now.error().kind != Error::Kind::Cancelled) {
            result->diagnostics.push_back(diagnosticOf(now.error()));
            return give(QString::fromStdString(now.error().text()));
        }
        thread.postUnlessWaiting(kPreview, [this, of, task](const std::stop_token& again) { computePreview(of, task, again); });
        return;
    }
    auto view = std::make_shared<StateView>();
    view->entity = opened->history->entity;
    const Json nothing(Json::value_t::discarded);
    view->changes = difference(now->alive ? now->document : nothing, state->alive ? state->document : nothing);
    if (state->error) result->diagnostics.push_back(diagnosticOf(*state->error));
    // Where it fails that is what is to be looked at; and one that hangs would hang once more.
    if (careful && !state->error) {
        const auto feed = replay::feedFrom(*reader);
        const auto payloads = ingest::payloadsOf(opened->decoders);
        for (ModelDiagnostic& one : remarksOf(*careful, *feed, *opened->history, *payloads, version, stop))
            result->diagnostics.push_back(std::move(one));
    }
    view->state = std::move(*state);
    view->model = model;
    view->modelName = model->name;
    result->view = view;
    give({});
}

}  // namespace hindcast::ui
