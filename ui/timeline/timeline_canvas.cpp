#include "ui/timeline/timeline_canvas.h"

#include "ui/look/format.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr double kGutter = 148;  // for the lanes' names
constexpr double kAxisHeight = 36;
constexpr double kLaneTop = 10;  // from the axis to the middle of the lane
constexpr double kSnapPixels = 6;
constexpr std::size_t kMostRejects = 20'000;  // more are told in words only
constexpr double kWheelStep = 1.25;           // a notch of the wheel

}  // namespace

TimelineCanvas::TimelineCanvas(const Theme& theme, Playhead& playhead, TimeWindow& window, QWidget* parent)
    : QWidget(parent), theme_(theme), playhead_(playhead), window_(window)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Timeline"));
    connect(&theme_, &Theme::changed, this, [this] {
        labelWidths_.clear();
        invalidate();
    });
    connect(&window_, &TimeWindow::changed, this, qOverload<>(&QWidget::update));
    connect(&playhead_, &Playhead::moved, this, &TimelineCanvas::playheadMoved);
    connect(&playhead_, &Playhead::historyChanged, this, [this] {
        settledAt_ = playhead_.time();
        describe();
        update();
    });
}

void TimelineCanvas::setTypeWords(TypeWords words)
{
    words_ = std::move(words);
    typesChanged();
}

void TimelineCanvas::setLane(const QString& name, const QString& about)
{
    if (name == laneName_ && about == laneAbout_) return;
    laneName_ = name;
    laneAbout_ = about;
    describe();
    update();
}

void TimelineCanvas::setEmptyText(const QString& sentence)
{
    emptyText_ = sentence;
    update();
}

void TimelineCanvas::typesChanged()
{
    labelWidths_.clear();
    invalidate();
}

QSize TimelineCanvas::sizeHint() const { return {900, 190}; }

QSize TimelineCanvas::minimumSizeHint() const { return {320, 132}; }

TimeScale TimelineCanvas::scale() const { return {window_.from(), window_.to(), kGutter, std::max(1.0, width() - kGutter)}; }

double TimelineCanvas::laneMiddle() const { return kAxisHeight + kLaneTop + 14; }

bool TimelineCanvas::hasHistory() const { return playhead_.history() != nullptr; }

void TimelineCanvas::invalidate()
{
    geometryValid_ = false;
    update();
}

LaneMetrics TimelineCanvas::metrics()
{
    LaneMetrics metrics;
    const QFontMetricsF pill(pillFont());
    metrics.digitWidth = pill.horizontalAdvance(QLatin1Char('0'));
    metrics.labelWidth = [this](TypeId type) {
        const auto known = labelWidths_.constFind(type.value);
        if (known != labelWidths_.constEnd()) return *known;
        const double width = words_.name ? QFontMetricsF(theme_.text(0.88)).horizontalAdvance(words_.name(type)) : 0.0;
        return *labelWidths_.insert(type.value, width);
    };
    return metrics;
}

const LaneGeometry& TimelineCanvas::geometry()
{
    const TimeScale wanted = scale();
    const auto& history = playhead_.history();
    if (geometryValid_ && wanted == geometryScale_ && history == geometryHistory_) return geometry_;
    geometry_ = history ? layOutLane(*history, wanted, metrics()) : LaneGeometry{};
    geometryScale_ = wanted;
    geometryHistory_ = history;
    geometryValid_ = true;
    if (history != rejectsOf_) {
        rejectsOf_ = history;
        rejectTimes_.clear();
        if (history && history->rejects.size() <= kMostRejects)
            for (const store::Posting& reject : history->rejects) rejectTimes_.push_back(reject.time);
        std::sort(rejectTimes_.begin(), rejectTimes_.end());
    }
    return geometry_;
}

// ---- moving about

void TimelineCanvas::movePlayheadTo(double x)
{
    const TimeScale at = scale();
    const double inside = std::clamp(x, at.left, at.right() - 1);
    if (const auto& history = playhead_.history())
        if (const auto version = snap(*history, at, inside, kSnapPixels)) return playhead_.setVersion(*version);
    playhead_.setTime(roundTimeFromPixel(at, inside));
}

void TimelineCanvas::zoomBy(double factor, double x)
{
    const TimeScale at = scale();
    window_.zoomAbout(at.timeFromPixel(std::clamp(x, at.left, at.right())), factor);
}

void TimelineCanvas::playheadMoved()
{
    // While it is dragged it stays under the pointer; what has just arrived moves nothing; moved from elsewhere it must not get lost.
    if (drag_ == Drag::None && hasHistory() && playhead_.time() != settledAt_) window_.reveal(playhead_.time());
    settledAt_ = Timestamp::min();
    describe();
    update();
}

void TimelineCanvas::describe()
{
    if (!hasHistory()) return setAccessibleDescription(emptyText_);
    setAccessibleDescription(tr("%1: event %2 of %3, %4")
                                 .arg(laneName_)
                                 .arg(playhead_.version().value)
                                 .arg(playhead_.last().value)
                                 .arg(zonedTimeText(playhead_.time())));
}

void TimelineCanvas::mousePressEvent(QMouseEvent* event)
{
    if (!hasHistory()) return;
    if (event->button() == Qt::LeftButton && event->position().x() >= kGutter - 4) {
        drag_ = Drag::Playhead;
        movePlayheadTo(event->position().x());
    } else if (event->button() == Qt::MiddleButton) {
        drag_ = Drag::Pan;
        dragFrom_ = event->position();
        dragWindowFrom_ = window_.from();
        setCursor(Qt::ClosedHandCursor);
    }
}

void TimelineCanvas::mouseMoveEvent(QMouseEvent* event)
{
    switch (drag_) {
        case Drag::Playhead: movePlayheadTo(event->position().x()); break;
        case Drag::Pan: {
            const double ns = (dragFrom_.x() - event->position().x()) * scale().nsPerPixel();
            window_.panBy(dragWindowFrom_.ns + static_cast<std::int64_t>(ns) - window_.from().ns);
            break;
        }
        case Drag::None: {
            const TimeScale at = scale();
            const bool handle = hasHistory() && std::abs(event->position().x() - at.pixelFromTime(playhead_.time())) < 6 &&
                                event->position().x() >= at.left;
            setCursor(handle ? Qt::SizeHorCursor : Qt::ArrowCursor);
            break;
        }
    }
}

void TimelineCanvas::mouseReleaseEvent(QMouseEvent*)
{
    drag_ = Drag::None;
    unsetCursor();
}

void TimelineCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (hasHistory() && event->button() == Qt::LeftButton) window_.fit();
}

void TimelineCanvas::wheelEvent(QWheelEvent* event)
{
    if (!hasHistory()) return event->ignore();
    // A trackpad tells pixels, a wheel tells eighths of a degree.
    const bool pixels = !event->pixelDelta().isNull();
    const QPointF delta = pixels ? QPointF(event->pixelDelta()) : QPointF(event->angleDelta()) / 120.0;
    const bool pan = event->modifiers().testFlag(Qt::ShiftModifier) || std::abs(delta.x()) > std::abs(delta.y());
    if (pan) {
        const double along = std::abs(delta.x()) > std::abs(delta.y()) ? delta.x() : delta.y();
        const double byPixels = pixels ? along : along * 60;
        window_.panBy(static_cast<std::int64_t>(-byPixels * scale().nsPerPixel()));
    } else if (delta.y() != 0) {
        zoomBy(pixels ? std::exp(delta.y() * 0.006) : std::pow(kWheelStep, delta.y()), event->position().x());
    }
    event->accept();
}

void TimelineCanvas::keyPressEvent(QKeyEvent* event)
{
    if (!hasHistory()) return QWidget::keyPressEvent(event);
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const TimeScale at = scale();
    const double playheadX = at.pixelFromTime(playhead_.time());
    const double about = playheadX >= at.left && playheadX < at.right() ? playheadX : (at.left + at.right()) / 2;
    switch (event->key()) {
        case Qt::Key_Left: control ? window_.panBy(-window_.span() / 8) : playhead_.step(-1); break;
        case Qt::Key_Right: control ? window_.panBy(window_.span() / 8) : playhead_.step(1); break;
        case Qt::Key_PageUp: playhead_.step(-10); break;
        case Qt::Key_PageDown: playhead_.step(10); break;
        case Qt::Key_Home: playhead_.toFirst(); break;
        case Qt::Key_End: playhead_.toLast(); break;
        case Qt::Key_Plus:
        case Qt::Key_Equal: zoomBy(1.5, about); break;
        case Qt::Key_Minus: zoomBy(1 / 1.5, about); break;
        case Qt::Key_F: window_.fit(); break;
        default: QWidget::keyPressEvent(event);
    }
}

void TimelineCanvas::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    focusByKeyboard_ = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                       event->reason() == Qt::ShortcutFocusReason;
    update();
}

void TimelineCanvas::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

// ---- what lies under the pointer

bool TimelineCanvas::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString tip = tipAt(help->pos());
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), asTip(tip), this, QRect(help->pos() - QPoint(6, 10), QSize(12, 20)));
    return true;
}

QString TimelineCanvas::markTip(const LaneMark& mark) const
{
    const auto& events = playhead_.history()->events;
    const auto name = [this](TypeId type) { return words_.name ? words_.name(type) : QString(); };
    const replay::HistoryEvent& first = events[mark.first];
    if (mark.count == 1) {
        QString text = tr("#%1 %2\n%3").arg(mark.first + 1).arg(name(first.type), zonedTimeText(first.time));
        if (first.effective != first.time)
            text += QLatin1Char('\n') + tr("in order at %1, after its predecessor").arg(timeText(first.effective));
        return text;
    }
    std::vector<std::pair<TypeId, std::size_t>> seen;
    for (std::size_t i = mark.first; i < mark.first + mark.count; ++i) {
        const auto found =
            std::find_if(seen.begin(), seen.end(), [&](const auto& entry) { return entry.first == events[i].type; });
        if (found != seen.end())
            ++found->second;
        else
            seen.emplace_back(events[i].type, 1);
    }
    QString text = tr("#%1 to #%2: %3 events").arg(mark.first + 1).arg(mark.first + mark.count).arg(grouped(mark.count));
    for (const auto& [type, count] : seen) text += QStringLiteral("\n%1 ×%2").arg(name(type)).arg(count);
    return text + QStringLiteral("\n%1 – %2")
                      .arg(timeText(first.effective), zonedTimeText(events[mark.first + mark.count - 1].effective));
}

QString TimelineCanvas::tipAt(const QPointF& position)
{
    if (!hasHistory() || position.x() < kGutter || std::abs(position.y() - laneMiddle()) > 26) return {};
    const LaneGeometry& lane = geometry();
    if (const auto mark = markAt(lane, position.x())) return markTip(lane.marks[*mark]);
    if (const auto column = columnAt(lane, position.x())) {
        const LaneColumn& one = lane.columns[*column];
        const auto& events = playhead_.history()->events;
        return tr("#%1 to #%2: %3 events\n%4 – %5")
            .arg(one.first + 1)
            .arg(one.first + one.count)
            .arg(grouped(one.count), timeText(events[one.first].effective),
                 zonedTimeText(events[one.first + one.count - 1].effective));
    }
    return {};
}

}  // namespace hindcast::ui
