#include "ui/session/reject_rows.h"

#include "ui/session/entity_title.h"
#include "ui/session/look_up.h"

#include "core/ingest/decoders.h"

#include <set>
#include <utility>

namespace hindcast::ui {

namespace {

/// The tables, whose rows are called by them.
Result<std::set<std::string, std::less<>>> tablesOf(store::Reader& reader)
{
    auto categories = reader.categories();
    if (!categories) return std::unexpected(categories.error());
    std::set<std::string, std::less<>> tables;
    for (store::Category& category : *categories)
        if (category.rows) tables.insert(std::move(category.text));
    return tables;
}

}  // namespace

Result<std::shared_ptr<const RejectRows>> readRejectRows(store::Reader& reader, const store::RejectQuery& query)
{
    auto page = reader.rejectPage(query);
    if (!page) return std::unexpected(page.error());
    auto tables = tablesOf(reader);
    if (!tables) return std::unexpected(tables.error());
    auto view = std::make_shared<RejectRows>();
    view->query = query;
    view->total = page->total;
    view->first = page->first;
    view->anchorRow = page->anchorRow;
    view->markRow = page->markRow;
    view->rows.reserve(page->rows.size());
    for (store::Reject& reject : page->rows) {
        RejectRow row;
        if (reject.entity) {
            // A mapping may have done away with it since the page was read: then it is read again soon.
            if (auto key = reader.entityKey(*reject.entity)) row.entity = entityTitle(*key, tables->contains(key->category));
        }
        auto record = reader.record(reject.id);  // neighbours share a chunk, which is kept
        if (!record) return std::unexpected(record.error());
        if (*record && (*record)->record.value) row.bytes = (*record)->record.value->size();
        row.reject = std::move(reject);
        view->rows.push_back(std::move(row));
    }
    return view;
}

Result<std::shared_ptr<const EventView>> readReject(store::Reader& reader, EventId id)
{
    auto reject = reader.rejectAt(id);
    if (!reject) return std::unexpected(reject.error());
    if (!*reject) return std::shared_ptr<const EventView>();
    auto decoders = decodersOf(reader);
    if (!decoders) return std::unexpected(decoders.error());
    auto event = ingest::describeEvent(reader, **decoders, id);
    if (!event) return std::unexpected(event.error());
    if (!*event) return std::shared_ptr<const EventView>();
    auto view = std::make_shared<EventView>();
    view->event = std::move(**event);
    view->event.reject = std::move((*reject)->reason);
    view->event.time = (*reject)->time;
    if ((*reject)->entity)
        if (auto key = reader.entityKey(*(*reject)->entity)) view->entity = std::move(*key);
    return view;
}

}  // namespace hindcast::ui
