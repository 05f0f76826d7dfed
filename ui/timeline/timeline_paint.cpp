#include "ui/look/contrast.h"
#include "ui/look/format.h"
#include "ui/look/glyphs.h"
#include "ui/look/shaped_text.h"
#include "ui/timeline/axis_ticks.h"
#include "ui/timeline/density_words.h"
#include "ui/timeline/lane_marks.h"
#include "ui/timeline/lane_space.h"
#include "ui/timeline/timeline_canvas.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr double kTickSpacing = 100;
constexpr double kAxisTextY = 24;  // baseline of the axis's words
constexpr double kAxisTop = 8;     // where the grid begins
constexpr double kColumnHeight = 32;
constexpr double kPillHeight = 18;
constexpr double kRing = 3;          // pixels from a cluster's pill to the ring about it
constexpr double kRingNarrow = 2.2;  // the same between near neighbours
constexpr double kRingPen = 1.6;
constexpr double kFuture = 0.38;  // how much is left of the columns that the playhead has not reached

/// A vertical hairline that is sharp at any pixel ratio.
void verticalLine(QPainter& painter, double x, double top, double bottom, const QColor& color, double width)
{
    const double ratio = painter.device()->devicePixelRatioF();
    const double left = std::round((x - width / 2) * ratio) / ratio;
    painter.fillRect(QRectF(left, top, width, bottom - top), color);
}

/// Words of a lane, readable over the grid and the playhead's line. In the painter's pen.
void drawOnGround(QPainter& painter, QPointF baseline, const QFont& font, const QString& words, double width,
                  const QColor& ground)
{
    const QFontMetricsF metrics(font);
    painter.fillRect(QRectF(baseline.x() - 1, baseline.y() - metrics.ascent(), width + 2, metrics.height() - 1), ground);
    drawText(painter, baseline, font, words);
}

}  // namespace

QColor TimelineCanvas::typeColor(TypeId type, bool future) const
{
    const int series = words_.seriesOf(type);
    return future ? seriesAhead(theme_, series) : theme_.series(series);
}

void TimelineCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme_.color(Theme::Role::Panel));
    if (preparedLanes_.empty()) {
        paintEmpty(painter);
        focus_.paint(painter, theme_);
        return;
    }
    const TimeScale at = scale();
    paintAxis(painter, at);
    paintFolds(painter, at);
    const double top = space::kAxis * unit();
    const QRectF lanes(0, top, width(), lanesHeight());
    const auto eachLane = [&](void (TimelineCanvas::*paint)(QPainter&, const TimeScale&, std::size_t)) {
        painter.save();
        painter.setClipRect(lanes);
        for (std::size_t lane = 0; lane < prepared_.size(); ++lane)
            if (const double middle = laneMiddle(lane); middle > top - lanePitch() && middle < lanes.bottom() + lanePitch())
                (this->*paint)(painter, at, lane);
        painter.restore();
    };
    eachLane(&TimelineCanvas::paintLaneGround);
    paintBranchGround(painter, at);
    paintWatchesGround(painter, at);
    const AxisMarks marks = marksOnAxis();
    paintMarkLines(painter, marks, at, height() - space::kFoot * unit(), theme_);
    paintPlayheadLine(painter);
    eachLane(&TimelineCanvas::paintLane);
    paintBranch(painter, at);
    paintWatches(painter, at);
    paintFoldWords(painter, at);
    paintMarkFlags(painter, marks, at, theme_);
    paintPlayhead(painter);
    painter.save();
    const double over = space::kOver * unit();
    painter.setClipRect(QRectF(at.left - over, top, at.width + over, lanesHeight()));
    paintStoodUpon(painter, at);
    painter.restore();
    if (fan_) paintFan(painter);
    focus_.paint(painter, theme_);
}

void TimelineCanvas::paintAxis(QPainter& painter, const TimeScale& scale) const
{
    const QFont font = theme_.text(0.88);
    const auto room = [&font](const QString& label) { return textWidthF(font, label) + 8; };
    for (const AxisTick& tick : axisTicks(axis_.map(), scale, kTickSpacing * unit(), room)) {
        verticalLine(painter, tick.x, kAxisTop, height() - 4.0, theme_.color(Theme::Role::Grid), 1);
        if (tick.label.isEmpty() || tick.x + 4 + textWidthF(font, tick.label) > scale.right()) continue;
        painter.setPen(theme_.color(Theme::Role::TextSecondary));
        drawText(painter, QPointF(tick.x + 5, kAxisTextY * unit()), font, tick.label);
    }
}

void TimelineCanvas::paintFolds(QPainter& painter, const TimeScale& scale) const
{
    const double bottom = height() - space::kFoot * unit();
    for (const FoldSpan& span : foldsInView(axis_.map(), scale)) {
        const QRectF band(span.left, kAxisTop, span.right - span.left, bottom - kAxisTop);
        painter.fillRect(band, theme_.color(Theme::Role::Window));
        // The edges of a torn strip: here time is missing.
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme_.color(Theme::Role::LaneLine), 1));
        for (const double edge : {band.left(), band.right()}) {
            if (edge <= scale.left || edge >= scale.right()) continue;  // it goes on out of view
            QPolygonF zigzag;
            double side = 2;
            for (double y = band.top(); y < band.bottom() + 4; y += 6, side = -side)
                zigzag << QPointF(edge + side, std::min(y, band.bottom()));
            painter.drawPolyline(zigzag);
        }
    }
}

void TimelineCanvas::paintFoldWords(QPainter& painter, const TimeScale& scale) const
{
    const QFont font = theme_.text(0.82);
    painter.setPen(theme_.color(Theme::Role::TextSecondary));
    for (const FoldSpan& span : foldsInView(axis_.map(), scale)) {
        // Beneath the strip, as long as there is room from event to event; the tip tells it exactly.
        const Fold& fold = axis_.map().folds()[span.fold];
        const double room =
            scale.pixelFromTime(axis_.map().place(fold.before)) - scale.pixelFromTime(axis_.map().place(fold.after));
        const QString length = durationText(std::chrono::nanoseconds(fold.ns()));
        for (const QString& words : {tr("quiet %1").arg(length), length, length.section(QLatin1Char(' '), 0, 1)}) {
            const double width = textWidthF(font, words);
            if (width > room) continue;
            drawText(painter, QPointF((span.left + span.right - width) / 2, height() - 8 * unit()), font, words);
            break;
        }
    }
}

/// What the playhead's line passes over.
void TimelineCanvas::paintLaneGround(QPainter& painter, const TimeScale& scale, std::size_t lane)
{
    if (geometry(lane).density()) {
        // A column may begin before the view does, which is not to reach the lanes' names.
        const double over = space::kOver * unit();
        painter.save();
        painter.setClipRect(QRectF(scale.left - over, space::kAxis * unit(), scale.width + over, lanesHeight()));
        paintDensity(painter, lane);
        painter.restore();
        return;
    }
    const double ratio = devicePixelRatioF();
    painter.fillRect(QRectF(scale.left, std::round(laneMiddle(lane) * ratio) / ratio, scale.width, 1),
                     theme_.color(Theme::Role::LaneLine));
}

void TimelineCanvas::paintLane(QPainter& painter, const TimeScale& scale, std::size_t lane)
{
    paintLaneLabel(painter, lane);
    painter.save();
    const double over = space::kOver * unit();
    painter.setClipRect(QRectF(scale.left - over, space::kAxis * unit(), scale.width + over, lanesHeight()));
    if (geometry(lane).density())
        paintDensityWords(painter, lane);
    else
        paintMarks(painter, lane);
    paintRejects(painter, lane);
    paintFindings(painter, lane);
    painter.restore();
}

void TimelineCanvas::paintLaneLabel(QPainter& painter, std::size_t lane) const
{
    const Lane& one = preparedLanes_[lane];
    const double left = 10 * unit();
    const double room = scale().left - left - 10;
    const double middle = laneMiddle(lane);
    if (preparedLanes_.size() > 1 && selectedLane() == lane) {
        const double half = std::min(lanePitch() / 2 - 2, 20 * unit());
        painter.fillRect(QRectF(0, middle - half, 3, 2 * half), theme_.color(Theme::Role::Accent));
    }
    const QFont name = theme_.strong(0.92);
    painter.setPen(theme_.color(Theme::Role::Text));
    drawText(painter, QPointF(left, middle - 2), name, elidedText(name, one.name, Qt::ElideMiddle, room));
    const QFont about = theme_.text(0.85);
    painter.setPen(theme_.color(Theme::Role::TextSecondary));
    drawText(painter, QPointF(left, middle + 13 * unit()), about,
             fittingText(about, QStringList(one.about) + one.aboutShorter, room));
}

void TimelineCanvas::paintMarks(QPainter& painter, std::size_t lane)
{
    const double middle = laneMiddle(lane);
    const LaneEvents& events = *prepared_[lane].events;
    const std::size_t upTo = stateUpTo(lane);
    const QFont label = theme_.text(0.88);
    const QColor text = theme_.color(Theme::Role::TextSecondary);
    const QColor futureText = theme_.color(Theme::Role::TextDimmed);
    const QColor ground = theme_.color(Theme::Role::Panel);
    TimeScale beside = this->scale();  // names stand beside the scroll bar, not beneath it
    if (!scroll_->isHidden()) beside.width -= scroll_->width();
    const std::vector<LaneLabel> labels = labelsOf(prepared_[lane].geometry, events, upTo, beside, metrics());
    auto words = labels.rbegin();
    // From the right, so that a mark lies over the labels and marks that come after it.
    const auto& marks = prepared_[lane].geometry.marks;
    for (std::size_t i = marks.size(); i-- > 0;) {
        const LaneMark& mark = marks[i];
        const bool future = mark.first >= upTo;
        const QColor color = typeColor(mark.type, future);
        if (words != labels.rend() && words->mark == i) {
            painter.setPen(future ? futureText : text);
            drawOnGround(painter, QPointF(words->left, middle + 22 * unit()), label, words_.nameOf(words->type), words->width,
                         ground);
            ++words;
        }
        if (mark.count == 1)
            paintGlyph(painter, glyphOf(mark.mark), markBox(mark, middle), color);
        else
            paintPill(painter, mark, middle, color, QStringLiteral("×%1").arg(mark.count));
    }
}

void TimelineCanvas::paintPill(QPainter& painter, const LaneMark& mark, double middle, const QColor& color,
                               const QString& words) const
{
    const double tall = kPillHeight * unit();
    const QRectF pill(mark.x - mark.halfWidth, middle - tall / 2, 2 * mark.halfWidth, tall);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(pill, tall / 2, tall / 2);
    QFont font = pillFont();
    const double room = pill.width() - 3;
    if (const double wide = textWidthF(font, words); wide > room)  // between near neighbours
        font.setPixelSize(std::max(6, static_cast<int>(font.pixelSize() * room / wide)));
    painter.setPen(wordsOn(color));
    drawText(painter, pill, Qt::AlignCenter, font, words);
}

void TimelineCanvas::paintDensity(QPainter& painter, std::size_t lane) const
{
    const LaneGeometry& shown = prepared_[lane].geometry;
    const double base = laneMiddle(lane) + 15 * unit();
    const std::size_t upTo = stateUpTo(lane);
    const QColor past = theme_.color(Theme::Role::Density);
    const QColor future = steppedBack(past, theme_.color(Theme::Role::Panel), kFuture);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const LaneColumn& column : shown.columns) {
        const double height =
            std::max(2.0, kColumnHeight * unit() * static_cast<double>(column.count) / static_cast<double>(shown.mostInColumn));
        painter.fillRect(QRectF(column.x, base - height, column.width, height), column.first >= upTo ? future : past);
    }
    painter.restore();
}

void TimelineCanvas::paintDensityWords(QPainter& painter, std::size_t lane) const
{
    const LaneGeometry& shown = prepared_[lane].geometry;
    const double base = laneMiddle(lane) + 15 * unit();
    painter.setPen(theme_.color(Theme::Role::TextSecondary));
    const QFont font = theme_.text(0.85);
    const double left = scale().left + 6;
    const QString words = densityWords(eventsText(shown.endVisible - shown.firstVisible), grouped(shown.mostInColumn), font,
                                       scale().right() - left - 6);
    drawOnGround(painter, QPointF(left, base + 13 * unit()), font, words, textWidthF(font, words),
                 theme_.color(Theme::Role::Panel));
}

void TimelineCanvas::paintStoodUpon(QPainter& painter, const TimeScale& scale)
{
    const auto lane = selectedLane();
    if (!lane) return;
    const LaneEvents& events = *prepared_[*lane].events;
    const std::size_t upTo = stateUpTo(*lane);
    if (upTo == 0 || events.version(upTo - 1) != playhead_.version()) return;  // nothing, or an event of a hidden type
    const std::size_t event = upTo - 1;
    const double middle = laneMiddle(*lane);
    const QColor panel = theme_.color(Theme::Role::Panel);
    const QColor color = typeColor(events.event(event).type, false);

    // The mark that holds the event; in a density lane the event gets one of its own.
    LaneMark own;
    own.x = scale.pixelFromTime(events.at[event]);
    own.halfWidth = 6.5 * unit();
    own.mark = markOf(*events.history, events.index(event));
    const LaneGeometry& shown = prepared_[*lane].geometry;
    const auto mark = markOfEvent(shown, event);
    if (mark) own = shown.marks[*mark];
    painter.setBrush(panel);
    painter.setPen(QPen(steppedBack(color, theme_.color(Theme::Role::Text), 0.75), kRingPen));
    if (own.count > 1) {
        // Which of the cluster's events it is.
        const QString words = QStringLiteral("%1/%2").arg(event + 1 - own.first).arg(own.count);
        const double half = std::max(own.halfWidth, textWidthF(pillFont(), words) / 2 + 6);
        // Wider than the count, and yet no mark moves or is covered as the playhead passes: it is fitted in between them.
        const double wanted = 2 * (half + kRing) + kRingPen;
        const LaneSpan room = spanAtMark(shown, *mark, wanted, 0.5);
        const bool narrow = room.width() < wanted - 0.01;
        const double tall = kPillHeight * unit() + 2 * kRing;
        const QRectF ring(room.left + kRingPen / 2, middle - tall / 2, room.width() - kRingPen, tall);
        painter.drawRoundedRect(ring, tall / 2, tall / 2);
        own.x = ring.center().x();
        own.halfWidth = ring.width() / 2 - (narrow ? kRingNarrow : kRing);
        paintPill(painter, own, middle, color, words);
        return;
    }
    painter.drawEllipse(QPointF(own.x, middle), 10.5 * unit(), 10.5 * unit());
    paintGlyph(painter, glyphOf(own.mark), markBox(own, middle), color);
}

void TimelineCanvas::paintFan(QPainter& painter)
{
    const Fan& fan = *fan_;
    const std::size_t upTo = stateUpTo(fanOf_.lane);
    const LaneEvents& events = *prepared_[fanOf_.lane].events;
    const bool below = fan.bubble.top() > fan.anchorY;
    const double edge = below ? fan.bubble.top() : fan.bubble.bottom();
    QPainterPath outline;
    outline.addRoundedRect(fan.bubble, 7, 7);
    QPainterPath beak;
    const double tip = std::clamp(fan.anchorX, fan.bubble.left() + 14, fan.bubble.right() - 14);
    beak.addPolygon(QPolygonF({{tip - 7, edge}, {tip + 7, edge}, {tip, below ? edge - 7 : edge + 7}, {tip - 7, edge}}));
    painter.setPen(QPen(theme_.color(Theme::Role::LaneLine), 1.2));
    painter.setBrush(theme_.color(Theme::Role::Panel));
    painter.drawPath(outline.united(beak));

    const bool own = selectedLane() == fanOf_.lane;
    QString name;
    for (const Fan::Item& item : fan.items) {
        const bool here = own && item.event + 1 == upTo && events.version(item.event) == playhead_.version();
        if (here) {
            name = tr("#%1 %2").arg(events.version(item.event).value).arg(words_.nameOf(item.type));
            painter.setPen(QPen(theme_.color(Theme::Role::Playhead), 1.6));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(item.box.adjusted(-3, -3, 3, 3));
        }
        paintGlyph(painter, glyphOf(item.mark), item.box, typeColor(item.type, item.event >= upTo));
    }
    if (name.isEmpty()) name = eventsText(fanOf_.count);
    if (fan.left + fan.right > 0) name += tr(" · %1 more: click to zoom in").arg(grouped(fan.left + fan.right));
    const QFont font = theme_.text(0.85);
    painter.setPen(theme_.color(Theme::Role::TextSecondary));
    const QRectF foot(fan.bubble.left() + 6, fan.bubble.bottom() - 21 * unit(), fan.bubble.width() - 12, 18 * unit());
    drawText(painter, foot, Qt::AlignCenter, font, elidedText(font, name, Qt::ElideRight, foot.width()));
}

void TimelineCanvas::paintPlayheadLine(QPainter& painter) const
{
    const TimeScale scale = this->scale();
    const double x = playheadX();
    if (x < scale.left || x > scale.right()) return;
    verticalLine(painter, x, 2, height() - 12.0, theme_.color(Theme::Role::Playhead), 2);
}

void TimelineCanvas::paintPlayhead(QPainter& painter) const
{
    const TimeScale scale = this->scale();
    const QColor red = theme_.color(Theme::Role::Playhead);
    const double x = playheadX();
    painter.setPen(Qt::NoPen);
    painter.setBrush(red);
    if (x < scale.left || x > scale.right()) {
        // Out of view: an arrow tells on which side it stands.
        const bool left = x < scale.left;
        const double edge = left ? scale.left : scale.right();
        const double inward = left ? 9 : -9;
        painter.drawPolygon(QPolygonF({{edge, 9.0}, {edge + inward, 3.0}, {edge + inward, 15.0}}));
        return;
    }
    const double u = unit();
    painter.drawPolygon(QPolygonF({{x - 7 * u, 1.0}, {x + 7 * u, 1.0}, {x + 1.2, 10.0 * u}, {x - 1.2, 10.0 * u}}));

    const QFont font = theme_.text(0.88);
    const QString words = shortTimeText(playhead_.time());
    const double tall = kPillHeight * u;
    const double width = textWidthF(font, words) + 14;
    const double left = std::clamp(x - width / 2, scale.left, std::max(scale.left, scale.right() - width - 2));
    const QRectF pill(left, height() - tall - 3.0, width, tall);
    painter.drawRoundedRect(pill, 3, 3);
    painter.setPen(theme_.isDark() ? QColor(0x2a0d0d) : QColor(Qt::white));
    drawText(painter, pill, Qt::AlignCenter, font, words);
}

void TimelineCanvas::paintEmpty(QPainter& painter) const
{
    painter.setFont(theme_.text());
    painter.setPen(theme_.color(Theme::Role::TextSecondary));
    painter.drawText(rect().adjusted(16, 0, -16, 0), Qt::AlignCenter | Qt::TextWordWrap, emptyText_);
}

}  // namespace hindcast::ui
