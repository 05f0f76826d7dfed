#include "ui/timeline/branch_layout.h"

#include <algorithm>
#include <numeric>

namespace hindcast::ui {

namespace {

class Builder {
public:
    explicit Builder(const BranchLaneTask& task)
        : task_(task),
          made_(*task.made),
          real_(*made_.real()),
          branch_(*made_.history()),
          ownPlaces_(task.real && task.real->history == made_.real() && task.real->all)
    {
    }

    std::shared_ptr<const BranchLane> build()
    {
        lane_->made = task_.made;
        findSkipped();
        lane_->places.reserve(branch_.events.size());
        std::uint64_t next = 1;  // of the real history: what is skipped before it is not shown yet
        Timestamp before = Timestamp::min();
        for (std::size_t i = 0; i < branch_.events.size(); ++i) {
            const replay::BranchEvent& event = made_.events()[i];
            if (!event.added() && !event.moved)
                for (; next < event.real.value; ++next) showSkipped(next);
            const BranchItem item = itemOf(event, i);
            before = std::max(before, placeOf(item, i, before));
            lane_->places.push_back(before);
            if (!event.added() && !event.moved) next = event.real.value + 1;
            show(item, branch_.events[i], before);
        }
        for (; next <= real_.events.size(); ++next) showSkipped(next);
        return finish();
    }

private:
    void findSkipped()
    {
        there_.assign(real_.events.size() + 1, false);
        for (const replay::BranchEvent& event : made_.events()) there_[event.real.value] = true;
    }
    [[nodiscard]] BranchItem itemOf(const replay::BranchEvent& event, std::size_t index) const
    {
        BranchItem item{event.origin, event.real, Version{index + 1}, false, event.moved};
        if (event.added() || !event.edited) return item;
        const replay::HistoryEvent& was = real_.events[event.real.value - 1];
        const auto* substitute = made_.substitute(branch_.events[index].id);
        item.edited = (substitute != nullptr && substitute->payload) || branch_.events[index].type != was.type;
        if (!item.edited) item.moved = true;  // its time alone
        return item;
    }
    [[nodiscard]] Timestamp placeOf(const BranchItem& item, std::size_t index, Timestamp before) const
    {
        if (!item.added() && !item.moved && ownPlaces_) return task_.real->at[item.real.value - 1];
        const Timestamp place = task_.map->place(branch_.events[index].effective);
        // In the log's order what the log does not hold stands between two.
        if (task_.map->isOrder() && (item.added() || item.moved) && before != Timestamp::min())
            return before.plus(AxisMap::kRank / 2);
        return place;
    }
    void showSkipped(std::uint64_t version)
    {
        if (there_[version]) return;
        const replay::HistoryEvent& event = real_.events[version - 1];
        show({event.id, Version{version}, Version{}, false, false}, event,
             ownPlaces_ ? task_.real->at[version - 1] : task_.map->place(event.effective));
    }
    void show(const BranchItem& item, const replay::HistoryEvent& event, Timestamp place)
    {
        const bool hidden = item.same() && task_.filter.named.contains(event.type) != task_.filter.only;
        if (hidden) return;
        lane_->items.push_back(item);
        shown_->events.push_back(event);
        lane_->events.at.push_back(place);
    }
    std::shared_ptr<const BranchLane> finish()
    {
        auto& at = lane_->events.at;
        if (!std::ranges::is_sorted(at)) {
            std::vector<std::uint32_t> order(at.size());
            std::iota(order.begin(), order.end(), 0U);
            std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return at[i]; });
            permute(at, order);
            permute(lane_->items, order);
            permute(shown_->events, order);
        }
        for (std::size_t i = 0; i < lane_->items.size(); ++i)
            if (!lane_->items[i].same()) lane_->changed.push_back(static_cast<std::uint32_t>(i));
        if (made_.parts() && !lane_->changed.empty()) lane_->departs = lane_->changed.front();
        shown_->entity = branch_.entity;
        shown_->key = branch_.key;
        shown_->rows = branch_.rows;
        lane_->events.history = std::move(shown_);
        return std::move(lane_);
    }
    template <typename T>
    static void permute(std::vector<T>& values, const std::vector<std::uint32_t>& order)
    {
        std::vector<T> sorted;
        sorted.reserve(values.size());
        for (const std::uint32_t i : order) sorted.push_back(std::move(values[i]));
        values = std::move(sorted);
    }

    const BranchLaneTask& task_;
    const replay::BranchHistory& made_;
    const replay::History& real_;
    const replay::History& branch_;
    bool ownPlaces_;
    std::vector<bool> there_;
    std::shared_ptr<BranchLane> lane_ = std::make_shared<BranchLane>();
    std::shared_ptr<replay::History> shown_ = std::make_shared<replay::History>();
};

}  // namespace

bool BranchLane::changes(std::size_t first, std::size_t count) const
{
    const auto at = std::ranges::lower_bound(changed, static_cast<std::uint32_t>(first));
    return at != changed.end() && *at < first + count;
}

bool BranchLane::skips(std::size_t first, std::size_t count) const
{
    for (std::size_t i = first; i < first + count; ++i)
        if (!items[i].skipped()) return false;
    return true;
}

std::optional<std::size_t> BranchLane::itemOf(EventId origin) const
{
    const auto at = std::ranges::find(items, origin, &BranchItem::origin);
    return at == items.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - items.begin()));
}

std::optional<std::size_t> BranchLane::itemAt(Version real) const
{
    if (real.value == 0) return {};
    const auto at = std::ranges::find(items, real, &BranchItem::real);
    return at == items.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - items.begin()));
}

Version BranchLane::besideOf(Version real, Timestamp time) const
{
    return std::min(made->history()->versionAt(time), made->branchVersion(real));
}

std::optional<std::size_t> BranchLane::lastUpTo(Version version) const
{
    for (std::size_t i = items.size(); i-- > 0;)
        if (!items[i].skipped() && items[i].version <= version) return i;
    return {};
}

std::optional<std::size_t> BranchLane::before(Timestamp place, std::optional<std::size_t> without) const
{
    auto end = static_cast<std::size_t>(std::ranges::upper_bound(events.at, place) - events.at.begin());
    while (end-- > 0)
        if (!items[end].skipped() && end != without) return end;
    return {};
}

std::shared_ptr<const BranchLane> layOutBranch(const BranchLaneTask& task) { return Builder(task).build(); }

}  // namespace hindcast::ui
