// What an audit found in the selected life, and where its model failed: a "!" above and beside the event.
#include "ui/look/contrast.h"
#include "ui/look/shaped_text.h"
#include "ui/timeline/lane_space.h"
#include "ui/timeline/timeline_canvas.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr double kAbove = 12;    // from the lane up to the sign's middle
constexpr double kBeside = 11;   // from the event to it, so that the playhead's line does not lie over it
constexpr double kHalf = 6;      // of the room that it takes
constexpr double kRing = 4;      // about the pill of a cluster that is stood upon
constexpr double kPillEnds = 6;  // left and right of the words in it
constexpr double kAhead = 0.5;   // how much is left of the colour of what the playhead has not reached
constexpr int kMostWords = 5;    // of what stands close together, in a tool tip

}  // namespace

void TimelineCanvas::setFindings(EntityId entity, std::vector<LaneFinding> findings)
{
    std::ranges::stable_sort(findings, {}, &LaneFinding::version);
    findingsOf_ = entity;
    findings_ = std::move(findings);
    update();
}

/// The middle of the sign of an event that stands at `x`: beside it, or beside the cluster that it is in, also where that one is
/// written "3/3"; to the left where the view or the scroll bar leaves no room.
double TimelineCanvas::signAt(std::size_t lane, std::size_t event, double x) const
{
    double middle = x;
    double beside = kBeside * unit();
    const Prepared& shown = prepared_[lane];
    const auto mark = shown.valid && shown.scale == scale() ? markOfEvent(shown.geometry, event) : std::nullopt;
    if (mark && shown.geometry.marks[*mark].count > 1) {
        const LaneMark& cluster = shown.geometry.marks[*mark];
        const double words = textWidthF(pillFont(), QStringLiteral("%1/%1").arg(cluster.count));
        middle = cluster.x;
        beside = std::max(cluster.halfWidth, words / 2 + kPillEnds) + kRing + kHalf * unit();
    }
    const double right = scale().right() - (scroll_->isHidden() ? 0 : scroll_->width());
    return middle + beside + kHalf * unit() > right ? middle - beside : middle + beside;
}

std::vector<FindingMark> TimelineCanvas::findingMarks(std::size_t lane) const
{
    std::vector<FindingMark> marks;
    if (findings_.empty() || lane >= prepared_.size() || lane >= preparedLanes_.size()) return marks;
    const LaneEvents& events = *prepared_[lane].events;
    if (events.history->entity != findingsOf_) return marks;
    const TimeScale at = scale();
    const double half = kHalf * unit();
    const double y = laneMiddle(lane) - kAbove * unit();
    for (std::size_t i = 0; i < findings_.size(); ++i) {
        const std::size_t seen = events.upTo(findings_[i].version);
        if (seen == 0 || events.version(seen - 1) != findings_[i].version) continue;  // its type is hidden
        const Timestamp place = events.at[seen - 1];
        if (place < at.from || place > at.to) continue;
        const double x = signAt(lane, seen - 1, at.pixelFromTime(place));
        if (!marks.empty() && x - marks.back().box.center().x() < half) {
            marks.back().last = i;
            continue;
        }
        marks.push_back({QRectF(x - half, y - half, 2 * half, 2 * half), i, i});
    }
    return marks;
}

QString TimelineCanvas::findingTip(const QPointF& position) const
{
    const auto lane = laneAt(position.y());
    if (!lane) return {};
    for (const FindingMark& mark : findingMarks(*lane)) {
        if (!mark.box.contains(position)) continue;
        QStringList words;
        for (std::size_t i = mark.first; i <= mark.last && words.size() < kMostWords; ++i)
            words << tr("#%1: %2").arg(findings_[i].version.value).arg(findings_[i].words);
        if (mark.last - mark.first + 1 > kMostWords) words << QStringLiteral("…");
        return words.join(QLatin1Char('\n'));
    }
    return {};
}

/// The playhead goes to what the sign is of; of several, to the first.
bool TimelineCanvas::pressOnFinding(const QPointF& position)
{
    const auto lane = laneAt(position.y());
    if (!lane) return false;
    for (const FindingMark& mark : findingMarks(*lane)) {
        if (!mark.box.contains(position)) continue;
        const LaneEvents& events = *prepared_[*lane].events;
        const std::size_t seen = events.upTo(findings_[mark.first].version);
        if (seen == 0) return false;
        chooseInLane(*lane, seen - 1);
        return true;
    }
    return false;
}

void TimelineCanvas::paintFindings(QPainter& painter, std::size_t lane) const
{
    const QColor warning = theme_.color(Theme::Role::Warning);
    const QColor panel = theme_.color(Theme::Role::Panel);
    const double reached = playheadX() + 0.5 + kBeside * unit();
    const QFont font = theme_.strong(1.1);
    for (const FindingMark& mark : findingMarks(lane)) {
        painter.setPen(mark.box.center().x() > reached ? steppedBack(warning, panel, kAhead) : warning);
        drawText(painter, mark.box, Qt::AlignCenter, font, QStringLiteral("!"));
    }
}

}  // namespace hindcast::ui
