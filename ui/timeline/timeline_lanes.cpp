// What the canvas knows of its lanes: their events on the axis, where they stand, what is fanned out.
#include "ui/look/shaped_text.h"
#include "ui/timeline/lane_space.h"
#include "ui/timeline/timeline_canvas.h"

#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr std::size_t kAtOnce = 60'000;  // events and rejects that are prepared within a frame

}  // namespace

double TimelineCanvas::unit() const { return theme_.zoom(); }

void TimelineCanvas::setLanes(std::vector<Lane> lanes)
{
    lanes_ = std::move(lanes);
    describe();
    prepare();
}

void TimelineCanvas::setFilter(const TypeFilter::Choice& filter)
{
    if (filter == filter_) return;
    filter_ = filter;
    prepare();
}

void TimelineCanvas::setAxis(const AxisChoice& choice)
{
    if (choice == axisChoice_) return;
    axisChoice_ = choice;
    prepare();
    emit axisChanged();
}

void TimelineCanvas::setFollowing(bool on)
{
    if (on == following_) return;
    following_ = on;
    if (on && keptFolds_) prepare();
}

void TimelineCanvas::prepare()
{
    LanesTask task;
    std::size_t events = 0;
    for (const Lane& lane : lanes_) {
        if (playhead_.history() && playhead_.history()->entity == lane.history->entity) task.axis.about = task.axis.lanes.size();
        task.axis.lanes.push_back(lane.history);
        task.basis.lanes.push_back(lane.history->entity);
        events += lane.history->events.size() + lane.history->rejects.size();
    }
    task.lanes = lanes_;
    task.axis.filter = filter_;
    task.axis.choice = axisChoice_;
    task.basis.about = task.axis.about;
    task.basis.filter = filter_;
    task.basis.choice = axisChoice_;
    if (!following_ && !foldAnew_ && basis_ == task.basis) {
        task.axis.kept = axis_.sharedMap();
        task.axis.seen = axis_.shownUntil();
    }
    if (events > kAtOnce) return preparing_.ask(std::move(task));
    preparing_.cancel();
    take(layOut(task));
}

TimelineCanvas::LanesResult TimelineCanvas::layOut(const LanesTask& task)
{
    return {task.lanes, layOutAxis(task.axis), task.basis, !task.axis.kept};
}

void TimelineCanvas::take(LanesResult prepared)
{
    AxisResult& result = prepared.axis;
    closeFan();
    const bool same = std::ranges::equal(
        preparedLanes_, prepared.lanes, {}, [](const Lane& lane) { return lane.history->entity; },
        [](const Lane& lane) { return lane.history->entity; });
    preparedLanes_ = std::move(prepared.lanes);
    prepared_.clear();
    for (auto& events : result.lanes) {
        Prepared lane;
        lane.events = std::move(events);
        prepared_.push_back(std::move(lane));
    }
    for (DrawnWatch& watch : drawnWatches_) watch.valid = watch.branchValid = false;
    placeScrollBar();
    revealSelectedLane();
    axis_.setMap(std::move(result.map), same);
    basis_ = std::move(prepared.basis);
    layBranch();
    keptFolds_ = !prepared.anew && axisChoice_.fold && !axis_.map().isOrder();
    if (prepared.anew) {
        foldAnew_ = false;
        if (std::exchange(fitAnew_, false)) axis_.fit();
    }
    update();
    emit this->prepared();
}

void TimelineCanvas::invalidate()
{
    for (Prepared& lane : prepared_) lane.valid = false;
    for (DrawnWatch& watch : drawnWatches_) watch.valid = watch.branchValid = false;
    branchDrawn_.valid = false;
    update();
}

LaneMetrics TimelineCanvas::metrics()
{
    LaneMetrics metrics;
    metrics.unit = unit();
    metrics.markWidth *= unit();
    metrics.columnWidth *= unit();
    metrics.digitWidth = textWidthF(pillFont(), QStringLiteral("0"));
    metrics.labelWidth = [this](TypeId type) {
        const auto known = labelWidths_.constFind(type.value);
        if (known != labelWidths_.constEnd()) return *known;
        const double width = textWidthF(theme_.text(0.88), words_.nameOf(type));
        return *labelWidths_.insert(type.value, width);
    };
    return metrics;
}

const LaneGeometry& TimelineCanvas::geometry(std::size_t lane)
{
    Prepared& prepared = prepared_[lane];
    const TimeScale wanted = scale();
    if (prepared.valid && wanted == prepared.scale) return prepared.geometry;
    prepared.geometry = layOutLane(*prepared.events, wanted, metrics());
    prepared.scale = wanted;
    prepared.valid = true;
    return prepared.geometry;
}

const LaneEvents* TimelineCanvas::events(std::size_t lane) const
{
    return lane < prepared_.size() ? prepared_[lane].events.get() : nullptr;
}

std::optional<std::size_t> TimelineCanvas::selectedLane() const
{
    const auto& history = playhead_.history();
    if (!history) return {};
    for (std::size_t i = 0; i < preparedLanes_.size(); ++i)
        if (preparedLanes_[i].history->entity == history->entity) return i;
    return {};
}

std::size_t TimelineCanvas::stateUpTo(std::size_t lane) const
{
    const LaneEvents& events = *prepared_[lane].events;
    if (selectedLane() == lane && events.history == playhead_.history()) return events.upTo(playhead_.version());
    return events.upTo(events.history->versionAt(playhead_.time()));
}

// ---- where lanes stand

double TimelineCanvas::lanePitch() const
{
    const double n = std::max<double>(1, static_cast<double>(preparedLanes_.size()));
    const double least = space::kLaneLeast * unit();
    const double watches = watchesHeight();
    const double room = lanesHeight() - watches;
    // Where they scroll, those in view are whole; watches among them are of other heights.
    if (room / n < least)
        return watches > 0 ? least : std::max(least, lanesHeight() / std::max(1.0, std::floor(lanesHeight() / least)));
    return std::min(room / n, space::kLaneMost * unit());
}

double TimelineCanvas::lanesHeight() const { return std::max(1.0, height() - (space::kAxis + space::kFoot) * unit()); }

double TimelineCanvas::laneMiddle(std::size_t lane) const { return laneTop(lane) + 0.42 * lanePitch(); }

std::optional<std::size_t> TimelineCanvas::laneAt(double y) const
{
    const double within = y - space::kAxis * unit();
    if (within < 0 || within >= lanesHeight()) return {};
    double down = within + scroll_->value();
    if (const double watches = watchesHeight(); watches > 0) {
        const double under = static_cast<double>(*selectedLane() + 1) * lanePitch();
        if (down >= under && down < under + watches) return {};
        if (down >= under) down -= watches;
    }
    const double lane = std::floor(down / lanePitch());
    if (lane < 0 || lane >= static_cast<double>(preparedLanes_.size())) return {};
    return static_cast<std::size_t>(lane);
}

int TimelineCanvas::heightFor(std::size_t lanes) const
{
    return static_cast<int>(std::ceil(
        (space::kAxis + space::kFoot + static_cast<double>(std::max<std::size_t>(lanes, 1)) * space::kLaneWanted) * unit() +
        watchesHeight()));
}

void TimelineCanvas::placeScrollBar()
{
    const double all = lanePitch() * static_cast<double>(preparedLanes_.size()) + watchesHeight();
    const int hidden = std::max(0, static_cast<int>(std::ceil(all - lanesHeight())));
    const int wide = scroll_->sizeHint().width();
    const int top = static_cast<int>(space::kAxis * unit());
    scroll_->setGeometry(width() - wide, top, wide, static_cast<int>(lanesHeight()));
    scroll_->setRange(0, hidden);
    scroll_->setPageStep(static_cast<int>(lanesHeight()));
    scroll_->setSingleStep(static_cast<int>(lanePitch()));
    scroll_->setVisible(hidden > 1);
}

void TimelineCanvas::revealSelectedLane()
{
    const auto lane = selectedLane();
    if (!lane) return;
    const int top = static_cast<int>(static_cast<double>(*lane) * lanePitch());
    int bottom = static_cast<int>(std::ceil(static_cast<double>(*lane + 1) * lanePitch()));
    if (const double branch = branchHeight(); branch > 0) {
        const int both = static_cast<int>(std::ceil(static_cast<double>(*lane + 1) * lanePitch() + branch));
        const double seen = both - branch / 2 - scroll_->value();
        if (both - top <= lanesHeight())
            bottom = both;
        else if (seen > 0 && seen < lanesHeight())
            return revealBranch();  // both do not fit: one is at the branch
    }
    if (top < scroll_->value())
        scroll_->setValue(top);
    else if (bottom > scroll_->value() + static_cast<int>(lanesHeight()))
        scroll_->setValue(bottom - static_cast<int>(lanesHeight()));
}

// ---- a cluster taken apart

void TimelineCanvas::openFan(std::size_t lane, const LaneMark& mark)
{
    fanOf_ = {lane, mark.first, mark.count};
    layOutFanAgain();
    update();
}

void TimelineCanvas::layOutFanAgain()
{
    const LaneEvents* lane = events(fanOf_.lane);
    if (!lane) return closeFan();
    FanMetrics metrics;
    metrics.unit = unit();
    metrics.cell *= unit();
    metrics.mark *= unit();
    const TimeScale at = scale();
    metrics.within = QRectF(at.left, 4, at.width - 4, height() - 8);
    const double x = (at.pixelFromTime(lane->at[fanOf_.first]) + at.pixelFromTime(lane->at[fanOf_.first + fanOf_.count - 1])) / 2;
    const std::size_t upTo = stateUpTo(fanOf_.lane);
    fan_ =
        layOutFan(*lane, fanOf_.first, fanOf_.count, upTo > 0 ? upTo - 1 : 0, x, laneMiddle(fanOf_.lane), 16 * unit(), metrics);
}

bool TimelineCanvas::isOnFannedCluster() const
{
    const std::size_t upTo = stateUpTo(fanOf_.lane);
    const std::size_t end = fanOf_.first + fanOf_.count;
    if (upTo <= fanOf_.first || upTo > end) return false;
    return upTo < end || playhead_.time() <= prepared_[fanOf_.lane].events->event(end - 1).effective;
}

void TimelineCanvas::closeFan()
{
    if (!fan_) return;
    fan_.reset();
    update();
}

}  // namespace hindcast::ui
