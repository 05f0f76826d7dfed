#include "core/replay/history.h"

#include "core/replay/completeness.h"
#include "core/replay/history_parts.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace hindcast::replay {

using store::Part;
using store::Posting;
using store::Postings;

std::vector<std::uint32_t> rankParts(const std::vector<Part>& parts, const std::vector<store::Source>& sources)
{
    std::map<SourceId, std::string> identity;
    for (const store::Source& source : sources) identity[source.id] = source.kind + " " + source.identity;
    std::vector<const Part*> order;
    order.reserve(parts.size());
    std::size_t ids = 0;
    for (const Part& part : parts) {
        order.push_back(&part);
        ids = std::max<std::size_t>(ids, part.id.value + 1);
    }
    std::sort(order.begin(), order.end(), [&](const Part* a, const Part* b) {
        return std::tie(a->topic, a->partition, identity[a->source], a->epoch, a->id) <
               std::tie(b->topic, b->partition, identity[b->source], b->epoch, b->id);
    });
    std::vector<std::uint32_t> ranks(ids, UINT32_MAX);
    for (std::size_t i = 0; i < order.size(); ++i) ranks[order[i]->id.value] = static_cast<std::uint32_t>(i);
    return ranks;
}

void addTruncates(Postings& row, const Postings& table)
{
    Postings both;
    const std::size_t most = row.items.size() + table.items.size();
    const bool ordered = !row.orders.empty() || !table.orders.empty();
    both.items.reserve(most);
    if (ordered) both.orders.reserve(most);
    const auto take = [&](const Postings& from, std::size_t& at) {
        both.items.push_back(from.items[at]);
        if (ordered) both.orders.push_back(from.orders.empty() ? SourceOrder{} : from.orders[at]);
        ++at;
    };
    std::size_t mine = 0;
    std::size_t theirs = 0;
    while (mine < row.items.size() || theirs < table.items.size()) {
        if (theirs < table.items.size() && (table.items[theirs].kind != EventKind::Truncate || table.items[theirs].reject)) {
            ++theirs;
        } else if (theirs == table.items.size() || (mine < row.items.size() && row.items[mine].id < table.items[theirs].id)) {
            take(row, mine);
        } else {
            take(table, theirs);
            both.items.back().primary = false;
        }
    }
    row = std::move(both);
}

void dropIdleTruncates(std::vector<HistoryEvent>& events)
{
    bool alive = false;
    std::erase_if(events, [&](const HistoryEvent& event) {
        if (event.kind == EventKind::Truncate && !alive) return true;
        if (event.kind != EventKind::Message)
            alive = event.kind != EventKind::Delete && event.kind != EventKind::Truncate && event.kind != EventKind::Tombstone;
        return false;
    });
}

Version History::versionAt(Timestamp time) const
{
    const auto after = std::upper_bound(events.begin(), events.end(), time,
                                        [](Timestamp t, const HistoryEvent& event) { return t < event.effective; });
    return Version{static_cast<std::uint64_t>(after - events.begin())};
}

Result<std::shared_ptr<const History>> loadHistory(store::Reader& reader, EntityId entity)
{
    auto history = std::make_shared<History>();
    history->entity = entity;
    auto key = reader.entityKey(entity);
    if (!key) return std::unexpected(key.error());
    history->key = std::move(*key);
    auto postings = reader.postings(entity);
    if (!postings) return std::unexpected(postings.error());
    const auto parts = reader.parts();
    if (!parts) return std::unexpected(parts.error());
    const auto sources = reader.sources();
    if (!sources) return std::unexpected(sources.error());
    const auto categories = reader.categories();
    if (!categories) return std::unexpected(categories.error());
    auto links = reader.linksOf(entity);
    if (!links) return std::unexpected(links.error());
    history->links = std::move(*links);

    history->rows = std::any_of(categories->begin(), categories->end(), [&](const store::Category& category) {
        return category.rows && category.text == history->key.category;
    });
    history->completeness = judgeCompleteness(*parts, postings->items);
    std::copy_if(postings->items.begin(), postings->items.end(), std::back_inserter(history->rejects),
                 [](const Posting& posting) { return posting.reject; });

    bool truncated = false;
    if (history->rows && history->key.id != "*") {
        const auto table = reader.findEntity({history->key.category, "*"});
        if (!table) return std::unexpected(table.error());
        if (*table) {
            const auto tablePostings = reader.postings(**table);
            if (!tablePostings) return std::unexpected(tablePostings.error());
            addTruncates(*postings, *tablePostings);
            truncated = true;
        }
    }
    history->events = orderHistory(*postings, rankParts(*parts, *sources));
    if (truncated) dropIdleTruncates(history->events);
    history->index = EventIndex(history->events);
    return history;
}

}  // namespace hindcast::replay
