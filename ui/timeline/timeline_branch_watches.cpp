// The watched fields of a branch, beside the real ones.
#include "ui/look/contrast.h"
#include "ui/look/shaped_text.h"
#include "ui/timeline/clear_place.h"
#include "ui/timeline/lane_space.h"
#include "ui/timeline/timeline_canvas.h"
#include "ui/timeline/watch_colors.h"
#include "ui/timeline/watch_text.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>

namespace hindcast::ui {

namespace {

constexpr std::size_t kMostCompared = 200;  // runs in which the same value is looked for
constexpr double kShare = 0.62;             // of a band's colour, in the branch's row

}  // namespace

void TimelineCanvas::setBranchWatches(std::vector<std::pair<QString, std::shared_ptr<const replay::WatchRuns>>> runs)
{
    const double before = watchesHeight();
    branchRuns_ = std::move(runs);
    for (DrawnWatch& watch : drawnWatches_) watch.branchValid = false;
    placeScrollBar();
    update();
    if (watchesHeight() != before) emit watchesResized();
}

const replay::WatchRuns* TimelineCanvas::branchRuns(std::size_t watch) const
{
    if (branchLane() == nullptr || !watches_[watch].runs) return nullptr;
    const auto at = std::ranges::find(branchRuns_, watches_[watch].pointer, &decltype(branchRuns_)::value_type::first);
    return at == branchRuns_.end() ? nullptr : at->second.get();
}

const std::vector<WatchPiece>& TimelineCanvas::branchPieces(std::size_t watch)
{
    DrawnWatch& drawn = drawnWatches_[watch];
    const TimeScale at = scale();
    if (drawn.branchValid && drawn.branchScale == at) return drawn.branch;
    drawn.branch.clear();
    drawn.branchScale = at;
    drawn.branchValid = true;
    const auto& places = branchLane_->places;
    const replay::WatchRuns& runs = *branchRuns(watch);
    const auto end = runs.at(std::min(runs.to(), Version{places.size()}));
    const bool line = watches_[watch].runs->isNumeric();
    const WatchLife life{runs, end ? *end + 1 : 0, [&places](Version version) { return places[version.value - 1]; }};
    drawn.branch = layOutWatch(life, at, (line ? 1 : 3) * unit(), !line);
    return drawn.branch;
}

std::optional<std::pair<double, double>> TimelineCanvas::watchRange(std::size_t watch) const
{
    auto range = watches_[watch].runs->range();
    const replay::WatchRuns* branch = branchRuns(watch);
    const auto other = branch != nullptr ? branch->range() : std::nullopt;
    if (!range || !other) return range;
    return std::pair{std::min(range->first, other->first), std::max(range->second, other->second)};
}

void TimelineCanvas::paintBranchBands(QPainter& painter, std::size_t watch)
{
    const replay::WatchRuns* runs = branchRuns(watch);
    if (runs == nullptr) return;
    const replay::WatchRuns& real = *watches_[watch].runs;
    const WatchColors colors(theme_);
    const QColor panel = theme_.color(Theme::Role::Panel);
    // A value has one colour on both sides.
    const auto colorOf = [&](std::size_t run) {
        const QString text = watchText(runs->value(run));
        for (std::size_t i = 0; i < std::min(real.size(), kMostCompared); ++i)
            if (watchText(real.value(i)) == text) return colors.band(real, i);
        return colors.band(*runs, run);
    };
    const QRectF row = bandBox(watch, 0, 0).translated(0, space::kWatchBandMore * unit());
    QPen edge(theme_.color(Theme::Role::Accent), 1, Qt::CustomDashLine);
    edge.setDashPattern({3, 3});
    for (const WatchPiece& piece : branchPieces(watch)) {
        const QRectF box(piece.left, row.top(), std::max(1.0, piece.right - piece.left - 1), row.height());
        painter.fillRect(box, steppedBack(piece.count == 1 ? colorOf(piece.first) : colors.many(), panel, kShare));
        painter.setPen(edge);
        painter.drawLine(box.bottomLeft(), box.bottomRight());
    }
}

void TimelineCanvas::paintBranchLine(QPainter& painter, const TimeScale& scale, std::size_t watch)
{
    const replay::WatchRuns* runs = branchRuns(watch);
    if (runs == nullptr || !runs->isNumeric() || !watchRange(watch)) return;
    const auto yAt = lineYs(watch);
    const auto yOf = [&](std::size_t run) -> std::optional<double> {
        const replay::WatchValue& value = runs->value(run);
        return value.kind == replay::WatchValue::Kind::Number ? std::optional(yAt(value.number)) : std::nullopt;
    };
    QPainterPath path;
    bool on = false;
    for (const WatchPiece& piece : branchPieces(watch)) {
        const auto first = yOf(piece.first);
        const auto last = yOf(piece.first + piece.count - 1);
        if (first && on)
            path.lineTo(piece.left, *first);
        else if (first)
            path.moveTo(piece.left, *first);
        on = first && last;
        if (!on) continue;
        if (piece.count > 1 && piece.extremes) {
            path.lineTo(piece.left, yAt(piece.extremes->first));
            path.lineTo(piece.right, yAt(piece.extremes->second));
        }
        path.lineTo(piece.right, *last);
    }
    painter.save();
    // Up to where it departs both are one line.
    if (branchLane_->departs) {
        const double x = std::max(scale.left, scale.pixelFromTime(branchLane_->events.at[*branchLane_->departs]));
        painter.setClipRect(QRectF(x, space::kAxis * unit(), scale.right() - x, lanesHeight()));
        QPen pen(theme_.color(Theme::Role::Accent), 1.5 * unit(), Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({3.5, 2.5});
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
    }
    painter.restore();
}

void TimelineCanvas::paintBranchBandWords(QPainter& painter, std::size_t watch)
{
    const replay::WatchRuns* runs = branchRuns(watch);
    if (runs == nullptr || !branchLane_->departs) return;
    painter.setPen(branchInk(theme_));
    const double gap = 5 * unit();
    const QFont font = theme_.text(0.88);
    const QFontMetricsF metrics(font);
    const double middle = bandBox(watch, 0, 0).center().y() + space::kWatchBandMore * unit();
    for (const WatchPiece& piece : branchPieces(watch)) {
        const double room = piece.right - piece.left - 2 * gap;
        if (piece.count > 1 || room < 18 * unit()) continue;
        drawText(painter, QPointF(piece.left + gap, middle + (metrics.ascent() - metrics.descent()) / 2), font,
                 elidedText(font, watchText(runs->value(piece.first)), Qt::ElideRight, room));
    }
}

/// The last value in view, clear of what is written already.
void TimelineCanvas::paintBranchLineWords(QPainter& painter, const TimeScale& scale, std::size_t watch,
                                          const std::vector<QRectF>& taken)
{
    const replay::WatchRuns* runs = branchRuns(watch);
    if (runs == nullptr || !branchLane_->departs) return;
    const auto& pieces = branchPieces(watch);
    if (pieces.empty() || pieces.back().count > 1) return;
    const replay::WatchValue& value = runs->value(pieces.back().first);
    if (value.kind != replay::WatchValue::Kind::Number) return;
    const QFont font = theme_.text(0.85);
    const QFontMetricsF metrics(font);
    const QString words = tr("what if %1").arg(watchText(value, 40));
    const QSizeF size(textWidthF(font, words), metrics.height());
    const double right = scale.right() - 14 * unit();
    const double y = lineYs(watch)(value.number);
    const double above = y - 5 * unit() - metrics.ascent();
    const double below = y + 3 * unit();
    // On the side of its line that the real one is not on, where there is room.
    const auto& real = *watches_[watch].runs;
    const auto last = real.size() > 0 ? std::optional(real.value(real.size() - 1)) : std::nullopt;
    const bool realIsAbove = last && last->kind == replay::WatchValue::Kind::Number && last->number > value.number;
    const double least = std::max(scale.left, std::min(pieces.back().left, right - size.width()));
    const auto place =
        clearPlace(size, least, right, realIsAbove ? std::array{below, above} : std::array{above, below}, taken, watchBox(watch));
    if (!place) return;  // the state tells it
    painter.setPen(branchInk(theme_));
    drawText(painter, QPointF(place->x(), place->y() + metrics.ascent()), font, words);
}

}  // namespace hindcast::ui
