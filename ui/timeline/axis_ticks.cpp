#include "ui/timeline/axis_ticks.h"

#include "ui/look/format.h"
#include "ui/timeline/axis_label.h"

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

std::vector<AxisTick> timeTicks(const AxisMap& map, const TimeScale& scale, double leastPixels,
                                const std::function<double(const QString&)>& room)
{
    // The stretches between folds, each a linear scale of times.
    const TickStep step = tickStepFor(scale, leastPixels);
    std::vector<AxisTick> ticks;
    double free = scale.left;
    bool owed = false;  // a date that had no room is told by the next tick that has
    const auto stretch = [&](Timestamp fromPlace, Timestamp toPlace) {
        const Timestamp from = std::max(fromPlace, scale.from);
        const Timestamp to = std::min(toPlace, scale.to);
        if (from >= to) return;
        TimeScale part;
        part.left = scale.pixelFromTime(from);
        part.width = std::max(1.0, scale.pixelFromTime(to) - part.left);
        part.from = map.time(from);
        part.to = Timestamp{part.from.ns + (to.ns - from.ns)};
        std::vector<Tick> found = ticksOf(part, step);
        for (std::size_t i = 0; i < found.size(); ++i) {
            Tick tick = found[i];
            const double x = tick.x;
            owed = owed || i == 0 || tick.dayChange;
            if (x < free - 1) {
                ticks.push_back({x, QString()});
                continue;
            }
            if (owed) {
                tick.x = -1;  // tells a label that it is the first: it names the year
                tick.dayChange = true;
            }
            const QString label = axisLabel(tick, step);
            if (toPlace < Timestamp::max() && room && x + room(label) > part.right()) {
                ticks.push_back({x, QString()});
                continue;
            }
            owed = false;
            ticks.push_back({x, label});
            free = x + std::max(leastPixels * 0.6, room ? room(label) : 0.0);
        }
    };
    Timestamp from = Timestamp::min();
    for (const Fold& fold : map.folds()) {
        stretch(from, fold.at);
        from = fold.end;
    }
    stretch(from, Timestamp::max());
    return ticks;
}

QString rankLabel(const AxisMap& map, std::int64_t rank)
{
    const Timestamp time = map.time(Timestamp{rank * AxisMap::kRank});
    const QString when = time.isKnown() ? shortTimeText(time).section(QLatin1Char('.'), 0, 0) : QString();
    return when.isEmpty() ? QStringLiteral("#%1").arg(grouped(static_cast<std::uint64_t>(rank + 1))) : when;
}

std::vector<AxisTick> orderTicks(const AxisMap& map, const TimeScale& scale, double leastPixels,
                                 const std::function<double(const QString&)>& room)
{
    std::vector<AxisTick> ticks;
    // The labels of an axis are of one form: by its ends, so that panning does not change the step.
    if (room && map.ranks() > 0)
        for (const std::int64_t end : {std::int64_t{0}, static_cast<std::int64_t>(map.ranks()) - 1})
            leastPixels = std::max(leastPixels, room(rankLabel(map, end)));
    const double perRank = static_cast<double>(AxisMap::kRank) / scale.nsPerPixel();
    std::int64_t step = 1;
    // 1, 2, 5, 10, …
    for (int i = 0; static_cast<double>(step) * perRank < leastPixels; ++i) step = i % 3 == 1 ? step / 2 * 5 : step * 2;
    const auto ranks = static_cast<std::int64_t>(map.ranks());
    const auto first =
        static_cast<std::int64_t>(std::floor(static_cast<double>(scale.from.ns) / static_cast<double>(AxisMap::kRank)));
    for (std::int64_t rank = std::max<std::int64_t>(0, (first / step) * step); rank < ranks; rank += step) {
        const Timestamp place{rank * AxisMap::kRank};
        if (place >= scale.to) break;
        if (place < scale.from) continue;
        ticks.push_back({scale.pixelFromTime(place), rankLabel(map, rank)});
    }
    return ticks;
}

}  // namespace

std::vector<AxisTick> axisTicks(const AxisMap& map, const TimeScale& scale, double leastPixels,
                                const std::function<double(const QString&)>& room)
{
    return map.isOrder() ? orderTicks(map, scale, leastPixels, room) : timeTicks(map, scale, leastPixels, room);
}

Timestamp roundTimeAt(const AxisMap& map, const TimeScale& scale, double x)
{
    // Between folds places are times that are moved by as much: the same scale of other times.
    const Timestamp place = scale.timeFromPixel(x);
    const Timestamp time = map.time(place);
    const auto& folds = map.folds();
    const auto holds = [place](const Fold& fold) { return place >= fold.at && place < fold.end; };
    if (std::ranges::any_of(folds, holds)) return time;
    TimeScale moved = scale;
    const std::int64_t by = place.until(time);
    moved.from = scale.from.plus(by);
    moved.to = scale.to.plus(by);
    const Timestamp round = roundTimeFromPixel(moved, x);
    // Not over the edge into a fold.
    return std::ranges::any_of(folds, [round](const Fold& fold) { return round > fold.from && round < fold.to; }) ? time : round;
}

std::vector<FoldSpan> foldsInView(const AxisMap& map, const TimeScale& scale)
{
    std::vector<FoldSpan> spans;
    for (std::size_t i = 0; i < map.folds().size(); ++i) {
        const Fold& fold = map.folds()[i];
        if (fold.end <= scale.from || fold.at >= scale.to) continue;
        spans.push_back(
            {std::max(scale.left, scale.pixelFromTime(fold.at)), std::min(scale.right(), scale.pixelFromTime(fold.end)), i});
    }
    return spans;
}

}  // namespace hindcast::ui
