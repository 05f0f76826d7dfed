#include "ui/session/type_colors.h"

#include <algorithm>

namespace hindcast::ui {

namespace {

bool moreFrequent(const store::TypeCount& a, const store::TypeCount& b)
{
    return a.events != b.events ? a.events > b.events : a.id < b.id;
}

/// The first of them in order, as many as can have a colour; the rest is dropped.
void keepMostFrequent(std::vector<store::TypeCount>& types, std::size_t count)
{
    const auto end = types.begin() + static_cast<std::ptrdiff_t>(std::min(count, types.size()));
    std::ranges::partial_sort(types, end, moreFrequent);
    types.erase(end, types.end());
}

}  // namespace

std::vector<store::TypeCount> mostFrequent(const std::vector<store::TypeCount>& types, std::size_t count)
{
    std::vector<store::TypeCount> order;
    order.reserve(types.size());
    for (const store::TypeCount& type : types) order.push_back({type.id, {}, type.events});
    keepMostFrequent(order, count);
    return order;
}

std::array<bool, TypeColors::kColors> TypeColors::taken() const
{
    std::array<bool, kColors> taken{};
    for (const auto* given : {&colors_, &free_})
        for (const auto& [type, color] : *given) taken[static_cast<std::size_t>(color)] = true;
    return taken;
}

std::optional<int> TypeColors::freeFor(TypeId type) const
{
    const std::array<bool, kColors> used = taken();
    if (const auto home = home_.find(type); home != home_.end() && !used[static_cast<std::size_t>(home->second)])
        return home->second;
    // That which is home to the fewest, so that few ever have to be away from theirs.
    std::array<int, kColors> living{};
    for (const auto& [other, home] : home_) ++living[static_cast<std::size_t>(home)];
    std::optional<int> best;
    for (std::size_t color = 0; color < kColors; ++color)
        if (!used[color] && (!best || living[color] < living[static_cast<std::size_t>(*best)])) best = static_cast<int>(color);
    return best;
}

void TypeColors::give(std::unordered_map<TypeId, int>& to, TypeId type, int color)
{
    to[type] = color;
    home_.try_emplace(type, color);
}

bool TypeColors::isGuest(TypeId type, int color) const
{
    const auto home = home_.find(type);
    return home == home_.end() || home->second != color;
}

void TypeColors::assign(const std::unordered_map<TypeId, std::uint32_t>& counts, std::vector<store::TypeCount> others)
{
    free_.clear();
    const auto isOther = [&](TypeId type) { return std::ranges::find(others, type, &store::TypeCount::id) != others.end(); };
    std::erase_if(colors_, [&](const auto& entry) { return !counts.contains(entry.first) && !isOther(entry.first); });

    std::vector<store::TypeCount> order;
    order.reserve(counts.size());
    for (const auto& [type, count] : counts) order.push_back({type, {}, count});
    keepMostFrequent(order, kColors);
    // First those that have a home go there, and a guest leaves; but what a pinned lane shows stays as it is, for that lane has not
    // changed. Then the rest, the most frequent first.
    for (const store::TypeCount& type : order) {
        const auto home = home_.find(type.id);
        if (home == home_.end() || (colors_.contains(type.id) && isOther(type.id))) continue;
        const int color = home->second;
        const auto holder = std::ranges::find(colors_, color, [](const auto& entry) { return entry.second; });
        if (holder != colors_.end()) {
            if (isOther(holder->first) || !isGuest(holder->first, color)) continue;  // or it is at home itself
            colors_.erase(holder);
        }
        give(colors_, type.id, color);
    }
    for (const store::TypeCount& type : order) {
        if (colors_.contains(type.id)) continue;
        if (const auto color = freeFor(type.id)) {
            give(colors_, type.id, *color);
            continue;
        }
        // None is free: the rarest type of the pinned lanes gives its colour up.
        const store::TypeCount* rarest = nullptr;
        for (const store::TypeCount& other : others)
            if (!counts.contains(other.id) && colors_.contains(other.id) && (!rarest || moreFrequent(*rarest, other)))
                rarest = &other;
        if (!rarest) continue;
        const int color = colors_.at(rarest->id);
        colors_.erase(rarest->id);
        give(colors_, type.id, color);
    }
    std::erase_if(others, [&](const store::TypeCount& type) { return colors_.contains(type.id) || counts.contains(type.id); });
    keepMostFrequent(others, kColors);
    for (const store::TypeCount& type : others) {
        if (const auto color = freeFor(type.id)) give(colors_, type.id, *color);
    }
}

void TypeColors::assignFree(const std::vector<store::TypeCount>& types)
{
    for (const store::TypeCount& type : types) {
        if (colors_.contains(type.id) || free_.contains(type.id)) continue;
        const auto color = freeFor(type.id);
        if (!color) return;       // the rest is neutral
        free_[type.id] = *color;  // no home: it is seen in the overview only
    }
}

void TypeColors::clear()
{
    colors_.clear();
    free_.clear();
    home_.clear();
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
