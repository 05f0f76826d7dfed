#include "ui/timeline/lane_layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr double kGap = 1;            // clear pixels between two marks; what is closer is one
constexpr double kBlockPixels = 640;  // merging begins anew at fixed times this far apart
constexpr double kEventsPerMark = 4;  // on average over the lane: beyond, density tells more than a row of pills
constexpr std::size_t kFewEvents = 100;
constexpr double kMostSpan = 46;  // of a cluster: a steady life is a row of counts, not one count for all of it
constexpr double kLabelGap = 10;
constexpr double kLabelEdge = 7;  // as far a name may begin left of the lanes, beneath its mark there

bool endsLife(EventKind kind) { return kind == EventKind::Delete || kind == EventKind::Tombstone || kind == EventKind::Truncate; }

/// Cells of `pixels` width that stand still in time while the window moves: index of the one that holds `time`.
struct Cells {
    double ns;
    [[nodiscard]] double indexOf(Timestamp time) const { return std::floor(static_cast<double>(time.ns) / ns); }
    [[nodiscard]] Timestamp startOf(double index) const
    {
        const double start = index * ns;
        if (start >= 9.2e18) return Timestamp::max();
        if (start <= -9.2e18) return Timestamp::min();
        return Timestamp{static_cast<std::int64_t>(std::ceil(start))};
    }
};

TypeId mostFrequent(const LaneEvents& lane, std::size_t first, std::size_t count)
{
    // Few types in a pill: a small list beats a map.
    std::vector<std::pair<TypeId, std::size_t>> seen;
    for (std::size_t i = first; i < first + count; ++i) {
        const auto found =
            std::find_if(seen.begin(), seen.end(), [&](const auto& entry) { return entry.first == lane.event(i).type; });
        if (found != seen.end())
            ++found->second;
        else
            seen.emplace_back(lane.event(i).type, 1);
    }
    return std::max_element(seen.begin(), seen.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
}

/// The marks of a lane, left to right. What lies too near to be told apart is one cluster, and what would lie over the cluster before
/// it is part of that one, so no mark ever lies over another, whatever the size of glyphs and words. Only the last mark is ever
/// changed by what comes after it: an arrival at the end leaves all others as they are.
class MarkRow {
public:
    MarkRow(std::vector<LaneMark>& marks, const LaneEvents& lane, const TimeScale& scale, const LaneMetrics& metrics)
        : marks_(marks), lane_(lane), scale_(scale), metrics_(metrics), gap_(kGap * metrics.unit)
    {
    }
    /// Events [begin, end). The first of them that has room begins a cluster.
    void addBlock(std::size_t begin, std::size_t end)
    {
        for (std::size_t i = begin; i < end; ++i) {
            const double x = scale_.pixelFromTime(lane_.at[i]);
            if (i == begin) {
                spanFrom_ = x;  // whatever the block before has taken of it: clusters end where they would without that
                entering_ = true;
            }
            if (!marks_.empty() && takes(x))
                grow(x);
            else
                start(i, x);
        }
    }

private:
    [[nodiscard]] double end(const LaneMark& mark) const { return mark.x + mark.halfWidth + gap_; }
    [[nodiscard]] bool takes(double x) const
    {
        if (x - metrics_.markWidth / 2 < end(marks_.back())) return true;
        return !entering_ && x - spanFrom_ < kMostSpan * metrics_.unit && x - lastX_ < metrics_.markWidth + gap_;
    }
    void start(std::size_t event, double x)
    {
        free_ = marks_.empty() ? -1e18 : end(marks_.back());
        if (!std::exchange(entering_, false)) spanFrom_ = x;
        LaneMark mark;
        mark.x = x;
        mark.halfWidth = metrics_.markWidth / 2;
        mark.first = event;
        mark.mark = markOf(*lane_.history, lane_.index(event));
        mark.type = lane_.event(event).type;
        marks_.push_back(mark);
        firstX_ = lastX_ = x;
    }
    void grow(double x)
    {
        LaneMark& open = marks_.back();
        ++open.count;
        lastX_ = x;
        open.halfWidth = pillWidth(open.count, metrics_) / 2;
        // In the middle of its events, or as near to it as the mark before lets it: wider than a mark, it may need its room.
        open.x = std::max((firstX_ + lastX_) / 2, free_ + open.halfWidth);
    }

    std::vector<LaneMark>& marks_;
    const LaneEvents& lane_;
    const TimeScale& scale_;
    const LaneMetrics& metrics_;
    double gap_;
    double firstX_ = 0;  ///< of the last cluster's events
    double lastX_ = 0;
    double free_ = 0;        ///< where the mark before the last one ends, with the gap
    double spanFrom_ = 0;    ///< what the last cluster's length is measured from
    bool entering_ = false;  ///< a block, none of whose events has begun a cluster yet
};

void placeLabels(std::vector<LaneMark>& marks, const TimeScale& scale, const LaneMetrics& metrics)
{
    if (!metrics.labelWidth) return;
    double free = -1e18;
    for (LaneMark& mark : marks) {
        const double left = mark.x - mark.halfWidth;
        const double end = left + metrics.labelWidth(mark.type);
        if (left < free || end > scale.right()) continue;
        mark.label = true;
        free = end + kLabelGap * metrics.unit;
    }
}

void layOutColumns(LaneGeometry& geometry, const LaneEvents& lane, const TimeScale& scale, const LaneMetrics& metrics)
{
    const Cells cells{metrics.columnWidth * scale.nsPerPixel()};
    std::size_t at = geometry.firstVisible;
    for (double cell = cells.indexOf(scale.from);; ++cell) {
        const Timestamp start = cells.startOf(cell);
        if (start >= scale.to) break;
        const std::size_t next = std::min(lane.firstFrom(cells.startOf(cell + 1), at), geometry.endVisible);
        if (next > at) {
            geometry.columns.push_back({scale.pixelFromTime(start), metrics.columnWidth - 1, at, next - at});
            geometry.mostInColumn = std::max(geometry.mostInColumn, next - at);
        }
        at = next;
    }
}

}  // namespace

Mark markOf(const replay::History& history, std::size_t index)
{
    const replay::HistoryEvent& event = history.events[index];
    if (endsLife(event.kind)) return Mark::Death;
    if (event.kind == EventKind::Snapshot) return Mark::Snapshot;
    if (event.kind == EventKind::Message) return Mark::Message;
    if (event.kind == EventKind::Create || index == 0 || endsLife(history.events[index - 1].kind)) return Mark::Birth;
    return Mark::Plain;
}

double pillWidth(std::size_t count, const LaneMetrics& metrics)
{
    return 13 * metrics.unit + metrics.digitWidth * static_cast<double>(std::to_string(count).size() + 1);
}

LaneGeometry layOutLane(const LaneEvents& lane, const TimeScale& scale, const LaneMetrics& metrics)
{
    LaneGeometry geometry;
    geometry.firstVisible = lane.firstFrom(scale.from);
    geometry.endVisible = lane.firstFrom(scale.to, geometry.firstVisible);
    const std::size_t visible = geometry.endVisible - geometry.firstVisible;

    const double places = scale.width / metrics.markWidth;
    if (visible > metrics.mostMarks || (visible > kFewEvents && static_cast<double>(visible) > kEventsPerMark * places)) {
        layOutColumns(geometry, lane, scale, metrics);
        return geometry;
    }
    // A block before and after, so that marks at the edges are what they are when they come into view.
    const Cells blocks{kBlockPixels * scale.nsPerPixel()};
    const double firstBlock = blocks.indexOf(scale.from) - 1;
    const int blockCount = static_cast<int>(blocks.indexOf(scale.to) - firstBlock) + 2;
    MarkRow row(geometry.marks, lane, scale, metrics);
    std::size_t at = lane.firstFrom(blocks.startOf(firstBlock));
    for (int block = 0; block < blockCount; ++block) {
        std::size_t end = lane.firstFrom(blocks.startOf(firstBlock + block + 1), at);
        // Out of view a block may hold any number: what lies there matters for its edge only.
        if (end > geometry.endVisible) end = std::min(end, geometry.endVisible + 64);
        if (at < geometry.firstVisible && geometry.firstVisible - at > metrics.mostMarks)
            at = geometry.firstVisible - metrics.mostMarks;
        row.addBlock(at, end);
        at = end;
        if (at >= geometry.endVisible + 64) break;
    }
    for (LaneMark& mark : geometry.marks)
        if (mark.count > 1) mark.type = mostFrequent(lane, mark.first, mark.count);
    placeLabels(geometry.marks, scale, metrics);
    std::erase_if(geometry.marks, [&](const LaneMark& mark) {
        return mark.x + mark.halfWidth < scale.left || mark.x - mark.halfWidth > scale.right();
    });
    return geometry;
}

std::vector<LaneLabel> labelsOf(const LaneGeometry& geometry, const LaneEvents& lane, std::size_t upTo, const TimeScale& scale,
                                const LaneMetrics& metrics)
{
    std::vector<LaneLabel> labels;
    if (!metrics.labelWidth) return labels;
    std::optional<LaneLabel> current;
    const auto stoodUpon = upTo > 0 ? markOfEvent(geometry, upTo - 1) : std::nullopt;
    if (stoodUpon && geometry.marks[*stoodUpon].x >= scale.left && geometry.marks[*stoodUpon].x <= scale.right()) {
        const LaneMark& mark = geometry.marks[*stoodUpon];
        const TypeId type = lane.event(upTo - 1).type;
        const double width = metrics.labelWidth(type);
        const double left = std::min(mark.x - mark.halfWidth, scale.right() - width);
        current = LaneLabel{*stoodUpon, type, std::max(left, scale.left), width};
    }
    for (std::size_t i = 0; i < geometry.marks.size(); ++i) {
        const LaneMark& mark = geometry.marks[i];
        if (current && i == current->mark) {
            labels.push_back(*current);
            continue;
        }
        // A name whose mark is out of view would be cut at the lane heads.
        if (!mark.label || mark.x - mark.halfWidth < scale.left - kLabelEdge * metrics.unit) continue;
        const LaneLabel label{i, mark.type, mark.x - mark.halfWidth, metrics.labelWidth(mark.type)};
        const double gap = kLabelGap * metrics.unit;
        if (current && label.left < current->left + current->width + gap && current->left < label.left + label.width + gap)
            continue;
        labels.push_back(label);
    }
    return labels;
}

std::optional<std::size_t> markOfEvent(const LaneGeometry& geometry, std::size_t event)
{
    const auto after = std::ranges::upper_bound(geometry.marks, event, {}, &LaneMark::first);
    if (after == geometry.marks.begin()) return {};
    const auto mark = std::prev(after);
    if (event >= mark->first + mark->count) return {};
    return static_cast<std::size_t>(mark - geometry.marks.begin());
}

LaneSpan spanAtMark(const LaneGeometry& geometry, std::size_t mark, double wanted, double clear)
{
    const auto& marks = geometry.marks;
    const double x = marks[mark].x;
    const double from = mark > 0 ? marks[mark - 1].x + marks[mark - 1].halfWidth + clear : x - wanted;
    const double to = mark + 1 < marks.size() ? marks[mark + 1].x - marks[mark + 1].halfWidth - clear : x + wanted;
    if (to - from <= wanted) return {from, to};
    const double left = std::clamp(x - wanted / 2, from, to - wanted);
    return {left, left + wanted};
}

std::optional<std::size_t> markAt(const LaneGeometry& geometry, double x, double reach)
{
    std::optional<std::size_t> best;
    double bestDistance = 0;
    // Marks do not overlap, so it is one of the two on either side of x.
    const std::size_t right =
        static_cast<std::size_t>(std::ranges::lower_bound(geometry.marks, x, {}, &LaneMark::x) - geometry.marks.begin());
    for (std::size_t i = right > 0 ? right - 1 : 0; i < std::min(right + 1, geometry.marks.size()); ++i) {
        const LaneMark& mark = geometry.marks[i];
        const double distance = std::abs(mark.x - x);
        if (distance > mark.halfWidth + reach || (best && distance >= bestDistance)) continue;
        best = i;
        bestDistance = distance;
    }
    return best;
}

std::optional<std::size_t> columnAt(const LaneGeometry& geometry, double x)
{
    const auto after = std::upper_bound(geometry.columns.begin(), geometry.columns.end(), x,
                                        [](double at, const LaneColumn& column) { return at < column.x; });
    if (after == geometry.columns.begin()) return {};
    const auto column = std::prev(after);
    if (x >= column->x + column->width + 1) return {};
    return static_cast<std::size_t>(column - geometry.columns.begin());
}

std::optional<std::size_t> snap(const LaneEvents& lane, const TimeScale& scale, double x, double reach)
{
    // The first event at or right of x, and the last one left of it.
    const std::size_t right = lane.firstFrom(scale.timeFromPixel(x));
    std::optional<std::size_t> best;
    double bestDistance = reach;
    if (right < lane.size()) {
        const double distance = std::abs(scale.pixelFromTime(lane.at[right]) - x);
        if (distance <= bestDistance) {
            best = right;
            bestDistance = distance;
        }
    }
    if (right > 0) {
        const double distance = std::abs(x - scale.pixelFromTime(lane.at[right - 1]));
        if (distance <= reach && (!best || distance < bestDistance)) best = right - 1;
    }
    if (!best) return {};
    const auto end = std::upper_bound(lane.at.begin() + static_cast<std::ptrdiff_t>(*best), lane.at.end(), lane.at[*best]);
    return static_cast<std::size_t>(end - lane.at.begin()) - 1;
}

}  // namespace hindcast::ui
