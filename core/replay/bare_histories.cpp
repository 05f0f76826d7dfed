#include "core/replay/bare_histories.h"

#include "core/replay/completeness.h"
#include "core/replay/history_parts.h"

#include <algorithm>

namespace hindcast::replay {

void BareHistory::cutAfter(Timestamp time)
{
    const auto after = std::ranges::upper_bound(events, time, {}, &HistoryEvent::effective);
    later += static_cast<std::uint64_t>(events.end() - after);
    events.erase(after, events.end());
}

Result<std::vector<BareHistory>> BareHistories::load(std::span<const EntityId> entities, const store::Directory& directory)
{
    auto keys = reader_.entityKeys(entities);
    if (!keys) return std::unexpected(keys.error());
    auto postings = reader_.postingsOf(entities);
    if (!postings) return std::unexpected(postings.error());
    auto parts = reader_.parts();
    if (!parts) return std::unexpected(parts.error());
    parts_ = std::move(*parts);
    const auto sources = reader_.sources();
    if (!sources) return std::unexpected(sources.error());
    const auto categories = reader_.categories();
    if (!categories) return std::unexpected(categories.error());
    tables_.clear();
    completeByParts_.clear();
    const std::vector<std::uint32_t> ranks = rankParts(parts_, *sources);

    std::vector<BareHistory> histories(entities.size());
    for (std::size_t i = 0; i < entities.size(); ++i) {
        BareHistory& history = histories[i];
        history.entity = entities[i];
        history.key = std::move((*keys)[i]);
        if (entities[i].value < directory.size()) history.category = directory.category[entities[i].value];
        history.rows = history.category.value < categories->size() && (*categories)[history.category.value].rows;
        store::Postings& own = (*postings)[i];
        history.completeness = completenessOf(own);
        bool truncated = false;
        if (history.rows && history.key.id != "*") {
            auto table = tableOf(history.category, history.key.category);
            if (!table) return std::unexpected(table.error());
            truncated = *table != nullptr;
            if (truncated) addTruncates(own, **table);
        }
        history.events = orderHistory(own, ranks);
        if (truncated) dropIdleTruncates(history.events);
        own = {};
    }
    return histories;
}

Result<const store::Postings*> BareHistories::tableOf(CategoryId category, const std::string& name)
{
    const auto known = tables_.find(category);
    if (known != tables_.end()) return known->second ? &*known->second : nullptr;
    std::optional<store::Postings>& table = tables_[category];
    const auto entity = reader_.findEntity({name, "*"});
    if (!entity) return std::unexpected(entity.error());
    if (!*entity) return nullptr;
    auto postings = reader_.postings(**entity);
    if (!postings) return std::unexpected(postings.error());
    return &table.emplace(std::move(*postings));
}

std::shared_ptr<const Completeness> BareHistories::completenessOf(const store::Postings& postings)
{
    const auto judged = [&] { return std::make_shared<const Completeness>(judgeCompleteness(parts_, postings.items)); };
    touched_.clear();
    for (const store::Posting& posting : postings.items) {
        if (posting.reject) return judged();
        if (touched_.empty() || touched_.back() != posting.id.part()) touched_.push_back(posting.id.part());
    }
    auto& known = completeByParts_[touched_];
    if (known == nullptr) known = judged();
    return known;
}

}  // namespace hindcast::replay
