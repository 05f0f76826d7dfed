#include "ui/session/entity_worker_impl.h"

#include "core/ingest/decoders.h"
#include "ui/session/version_of.h"

namespace hindcast::ui {

// On the state thread.

void EntityWorker::Impl::describeEvent(std::uint64_t of, EventId id)
{
    if (!current(of) || !opened) return;
    auto described = ingest::describeEvent(*reader, *opened->decoders, id);
    if (!described) return fail(of, described.error());
    if (!*described) return;
    auto view = std::make_shared<EventView>();
    view->event = std::move(**described);
    view->entity = opened->replay->history().key;
    view->version = versionOf(opened->replay->history(), id, {});
    answer(of, [view](const Answers& to) { to.event(view); });
}

void EntityWorker::Impl::readValues(std::uint64_t of, const std::vector<EventId>& ids, const std::vector<std::string>& pointers)
{
    if (!current(of) || !opened) return;
    auto rows = readFields(*reader, *ingest::payloadsOf(opened->decoders), ids, pointers, {});
    if (!rows) return fail(of, rows.error());
    answer(of, [result = std::make_shared<const FieldRows>(std::move(*rows))](const Answers& to) { to.fields(result); });
}

void EntityWorker::Impl::readNames(std::uint64_t of, const std::vector<EventId>& ids)
{
    if (!current(of) || !opened) return;
    auto names = readFieldNames(*reader, *ingest::payloadsOf(opened->decoders), ids, {});
    if (!names) return fail(of, names.error());
    answer(of, [result = std::make_shared<const FieldNames>(std::move(*names))](const Answers& to) { to.fieldNames(result); });
}

void EntityWorker::Impl::writeText(std::uint64_t of, const std::shared_ptr<TextJob>& job)
{
    if (!current(of) || !opened || job->serial != textSerial->load()) return;
    const auto describe = [this](EventId id) { return ingest::describeEvent(*reader, *opened->decoders, id); };
    const auto step = job->step(opened->replay->history().key, describe);
    if (!step) return fail(of, step.error());
    if (*step)
        answer(of, [result = *step, serial = job->serial, latest = textSerial](const Answers& to) {
            if (serial == latest->load()) to.text(result);
        });
    if (job->ended()) return;
    thread.postUnlessWaiting(kText, [this, of, job](const std::stop_token&) { writeText(of, job); });
}

}  // namespace hindcast::ui
