// Mouse, wheel and keys of the canvas.
#include "ui/timeline/axis_ticks.h"
#include "ui/timeline/lane_space.h"
#include "ui/timeline/timeline_canvas.h"
#include "ui/timeline/wheel_move.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <cmath>

namespace hindcast::ui {

namespace {

constexpr double kClickPixels = 4;  // moved less, a press is a click

}  // namespace

void TimelineCanvas::chooseInLane(std::size_t lane, std::size_t event)
{
    const LaneEvents& events = *prepared_[lane].events;
    // While a longer history is being prepared, versions may be other ones: the event itself is meant.
    if (selectedLane() == lane && events.history == playhead_.history())
        playhead_.setVersion(events.version(event));
    else
        emit laneEventChosen(events.history->entity, events.event(event).id);
}

void TimelineCanvas::stepLane(int by)
{
    if (preparedLanes_.empty() || stepBranch(by) || stepWatch(by)) return;
    const auto lane = selectedLane();
    const auto count = static_cast<int>(preparedLanes_.size());
    const int to = lane ? static_cast<int>(*lane) + by : (by > 0 ? 0 : count - 1);
    if (to < 0 || to >= count) return;
    emit laneChosen(preparedLanes_[static_cast<std::size_t>(to)].history->entity);
}

bool TimelineCanvas::pressOnFan(const QPointF& position)
{
    if (!fan_ || !fan_->bubble.contains(position)) return false;
    if (const auto item = fanItemAt(*fan_, position)) {
        chooseInLane(fanOf_.lane, fan_->items[*item].event);
    } else if (fan_->left + fan_->right > 0) {
        // They are too many for a bubble: the cluster fills the window instead.
        const LaneEvents& lane = *prepared_[fanOf_.lane].events;
        const Timestamp from = lane.at[fanOf_.first];
        const Timestamp to = lane.at[fanOf_.first + fanOf_.count - 1];
        const std::int64_t margin = (to.ns - from.ns) / 20 + 1'000;
        axis_.window().set(Timestamp{from.ns - margin}, Timestamp{to.ns + margin});
    }
    return true;
}

bool TimelineCanvas::isOnHandle(const QPointF& position) const
{
    return playhead_.history() && std::abs(position.x() - playheadX()) < 6 && position.x() >= scale().left;
}

std::optional<std::size_t> TimelineCanvas::foldAt(const QPointF& position) const
{
    if (position.y() >= space::kAxis * unit() && position.y() < height() - space::kFoot * unit()) return {};
    for (const FoldSpan& span : foldsInView(axis_.map(), scale()))
        if (position.x() >= span.left && position.x() < span.right) return span.fold;
    return {};
}

bool TimelineCanvas::pressOnFold(const QPointF& position)
{
    const auto fold = foldAt(position);
    if (!fold) return false;
    AxisChoice choice = axisChoice_;
    choice.opened.push_back(axis_.map().folds()[*fold].after);
    setAxis(choice);
    took_ = true;
    return true;
}

bool TimelineCanvas::toggleFanAtPlayhead()
{
    if (fan_) {
        closeFan();
        return true;
    }
    const auto lane = selectedLane();
    if (!lane) return false;
    const std::size_t upTo = stateUpTo(*lane);
    if (upTo == 0) return false;
    const LaneGeometry& shown = geometry(*lane);
    const auto mark = markOfEvent(shown, upTo - 1);
    if (!mark || shown.marks[*mark].count == 1) return false;
    openFan(*lane, shown.marks[*mark]);
    return true;
}

// ---- mouse

void TimelineCanvas::mousePressEvent(QMouseEvent* event)
{
    if (preparedLanes_.empty()) return;
    const QPointF at = event->position();
    const double gutter = scale().left;
    dragFrom_ = at;
    took_ = false;
    if (event->button() == Qt::LeftButton) {
        if (pressOnFan(at) || pressOnReject(at) || pressOnFinding(at)) {
            took_ = true;
            return;
        }
        // What one takes hold of is the playhead, also where it stands upon something else.
        if (!isOnHandle(at) && pressOnFold(at)) return;
        closeFan();
        // But for an event of the branch, upon which the playhead stands once it was clicked: it can be dragged all the same.
        if ((!isOnHandle(at) || isOnBranchEvent(at)) && pressOnBranch(at)) return;
        if (!isOnHandle(at) && pressOnWatch(at)) return;
        focusWatch({});
        focusBranch(false);
        const auto lane = laneAt(at.y());
        if (at.x() < gutter - 4) {
            if (lane && lane != selectedLane()) emit laneChosen(preparedLanes_[*lane].history->entity);
            return;
        }
        if (lane && lane != selectedLane()) {
            // A mark of another lane is taken; beside one the playhead moves, as everywhere.
            const auto mark = markAt(geometry(*lane), at.x());
            if (mark) {
                const LaneMark& hit = prepared_[*lane].geometry.marks[*mark];
                if (hit.count == 1) return chooseInLane(*lane, hit.first);
                return openFan(*lane, hit);
            }
        }
        drag_ = Drag::Playhead;
        movePlayheadTo(at.x());
    } else if (event->button() == Qt::MiddleButton) {
        drag_ = Drag::Pan;
        dragWindowFrom_ = axis_.window().from();
        setCursor(Qt::ClosedHandCursor);
    }
}

void TimelineCanvas::mouseMoveEvent(QMouseEvent* event)
{
    switch (drag_) {
        case Drag::Watch:
            if ((event->position() - dragFrom_).manhattanLength() < kClickPixels) break;
            drag_ = Drag::Playhead;
            [[fallthrough]];
        case Drag::Playhead: movePlayheadTo(event->position().x()); break;
        case Drag::Branch: dragBranchTo(event->position()); break;
        case Drag::Pan: {
            const double ns = (dragFrom_.x() - event->position().x()) * scale().nsPerPixel();
            axis_.window().panBy(dragWindowFrom_.ns + static_cast<std::int64_t>(ns) - axis_.window().from().ns);
            break;
        }
        case Drag::None: {
            const TimeScale at = scale();
            const QPointF where = event->position();
            const auto watch = watchAt(where.y());
            hoverWatch(watch);
            const bool takes = watch ? where.x() >= at.left ? !isOnHandle(where) : watchCloseBox(*watch).contains(where)
                               : where.x() < at.left
                                   ? laneAt(where.y()) && laneAt(where.y()) != selectedLane()
                                   : (fan_ && fan_->bubble.contains(where)) || rejectAt(where) || isOnBranchEvent(where) ||
                                         (!isOnHandle(where) && (foldAt(where) || branchMarkAt(where)));
            setCursor(takes ? Qt::PointingHandCursor : isOnHandle(where) ? Qt::SizeHorCursor : Qt::ArrowCursor);
            break;
        }
    }
}

void TimelineCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (drag_ == Drag::Branch) {
        drag_ = Drag::None;
        unsetCursor();
        return dropBranch(event->position());
    }
    const bool onWatch = drag_ == Drag::Watch;
    const bool click = drag_ == Drag::Playhead && (event->position() - dragFrom_).manhattanLength() < kClickPixels;
    drag_ = Drag::None;
    unsetCursor();
    if (onWatch && pressedWatch_ < watches().size()) return chooseInWatch(pressedWatch_, event->position().x());
    if (!click) return;
    // A click on a cluster takes it apart.
    const auto lane = laneAt(event->position().y());
    if (!lane || lane != selectedLane()) return;
    if (const auto mark = markAt(geometry(*lane), event->position().x()))
        if (const LaneMark& hit = prepared_[*lane].geometry.marks[*mark]; hit.count > 1) openFan(*lane, hit);
}

void TimelineCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (preparedLanes_.empty() || event->button() != Qt::LeftButton) return;
    if (fan_ && fan_->bubble.contains(event->position())) return;
    if (doubleClickOnBranch(event->position())) return;
    if (event->position().x() < scale().left || took_) return;  // its first press has unfolded or chosen something
    closeFan();
    fit();
}

void TimelineCanvas::contextMenuEvent(QContextMenuEvent* event)
{
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    menuEvent_.reset();
    if (openBranchMenu(event->pos(), event->globalPos(), keyboard)) return;
    if (const auto watch = keyboard ? focusedWatch_ : watchAt(event->pos().y())) {
        const QPoint where = keyboard ? mapToGlobal(watchBox(*watch).center().toPoint()) : event->globalPos();
        emit watchMenuWanted(watches_[*watch].pointer, where);
        return;
    }
    const auto lane = keyboard ? selectedLane() : laneAt(event->pos().y());
    if (!lane) return event->ignore();
    noteMenuEvent(*lane, event->pos(), keyboard);
    const QPoint at = keyboard ? mapToGlobal(QPoint(20, static_cast<int>(laneMiddle(*lane)))) : event->globalPos();
    emit laneMenuWanted(preparedLanes_[*lane].history->entity, at);
}

void TimelineCanvas::wheelEvent(QWheelEvent* event)
{
    if (preparedLanes_.empty()) return event->ignore();
    const WheelMove move = wheelMove(*event);
    if (event->position().x() < scale().left && !move.sideways) {
        scroll_->setValue(scroll_->value() - static_cast<int>(move.pixels ? move.by : move.by * lanePitch()));
    } else if (move.along) {
        const double byPixels = move.pixels ? move.by : move.by * 60;
        axis_.window().panBy(static_cast<std::int64_t>(-byPixels * scale().nsPerPixel()));
    } else if (move.by != 0) {
        zoomBy(move.zoom, event->position().x());
    }
    event->accept();
}

// ---- keyboard

void TimelineCanvas::keyPressEvent(QKeyEvent* event)
{
    if (preparedLanes_.empty()) return QWidget::keyPressEvent(event);
    if (branchKey(*event) || watchKey(event)) return;
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    TimeWindow& window = axis_.window();
    switch (event->key()) {
        case Qt::Key_Left: control ? window.panBy(-window.span() / 8) : playhead_.step(-1); break;
        case Qt::Key_Right: control ? window.panBy(window.span() / 8) : playhead_.step(1); break;
        case Qt::Key_Up: stepLane(-1); break;
        case Qt::Key_Down: stepLane(1); break;
        case Qt::Key_PageUp: playhead_.step(-10); break;
        case Qt::Key_PageDown: playhead_.step(10); break;
        case Qt::Key_Home: playhead_.toFirst(); break;
        case Qt::Key_End: playhead_.toLast(); break;
        case Qt::Key_Plus:
        case Qt::Key_Equal: zoomIn(); break;
        case Qt::Key_Minus: zoomOut(); break;
        case Qt::Key_F: fit(); break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (!toggleFanAtPlayhead()) QWidget::keyPressEvent(event);
            break;
        case Qt::Key_Escape:
            if (fan_)
                closeFan();
            else
                QWidget::keyPressEvent(event);
            break;
        default: QWidget::keyPressEvent(event);
    }
    if (fan_) {
        layOutFanAgain();  // it shows where the playhead stands
        update();
    }
}

}  // namespace hindcast::ui
