#include "ui/session/type_colors.h"

#include <algorithm>
#include <array>
#include <vector>

namespace hindcast::ui {

namespace {

int preferred(TypeId type) { return static_cast<int>(type.value % TypeColors::kColors); }

}  // namespace

void TypeColors::assign(const replay::History& history, const std::unordered_map<TypeId, std::uint32_t>& counts,
                        std::vector<store::TypeCount> others)
{
    free_.clear();
    if (!any_ || history.entity != entity_) colors_.clear();
    any_ = true;
    entity_ = history.entity;

    std::array<bool, kColors> taken{};
    for (const auto& [type, color] : colors_)
        if (color != kNeutral) taken[static_cast<std::size_t>(color)] = true;

    std::vector<std::pair<TypeId, std::uint32_t>> order;
    for (const auto& entry : counts)
        if (!colors_.contains(entry.first) || colors_.at(entry.first) == kNeutral) order.emplace_back(entry);
    std::sort(order.begin(), order.end(),
              [](const auto& a, const auto& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });

    // Two rounds, so that a rarer type does not push a more frequent one from its own colour only by being asked first.
    const auto free = static_cast<std::size_t>(std::count(taken.begin(), taken.end(), false));
    const std::size_t given = std::min(free, order.size());
    std::vector<TypeId> without;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const TypeId type = order[i].first;
        const auto color = static_cast<std::size_t>(preferred(type));
        if (i < given && !taken[color]) {
            taken[color] = true;
            colors_[type] = static_cast<int>(color);
        } else if (i < given) {
            without.push_back(type);
        } else {
            colors_[type] = kNeutral;
        }
    }
    for (const TypeId type : without) {
        const auto color = std::find(taken.begin(), taken.end(), false);
        *color = true;
        colors_[type] = static_cast<int>(color - taken.begin());
    }
    assignFree(std::move(others));
}

void TypeColors::assignFree(std::vector<store::TypeCount> types)
{
    std::array<bool, kColors> taken{};
    for (const auto* given : {&colors_, &free_})
        for (const auto& [type, color] : *given)
            if (color != kNeutral) taken[static_cast<std::size_t>(color)] = true;
    std::erase_if(types, [this](const store::TypeCount& type) { return colors_.contains(type.id) || free_.contains(type.id); });
    std::ranges::sort(types, [](const store::TypeCount& a, const store::TypeCount& b) {
        return a.events != b.events ? a.events > b.events : a.id < b.id;
    });
    for (const store::TypeCount& type : types) {
        auto color = taken.begin() + preferred(type.id);
        if (*color) color = std::ranges::find(taken, false);
        if (color == taken.end()) return;  // the rest is neutral
        *color = true;
        free_[type.id] = static_cast<int>(color - taken.begin());
    }
}

void TypeColors::assignShared(TypeId type, int color)
{
    if (of(type) == kNeutral && !colors_.contains(type)) free_[type] = color;
}

void TypeColors::clear()
{
    colors_.clear();
    free_.clear();
    any_ = false;
}

int TypeColors::of(TypeId type) const
{
    if (const auto found = colors_.find(type); found != colors_.end()) return found->second;
    const auto found = free_.find(type);
    return found == free_.end() ? kNeutral : found->second;
}

std::unordered_map<TypeId, std::uint32_t> countTypes(const replay::History& history)
{
    std::unordered_map<TypeId, std::uint32_t> counts;
    for (const replay::HistoryEvent& event : history.events) ++counts[event.type];
    return counts;
}

}  // namespace hindcast::ui
