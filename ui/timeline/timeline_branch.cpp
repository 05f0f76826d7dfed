// The lane of a branch: where it stands, what is under the pointer, what is told of it.
#include "ui/look/format.h"
#include "ui/look/shown_zone.h"
#include "ui/timeline/lane_space.h"
#include "ui/timeline/timeline_canvas.h"

#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr std::size_t kAtOnce = 60'000;  // events that are laid out within a frame

}  // namespace

void TimelineCanvas::setBranch(std::optional<BranchShown> branch)
{
    const double before = watchesHeight();
    const bool another = !branch || !branch_ || branch->entity != branch_->entity;
    branch_ = std::move(branch);
    if (another) {
        branchLane_.reset();
        branchRuns_.clear();
        branchAt_.reset();
        branchFocused_ = branchFocused_ && branch_;
        if (drag_ == Drag::Branch) drag_ = Drag::None;
        branchDragX_.reset();
    }
    for (DrawnWatch& watch : drawnWatches_) watch.branchValid = false;
    closeFan();
    layBranch();
    placeScrollBar();
    if (another && branchHeight() > 0) {
        revealSelectedLane();
        revealBranch();
    }
    describe();
    update();
    if (watchesHeight() != before) emit watchesResized();
}

double TimelineCanvas::branchHeight() const
{
    const auto& history = playhead_.history();
    const bool shown = branch_ && history && history->entity == branch_->entity && selectedLane();
    return shown ? space::kBranch * unit() : 0;
}

void TimelineCanvas::layBranch()
{
    const auto lane = selectedLane();
    if (!branch_ || !lane || preparedLanes_[*lane].history->entity != branch_->entity) {
        layingBranch_.cancel();
        branchLane_.reset();
        return;
    }
    BranchLaneTask task{branch_->made, prepared_[*lane].events, axis_.sharedMap(), filter_};
    if (branch_->made->history()->events.size() > kAtOnce) return layingBranch_.ask(std::move(task));
    layingBranch_.cancel();
    branchLane_ = layOutBranch(task);
    branchDrawn_.valid = false;
}

const BranchLane* TimelineCanvas::branchLane() const { return branchHeight() > 0 ? branchLane_.get() : nullptr; }

QRectF TimelineCanvas::branchBox() const
{
    const double high = branchHeight();
    return high > 0 ? QRectF(0, laneTop(*selectedLane()) + lanePitch(), width(), high) : QRectF();
}

double TimelineCanvas::branchMiddle() const { return branchBox().top() + 0.5 * branchHeight(); }

const LaneGeometry& TimelineCanvas::branchGeometry()
{
    const TimeScale wanted = scale();
    if (branchDrawn_.valid && wanted == branchDrawn_.scale) return branchDrawn_.geometry;
    branchDrawn_.geometry = layOutLane(branchLane_->events, wanted, metrics());
    branchDrawn_.scale = wanted;
    branchDrawn_.valid = true;
    return branchDrawn_.geometry;
}

std::optional<std::size_t> TimelineCanvas::branchMarkAt(const QPointF& position)
{
    const QRectF box = branchBox();
    if (branchLane() == nullptr || !box.contains(position) || position.x() < scale().left - space::kOver * unit()) return {};
    if (std::abs(position.y() - branchMiddle()) > 16 * unit()) return {};
    return markAt(branchGeometry(), position.x());
}

bool TimelineCanvas::isOnBranchEvent(const QPointF& position)
{
    const auto mark = branchMarkAt(position);
    return mark && branchGeometry().marks[*mark].count == 1;
}

void TimelineCanvas::revealBranch()
{
    const QRectF box = branchBox();
    const double top = space::kAxis * unit();
    if (box.top() < top)
        scroll_->setValue(scroll_->value() - static_cast<int>(std::ceil(top - box.top())));
    else if (const double over = box.bottom() - top - lanesHeight(); over > 0)
        scroll_->setValue(scroll_->value() + static_cast<int>(std::ceil(over)));
}

// ---- what stands at the playhead

std::optional<std::size_t> TimelineCanvas::branchItemIndex() const
{
    const BranchLane* lane = branchLane();
    if (lane == nullptr) return {};
    if (branchAt_)
        if (const auto at = lane->itemOf(*branchAt_)) return at;
    // The playhead's version says which event is meant, whatever else has the same time.
    const Version version = playhead_.version();
    const auto at = lane->itemAt(version);
    if (!at || !isBranchFocused() || !playhead_.history() || version > playhead_.last()) return at;
    if (playhead_.time() <= playhead_.history()->events[version.value - 1].effective) return at;
    // Between two events the last one that has come is meant, also where only the branch has it.
    const auto last = lane->lastUpTo(lane->besideOf(version, playhead_.time()));
    return last && *last > *at ? last : at;
}

std::optional<BranchItem> TimelineCanvas::branchItem() const
{
    const auto at = branchItemIndex();
    return at ? std::optional(branchLane_->items[*at]) : std::nullopt;
}

void TimelineCanvas::chooseBranchItem(std::size_t index)
{
    const BranchItem item = branchLane_->items[index];
    const auto& real = branchLane_->made->real();
    const Timestamp time = branchLane_->events.event(index).effective;
    if (real != playhead_.history()) {
        playhead_.setTime(time);  // while a longer history is being prepared, versions may be other ones
    } else if (!item.added() && !item.moved) {
        playhead_.setVersion(item.real);
    } else {
        // Beside the real event before it, where they share a time: by its time it would be the last of those.
        const Version beside = branchLane_->made->realVersion(item.version);
        if (beside.value > 0 && real->events[beside.value - 1].effective == time)
            playhead_.setVersion(beside);
        else
            playhead_.setTime(time);
    }
    branchAt_ = item.origin;
    describe();
    update();
}

// ---- words

QString TimelineCanvas::branchItemWords(std::size_t index) const
{
    const BranchItem& item = branchLane_->items[index];
    const replay::HistoryEvent& event = branchLane_->events.event(index);
    const QString name = words_.nameOf(event.type);
    const QString what = item.added() ? tr("%1, added").arg(name) : QStringLiteral("#%1 %2").arg(item.real.value).arg(name);
    QStringList how;
    if (item.skipped()) how << tr("skipped");
    if (item.edited) how << tr("edited");
    if (item.moved) how << tr("moved");
    return how.isEmpty() ? what : what + QStringLiteral(", ") + how.join(tr(" and "));
}

QString TimelineCanvas::branchTip(const QPointF& position)
{
    if (position.x() < scale().left) return QStringLiteral("%1\n%2").arg(branch_->name, branch_->tip);
    const auto found = branchMarkAt(position);
    if (!found) return {};
    const LaneMark& mark = branchGeometry().marks[*found];
    if (mark.count > 1) {
        std::size_t changed = 0;
        for (std::size_t i = mark.first; i < mark.first + mark.count; ++i) changed += branchLane_->items[i].same() ? 0 : 1;
        QString text = eventsText(mark.count);
        if (changed > 0) text += tr(", %1 of them other than they were").arg(changed);
        return text + QLatin1Char('\n') + tr("click to zoom in");
    }
    const replay::HistoryEvent& event = branchLane_->events.event(mark.first);
    QString text = branchItemWords(mark.first) + QLatin1Char('\n') + zonedTimeText(event.time);
    if (event.effective != event.time) text += QLatin1Char('\n') + tr("in order at %1").arg(timeText(event.effective));
    const BranchItem& item = branchLane_->items[mark.first];
    return text + QLatin1Char('\n') +
           (item.skipped() ? tr("Delete brings it back") : tr("drag to move it · double-click edits · Delete skips"));
}

void TimelineCanvas::describeBranch()
{
    const auto at = branchItemIndex();
    const QString where = at ? tr("%1 · event %2 of %3").arg(branchItemWords(*at)).arg(*at + 1).arg(branchLane_->items.size())
                             : tr("before its first event");
    setAccessibleDescription(QStringLiteral("%1: %2 · %3").arg(branch_->name, where, branch_->about));
}

}  // namespace hindcast::ui
