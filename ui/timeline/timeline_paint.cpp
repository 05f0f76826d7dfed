#include "ui/look/format.h"
#include "ui/look/glyphs.h"
#include "ui/timeline/axis_label.h"
#include "ui/timeline/timeline_canvas.h"

#include <QElapsedTimer>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <ranges>

namespace hindcast::ui {

namespace {

constexpr double kTickSpacing = 118;
constexpr double kAxisTextY = 24;  // baseline of the axis's words
constexpr double kAxisTop = 8;     // where the grid begins
constexpr double kColumnHeight = 34;
constexpr double kPillHeight = 18;
constexpr double kFuture = 0.38;  // how much is left of the colour of what the playhead has not reached

Glyph glyphOf(Mark mark)
{
    switch (mark) {
        case Mark::Birth: return Glyph::Triangle;
        case Mark::Plain: return Glyph::Circle;
        case Mark::Death: return Glyph::Cross;
        case Mark::Snapshot: return Glyph::Diamond;
        case Mark::Message: return Glyph::Square;
    }
    return Glyph::Circle;
}

QColor blend(const QColor& color, const QColor& ground, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a * share + b * (1 - share))); };
    return QColor(mix(color.red(), ground.red()), mix(color.green(), ground.green()), mix(color.blue(), ground.blue()));
}

QRectF markBox(const LaneMark& mark, double middle)
{
    return QRectF(mark.x - mark.halfWidth, middle - mark.halfWidth, 2 * mark.halfWidth, 2 * mark.halfWidth);
}

/// A vertical hairline that is sharp at any pixel ratio.
void verticalLine(QPainter& painter, double x, double top, double bottom, const QColor& color, double width)
{
    const double ratio = painter.device()->devicePixelRatioF();
    const double left = std::round((x - width / 2) * ratio) / ratio;
    painter.fillRect(QRectF(left, top, width, bottom - top), color);
}

}  // namespace

QColor TimelineCanvas::typeColor(TypeId type, bool future) const
{
    const QColor color = theme_.series(words_.series ? words_.series(type) : -1);
    return future ? blend(color, theme_.color(Theme::Role::Panel), kFuture) : color;
}

void TimelineCanvas::paintEvent(QPaintEvent*)
{
    QElapsedTimer timer;
    timer.start();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme_.color(Theme::Role::Panel));
    if (!hasHistory()) {
        paintEmpty(painter);
        return;
    }
    const TimeScale at = scale();
    (void)geometry();
    paintAxis(painter, at);
    paintLaneLabel(painter);
    painter.save();
    painter.setClipRect(QRectF(at.left - 8, 0, at.width + 8, height()));
    const double middle = laneMiddle();
    const double ratio = devicePixelRatioF();
    if (!geometry_.density())
        painter.fillRect(QRectF(at.left, std::round(middle * ratio) / ratio, at.width, 1), theme_.color(Theme::Role::LaneLine));
    if (geometry_.density())
        paintDensity(painter);
    else
        paintMarks(painter, at);
    paintRejects(painter, at);
    painter.restore();
    paintPlayhead(painter, at);
    painter.save();
    painter.setClipRect(QRectF(at.left - 8, 0, at.width + 8, height()));
    paintStoodUpon(painter, at);
    painter.restore();
    if (hasFocus() && focusByKeyboard_) {
        painter.setPen(QPen(theme_.color(Theme::Role::Accent), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    lastFrame_ = std::chrono::nanoseconds(timer.nsecsElapsed());
}

void TimelineCanvas::paintAxis(QPainter& painter, const TimeScale& scale) const
{
    const TickStep step = tickStepFor(scale, kTickSpacing);
    const QFont font = theme_.text(0.88);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    std::vector<Tick> ticks = ticksOf(scale, step);
    for (Tick& tick : ticks) {
        verticalLine(painter, tick.x, kAxisTop, height() - 4.0, theme_.color(Theme::Role::Grid), 1);
        if (&tick == &ticks.front()) tick.x = -1;  // tells a label that it is the first: it names the year
        const QString label = axisLabel(tick, step);
        tick.x = scale.pixelFromTime(tick.time);
        if (tick.x + 4 + metrics.horizontalAdvance(label) > scale.right()) continue;
        painter.setPen(theme_.color(Theme::Role::TextSecondary));
        painter.drawText(QPointF(tick.x + 5, kAxisTextY), label);
    }
}

void TimelineCanvas::paintLaneLabel(QPainter& painter) const
{
    const double left = 10;
    const double room = scale().left - left - 10;
    const double middle = laneMiddle();
    const QFont name = theme_.strong(0.92);
    painter.setFont(name);
    painter.setPen(theme_.color(Theme::Role::Text));
    painter.drawText(QPointF(left, middle - 2), QFontMetricsF(name).elidedText(laneName_, Qt::ElideMiddle, room));
    const QFont about = theme_.text(0.85);
    painter.setFont(about);
    painter.setPen(theme_.color(Theme::Role::TextSecondary));
    painter.drawText(QPointF(left, middle + 13), QFontMetricsF(about).elidedText(laneAbout_, Qt::ElideRight, room));
}

void TimelineCanvas::paintMarks(QPainter& painter, const TimeScale&)
{
    const double middle = laneMiddle();
    const std::size_t version = static_cast<std::size_t>(playhead_.version().value);
    const QFont label = theme_.text(0.88);
    const QColor text = theme_.color(Theme::Role::TextSecondary);
    const QColor futureText = theme_.color(Theme::Role::TextDimmed);
    // From the right, so that a mark lies over the labels and marks that come after it.
    for (const LaneMark& mark : std::views::reverse(geometry_.marks)) {
        const bool future = mark.first >= version;
        const QColor color = typeColor(mark.type, future);
        if (mark.label && words_.name) {
            painter.setFont(label);
            painter.setPen(future ? futureText : text);
            QString name = words_.name(mark.type);
            // The cluster that the playhead stands in is called by the event it stands on, in the room that there is.
            if (version > mark.first && version <= mark.first + mark.count) {
                const double room = QFontMetricsF(label).horizontalAdvance(name) + 8;
                name = QFontMetricsF(label).elidedText(words_.name(playhead_.history()->events[version - 1].type), Qt::ElideRight,
                                                       room);
            }
            painter.drawText(QPointF(mark.x - mark.halfWidth, middle + 22), name);
        }
        if (mark.count == 1)
            paintGlyph(painter, glyphOf(mark.mark), markBox(mark, middle), color);
        else
            paintPill(painter, mark, color, QStringLiteral("×%1").arg(mark.count));
    }
}

void TimelineCanvas::paintPill(QPainter& painter, const LaneMark& mark, const QColor& color, const QString& words) const
{
    const QRectF pill(mark.x - mark.halfWidth, laneMiddle() - kPillHeight / 2, 2 * mark.halfWidth, kPillHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(pill, kPillHeight / 2, kPillHeight / 2);
    painter.setFont(pillFont());
    painter.setPen(color.lightnessF() > 0.62 ? QColor(0x1c2430) : QColor(Qt::white));
    painter.drawText(pill, Qt::AlignCenter, words);
}

void TimelineCanvas::paintDensity(QPainter& painter) const
{
    const double base = laneMiddle() + 18;
    const auto version = static_cast<std::size_t>(playhead_.version().value);
    const QColor past = theme_.color(Theme::Role::Density);
    const QColor future = blend(past, theme_.color(Theme::Role::Panel), kFuture);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const LaneColumn& column : geometry_.columns) {
        const double height =
            std::max(2.0, kColumnHeight * static_cast<double>(column.count) / static_cast<double>(geometry_.mostInColumn));
        painter.fillRect(QRectF(column.x, base - height, column.width, height), column.first >= version ? future : past);
    }
    painter.restore();
    painter.setFont(theme_.text(0.85));
    painter.setPen(theme_.color(Theme::Role::TextSecondary));
    painter.drawText(QPointF(scale().left + 6, base + 15),
                     tr("density: %1 events in view, at most %2 a column; zoom in for one mark per event")
                         .arg(grouped(geometry_.endVisible - geometry_.firstVisible), grouped(geometry_.mostInColumn)));
}

void TimelineCanvas::paintRejects(QPainter& painter, const TimeScale& scale) const
{
    const auto from = std::lower_bound(rejectTimes_.begin(), rejectTimes_.end(), scale.from);
    const auto to = std::lower_bound(from, rejectTimes_.end(), scale.to);
    painter.setPen(QPen(theme_.color(Theme::Role::Warning), 1.5));
    painter.setBrush(theme_.color(Theme::Role::Panel));
    double last = -1e18;
    for (auto time = from; time != to; ++time) {
        const double x = scale.pixelFromTime(*time);
        if (x - last < 4) continue;
        last = x;
        painter.drawRect(QRectF(x - 4, laneMiddle() - 18, 8, 8));
    }
}

void TimelineCanvas::paintStoodUpon(QPainter& painter, const TimeScale& scale)
{
    const std::uint64_t version = playhead_.version().value;
    if (version == 0) return;
    const replay::HistoryEvent& event = playhead_.history()->events[version - 1];
    const double middle = laneMiddle();
    const QColor panel = theme_.color(Theme::Role::Panel);
    const QColor color = typeColor(event.type, false);

    // The mark that holds the event; in a density lane the event gets one of its own.
    LaneMark own;
    own.x = scale.pixelFromTime(event.effective);
    own.halfWidth = 6.5;
    own.mark = markOf(*playhead_.history(), version - 1);
    const auto found = std::find_if(geometry_.marks.begin(), geometry_.marks.end(), [version](const LaneMark& mark) {
        return version - 1 >= mark.first && version - 1 < mark.first + mark.count;
    });
    if (found != geometry_.marks.end()) own = *found;
    painter.setBrush(panel);
    painter.setPen(QPen(blend(color, theme_.color(Theme::Role::Text), 0.75), 1.6));
    if (own.count > 1) {
        // Which of the cluster's events it is.
        const QString words = QStringLiteral("%1/%2").arg(version - own.first).arg(own.count);
        own.halfWidth = std::max(own.halfWidth, QFontMetricsF(pillFont()).horizontalAdvance(words) / 2 + 6);
        const QRectF pill(own.x - own.halfWidth - 3, middle - kPillHeight / 2 - 3, 2 * own.halfWidth + 6, kPillHeight + 6);
        painter.drawRoundedRect(pill, kPillHeight / 2 + 3, kPillHeight / 2 + 3);
        paintPill(painter, own, color, words);
        return;
    }
    painter.drawEllipse(QPointF(own.x, middle), 10.5, 10.5);
    paintGlyph(painter, glyphOf(own.mark), markBox(own, middle), color);
}

void TimelineCanvas::paintPlayhead(QPainter& painter, const TimeScale& scale) const
{
    const QColor red = theme_.color(Theme::Role::Playhead);
    const double x = scale.pixelFromTime(playhead_.time());
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
    verticalLine(painter, x, 2, height() - 12.0, red, 2);
    painter.drawPolygon(QPolygonF({{x - 7, 1.0}, {x + 7, 1.0}, {x + 1.2, 10.0}, {x - 1.2, 10.0}}));

    const QFont font = theme_.text(0.88);
    const QString words = shortTimeText(playhead_.time());
    const double width = QFontMetricsF(font).horizontalAdvance(words) + 14;
    const double left = std::clamp(x - width / 2, scale.left, std::max(scale.left, scale.right() - width - 2));
    const QRectF pill(left, height() - kPillHeight - 3.0, width, kPillHeight);
    painter.drawRoundedRect(pill, 3, 3);
    painter.setFont(font);
    painter.setPen(theme_.isDark() ? QColor(0x2a0d0d) : QColor(Qt::white));
    painter.drawText(pill, Qt::AlignCenter, words);
}

void TimelineCanvas::paintEmpty(QPainter& painter) const
{
    painter.setFont(theme_.text());
    painter.setPen(theme_.color(Theme::Role::TextSecondary));
    painter.drawText(rect().adjusted(16, 0, -16, 0), Qt::AlignCenter | Qt::TextWordWrap, emptyText_);
}

}  // namespace hindcast::ui
