// Mouse and keys in the lane of a branch.
#include "ui/timeline/axis_ticks.h"
#include "ui/timeline/lane_space.h"
#include "ui/timeline/timeline_canvas.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr double kClickPixels = 4;  // moved less, a press is a click

}  // namespace

// ---- mouse

bool TimelineCanvas::pressOnBranch(const QPointF& position)
{
    if (branchLane() == nullptr || !branchBox().contains(position)) return false;
    if (position.x() < scale().left - space::kOver * unit()) {
        focusBranch(true);
        return took_ = true;
    }
    const auto found = branchMarkAt(position);
    if (!found) return false;  // beside its events the playhead moves, as everywhere
    focusWatch({});
    const LaneMark mark = branchGeometry().marks[*found];
    if (mark.count > 1) {
        // A cluster fills the window.
        const Timestamp from = branchLane_->events.at[mark.first];
        const Timestamp to = branchLane_->events.at[mark.first + mark.count - 1];
        const std::int64_t margin = (to.ns - from.ns) / 20 + 1'000;
        axis_.window().set(Timestamp{from.ns - margin}, Timestamp{to.ns + margin});
        return took_ = true;
    }
    pressedItem_ = mark.first;
    drag_ = Drag::Branch;
    return true;
}

void TimelineCanvas::dragBranchTo(const QPointF& position)
{
    if (branchLane() == nullptr || pressedItem_ >= branchLane_->items.size()) return;
    if (!branchDragX_ && (position - dragFrom_).manhattanLength() < kClickPixels) return;
    if (branchLane_->items[pressedItem_].skipped()) return;  // what is not there cannot be moved
    const TimeScale at = scale();
    branchDragX_ = std::clamp(position.x(), at.left, at.right() - 1);
    setCursor(Qt::ClosedHandCursor);
    update();
}

void TimelineCanvas::dropBranch(const QPointF& position)
{
    const auto x = std::exchange(branchDragX_, std::nullopt);
    if (branchLane() == nullptr || pressedItem_ >= branchLane_->items.size()) return;
    if (!x) {
        if ((position - dragFrom_).manhattanLength() < kClickPixels) {
            chooseBranchItem(pressedItem_);
            focusBranch(true);
        }
        return;
    }
    update();
    if (!branchBox().adjusted(0, -lanePitch(), 0, branchHeight()).contains(position))
        return;  // let go elsewhere: nothing is meant
    const TimeScale at = scale();
    const Timestamp place = at.timeFromPixel(*x);
    const BranchItem item = branchLane_->items[pressedItem_];
    const auto after = branchLane_->before(place, pressedItem_);
    const bool inPlace = after == (pressedItem_ > 0 ? branchLane_->before(branchLane_->events.at[pressedItem_], pressedItem_)
                                                    : std::optional<std::size_t>());
    const auto time = axis_.map().isOrder() ? std::nullopt : std::optional(roundTimeAt(axis_.map(), at, *x));
    if (inPlace && !time) return;
    branchAt_ = item.origin;
    emit branchMoveWanted(item, after ? std::optional(branchLane_->items[*after].origin) : std::nullopt, time, inPlace);
}

bool TimelineCanvas::cancelBranchDrag()
{
    if (drag_ != Drag::Branch) return false;
    drag_ = Drag::None;
    branchDragX_.reset();
    unsetCursor();
    update();
    return true;
}

bool TimelineCanvas::doubleClickOnBranch(const QPointF& position)
{
    if (branchLane() == nullptr || !branchBox().contains(position)) return false;
    const auto found = branchMarkAt(position);
    if (!found || took_) return false;
    const LaneMark& mark = branchGeometry().marks[*found];
    if (mark.count == 1 && !branchLane_->items[mark.first].skipped()) emit branchEditWanted(branchLane_->items[mark.first]);
    return true;
}

bool TimelineCanvas::openBranchMenu(const QPoint& position, const QPoint& global, bool keyboard)
{
    if (branchLane() == nullptr) return false;
    if (keyboard) {
        if (!isBranchFocused()) return false;
        const auto at = branchItemIndex();
        const double x = at ? scale().pixelFromTime(branchLane_->events.at[*at]) : scale().left;
        emit branchMenuWanted(branchItem(), mapToGlobal(QPoint(static_cast<int>(x), static_cast<int>(branchMiddle()) + 10)));
        return true;
    }
    if (!branchBox().contains(position)) return false;
    const auto found = branchMarkAt(position);
    std::optional<BranchItem> item;
    if (found && branchGeometry().marks[*found].count == 1) item = branchLane_->items[branchGeometry().marks[*found].first];
    if (item) branchAt_ = item->origin;
    update();
    emit branchMenuWanted(item, global);
    return true;
}

void TimelineCanvas::noteMenuEvent(std::size_t lane, const QPoint& position, bool keyboard)
{
    const LaneEvents& events = *prepared_[lane].events;
    if (keyboard) {
        if (const std::size_t upTo = stateUpTo(lane); upTo > 0) menuEvent_ = events.event(upTo - 1).id;
        return;
    }
    const LaneGeometry& shown = geometry(lane);
    const auto mark = markAt(shown, position.x());
    if (mark && shown.marks[*mark].count == 1) menuEvent_ = events.event(shown.marks[*mark].first).id;
}

// ---- keyboard

void TimelineCanvas::focusBranch(bool on)
{
    if (on == branchFocused_) return;
    branchFocused_ = on;
    if (!on) branchAt_.reset();
    if (on) {
        focusWatch({});
        revealBranch();
    }
    describe();
    update();
}

/// Up and down pass through the branch between its entity's lane and what is beneath it. False: it is not where one goes.
bool TimelineCanvas::stepBranch(int by)
{
    if (branchLane() == nullptr) return false;
    if (!isBranchFocused()) {
        const bool from = by > 0 ? !focusedWatch_ : focusedWatch_ == std::size_t{0};
        if (!from) return false;
        focusBranch(true);
        return true;
    }
    if (by > 0 && watches().empty() && *selectedLane() + 1 >= preparedLanes_.size()) return true;
    focusBranch(false);
    return by < 0;
}

void TimelineCanvas::moveBranchItem(std::size_t index, int by)
{
    const BranchItem item = branchLane_->items[index];
    if (item.skipped()) return;
    // Over the next event that is there, to either side.
    const auto next = [&](std::size_t from, int step) -> std::optional<std::size_t> {
        for (auto i = static_cast<std::int64_t>(from) + step; i >= 0 && i < static_cast<std::int64_t>(branchLane_->items.size());
             i += step)
            if (!branchLane_->items[static_cast<std::size_t>(i)].skipped()) return static_cast<std::size_t>(i);
        return {};
    };
    const auto over = next(index, by);
    if (!over) return;
    const auto after = by > 0 ? over : next(*over, -1);
    branchAt_ = item.origin;
    emit branchMoveWanted(item, after ? std::optional(branchLane_->items[*after].origin) : std::nullopt, std::nullopt, false);
}

bool TimelineCanvas::branchKey(const QKeyEvent& event)
{
    if (branchLane() == nullptr || focusedWatch_) return false;
    if (event.key() == Qt::Key_Escape && cancelBranchDrag()) return true;
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const auto at = branchItemIndex();
    const auto item = branchItem();
    const bool step = event.key() == Qt::Key_Left || event.key() == Qt::Key_Right;
    if (step && modifiers == Qt::ShiftModifier) {
        if (at) moveBranchItem(*at, event.key() == Qt::Key_Left ? -1 : 1);
        return true;
    }
    if (modifiers != Qt::NoModifier) return false;
    if (isBranchFocused() && step) {
        const std::size_t count = branchLane_->items.size();
        const bool left = event.key() == Qt::Key_Left;
        if (!at && !left && count > 0) chooseBranchItem(0);
        if (at && left && *at > 0) chooseBranchItem(*at - 1);
        if (at && !left && *at + 1 < count) chooseBranchItem(*at + 1);
        return true;
    }
    switch (event.key()) {
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            if (item) emit branchSkipWanted(*item);
            return item.has_value();
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (!isBranchFocused()) return false;
            [[fallthrough]];
        case Qt::Key_E:
            if (item && !item->skipped()) emit branchEditWanted(*item);
            return true;
        case Qt::Key_M:
            if (item && !item->skipped()) emit branchPlaceWanted(*item);
            return true;
        case Qt::Key_A:
        case Qt::Key_Insert: emit branchAddWanted(item); return true;
        case Qt::Key_Escape:
            if (!isBranchFocused()) return false;
            focusBranch(false);
            return true;
        default: return false;
    }
}

}  // namespace hindcast::ui
