// What the lanes of watched fields look like.
#include "ui/look/contrast.h"
#include "ui/look/glyphs.h"
#include "ui/look/shaped_text.h"
#include "ui/timeline/clear_place.h"
#include "ui/timeline/lane_space.h"
#include "ui/timeline/timeline_canvas.h"
#include "ui/timeline/watch_colors.h"
#include "ui/timeline/watch_text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr double kBandHeight = 18;
constexpr double kLineMargin = 14;  // above and below a line's extremes: room for a value's words
constexpr double kLine = 2;
constexpr double kWordsGap = 5;     // from a band's edge, or from the playhead, to words
constexpr double kLeastWords = 18;  // px of room in which words are still begun

QFont figures(const Theme& theme) { return theme.mono(0.92); }

/// Words over what is painted, on a ground of their own.
void drawOn(QPainter& painter, QPointF baseline, const QFont& font, const QString& words, const QColor& ground)
{
    const QFontMetricsF metrics(font);
    painter.fillRect(QRectF(baseline.x() - 2, baseline.y() - metrics.ascent(), textWidthF(font, words) + 4, metrics.height() - 1),
                     ground);
    drawText(painter, baseline, font, words);
}

}  // namespace

QRectF TimelineCanvas::bandBox(std::size_t watch, double left, double right) const
{
    const double tall = kBandHeight * unit();
    const double more = branchRuns(watch) != nullptr ? space::kWatchBandMore * unit() : 0;  // beneath: the branch's
    return QRectF(left, std::round(watchBox(watch).center().y() - (tall + more) / 2), right - left, tall);
}

/// Where numbers of a watch stand; found once a paint, not once a piece.
std::function<double(double)> TimelineCanvas::lineYs(std::size_t watch) const
{
    const QRectF box = watchBox(watch);
    const double margin = kLineMargin * unit();
    const auto range = watchRange(watch).value_or(std::pair{0.0, 0.0});
    return [bottom = box.bottom() - margin, tall = box.height() - 2 * margin, range](double number) {
        return bottom - shareOf(number, range) * tall;
    };
}

void TimelineCanvas::paintWatchesGround(QPainter& painter, const TimeScale& scale)
{
    if (!watchesShown()) return;
    painter.save();
    painter.setClipRect(QRectF(scale.left, space::kAxis * unit(), scale.width, lanesHeight()));
    for (std::size_t i = 0; i < watches_.size(); ++i) {
        if (!watches_[i].runs) continue;
        if (watches_[i].runs->isNumeric()) {
            paintBranchLine(painter, scale, i);
            paintWatchLine(painter, scale, i);
        } else {
            paintWatchBands(painter, i);
            paintBranchBands(painter, i);
        }
    }
    painter.restore();
}

void TimelineCanvas::paintWatchBands(QPainter& painter, std::size_t watch)
{
    const replay::WatchRuns& runs = *watches_[watch].runs;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    const WatchColors colors(theme_);
    const QRectF row = bandBox(watch, 0, 0);
    for (const WatchPiece& piece : watchPieces(watch)) {
        // A hair between neighbours, so that two of one colour are two.
        const double right = std::max(piece.right - (piece.right - piece.left > 3 ? 1 : 0), piece.left + 1);
        const QRectF box(piece.left, row.top(), right - piece.left, row.height());
        if (piece.count == 1) {
            painter.fillRect(box, colors.band(runs, piece.first));
            continue;
        }
        painter.fillRect(box, colors.many());
        painter.fillRect(box, QBrush(colors.hatch(), Qt::BDiagPattern));
    }
    painter.restore();
}

void TimelineCanvas::paintWatchLine(QPainter& painter, const TimeScale& scale, std::size_t watch)
{
    const replay::WatchRuns& runs = *watches_[watch].runs;
    const auto range = watchRange(watch);
    if (!range) return;
    const auto yAt = lineYs(watch);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (range->first <= 0 && range->second >= 0) {
        const double y = std::round(yAt(0)) + 0.5;
        painter.setPen(QPen(theme_.color(Theme::Role::TextDimmed), 1, Qt::DotLine));
        painter.drawLine(QPointF(scale.left, y), QPointF(scale.right(), y));
    }
    const QColor color = theme_.color(Theme::Role::Text);
    const QColor many = theme_.color(Theme::Role::Density);  // numbers too short-lived to be told apart
    const double ratio = devicePixelRatioF();
    const auto snapped = [ratio](double v) { return std::round(v * ratio) / ratio; };
    const double pen = std::max(1.0, std::round(kLine * unit() * ratio)) / ratio;
    const auto level = [&](double left, double right, double y) {
        painter.fillRect(QRectF(snapped(left - pen / 2), snapped(y - pen / 2), snapped(right - left + pen), pen), color);
    };
    const auto upright = [&](double x, double from, double to) {
        const double top = snapped(std::min(from, to) - pen / 2);
        painter.fillRect(QRectF(snapped(x - pen / 2), top, pen, snapped(std::max(from, to) + pen / 2) - top), color);
    };
    const auto yOf = [&](std::size_t run) -> std::optional<double> {
        const replay::WatchValue& value = runs.value(run);
        if (value.kind != replay::WatchValue::Kind::Number) return {};
        return yAt(value.number);
    };
    const WatchPiece* before = nullptr;
    for (const WatchPiece& piece : watchPieces(watch)) {
        // The step from what was in force: upright where there was a number.
        const auto from = before && before->first + before->count == piece.first ? yOf(piece.first - 1) : std::nullopt;
        const auto first = yOf(piece.first);
        if (from && first && piece.left > scale.left) upright(piece.left, *from, *first);
        if (piece.count == 1) {
            if (first) level(piece.left, piece.right, *first);
        } else if (piece.extremes) {
            const double top = yAt(piece.extremes->second);
            const double bottom = yAt(piece.extremes->first);
            const double left = snapped(piece.left - pen / 2);
            painter.fillRect(QRectF(left, snapped(top - pen / 2), std::max(pen, snapped(piece.right + pen / 2) - left),
                                    std::max(pen, snapped(bottom - top + pen))),
                             many);
        }
        before = &piece;
    }
    painter.restore();
}

/// What the line of a watched number covers near a box.
std::vector<QRectF> TimelineCanvas::lineBoxes(std::size_t watch, const QRectF& near)
{
    const replay::WatchRuns& runs = *watches_[watch].runs;
    const auto yAt = lineYs(watch);
    const double pen = std::max(1.0, kLine * unit());
    const auto yOf = [&](std::size_t run) -> std::optional<double> {
        const replay::WatchValue& value = runs.value(run);
        return value.kind == replay::WatchValue::Kind::Number ? std::optional(yAt(value.number)) : std::nullopt;
    };
    const auto between = [pen](double left, double right, double one, double other) {
        return QRectF(left - pen / 2, std::min(one, other) - pen / 2, right - left + pen, std::abs(other - one) + pen);
    };
    std::vector<QRectF> boxes;
    const WatchPiece* before = nullptr;
    for (const WatchPiece& piece : watchPieces(watch)) {
        const auto from = before && before->first + before->count == piece.first ? yOf(piece.first - 1) : std::nullopt;
        before = &piece;
        if (piece.right < near.left() - pen || piece.left > near.right() + pen) continue;
        const auto first = yOf(piece.first);
        if (from && first) boxes.push_back(between(piece.left, piece.left, *from, *first));
        if (piece.count == 1 && first)
            boxes.push_back(between(piece.left, piece.right, *first, *first));
        else if (piece.extremes)
            boxes.push_back(between(piece.left, piece.right, yAt(piece.extremes->first), yAt(piece.extremes->second)));
    }
    return boxes;
}

void TimelineCanvas::paintWatches(QPainter& painter, const TimeScale& scale)
{
    if (!watchesShown()) return;
    const QRectF lanes(0, space::kAxis * unit(), width(), lanesHeight());
    for (std::size_t i = 0; i < watches_.size(); ++i) {
        if (!watchBox(i).intersects(lanes)) continue;
        painter.save();
        painter.setClipRect(lanes);
        paintWatchLabel(painter, scale, i);
        painter.setClipRect(QRectF(scale.left, lanes.top(), scale.width, lanes.height()));
        const WatchLane& one = watches_[i];
        if (one.runs && one.runs->isNumeric()) {
            paintBranchLineWords(painter, scale, i, paintLineWords(painter, scale, i));
        } else if (one.runs) {
            paintBandWords(painter, scale, i);
            paintBranchBandWords(painter, i);
        }
        if (!one.note.isEmpty()) {
            const QFont font = theme_.text(0.85);
            const QFontMetricsF metrics(font);
            painter.setPen(theme_.color(Theme::Role::TextSecondary));
            const double y = watchBox(i).center().y() + (metrics.ascent() - metrics.descent()) / 2;
            drawOn(painter, QPointF(scale.left + 8, y), font, elidedText(font, one.note, Qt::ElideRight, scale.width - 16),
                   theme_.color(Theme::Role::Panel));
        }
        painter.restore();
    }
}

void TimelineCanvas::paintWatchLabel(QPainter& painter, const TimeScale& scale, std::size_t watch) const
{
    const WatchLane& one = watches_[watch];
    const QRectF box = watchBox(watch);
    const double left = 10 * unit();
    const bool focused = focusedWatch_ == watch && hasFocus();
    if (focused) {
        painter.fillRect(QRectF(0, box.top() + 2, scale.left - 6, box.height() - 4), theme_.color(Theme::Role::AccentSoft));
        painter.fillRect(QRectF(0, box.top() + 2, 3, box.height() - 4), theme_.color(Theme::Role::Accent));
    }
    const QFont font = theme_.mono(0.95);
    const QFontMetricsF metrics(font);
    painter.setPen(theme_.color(focused ? Theme::Role::Text : Theme::Role::TextSecondary));
    const double baseline = box.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    const QRectF close = watchCloseBox(watch);
    const QString name = one.pointer.isEmpty() ? tr("(the whole state)") : one.pointer;
    drawText(painter, QPointF(left, baseline), font, elidedText(font, name, Qt::ElideMiddle, close.left() - left - 2));
    if (focused || hoveredWatch_ == watch)
        paintGlyph(painter, Glyph::Close, close.adjusted(3, 3, -3, -3), theme_.color(Theme::Role::TextSecondary));
    const auto range = one.runs && one.runs->isNumeric() ? watchRange(watch) : std::nullopt;
    if (range && range->first <= 0 && range->second >= 0) {
        const QFont small = figures(theme_);
        const QString zero = QStringLiteral("0");
        painter.setPen(theme_.color(Theme::Role::TextSecondary));
        const QFontMetricsF of(small);
        drawText(painter,
                 QPointF(scale.left - 5 * unit() - textWidthF(small, zero), lineYs(watch)(0) + (of.ascent() - of.descent()) / 2),
                 small, zero);
    }
}

void TimelineCanvas::paintBandWords(QPainter& painter, const TimeScale& scale, std::size_t watch)
{
    const replay::WatchRuns& runs = *watches_[watch].runs;
    const QFont font = theme_.text(0.88);
    const QFontMetricsF metrics(font);
    const double gap = kWordsGap * unit();
    const auto here = runAtPlayhead(watch);
    const double at = playheadX();
    bool told = false;
    painter.setPen(theme_.color(Theme::Role::Text));
    const WatchColors colors(theme_);
    const double baseline = bandBox(watch, 0, 0).center().y() + (metrics.ascent() - metrics.descent()) / 2;
    for (const WatchPiece& piece : watchPieces(watch)) {
        if (piece.count > 1) continue;
        const double left = piece.left + gap;
        const double room = piece.right - gap - left;
        if (room < kLeastWords * unit()) continue;
        const QString whole = watchText(runs.value(piece.first));
        const QString words = elidedText(font, whole, Qt::ElideRight, room);
        if (here == piece.first && words != whole) continue;  // told whole beside the playhead
        const double wide = textWidthF(font, words);
        // Words that the playhead's line passes through are read over it.
        if (at > left - 2 && at < left + wide + 2)
            drawOn(painter, QPointF(left, baseline), font, words, colors.band(runs, piece.first));
        else
            drawText(painter, QPointF(left, baseline), font, words);
        told = told || here == piece.first;
    }
    if (told || !here || at < scale.left || at >= scale.right()) return;
    // The value as of the playhead has too little room of its own.
    QString words = watchText(runs.value(*here));
    if (words.isEmpty()) return;
    words = elidedText(font, words, Qt::ElideRight, std::min(220 * unit(), scale.width / 2));
    const double wide = textWidthF(font, words) + 2 * gap;
    const double left = at + gap + wide > scale.right() ? at - gap - wide : at + gap;
    const QRectF box = bandBox(watch, left, left + wide);
    painter.fillRect(box.adjusted(-1, -1, 1, 1), theme_.color(Theme::Role::Panel));
    painter.fillRect(box, colors.band(runs, *here));
    drawText(painter, QPointF(left + gap, baseline), font, words);
}

/// Where they stand now.
std::vector<QRectF> TimelineCanvas::paintLineWords(QPainter& painter, const TimeScale& scale, std::size_t watch)
{
    const replay::WatchRuns& runs = *watches_[watch].runs;
    const QFont font = figures(theme_);
    const QFontMetricsF metrics(font);
    const double gap = kWordsGap * unit();
    const auto here = runAtPlayhead(watch);
    const double at = playheadX();
    const QRectF box = watchBox(watch);
    // Above the line, or below where what is above is another lane's.
    const auto yAt = lineYs(watch);
    const auto baselineAt = [&](double number) {
        const double y = yAt(number);
        const double above = y - 5 * unit();
        return above - metrics.ascent() < box.top() - 2 ? y + metrics.ascent() + 3 * unit() : above;
    };
    std::vector<QRectF> taken;
    const auto write = [&](double left, double number, const QString& words, double wide, bool onGround) {
        const QPointF baseline(left, baselineAt(number));
        taken.emplace_back(left, baseline.y() - metrics.ascent(), wide, metrics.height());
        if (onGround)
            drawOn(painter, baseline, font, words, theme_.color(Theme::Role::Panel));
        else
            drawText(painter, baseline, font, words);
    };
    bool told = false;
    for (const WatchPiece& piece : watchPieces(watch)) {
        if (piece.right - piece.left < kLeastWords * unit()) continue;
        const replay::WatchValue& value = runs.value(piece.first);
        if (piece.count > 1 || value.kind != replay::WatchValue::Kind::Number) continue;
        const QString words = watchText(value, 40);
        const double wide = textWidthF(font, words);
        const double left = piece.left + gap;
        if (left + wide > piece.right - 2) continue;
        const bool current = here == piece.first;
        painter.setPen(theme_.color(current ? Theme::Role::Text : Theme::Role::TextSecondary));
        write(left, value.number, words, wide, at > left - 2 && at < left + wide + 2);
        told = told || current;
    }
    if (told || !here || at < scale.left || at >= scale.right()) return taken;
    const replay::WatchValue& value = runs.value(*here);
    if (value.kind != replay::WatchValue::Kind::Number) return taken;
    const QString words = watchText(value, 40);
    const double wide = textWidthF(font, words);
    // It has a ground, which must not hide where its own line goes: beside the playhead to the right where there is room, above the
    // line or below it.
    const double y = yAt(value.number);
    std::vector<QRectF> places;
    for (const double left : {at + gap, at - gap - wide}) {
        if (left > at && left + wide > scale.right()) continue;
        for (const double baseline : {y - 5 * unit(), y + metrics.ascent() + 3 * unit()}) {
            if (baseline - metrics.ascent() < box.top() - 2 || baseline > box.bottom() + 2) continue;
            places.emplace_back(left - 2, baseline - metrics.ascent(), wide + 4, metrics.height() - 1);
        }
    }
    if (places.empty()) return taken;
    std::vector<QRectF> covered = lineBoxes(watch, places.front().united(places.back()));
    covered.insert(covered.end(), taken.begin(), taken.end());
    const QRectF place = places[leastCovering(places, covered)];
    painter.setPen(theme_.color(Theme::Role::Text));
    drawOn(painter, QPointF(place.left() + 2, place.top() + metrics.ascent()), font, words, theme_.color(Theme::Role::Panel));
    taken.push_back(place);
    return taken;
}

}  // namespace hindcast::ui
