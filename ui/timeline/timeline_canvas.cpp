#include "ui/timeline/timeline_canvas.h"

#include "ui/look/format.h"
#include "ui/look/shown_zone.h"
#include "ui/timeline/axis_ticks.h"
#include "ui/timeline/lane_space.h"

#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr double kSnapPixels = 6;
constexpr double kKeyStep = 1.5;

}  // namespace

TimelineCanvas::TimelineCanvas(const Theme& theme, Playhead& playhead, TimeWindow& window, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      playhead_(playhead),
      axis_(window),
      scroll_(new QScrollBar(Qt::Vertical, this)),
      // Overtaken lanes are a step on the way: while much arrives, there are no others.
      preparing_(this, &TimelineCanvas::layOut, [this](LanesResult result, bool) { take(std::move(result)); }),
      layingBranch_(this, &layOutBranch, [this](std::shared_ptr<const BranchLane> lane, bool) {
          branchLane_ = std::move(lane);
          branchDrawn_.valid = false;
          update();
      })
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Timeline"));
    scroll_->setAccessibleName(tr("Lanes"));
    scroll_->hide();
    connect(scroll_, &QScrollBar::valueChanged, this, [this] {
        closeFan();
        update();
    });
    connect(&theme_, &Theme::changed, this, [this] {
        labelWidths_.clear();
        placeScrollBar();
        invalidate();
    });
    connect(&axis_, &AxisWindow::changed, this, [this] {
        closeFan();
        update();
    });
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, &TimelineCanvas::describe);
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

void TimelineCanvas::setEmptyText(const QString& sentence)
{
    if (sentence == emptyText_) return;
    emptyText_ = sentence;
    describe();
    update();
}

void TimelineCanvas::typesChanged()
{
    labelWidths_.clear();
    invalidate();
}

QSize TimelineCanvas::sizeHint() const { return {900, heightFor(lanes_.size())}; }

QSize TimelineCanvas::minimumSizeHint() const
{
    return {320, static_cast<int>((space::kAxis + space::kFoot + space::kLaneLeast) * unit())};
}

TimeScale TimelineCanvas::scale() const
{
    const double gutter = space::kGutter * unit();
    return {axis_.window().from(), axis_.window().to(), gutter, std::max(1.0, width() - gutter)};
}

double TimelineCanvas::playheadX() const
{
    const TimeScale at = scale();
    if (axis_.map().isOrder()) {
        // The event stood upon, though others may have the same time.
        const auto lane = selectedLane();
        const Version version = playhead_.version();
        if (lane && version.value > 0 && prepared_[*lane].events->history == playhead_.history()) {
            const LaneEvents& events = *prepared_[*lane].events;
            const std::size_t upTo = events.upTo(version);
            if (upTo > 0 && playhead_.history()->events[version.value - 1].effective == playhead_.time())
                return at.pixelFromTime(events.at[upTo - 1]);
        }
    }
    return at.pixelFromTime(axis_.map().place(playhead_.time()));
}

void TimelineCanvas::setMarks(const std::array<std::optional<Timestamp>, 2>& marks)
{
    if (marks == marks_) return;
    marks_ = marks;
    update();
}

AxisMarks TimelineCanvas::marksOnAxis() const
{
    AxisMarks on;
    for (std::size_t i = 0; i < marks_.size(); ++i)
        if (marks_[i]) on.places[i] = axis_.map().place(*marks_[i]);
    return on;
}

// ---- moving about

void TimelineCanvas::fit()
{
    if (keptFolds_) {
        foldAnew_ = fitAnew_ = true;
        prepare();
    }
    axis_.fit();
}

void TimelineCanvas::zoomIn()
{
    const TimeScale at = scale();
    const double x = playheadX();
    zoomBy(kKeyStep, x >= at.left && x < at.right() ? x : (at.left + at.right()) / 2);
}

void TimelineCanvas::zoomOut()
{
    const TimeScale at = scale();
    const double x = playheadX();
    zoomBy(1 / kKeyStep, x >= at.left && x < at.right() ? x : (at.left + at.right()) / 2);
}

void TimelineCanvas::movePlayheadTo(double x)
{
    const TimeScale at = scale();
    const double inside = std::clamp(x, at.left, at.right() - 1);
    const auto lane = selectedLane();
    const bool own = lane && prepared_[*lane].events->history == playhead_.history();
    if (axis_.map().isOrder()) {
        // The event nearest in order: of the selected lane where it is one of its own.
        const auto rank = static_cast<std::int64_t>(
            std::llround(static_cast<double>(at.timeFromPixel(inside).ns) / static_cast<double>(AxisMap::kRank)));
        const Timestamp place{rank * AxisMap::kRank};
        if (own) {
            const LaneEvents& events = *prepared_[*lane].events;
            const std::size_t next = events.firstFrom(place);
            if (next < events.size() && events.at[next] == place) return playhead_.setVersion(events.version(next));
        }
        return playhead_.setTime(axis_.map().time(place));
    }
    if (own) {
        const LaneEvents& events = *prepared_[*lane].events;
        if (const auto event = snap(events, at, inside, kSnapPixels)) {
            // Events of hidden types may lie at the same instant: "as of T" includes them.
            const Timestamp time = events.event(*event).effective;
            return playhead_.setVersion(std::max(events.version(*event), playhead_.history()->versionAt(time)));
        }
    }
    playhead_.setTime(roundTimeAt(axis_.map(), at, inside));
}

void TimelineCanvas::zoomBy(double factor, double x)
{
    const TimeScale at = scale();
    axis_.window().zoomAbout(at.timeFromPixel(std::clamp(x, at.left, at.right())), factor);
}

void TimelineCanvas::playheadMoved()
{
    // While it is dragged it stays under the pointer; what has just arrived moves nothing; moved from elsewhere it must not get lost.
    if (drag_ == Drag::None && playhead_.history() && playhead_.time() != settledAt_)
        playing_ ? axis_.window().turnTo(scale().timeFromPixel(playheadX()))
                 : axis_.window().reveal(scale().timeFromPixel(playheadX()));
    settledAt_ = Timestamp::min();
    branchAt_.reset();
    if (fan_ && !isOnFannedCluster()) closeFan();  // what it told of is not what is looked at: it only covers other words
    describe();
    update();
}

void TimelineCanvas::describe()
{
    const auto lane = selectedLane();
    if (!playhead_.history() || !lane) return setAccessibleDescription(emptyText_);
    if (isBranchFocused()) return describeBranch();
    if (focusedWatch_ && *focusedWatch_ < watches().size()) return setAccessibleDescription(watchWords(*focusedWatch_));
    setAccessibleDescription(tr("%1: event %2 of %3, %4")
                                 .arg(preparedLanes_[*lane].name)
                                 .arg(playhead_.version().value)
                                 .arg(playhead_.last().value)
                                 .arg(zonedTimeText(playhead_.time())));
}

void TimelineCanvas::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    closeFan();
    placeScrollBar();
    revealSelectedLane();
}

}  // namespace hindcast::ui

#include "moc_timeline_canvas.cpp"
