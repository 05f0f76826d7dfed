#include "ui/session/type_colors.h"

#include <algorithm>
#include <array>
#include <vector>

namespace hindcast::ui {

namespace {

int preferred(TypeId type) { return static_cast<int>(type.value % TypeColors::kColors); }

}  // namespace

void TypeColors::assign(const replay::History& history, const std::unordered_map<TypeId, std::uint32_t>& counts)
{
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
}

void TypeColors::clear()
{
    colors_.clear();
    any_ = false;
}

int TypeColors::of(TypeId type) const
{
    const auto found = colors_.find(type);
    return found == colors_.end() ? preferred(type) : found->second;
}

std::unordered_map<TypeId, std::uint32_t> countTypes(const replay::History& history)
{
    std::unordered_map<TypeId, std::uint32_t> counts;
    for (const replay::HistoryEvent& event : history.events) ++counts[event.type];
    return counts;
}

}  // namespace hindcast::ui
