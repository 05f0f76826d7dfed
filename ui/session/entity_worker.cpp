#include "ui/session/entity_worker_impl.h"

namespace hindcast::ui {

EntityWorker::EntityWorker(std::unique_ptr<store::Reader> reader, std::unique_ptr<store::Reader> background,
                           std::shared_ptr<model::Runtime> runtime, GuiPost post, Answers answers)
    : impl_(std::make_unique<Impl>())
{
    impl_->runtime = std::move(runtime);
    impl_->reader = std::move(reader);
    impl_->backgroundReader = std::move(background);
    impl_->post = std::move(post);
    impl_->answers = std::move(answers);
}

EntityWorker::~EntityWorker()
{
    impl_->thread.end();
    impl_->backgroundThread.end();
}

void EntityWorker::select(EntityId entity, std::optional<EventId> wanted)
{
    Impl* impl = impl_.get();
    const std::uint64_t of = ++impl->generation;
    impl->entity = entity;
    impl->backgroundThread.cancel(Impl::kProvenance);
    impl->backgroundThread.cancel(Impl::kWatch);
    for (const Impl::Kind kind : {Impl::kRefresh, Impl::kState, Impl::kEvent, Impl::kTip, Impl::kFields, Impl::kFieldNames,
                                  Impl::kChanges, Impl::kWrites, Impl::kPreview, Impl::kText})
        impl->thread.cancel(kind);
    impl->thread.postBefore(Impl::kLoad, Impl::kLoad,
                            [impl, of, entity, wanted](const std::stop_token&) { impl->load(of, entity, wanted); });
}

void EntityWorker::deselect()
{
    ++impl_->generation;
    impl_->entity.reset();
    impl_->shown.reset();
    impl_->backgroundThread.cancel(Impl::kProvenance);
    impl_->backgroundThread.cancel(Impl::kWatch);
}

void EntityWorker::reopen()
{
    if (impl_->entity) select(*impl_->entity);
}

void EntityWorker::setStopsAtError(bool on) { impl_->stopsAtError = on; }

void EntityWorker::refresh()
{
    if (!impl_->entity) return;
    Impl* impl = impl_.get();
    impl->thread.post(Impl::kRefresh, [impl, of = impl->generation.load()](const std::stop_token&) { impl->reload(of); });
}

void EntityWorker::requestState(Version version)
{
    if (!impl_->atHome()) return;
    Impl* impl = impl_.get();
    impl->thread.postBefore(Impl::kState, Impl::kTip, [impl, version, of = impl->generation.load()](const std::stop_token& stop) {
        impl->computeState(of, version, stop);
    });
}

void EntityWorker::requestChanges(VersionRuns runs)
{
    if (!impl_->atHome()) return;
    Impl* impl = impl_.get();
    impl->thread.postBefore(Impl::kChanges, Impl::kChanges,
                            [impl, wanted = std::move(runs), of = impl->generation.load()](const std::stop_token& stop) {
                                impl->computeChanges(of, wanted, 0, stop);
                            });
}

void EntityWorker::requestTip(Version version)
{
    if (!impl_->atHome()) return;
    Impl* impl = impl_.get();
    impl->thread.post(Impl::kTip, [impl, version, of = impl->generation.load()](const std::stop_token& stop) {
        impl->computeTip(of, version, stop);
    });
}

void EntityWorker::requestEvent(EventId id)
{
    if (!impl_->atHome()) return;
    Impl* impl = impl_.get();
    impl->thread.post(Impl::kEvent,
                      [impl, id, of = impl->generation.load()](const std::stop_token&) { impl->describeEvent(of, id); });
}

void EntityWorker::requestFields(std::vector<EventId> ids, std::vector<std::string> pointers)
{
    if (!impl_->atHome()) return;
    Impl* impl = impl_.get();
    impl->thread.post(Impl::kFields, [impl, wanted = std::move(ids), at = std::move(pointers), of = impl->generation.load()](
                                         const std::stop_token&) { impl->readValues(of, wanted, at); });
}

void EntityWorker::requestFieldNames(std::vector<EventId> ids)
{
    if (!impl_->atHome()) return;
    Impl* impl = impl_.get();
    impl->thread.post(Impl::kFieldNames, [impl, wanted = std::move(ids), of = impl->generation.load()](const std::stop_token&) {
        impl->readNames(of, wanted);
    });
}

void EntityWorker::requestText(std::vector<TextExport::Row> rows, TextExport::Line line)
{
    if (!impl_->atHome()) return;
    Impl* impl = impl_.get();
    auto job = std::make_shared<TextJob>(++*impl->textSerial, std::move(rows), std::move(line));
    impl->thread.post(Impl::kText,
                      [impl, job, of = impl->generation.load()](const std::stop_token&) { impl->writeText(of, job); });
}

void EntityWorker::cancelText()
{
    ++*impl_->textSerial;
    impl_->thread.cancel(Impl::kText);
}

void EntityWorker::requestPreview(std::uint64_t ticket, Json document, Version version)
{
    if (!impl_->atHome()) return;
    Impl* impl = impl_.get();
    const auto task = std::make_shared<const Impl::PreviewTask>(Impl::PreviewTask{ticket, std::move(document), version});
    impl->thread.postBefore(
        Impl::kPreview, Impl::kPreview,
        [impl, task, of = impl->generation.load()](const std::stop_token& stop) { impl->computePreview(of, task, stop); });
}

bool EntityWorker::busy() const
{
    // The background thread ends by a post to the other one: ask in that order.
    return impl_->backgroundThread.busy() || impl_->thread.busy();
}

}  // namespace hindcast::ui
