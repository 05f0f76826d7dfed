// The rejects of the lanes: hollow squares above them, which are pointed at and chosen as the marks are.
#include "ui/look/contrast.h"
#include "ui/look/format.h"
#include "ui/timeline/lane_space.h"
#include "ui/timeline/timeline_canvas.h"

#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <iterator>

namespace hindcast::ui {

namespace {

constexpr double kHalf = 4;     // of a square's side
constexpr double kAbove = 14;   // from the lane up to its middle
constexpr double kReach = 2;    // pixels beside it that still are it
constexpr double kAhead = 0.5;  // how much is left of the colour of what the playhead has not reached

}  // namespace

std::vector<RejectMark> TimelineCanvas::rejectMarks(std::size_t lane) const
{
    std::vector<RejectMark> marks;
    if (lane >= prepared_.size()) return marks;
    const TimeScale at = scale();
    const std::vector<Timestamp>& places = prepared_[lane].events->rejects;
    const auto from = std::lower_bound(places.begin(), places.end(), at.from);
    const auto to = std::lower_bound(from, places.end(), at.to);
    const double half = kHalf * unit();
    const double y = laneMiddle(lane) - kAbove * unit();
    double last = -1e18;
    for (auto place = from; place != to; ++place) {
        const double x = at.pixelFromTime(*place);
        if (x - last < 2 * half) {
            ++marks.back().count;
            continue;
        }
        last = x;
        marks.push_back({QRectF(x - half, y - half, 2 * half, 2 * half), static_cast<std::size_t>(place - places.begin()), 1});
    }
    return marks;
}

std::optional<TimelineCanvas::RejectHit> TimelineCanvas::rejectAt(const QPointF& position) const
{
    const auto lane = laneAt(position.y());
    if (!lane || position.x() < scale().left - space::kOver * unit()) return {};
    for (const RejectMark& mark : rejectMarks(*lane))
        if (mark.box.adjusted(-kReach, -kReach, kReach, kReach).contains(position)) return RejectHit{*lane, mark};
    return {};
}

bool TimelineCanvas::pressOnReject(const QPointF& position)
{
    const auto hit = rejectAt(position);
    if (!hit) return false;
    closeFan();
    const LaneEvents& events = *prepared_[hit->lane].events;
    emit rejectChosen(events.history->entity, events.rejected[hit->mark.first]);
    return true;
}

QString TimelineCanvas::rejectTip(const RejectHit& hit)
{
    const store::Posting& reject = prepared_[hit.lane].events->rejected[hit.mark.first];
    QString text = hit.mark.count == 1 ? tr("reject") : tr("%1, the first of them:").arg(rejectsText(hit.mark.count));
    if (reject.time.isKnown()) text += QLatin1Char('\n') + zonedTimeText(reject.time);
    if (placeOf_) text += QLatin1Char('\n') + placeOf_(reject.id);
    tip_ = Tip{{}, {}, {}, {}, {}, reject.id};
    return text;
}

void TimelineCanvas::setRejectReason(EventId reject, const QString& reason)
{
    if (!tip_ || tip_->reject != reject || !QToolTip::isVisible() || reason.isEmpty()) return;
    QToolTip::showText(tip_->global, asTip(tip_->text + QLatin1Char('\n') + reason), this, tip_->area);
    tip_.reset();
}

void TimelineCanvas::paintRejects(QPainter& painter, std::size_t lane) const
{
    const QColor panel = theme_.color(Theme::Role::Panel);
    const QColor warning = theme_.color(Theme::Role::Warning);
    const double reached = playheadX() + 0.5;
    painter.setBrush(panel);
    for (const RejectMark& mark : rejectMarks(lane)) {
        const bool ahead = mark.box.center().x() > reached;
        painter.setPen(QPen(ahead ? steppedBack(warning, panel, kAhead) : warning, 1.5));
        painter.drawRect(mark.box);
    }
}

}  // namespace hindcast::ui
