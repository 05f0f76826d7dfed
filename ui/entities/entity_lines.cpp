#include "ui/entities/entity_lines.h"

#include <algorithm>
#include <utility>

namespace hindcast::ui {

void EntityLines::setPins(std::vector<Pins::Pin> pins) { pins_ = std::move(pins); }

bool EntityLines::isPinned(EntityId id) const
{
    return std::any_of(pins_.begin(), pins_.end(), [id](const Pins::Pin& pin) { return pin.id == id; });
}

std::vector<EntityId> EntityLines::pinnedIds() const
{
    std::vector<EntityId> ids;
    for (const Pins::Pin& pin : pins_)
        if (pin.id) ids.push_back(*pin.id);
    return ids;
}

void EntityLines::setIds(std::vector<EntityId> ids, std::vector<Group> groups)
{
    ids_ = std::move(ids);
    groups_ = std::move(groups);
    layOut();
}

void EntityLines::append(EntityId id)
{
    if (!groups_.empty()) {
        if (groups_.back().category) {
            groups_.push_back({{}, ids_.size(), 0, true});
            layOut();
        }
        ++groups_.back().count;
        if (groups_.back().open) ++heads_.back();
    }
    ids_.push_back(id);
}

void EntityLines::take(EntityId id)
{
    const auto found = std::find(ids_.begin(), ids_.end(), id);
    if (found == ids_.end()) return;
    const auto at = static_cast<std::size_t>(found - ids_.begin());
    ids_.erase(found);
    if (groups_.empty()) return;
    for (Group& group : groups_) {
        if (at >= group.begin && at < group.begin + group.count)
            --group.count;
        else if (group.begin > at)
            --group.begin;
    }
    std::erase_if(groups_, [](const Group& group) { return group.count == 0; });
    layOut();
}

void EntityLines::put(EntityId id, std::size_t at, std::size_t group)
{
    ids_.insert(ids_.begin() + static_cast<std::ptrdiff_t>(at), id);
    if (groups_.empty()) return;
    ++groups_[group].count;
    for (std::size_t i = group + 1; i < groups_.size(); ++i) ++groups_[i].begin;
    layOut();
}

void EntityLines::setOpen(std::size_t group, bool open)
{
    groups_[group].open = open;
    layOut();
}

void EntityLines::setAllOpen(bool open)
{
    for (Group& group : groups_) group.open = open;
    layOut();
}

void EntityLines::layOut()
{
    heads_.clear();
    Row row = 0;
    for (const Group& group : groups_) {
        heads_.push_back(row);
        row += 1 + (group.open ? static_cast<Row>(group.count) : 0);
    }
    heads_.push_back(row);
}

EntityLines::Row EntityLines::rowCount() const
{
    const Row pins = pinRows();
    if (ids_.empty()) return pins == 0 ? 0 : pins + 1;
    return pins + (groups_.empty() ? static_cast<Row>(ids_.size()) : heads_.back());
}

EntityLine EntityLines::at(Row row) const
{
    using Kind = EntityLine::Kind;
    if (row < 0 || row >= rowCount()) return {};
    const Row pins = pinRows();
    if (row < pins) {
        const auto index = static_cast<std::size_t>(row);
        return pins_[index].id ? EntityLine{Kind::Pin, *pins_[index].id, index} : EntityLine{Kind::MissingPin, {}, index};
    }
    if (ids_.empty()) return {Kind::Note, {}, 0};
    row -= pins;
    if (groups_.empty()) return entity(ids_[static_cast<std::size_t>(row)], 0);
    const auto after = std::upper_bound(heads_.begin(), heads_.end() - 1, row);
    const auto group = static_cast<std::size_t>(after - heads_.begin()) - 1;
    const Row within = row - heads_[group];
    if (within == 0) return {Kind::Group, {}, group};
    return entity(ids_[groups_[group].begin + static_cast<std::size_t>(within) - 1], group);
}

EntityLine EntityLines::entity(EntityId id, std::size_t group) const
{
    if (!pinsFirst_)
        for (std::size_t i = 0; i < pins_.size(); ++i)
            if (pins_[i].id == id) return {EntityLine::Kind::Pin, id, i};
    return {EntityLine::Kind::Entity, id, group};
}

std::optional<EntityLines::Row> EntityLines::rowOf(EntityId id) const
{
    const Row pins = pinRows();
    for (Row row = 0; row < pins; ++row)
        if (pins_[static_cast<std::size_t>(row)].id == id) return row;
    const auto found = std::find(ids_.begin(), ids_.end(), id);
    if (found == ids_.end()) return std::nullopt;
    const auto at = static_cast<std::size_t>(found - ids_.begin());
    if (groups_.empty()) return pins + static_cast<Row>(at);
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        if (at >= groups_[i].begin + groups_[i].count) continue;
        if (!groups_[i].open) return std::nullopt;
        return pins + heads_[i] + 1 + static_cast<Row>(at - groups_[i].begin);
    }
    return std::nullopt;
}

EntityLines::Row EntityLines::rowOfGroup(std::size_t group) const { return pinRows() + heads_[group]; }

std::optional<EntityLines::Row> EntityLines::rowOfGroup(std::optional<CategoryId> category) const
{
    for (std::size_t i = 0; i < groups_.size(); ++i)
        if (groups_[i].category == category) return rowOfGroup(i);
    return std::nullopt;
}

std::optional<std::size_t> EntityLines::pinOf(const QString& entity) const
{
    for (std::size_t i = 0; i < pins_.size(); ++i)
        if (pins_[i].entity == entity) return i;
    return std::nullopt;
}

}  // namespace hindcast::ui
