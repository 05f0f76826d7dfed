// What a search finds, and how pins and hits go together.
#include "ui/entities/entities_model.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hindcast::ui {

void EntitiesModel::forgetHits()
{
    named_.clear();
    byName_.clear();
    foundPins_.clear();
    isHit_.clear();
    sortedHits_ = 0;
    namesLooked_ = namesTotal_ = 0;
}

void EntitiesModel::beginSearch(const QString& text)
{
    if (text == searchText_) return;
    searchText_ = text;
    searching_ = !text.isEmpty();
    forgetHits();
    if (!searching_) {
        found_.reset();
        sortNow(true);
        return;
    }
    found_ = std::make_shared<std::vector<EntityId>>();
    lines_.clear();
    ++sortGeneration_;  // an order of what was shown before is of no use now
    sortRunning_ = false;
    emit reordered();
}

/// Whether it is not among the hits yet; from now on it is.
bool EntitiesModel::isNews(EntityId id)
{
    if (isHit_.size() <= id.value) isHit_.resize(std::max<std::size_t>(total(), id.value + std::size_t{1}));
    if (isHit_[id.value]) return false;
    isHit_[id.value] = true;
    return true;
}

void EntitiesModel::take(EntityId id)
{
    if (!fits(id)) return;
    if (lines_.isPinned(id))
        foundPins_.insert(id.value);
    else
        lines_.append(id);
}

void EntitiesModel::setNamed(const std::vector<EntityId>& ids)
{
    if (!searching_) return;
    named_ = ids;
    for (const EntityId id : ids)
        if (isNews(id)) take(id);
    // Of those in view, or that were, the names are known at once.
    for (const EntityId id : names_.holding(searchText_)) {
        if (!isNews(id)) continue;
        byName_.insert(id.value);
        take(id);
    }
    emit changed();
}

void EntitiesModel::addFound(const std::vector<EntityId>& ids, bool last)
{
    if (!searching_) return;
    // A new vector each time would be quadratic; no sort is running while answers come, so this one is ours to grow.
    found_->insert(found_->end(), ids.begin(), ids.end());
    for (const EntityId id : ids) {
        if (isNews(id))
            take(id);
        else
            byName_.erase(id.value);  // found both ways
    }
    searching_ = !last;
    if (last)
        for (const std::uint32_t id : byName_) found_->emplace_back(id);
    emit changed();
    if (last && (order_ != EntityOrder::FirstSeen || !byName_.empty()) && !lines_.ids().empty()) sortNow(true);
}

void EntitiesModel::addCalled(const std::vector<EntityId>& ids, std::uint64_t looked, std::uint64_t total)
{
    if (searchText_.isEmpty() || !found_) return;
    namesLooked_ = looked;
    namesTotal_ = total;
    std::vector<EntityId> fresh;
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(fresh), [this](EntityId id) { return isNews(id); });
    for (const EntityId id : fresh) take(id);
    if (searching_) {
        for (const EntityId id : fresh) byName_.insert(id.value);
    } else if (!fresh.empty()) {
        // An order may be in the making that reads what there is.
        auto all = std::make_shared<std::vector<EntityId>>(*found_);
        all->insert(all->end(), fresh.begin(), fresh.end());
        found_ = std::move(all);
        stale_ = true;
    }
    emit changed();
    if (looked == total && stale_ && !searching_ && !sortRunning_) sortNow(false);
}

std::optional<std::int64_t> EntitiesModel::firstHit() const
{
    for (const EntityId id : named_)
        if (const auto row = lines_.rowOf(id)) return row;
    const auto below = static_cast<std::int64_t>(lines_.pins().size());
    if (const auto row = nextEntityRow(below - 1, 1)) return row;
    for (const std::uint32_t id : foundPins_) return lines_.rowOf(EntityId{id});
    return std::nullopt;
}

void EntitiesModel::setPins(std::vector<Pins::Pin> pins)
{
    pins_ = std::move(pins);
    if (!directory_) return;
    const std::vector<EntityId> before = lines_.pinnedIds();
    const auto rows = static_cast<qint64>(lines_.pins().size());
    const auto newlyPinned = [&before](EntityId id) { return std::find(before.begin(), before.end(), id) == before.end(); };
    lines_.setPins(pins_);
    const std::vector<EntityId> after = lines_.pinnedIds();
    for (const EntityId id : after) {
        if (!newlyPinned(id)) continue;
        const auto& ids = lines_.ids();
        if (found_ && std::find(ids.begin(), ids.end(), id) != ids.end()) foundPins_.insert(id.value);  // and is a hit still
        lines_.take(id);
    }
    for (const EntityId id : before)
        if (std::find(after.begin(), after.end(), id) == after.end()) putBack(id);
    emit shifted(static_cast<qint64>(lines_.pins().size()) - rows);
}

void EntitiesModel::putBack(EntityId id)
{
    // Where it belongs by the order; what was found is in the order of the finding until it is sorted.
    if (id.value >= covered_ || !fits(id)) return;
    const bool wasFound = !found_ || foundPins_.contains(id.value);
    if (!wasFound) return;
    std::size_t begin = 0;
    std::size_t end = lines_.ids().size();
    std::size_t in = 0;
    if (!lines_.groups().empty()) {
        const auto& groups = lines_.groups();
        while (in < groups.size() && groups[in].category != directory_->category[id.value]) ++in;
        if (in == groups.size()) return sortNow(true);
        begin = groups[in].begin;
        end = begin + groups[in].count;
    }
    const auto& ids = lines_.ids();
    const auto from = ids.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto to = ids.begin() + static_cast<std::ptrdiff_t>(end);
    const auto at =
        std::lower_bound(from, to, id, [&](EntityId a, EntityId b) { return standsBefore(*directory_, order_, a, b); });
    lines_.put(id, static_cast<std::size_t>(at - ids.begin()), in);
}

std::size_t EntitiesModel::matching() const
{
    std::size_t pinned = 0;
    for (const EntityId id : lines_.pinnedIds())
        if (found_ ? foundPins_.contains(id.value) : fits(id)) ++pinned;
    return lines_.ids().size() + pinned;
}

}  // namespace hindcast::ui
