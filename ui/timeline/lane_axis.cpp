#include "ui/timeline/lane_axis.h"

#include "ui/session/reject_order.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr std::size_t kMostRejects = 20'000;  // of a lane that are drawn; more are told in words only
constexpr std::size_t kMostFolds = 64;
constexpr std::size_t kFewEvents = 4;  // fewer do not make a rhythm that a gap could break
constexpr double kShareOfRest = 0.30;  // a gap is folded where it takes as much of what is left to show
constexpr double kTimesTypical = 6;    // and is as many times the typical gap
constexpr double kFoldedShare = 0.06;  // of what is left to show: what each folded period still takes
constexpr double kMargin = 0.3;        // of that, on either side: a mark's room before the strip begins

bool shows(const TypeFilter::Choice& filter, TypeId type) { return filter.named.contains(type) == filter.only; }

std::shared_ptr<LaneEvents> shownOf(const std::shared_ptr<const replay::History>& history, const TypeFilter::Choice& filter)
{
    auto lane = std::make_shared<LaneEvents>();
    lane->history = history;
    const auto& events = history->events;
    lane->all = !filter.only && filter.named.empty();
    if (!lane->all)
        for (std::uint32_t i = 0; i < events.size(); ++i)
            if (shows(filter, events[i].type)) lane->shown.push_back(i);
    lane->at.resize(lane->all ? events.size() : lane->shown.size());
    for (std::size_t i = 0; i < lane->at.size(); ++i) lane->at[i] = lane->event(i).effective;
    return lane;
}

/// Calls `visit(lane, i, same)` for all events in one order: that of time, each lane's own order kept. An event that several lanes
/// hold is told for each of them where they meet, from the second on as the `same`.
template <class Visit>
void merged(const std::vector<std::shared_ptr<LaneEvents>>& lanes, Visit visit)
{
    std::vector<std::size_t> next(lanes.size(), 0);
    for (;;) {
        std::size_t best = lanes.size();
        for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
            if (next[lane] >= lanes[lane]->size()) continue;
            if (best == lanes.size() || lanes[lane]->at[next[lane]] < lanes[best]->at[next[best]]) best = lane;
        }
        if (best == lanes.size()) return;
        const EventId id = lanes[best]->event(next[best]).id;
        visit(best, next[best]++, false);
        for (std::size_t lane = best + 1; lane < lanes.size(); ++lane)
            if (next[lane] < lanes[lane]->size() && lanes[lane]->event(next[lane]).id == id) visit(lane, next[lane]++, true);
    }
}

bool anyKnownTime(const std::vector<std::shared_ptr<LaneEvents>>& lanes)
{
    return std::ranges::any_of(lanes, [](const auto& lane) {
        return std::ranges::any_of(lane->history->events, [](const auto& event) { return event.effective.isKnown(); });
    });
}

struct Gap {
    Timestamp from, to;
    [[nodiscard]] double ns() const { return static_cast<double>(to.ns) - static_cast<double>(from.ns); }
};

/// The first and the last known time of the life that is looked at.
std::pair<Timestamp, Timestamp> lifeOf(const AxisTask& task)
{
    const std::pair all{Timestamp::min(), Timestamp::max()};
    if (!task.about) return all;
    const auto& events = task.lanes[*task.about]->events;
    const auto known = [](const replay::HistoryEvent& event) { return event.effective.isKnown(); };
    const auto first = std::ranges::find_if(events, known);
    if (first == events.end()) return all;
    return {first->effective, std::find_if(events.rbegin(), events.rend(), known)->effective};
}

/// The gaps worth folding, in order of time, and what is left to show without them.
std::vector<Gap> quietPeriods(const std::vector<Timestamp>& times, const std::vector<Timestamp>& opened, double& rest)
{
    rest = 0;
    if (times.size() < kFewEvents) return {};
    rest = static_cast<double>(times.back().ns) - static_cast<double>(times.front().ns);
    std::vector<Gap> gaps;
    gaps.reserve(times.size());
    for (std::size_t i = 1; i < times.size(); ++i)
        if (times[i] > times[i - 1]) gaps.push_back({times[i - 1], times[i]});
    if (gaps.size() < kFewEvents - 1) return {};
    const auto longer = [](const Gap& a, const Gap& b) { return a.ns() > b.ns(); };
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::nth_element(gaps.begin(), middle, gaps.end(), longer);
    const double typical = middle->ns();
    const std::size_t most = std::min(kMostFolds, gaps.size());
    std::partial_sort(gaps.begin(), gaps.begin() + static_cast<std::ptrdiff_t>(most), gaps.end(), longer);
    std::vector<Gap> folded;
    for (std::size_t i = 0; i < most; ++i) {
        if (gaps[i].ns() < kShareOfRest * rest || gaps[i].ns() < kTimesTypical * typical) break;
        if (std::ranges::find(opened, gaps[i].from) != opened.end()) continue;
        rest -= gaps[i].ns();
        folded.push_back(gaps[i]);
    }
    std::ranges::sort(folded, {}, &Gap::from);
    return folded;
}

/// What arrived since has left every fold a quiet period between the same two events.
bool holdsStill(const AxisMap& kept, const std::vector<Timestamp>& times)
{
    return !kept.isOrder() && std::ranges::all_of(kept.folds(), [&times](const Fold& fold) {
        const auto [after, next] = std::ranges::equal_range(times, fold.after);
        return after != next && next != times.end() && *next == fold.before;
    });
}

/// a + (b − a) · share, without leaving [a, b].
Timestamp between(Timestamp a, Timestamp b, double share)
{
    const double width = static_cast<double>(b.ns) - static_cast<double>(a.ns);
    return std::clamp(a.plus(static_cast<std::int64_t>(std::llround(width * share))), a, b);
}

double shareOf(Timestamp a, Timestamp b, Timestamp t)
{
    return (static_cast<double>(t.ns) - static_cast<double>(a.ns)) /
           std::max(1.0, static_cast<double>(b.ns) - static_cast<double>(a.ns));
}

/// By time; on the axis of order between the events that stand before and after it in its partition.
void standRejects(LaneEvents& lane, const AxisMap& map)
{
    const auto& rejects = lane.history->rejects;
    if (rejects.size() > kMostRejects) return;
    std::vector<std::pair<Timestamp, store::Posting>> places;
    places.reserve(rejects.size());
    if (map.isOrder()) {
        for (const RejectPlace& reject : placeRejects(*lane.history)) {
            // By its time among the events of other lanes, but between the events of its own.
            const std::size_t shown = lane.upTo(Version{reject.after});
            const Timestamp least = shown == 0 ? Timestamp{-AxisMap::kRank} : lane.at[shown - 1];
            const Timestamp most = shown < lane.size() ? lane.at[shown].plus(-AxisMap::kRank) : Timestamp::max();
            const Timestamp place = map.isTimeless() ? least : map.place(reject.posting.time);
            places.emplace_back(std::clamp(place, least, std::max(least, most)).plus(AxisMap::kRank / 2), reject.posting);
        }
    } else {
        for (const store::Posting& reject : rejects) places.emplace_back(map.place(reject.time), reject);
    }
    std::ranges::stable_sort(places, {}, [](const auto& place) { return place.first; });
    for (const auto& [at, reject] : places) {
        lane.rejects.push_back(at);
        lane.rejected.push_back(reject);
    }
}

}  // namespace

struct AxisBuilder {
    /// The gaps lie behind the `kept` folds.
    static void fold(AxisMap& map, std::vector<Fold> kept, const std::vector<Gap>& gaps, double rest)
    {
        map.folds_ = std::move(kept);
        const auto width = static_cast<std::int64_t>(std::max(1'000.0, kFoldedShare * rest));
        std::int64_t gone = map.folds_.empty() ? 0 : map.folds_.back().end.until(map.folds_.back().to);  // by the folds before
        for (const Gap& gap : gaps) {
            const std::int64_t length = gap.from.until(gap.to);
            if (length <= width) continue;
            const auto margin = static_cast<std::int64_t>(static_cast<double>(width) * kMargin);
            Fold fold{gap.from, gap.to, gap.from.plus(margin), gap.to.plus(-margin), {}, {}};
            fold.at = fold.from.plus(-gone);
            fold.end = fold.at.plus(width - 2 * margin);
            gone += length - width;
            map.folds_.push_back(fold);
        }
    }

    static void noteEnd(AxisMap& map, const std::vector<std::shared_ptr<LaneEvents>>& lanes)
    {
        for (const auto& lane : lanes)
            if (!lane->at.empty() && lane->at.back().isKnown()) map.madeUntil_ = std::max(map.madeUntil_, lane->at.back());
    }

    static void rank(AxisMap& map, std::vector<std::shared_ptr<LaneEvents>>& lanes, bool timeless)
    {
        map.order_ = true;
        map.timeless_ = timeless;
        std::vector<std::vector<Timestamp>> places(lanes.size());
        for (std::size_t lane = 0; lane < lanes.size(); ++lane) places[lane].reserve(lanes[lane]->size());
        merged(lanes, [&](std::size_t lane, std::size_t i, bool same) {
            if (!same) map.times_.push_back(lanes[lane]->at[i]);
            places[lane].push_back(Timestamp{static_cast<std::int64_t>(map.times_.size() - 1) * AxisMap::kRank});
        });
        for (std::size_t lane = 0; lane < lanes.size(); ++lane) lanes[lane]->at = std::move(places[lane]);
    }
};

Timestamp AxisMap::place(Timestamp time) const
{
    if (order_) {
        const auto after = std::upper_bound(times_.begin(), times_.end(), time);
        return Timestamp{(static_cast<std::int64_t>(after - times_.begin()) - 1) * kRank};
    }
    // The last fold that begins before it.
    const auto after =
        std::upper_bound(folds_.begin(), folds_.end(), time, [](Timestamp t, const Fold& fold) { return t < fold.from; });
    if (after == folds_.begin()) return time;
    const Fold& fold = *std::prev(after);
    if (time < fold.to) return between(fold.at, fold.end, shareOf(fold.from, fold.to, time));
    return time.plus(fold.to.until(fold.end));
}

Timestamp AxisMap::time(Timestamp place) const
{
    if (order_) {
        if (times_.empty()) return place;
        const double rank = std::floor(static_cast<double>(place.ns) / static_cast<double>(kRank));
        // Before the first and after the last event time goes on, so that something lies there.
        if (rank < 0) return times_.front().plus(-1);
        if (rank >= static_cast<double>(times_.size())) return times_.back().plus(1);
        return times_[static_cast<std::size_t>(rank)];
    }
    const auto after =
        std::upper_bound(folds_.begin(), folds_.end(), place, [](Timestamp p, const Fold& fold) { return p < fold.at; });
    if (after == folds_.begin()) return place;
    const Fold& fold = *std::prev(after);
    if (place < fold.end) return between(fold.from, fold.to, shareOf(fold.at, fold.end, place));
    return place.plus(fold.end.until(fold.to));
}

AxisResult layOutAxis(const AxisTask& task)
{
    std::vector<std::shared_ptr<LaneEvents>> lanes;
    lanes.reserve(task.lanes.size());
    for (const auto& history : task.lanes) lanes.push_back(shownOf(history, task.filter));
    auto map = std::make_shared<AxisMap>();
    const bool timeless = !lanes.empty() && !anyKnownTime(lanes);
    if (task.choice.order || timeless) {
        AxisBuilder::rank(*map, lanes, timeless);
    } else if (task.choice.fold) {
        const auto [first, last] = lifeOf(task);
        std::vector<Timestamp> times;
        merged(lanes, [&, first = first, last = last](std::size_t lane, std::size_t i, bool same) {
            const Timestamp at = lanes[lane]->at[i];
            if (!same && at.isKnown() && at >= first && at <= last) times.push_back(at);
        });
        double rest = 0;
        std::vector<Gap> quiet = quietPeriods(times, task.choice.opened, rest);
        // A fold's width follows how much there is to show, and so does what is worth folding: both would move what is in view with
        // every arrival. So what was there stays as it is, and what comes is folded behind it.
        std::vector<Fold> kept;
        if (task.kept && holdsStill(*task.kept, times)) {
            kept = task.kept->folds();
            const Timestamp end = std::max(task.kept->madeUntil(), task.seen);
            std::erase_if(quiet, [end](const Gap& gap) { return gap.from < end; });
        }
        AxisBuilder::noteEnd(*map, lanes);
        AxisBuilder::fold(*map, std::move(kept), quiet, rest);
        if (!map->folds().empty())
            for (const auto& lane : lanes)
                for (Timestamp& at : lane->at) at = map->place(at);
    }
    for (const auto& lane : lanes) standRejects(*lane, *map);
    AxisResult result;
    result.map = std::move(map);
    for (auto& lane : lanes) result.lanes.push_back(std::move(lane));
    return result;
}

}  // namespace hindcast::ui
