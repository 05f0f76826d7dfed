// What a search finds, and how pins and hits go together.
#include "ui/entities/entities_model.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hindcast::ui {

void EntitiesModel::forgetHits()
{
    named_.clear();
    namedTold_ = false;
    likely_.clear();
    byName_.clear();
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
    lines_.setPinsFirst(false);
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
    if (fits(id)) lines_.append(id);
}

void EntitiesModel::setNamed(const std::vector<EntityId>& ids)
{
    if (!searching_) return;
    if (std::exchange(namedTold_, true))
        likely_.push_back(ids);
    else
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
    const bool sorted = order_ == EntityOrder::FirstSeen && byName_.empty() && named_.empty() && likely_.empty();
    if (last && !sorted && !lines_.ids().empty()) sortNow(true);
    emit changed();  // after that: the first of what is not in order yet is nobody's best hit
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
    // Before all are there and in order, the first row is one of many.
    if (searching_ || (sortRunning_ && found_)) return std::nullopt;
    return nextEntityRow(lines_.pinRows() - 1, 1);
}

void EntitiesModel::setPins(std::vector<Pins::Pin> pins)
{
    pins_ = std::move(pins);
    if (!directory_) return;
    const std::vector<EntityId> before = lines_.pinnedIds();
    const auto rows = lines_.pinRows();
    const auto newlyPinned = [&before](EntityId id) { return std::find(before.begin(), before.end(), id) == before.end(); };
    lines_.setPins(pins_);
    if (!lines_.pinsFirst()) return emit shifted(0);  // a hit is where it was, pinned or not
    const std::vector<EntityId> after = lines_.pinnedIds();
    for (const EntityId id : after)
        if (newlyPinned(id)) lines_.take(id);
    for (const EntityId id : before)
        if (std::find(after.begin(), after.end(), id) == after.end()) putBack(id);
    emit shifted(lines_.pinRows() - rows);
}

void EntitiesModel::putBack(EntityId id)
{
    // Where it belongs by the order.
    if (id.value >= covered_ || !fits(id)) return;
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
    if (!lines_.pinsFirst()) return lines_.ids().size();
    const std::vector<EntityId> pinned = lines_.pinnedIds();
    return lines_.ids().size() +
           static_cast<std::size_t>(std::count_if(pinned.begin(), pinned.end(), [this](EntityId id) { return fits(id); }));
}

}  // namespace hindcast::ui
