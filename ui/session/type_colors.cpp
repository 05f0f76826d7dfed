#include "ui/session/type_colors.h"

#include <algorithm>
#include <tuple>
#include <utility>

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

std::optional<int> TypeColors::homeOf(TypeId type) const
{
    const auto found = home_.find(type);
    return found == home_.end() ? std::nullopt : std::optional(found->second);
}

bool TypeColors::holds(TypeId type, Place place) const
{
    const auto home = homeOf(type);
    if (!home) return false;
    const auto& holder = holder_.at(static_cast<std::size_t>(*home));
    return holder && holder->type == type && holder->place == place;
}

/// By colour: whether one of those that the lanes show beside the type lives there.
std::array<bool, TypeColors::kColors> TypeColors::homesBeside(TypeId type, const std::vector<const Counts*>& lanes) const
{
    std::array<bool, kColors> homes{};
    for (const Counts* lane : lanes) {
        if (!lane->contains(type)) continue;
        for (const auto& [other, count] : *lane)
            if (const auto home = homeOf(other); home && other != type) homes.at(static_cast<std::size_t>(*home)) = true;
    }
    return homes;
}

/// A colour that nobody has in `now`: one that is no home of what stands in a lane with the type, if there is one; of these the one
/// whose types are the rarest in view, and then that in which the fewest were seen. What is nobody's home comes first by that.
std::optional<TypeColors::Home> TypeColors::homeFor(TypeId type, const Holders& now, const InView& inView) const
{
    std::array<std::uint64_t, kColors> events{};
    std::array<std::pair<std::size_t, std::size_t>, kColors> living{};
    for (const auto& [other, home] : home_) {
        auto& [seen, all] = living[static_cast<std::size_t>(home)];
        if (seen_.contains(other)) ++seen;
        ++all;
    }
    for (const store::TypeCount& other : inView.others) {
        if (const auto home = homeOf(other.id)) {
            std::uint64_t& most = events.at(static_cast<std::size_t>(*home));
            most = std::max(most, std::max<std::uint64_t>(other.events, 1));
        }
    }
    const std::array<bool, kColors> beside = homesBeside(type, inView.lanes);
    const auto rank = [&](std::size_t color) { return std::tuple(beside[color], events[color], living[color]); };
    std::optional<std::size_t> best;
    for (std::size_t color = 0; color < kColors; ++color) {
        if (now[color]) continue;
        if (!best || rank(color) < rank(*best)) best = color;
    }
    return best ? std::optional(Home{static_cast<int>(*best), beside[*best]}) : std::nullopt;
}

/// Those of the selected entity's types that have a colour each, the most frequent first. While the entity is the same, as far as its
/// types tell, whoever has one comes before the others, whatever grows beside it; what another entity had gives no such claim.
std::vector<store::TypeCount> TypeColors::leading(const Counts& counts) const
{
    std::vector<store::TypeCount> first;
    std::vector<store::TypeCount> rest;
    const bool grown = std::ranges::all_of(holder_, [&](const std::optional<Holder>& holder) {
        return !holder || holder->place != Place::Selected || counts.contains(holder->type);
    });
    for (const auto& [type, count] : counts) (grown && holds(type, Place::Selected) ? first : rest).push_back({type, {}, count});
    std::ranges::sort(first, moreFrequent);
    keepMostFrequent(rest, kColors - first.size());
    first.insert(first.end(), rest.begin(), rest.end());
    return first;
}

void TypeColors::placeSelected(const std::vector<store::TypeCount>& selected, const InView& inView, Holders& now)
{
    // Whoever was seen in its home stays there; then whoever comes first.
    std::vector<TypeId> homeless;
    for (const bool seen : {true, false}) {
        for (const store::TypeCount& type : selected) {
            if (seen_.contains(type.id) != seen) continue;
            const auto home = homeOf(type.id);
            if (home && !now.at(static_cast<std::size_t>(*home)))
                now.at(static_cast<std::size_t>(*home)) = Holder{type.id, Place::Selected};
            else
                homeless.push_back(type.id);
        }
    }
    for (TypeId type : homeless) {
        auto home = homeFor(type, now, inView);
        if (!home) return;
        // Two entities' types would push one of them to and fro: who has moved once stays, and the other moves.
        if (moved_.contains(type)) {
            auto& holder = now.at(static_cast<std::size_t>(*homeOf(type)));
            if (holder && !moved_.contains(holder->type)) std::swap(type, holder->type);
            home = homeFor(type, now, inView);
        }
        if (homeOf(type)) moved_.insert(type);
        home_[type] = home->color;
        seen_.erase(type);
        now.at(static_cast<std::size_t>(home->color)) = Holder{type, Place::Selected};
    }
}

void TypeColors::placeOthers(const InView& inView, Holders& now)
{
    std::vector<store::TypeCount> newcomers;
    for (const store::TypeCount& type : inView.others)
        if (!homeOf(type.id)) newcomers.push_back(type);
    keepMostFrequent(newcomers, kColors);
    for (const store::TypeCount& type : newcomers)
        if (const auto home = homeFor(type.id, now, inView); home && !home->crowded) home_[type.id] = home->color;

    std::array<const store::TypeCount*, kColors> first{};
    const auto isBefore = [this](const store::TypeCount& a, const store::TypeCount& b) {
        const bool stays = holds(a.id, Place::Lane);
        return stays != holds(b.id, Place::Lane) ? stays : moreFrequent(a, b);
    };
    for (const store::TypeCount& type : inView.others) {
        const auto home = homeOf(type.id);
        if (!home || now.at(static_cast<std::size_t>(*home))) continue;
        const store::TypeCount*& best = first.at(static_cast<std::size_t>(*home));
        if (best == nullptr || isBefore(type, *best)) best = &type;
    }
    for (std::size_t color = 0; color < kColors; ++color)
        if (first[color] != nullptr) now[color] = Holder{first[color]->id, Place::Lane};
}

void TypeColors::assign(const Counts& counts, std::vector<store::TypeCount> others, const std::vector<const Counts*>& lanes)
{
    const std::vector<store::TypeCount> selected = leading(counts);
    const auto leads = [&](TypeId type) { return std::ranges::find(selected, type, &store::TypeCount::id) != selected.end(); };
    // What the selected entity has beyond its nine comes with the lanes.
    std::erase_if(others, [&](const store::TypeCount& type) { return counts.contains(type.id); });
    for (const auto& [type, count] : counts)
        if (!leads(type)) others.push_back({type, {}, count});

    Holders now;
    const InView inView{others, lanes};
    placeSelected(selected, inView, now);
    placeOthers(inView, now);
    // What the overview shows stays as it is, where nobody needs the colour.
    for (std::size_t color = 0; color < kColors; ++color) {
        const auto& before = holder_[color];
        if (!now[color] && before && before->place == Place::Overview && homeOf(before->type) == static_cast<int>(color))
            now[color] = before;
    }
    holder_ = now;
    noteSeen();
}

void TypeColors::assignFree(const std::vector<store::TypeCount>& types)
{
    std::array<bool, kColors> isHome{};
    for (const auto& [type, home] : home_) isHome[static_cast<std::size_t>(home)] = true;
    for (const store::TypeCount& type : types) {
        auto home = homeOf(type.id);
        if (!home) {
            const auto* const free = std::ranges::find(isHome, false);
            if (free == isHome.end()) continue;  // neutral, until it is in view
            home = static_cast<int>(free - isHome.begin());
            home_[type.id] = *home;
            isHome[static_cast<std::size_t>(*home)] = true;
        }
        auto& holder = holder_.at(static_cast<std::size_t>(*home));
        if (!holder) holder = Holder{type.id, Place::Overview};
    }
    noteSeen();
}

void TypeColors::noteSeen()
{
    for (const auto& holder : holder_)
        if (holder) seen_.insert(holder->type);
}

void TypeColors::clear()
{
    home_.clear();
    seen_.clear();
    moved_.clear();
    holder_ = {};
}

std::vector<std::pair<TypeId, int>> TypeColors::homes() const
{
    std::vector<std::pair<TypeId, int>> out;
    for (const TypeId type : seen_) out.emplace_back(type, *homeOf(type));
    std::ranges::sort(out, {}, [this](const auto& one) { return std::pair(of(one.first) == kNeutral, one.first.value); });
    if (out.size() > kKept) out.resize(kKept);
    return out;
}

void TypeColors::begin(const std::vector<std::pair<TypeId, int>>& homes)
{
    for (const auto& [type, home] : homes) {
        if (home < 0 || home >= kColors) continue;
        home_[type] = home;
        seen_.insert(type);
    }
}

int TypeColors::of(TypeId type) const
{
    const auto home = homeOf(type);
    if (!home) return kNeutral;
    const auto& holder = holder_.at(static_cast<std::size_t>(*home));
    return holder && holder->type == type ? *home : kNeutral;
}

std::vector<TypeId> TypeColors::colored() const
{
    std::vector<TypeId> types;
    for (const auto& holder : holder_)
        if (holder) types.push_back(holder->type);
    return types;
}

std::unordered_map<TypeId, std::uint32_t> countTypes(const replay::History& history)
{
    std::unordered_map<TypeId, std::uint32_t> counts;
    for (const replay::HistoryEvent& event : history.events) ++counts[event.type];
    return counts;
}

}  // namespace hindcast::ui
