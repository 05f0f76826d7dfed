// What the lane of a branch looks like.
#include "ui/look/contrast.h"
#include "ui/look/shaped_text.h"
#include "ui/timeline/lane_marks.h"
#include "ui/timeline/lane_space.h"
#include "ui/timeline/timeline_canvas.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr double kLine = 1.6;  // of the branch from its departure on
constexpr double kRing = 1.8;
constexpr double kPill = 18;

/// The part of the view in which marks of a lane are drawn.
QRectF clipOf(const TimeScale& scale, double unit, double height)
{
    const double over = space::kOver * unit;
    return {scale.left - over, space::kAxis * unit, scale.width + over, height};
}

}  // namespace

/// What the playhead's line passes over: as the real one up to where it departs, and from there a line of its own.
void TimelineCanvas::paintBranchGround(QPainter& painter, const TimeScale& scale)
{
    const BranchLane* lane = branchLane();
    if (lane == nullptr) return;
    painter.save();
    painter.setClipRect(QRectF(scale.left, space::kAxis * unit(), scale.width, lanesHeight()));
    const double ratio = devicePixelRatioF();
    const double middle = std::round(branchMiddle() * ratio) / ratio;
    const double parts = lane->departs
                             ? std::clamp(scale.pixelFromTime(lane->events.at[*lane->departs]), scale.left, scale.right())
                             : scale.right();
    painter.fillRect(QRectF(scale.left, middle, parts - scale.left, 1), theme_.color(Theme::Role::LaneLine));
    if (lane->departs) {
        const QColor own = theme_.color(Theme::Role::Accent);
        painter.fillRect(QRectF(parts, middle - (kLine - 1) / 2, scale.right() - parts, kLine), own);
        // From the event that the two part at, down to it.
        if (const auto real = selectedLane(); real && parts > scale.left && parts < scale.right()) {
            painter.setPen(QPen(own, 1.2, Qt::CustomDashLine));
            QPen pen = painter.pen();
            pen.setDashPattern({2, 2.5});
            painter.setPen(pen);
            painter.drawLine(QPointF(parts, laneMiddle(*real) + 9 * unit()), QPointF(parts, middle - 9 * unit()));
        }
    }
    if (branchGeometry().density()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        const QColor color = theme_.color(Theme::Role::Density);
        const QColor other = theme_.color(Theme::Role::Accent);
        const LaneGeometry& shown = branchGeometry();
        for (const LaneColumn& column : shown.columns) {
            const double high =
                std::max(2.0, 26 * unit() * static_cast<double>(column.count) / static_cast<double>(shown.mostInColumn));
            painter.fillRect(QRectF(column.x, middle + 13 * unit() - high, column.width, high),
                             lane->changes(column.first, column.count) ? other : color);
        }
    }
    painter.restore();
}

void TimelineCanvas::paintBranch(QPainter& painter, const TimeScale& scale)
{
    if (branchHeight() == 0) return;
    painter.save();
    painter.setClipRect(QRectF(0, space::kAxis * unit(), width(), lanesHeight()));
    paintBranchLabel(painter);
    if (const BranchLane* lane = branchLane()) {
        painter.setClipRect(clipOf(scale, unit(), lanesHeight()));
        paintBranchDeparture(painter, scale);
        const double upTo = playheadX();
        const auto& marks = branchGeometry().marks;
        for (std::size_t i = marks.size(); i-- > 0;) paintBranchMark(painter, marks[i], upTo);
        if (const auto at = branchItemIndex(); at && isBranchFocused() && hasFocus()) {
            const double x = scale.pixelFromTime(lane->events.at[*at]);
            painter.setPen(QPen(theme_.color(Theme::Role::Accent), 1.4, Qt::DotLine));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(QPointF(x, branchMiddle()), 13 * unit(), 13 * unit());
        }
        paintBranchDrag(painter, scale);
    }
    painter.restore();
}

void TimelineCanvas::paintBranchLabel(QPainter& painter) const
{
    const QRectF box = branchBox();
    const double left = 10 * unit();
    const double room = scale().left - left - 10;
    const double middle = branchMiddle();
    if (isBranchFocused() && hasFocus()) {
        painter.fillRect(QRectF(0, box.top() + 3, scale().left - 6, box.height() - 6), theme_.color(Theme::Role::AccentSoft));
        painter.fillRect(QRectF(0, box.top() + 3, 3, box.height() - 6), theme_.color(Theme::Role::Accent));
    }
    const QFont name = theme_.strong(0.92);
    painter.setPen(branchInk(theme_));
    drawText(painter, QPointF(left, middle - 2), name, elidedText(name, branch_->name, Qt::ElideRight, room));
    const QFont about = theme_.text(0.85);
    painter.setPen(theme_.color(Theme::Role::TextSecondary));
    drawText(painter, QPointF(left, middle + 13 * unit()), about, elidedText(about, branch_->about, Qt::ElideRight, room));
}

void TimelineCanvas::paintBranchDeparture(QPainter& painter, const TimeScale& scale) const
{
    const BranchLane* lane = branchLane();
    if (!lane->departs) return;
    const double x = scale.pixelFromTime(lane->events.at[*lane->departs]);
    if (x < scale.left || x > scale.right()) return;
    const QFont font = theme_.text(0.85);
    const QFontMetricsF metrics(font);
    const QString words = tr("departs here");
    const double wide = textWidthF(font, words);
    const double left = x + 8 + wide < scale.right() ? x + 8 * unit() : x - 8 * unit() - wide;
    const double baseline = branchMiddle() - 13 * unit();
    painter.fillRect(QRectF(left - 1, baseline - metrics.ascent(), wide + 2, metrics.height() - 1),
                     theme_.color(Theme::Role::Panel));
    painter.setPen(branchInk(theme_));
    drawText(painter, QPointF(left, baseline), font, words);
}

void TimelineCanvas::paintBranchMark(QPainter& painter, const LaneMark& mark, double upTo)
{
    const double middle = branchMiddle();
    const bool future = mark.x > upTo + 0.5;
    const QColor color = typeColor(mark.type, future);
    const QColor ring = theme_.color(future ? Theme::Role::TextSecondary : Theme::Role::Text);
    const QColor panel = theme_.color(Theme::Role::Panel);
    if (mark.count > 1) {
        const QString words = QStringLiteral("×%1").arg(mark.count);
        const double tall = kPill * unit();
        const QRectF pill(mark.x - mark.halfWidth, middle - tall / 2, 2 * mark.halfWidth, tall);
        paintPill(painter, mark, middle, color, words);
        painter.setBrush(Qt::NoBrush);
        if (branchLane_->changes(mark.first, mark.count)) {
            painter.setPen(QPen(ring, kRing));
            painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), tall / 2, tall / 2);
        }
        return;
    }
    const BranchItem& item = branchLane_->items[mark.first];
    const QRectF box = markBox(mark, middle);
    const double half = mark.halfWidth;
    if (item.skipped()) {
        painter.setBrush(panel);
        QPen pen(typeColor(mark.type, false), 1.2, Qt::CustomDashLine);
        pen.setDashPattern({2, 1.6});
        painter.setPen(pen);
        painter.drawPath(glyphPath(glyphOf(mark.mark), box.adjusted(0.5, 0.5, -0.5, -0.5)));
        painter.setPen(QPen(theme_.color(Theme::Role::Text), 1.3));
        painter.drawLine(QPointF(mark.x - half - 2, middle + half + 1), QPointF(mark.x + half + 2, middle - half - 1));
        return;
    }
    const bool ringed = item.edited || item.added() || item.moved;
    if (ringed) {
        painter.setPen(QPen(ring, kRing, item.moved && !item.edited && !item.added() ? Qt::DotLine : Qt::SolidLine));
        painter.setBrush(panel);
        painter.drawEllipse(QPointF(mark.x, middle), half + 1.6, half + 1.6);
    }
    paintGlyph(painter, glyphOf(mark.mark), ringed ? box.adjusted(0.8, 0.8, -0.8, -0.8) : box, color);
    if (item.added()) {
        painter.setPen(QPen(wordsOn(color), 1.5));
        const double arm = half * 0.5;
        painter.drawLine(QPointF(mark.x - arm, middle), QPointF(mark.x + arm, middle));
        painter.drawLine(QPointF(mark.x, middle - arm), QPointF(mark.x, middle + arm));
    }
}

void TimelineCanvas::paintBranchDrag(QPainter& painter, const TimeScale& scale)
{
    if (!branchDragX_ || pressedItem_ >= branchLane_->items.size()) return;
    const replay::HistoryEvent& event = branchLane_->events.event(pressedItem_);
    LaneMark mark;
    mark.x = *branchDragX_;
    mark.halfWidth = 7.5 * unit();
    mark.mark = markOf(*branchLane_->events.history, pressedItem_);
    const double middle = branchMiddle();
    painter.setPen(QPen(theme_.color(Theme::Role::Accent), 1, Qt::DashLine));
    painter.drawLine(QPointF(mark.x, branchBox().top() + 3), QPointF(mark.x, branchBox().bottom() - 3));
    painter.setBrush(theme_.color(Theme::Role::Panel));
    painter.setPen(QPen(theme_.color(Theme::Role::Accent), kRing));
    painter.drawEllipse(QPointF(mark.x, middle), mark.halfWidth + 2.5, mark.halfWidth + 2.5);
    paintGlyph(painter, glyphOf(mark.mark), markBox(mark, middle), typeColor(event.type, false));
    const auto after = branchLane_->before(scale.timeFromPixel(mark.x), pressedItem_);
    const QString words = after ? tr("after %1").arg(branchItemWords(*after)) : tr("to the beginning");
    const QFont font = theme_.text(0.85);
    const double wide = textWidthF(font, words);
    const double left = std::clamp(mark.x + 14 * unit(), scale.left, std::max(scale.left, scale.right() - wide - 4));
    const double baseline = branchBox().bottom() - 4 * unit();
    const QFontMetricsF metrics(font);
    painter.fillRect(QRectF(left - 3, baseline - metrics.ascent(), wide + 6, metrics.height()),
                     theme_.color(Theme::Role::AccentSoft));
    painter.setPen(theme_.color(Theme::Role::Text));
    drawText(painter, QPointF(left, baseline), font, words);
}

}  // namespace hindcast::ui
