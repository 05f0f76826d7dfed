// The lanes of watched fields: where they stand, what is under the pointer, and their keys.
#include "ui/look/format.h"
#include "ui/timeline/lane_space.h"
#include "ui/timeline/timeline_canvas.h"
#include "ui/timeline/watch_text.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

void TimelineCanvas::setWatches(EntityId entity, std::vector<WatchLane> watches)
{
    const double before = watchesHeight();
    // While the values of another entity are on their way, its lanes have the room that they will need: nothing jumps.
    for (WatchLane& lane : watches) {
        const auto same = std::ranges::find(watches_, lane.pointer, &WatchLane::pointer);
        if (!lane.runs && same != watches_.end()) lane.line = same->runs ? same->runs->isNumeric() : same->line;
    }
    watchesOf_ = entity;
    watches_ = std::move(watches);
    drawnWatches_.assign(watches_.size(), {});
    hoveredWatch_.reset();
    if (focusedWatch_ && *focusedWatch_ >= watches_.size())
        focusedWatch_ = watches_.empty() ? std::nullopt : std::optional(watches_.size() - 1);
    closeFan();
    placeScrollBar();
    describe();
    update();
    if (watchesHeight() != before) emit watchesResized();
}

bool TimelineCanvas::watchesShown() const
{
    const auto& history = playhead_.history();
    return !watches_.empty() && history && history->entity == watchesOf_ && selectedLane();
}

const std::vector<WatchLane>& TimelineCanvas::watches() const
{
    static const std::vector<WatchLane> kNone;
    return watchesShown() ? watches_ : kNone;
}

// ---- where they stand

double TimelineCanvas::watchHeight(std::size_t watch) const
{
    const WatchLane& one = watches_[watch];
    if (one.runs ? one.runs->isNumeric() : one.line) return space::kWatchLine * unit();
    return (space::kWatchBand + (branchRuns(watch) != nullptr ? space::kWatchBandMore : 0)) * unit();
}

double TimelineCanvas::watchesHeight() const
{
    double all = branchHeight();
    if (!watchesShown()) return all;
    all += space::kWatchFoot * unit();
    for (std::size_t i = 0; i < watches_.size(); ++i) all += watchHeight(i);
    return all;
}

double TimelineCanvas::laneTop(std::size_t lane) const
{
    double top = space::kAxis * unit() + static_cast<double>(lane) * lanePitch() - scroll_->value();
    if (const auto selected = selectedLane(); selected && lane > *selected) top += watchesHeight();
    return top;
}

QRectF TimelineCanvas::watchBox(std::size_t watch) const
{
    const auto lane = selectedLane();
    if (!lane || watch >= watches().size()) return {};
    double top = laneTop(*lane) + lanePitch() + branchHeight();
    for (std::size_t i = 0; i < watch; ++i) top += watchHeight(i);
    return QRectF(0, top, width(), watchHeight(watch));
}

QRectF TimelineCanvas::watchCloseBox(std::size_t watch) const
{
    const QRectF box = watchBox(watch);
    const double size = 16 * unit();
    return QRectF(scale().left - 34 * unit(), box.center().y() - size / 2, size, size);
}

std::optional<std::size_t> TimelineCanvas::watchAt(double y) const
{
    if (!watchesShown() || y < space::kAxis * unit() || y >= height() - space::kFoot * unit()) return {};
    for (std::size_t i = 0; i < watches_.size(); ++i)
        if (const QRectF box = watchBox(i); y >= box.top() && y < box.bottom()) return i;
    return {};
}

std::optional<WatchLife> TimelineCanvas::watchLife(std::size_t watch) const
{
    const auto lane = selectedLane();
    if (!lane || watch >= watches().size() || !watches_[watch].runs) return {};
    const replay::WatchRuns& runs = *watches_[watch].runs;
    const std::shared_ptr<const LaneEvents>& events = prepared_[*lane].events;
    const Version last = std::min(runs.to(), events->history->last());
    const auto end = runs.at(last);
    return WatchLife{runs, end ? *end + 1 : 0, [events, &map = axis_.map()](Version version) {
                         if (events->all) return events->at[version.value - 1];
                         return map.place(events->history->events[version.value - 1].effective);
                     }};
}

const std::vector<WatchPiece>& TimelineCanvas::watchPieces(std::size_t watch)
{
    DrawnWatch& drawn = drawnWatches_[watch];
    const TimeScale at = scale();
    if (drawn.valid && drawn.scale == at) return drawn.pieces;
    drawn.pieces.clear();
    drawn.scale = at;
    drawn.valid = true;
    if (const auto life = watchLife(watch)) {
        const bool line = life->runs.isNumeric();
        drawn.pieces = layOutWatch(*life, at, (line ? 1 : 3) * unit(), !line);
    }
    return drawn.pieces;
}

std::optional<std::size_t> TimelineCanvas::runAtPlayhead(std::size_t watch) const
{
    const auto& runs = watches_[watch].runs;
    return runs ? runs->at(playhead_.version()) : std::nullopt;
}

void TimelineCanvas::revealWatch(std::size_t watch)
{
    const QRectF box = watchBox(watch);
    const double top = space::kAxis * unit();
    if (box.top() < top)
        scroll_->setValue(scroll_->value() - static_cast<int>(std::ceil(top - box.top())));
    else if (const double over = box.bottom() - top - lanesHeight(); over > 0)
        scroll_->setValue(scroll_->value() + static_cast<int>(std::ceil(over)));
}

// ---- what is told of them

QString TimelineCanvas::watchWords(std::size_t watch) const
{
    const WatchLane& one = watches_[watch];
    const QString place = tr("watch %1 of %2").arg(watch + 1).arg(watches_.size());
    const auto run = runAtPlayhead(watch);
    if (!run) return QStringLiteral("%1 · %2").arg(one.pointer, place);
    return tr("%1: %2, since #%3 · %4")
        .arg(one.pointer, watchSentence(one.runs->value(*run), 80))
        .arg(one.runs->from(*run).value)
        .arg(place);
}

QString TimelineCanvas::watchTip(std::size_t watch, double x)
{
    const WatchLane& one = watches_[watch];
    const TimeScale at = scale();
    if (x < at.left) {
        if (watchCloseBox(watch).contains(QPointF(x, watchBox(watch).center().y())))
            return tr("No longer watch %1").arg(one.pointer);
        if (!one.runs) return one.pointer;
        QString text = one.pointer + QLatin1Char('\n') + tr("%1 values, one after the other").arg(grouped(one.runs->size()));
        if (one.runs->size() == 1) text = one.pointer + QLatin1Char('\n') + tr("never another value");
        return text;
    }
    const auto life = watchLife(watch);
    const auto run = life ? watchRunAt(*life, at, x) : std::nullopt;
    if (!run) return one.note;
    const std::vector<WatchPiece>& pieces = watchPieces(watch);
    const auto piece = std::ranges::find_if(
        pieces, [&](const WatchPiece& p) { return *run >= p.first && *run < p.first + p.count && p.count > 1; });
    const auto& history = *prepared_[*selectedLane()].events->history;
    const auto eventWords = [&](Version version) {
        return tr("#%1 %2").arg(version.value).arg(words_.nameOf(history.events[version.value - 1].type));
    };
    const Version from = life->runs.from(*run);
    QString text = QStringLiteral("%1\n%2\n").arg(one.pointer, watchSentence(life->runs.value(*run)));
    const bool never = *run == 0 && life->runs.value(0).kind == replay::WatchValue::Kind::Absent;
    text += never ? tr("not set yet")
                  : tr("set by %1\n%2").arg(eventWords(from), zonedTimeText(history.events[from.value - 1].effective));
    if (*run + 1 < life->count) text += QLatin1Char('\n') + tr("until %1").arg(eventWords(life->runs.from(*run + 1)));
    if (piece != pieces.end()) {
        text += QLatin1Char('\n') + tr("one of %1 values from #%2 to #%3: zoom in")
                                        .arg(grouped(piece->count))
                                        .arg(life->runs.from(piece->first).value)
                                        .arg(life->runs.last(piece->first + piece->count - 1).value);
    }
    return text;
}

// ---- mouse and keys

void TimelineCanvas::hoverWatch(std::optional<std::size_t> watch)
{
    if (watch == hoveredWatch_) return;
    hoveredWatch_ = watch;
    update();
}

void TimelineCanvas::focusWatch(std::optional<std::size_t> watch)
{
    if (watch == focusedWatch_) return;
    focusedWatch_ = watch;
    if (watch) revealWatch(*watch);
    describe();
    update();
}

bool TimelineCanvas::pressOnWatch(const QPointF& position)
{
    const auto watch = watchAt(position.y());
    if (!watch) return false;
    took_ = true;
    if (position.x() < scale().left) {
        if (watchCloseBox(*watch).contains(position))
            emit watchRemoveWanted(QString(watches_[*watch].pointer));
        else
            focusWatch(*watch);
        return true;
    }
    pressedWatch_ = *watch;
    drag_ = Drag::Watch;
    return true;
}

void TimelineCanvas::chooseInWatch(std::size_t watch, double x)
{
    const auto lane = selectedLane();
    const auto life = watchLife(watch);
    const auto run = life ? watchRunAt(*life, scale(), x) : std::nullopt;
    const bool never = run == std::size_t{0} && life->runs.value(0).kind == replay::WatchValue::Kind::Absent;
    // While a longer history is being prepared, versions may be other ones.
    if (!run || never || prepared_[*lane].events->history != playhead_.history()) return movePlayheadTo(x);
    playhead_.setVersion(life->runs.from(*run));
}

/// Up and down pass through the watches between the selected lane and the next. False: they are not where one goes.
bool TimelineCanvas::stepWatch(int by)
{
    if (watches().empty()) return false;
    if (!focusedWatch_) {
        if (by < 0) return false;
        focusWatch(0);
        return true;
    }
    if (by < 0) {
        focusWatch(*focusedWatch_ > 0 ? std::optional(*focusedWatch_ - 1) : std::nullopt);
        return true;
    }
    if (*focusedWatch_ + 1 < watches_.size()) {
        focusWatch(*focusedWatch_ + 1);
        return true;
    }
    if (*selectedLane() + 1 >= preparedLanes_.size()) return true;
    focusWatch({});
    return false;
}

bool TimelineCanvas::watchKey(QKeyEvent* event)
{
    if (!focusedWatch_ || *focusedWatch_ >= watches().size()) return false;
    if (event->modifiers() & ~Qt::KeypadModifier) return false;
    const WatchLane& one = watches_[*focusedWatch_];
    const QString pointer = one.pointer;
    const auto run = runAtPlayhead(*focusedWatch_);
    switch (event->key()) {
        case Qt::Key_Left: {
            if (!run) return one.runs != nullptr;
            const Version from = one.runs->from(*run);
            const bool within = from < playhead_.version();
            if (within || *run > 0) playhead_.setVersion(within ? from : one.runs->from(*run - 1));
            return true;
        }
        case Qt::Key_Right: {
            const std::size_t next = run ? *run + 1 : 0;
            if (one.runs && next < one.runs->size()) playhead_.setVersion(one.runs->from(next));
            return true;
        }
        case Qt::Key_Delete:
        case Qt::Key_Backspace: emit watchRemoveWanted(pointer); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: emit writesWanted(pointer); return true;
        case Qt::Key_Escape: focusWatch({}); return true;
        default: return false;
    }
}

}  // namespace hindcast::ui
