#include "ui/look/format.h"
#include "ui/look/glyphs.h"
#include "ui/look/shaped_text.h"
#include "ui/timeline/overview_strip.h"

#include <QPainter>

#include <cmath>

namespace hindcast::ui {

namespace {

// In pixels of a desk: the marks and their band grow with the theme's zoom.
constexpr double kTop = 6;
constexpr double kMarkBand = 9;  // beneath the columns, for what is rare
constexpr double kMark = 5;
constexpr double kRareShare = 0.3;  // of the width: marks that take more are not of rare things
constexpr float kPale = 0.62F;      // opacity of what has no colour
constexpr float kFrame = 0.6F;      // of the box's edges, which are no second playhead

}  // namespace

const OverviewGeometry& OverviewStrip::geometry()
{
    const TimeScale wantedScale = scale();
    if (geometryValid_ && wantedScale == geometryScale_) return geometry_;
    geometry_ = density_ ? layOutOverview(*density_, wantedScale, kTop, height() - kMarkBand * theme_.zoom(), devicePixelRatioF(),
                                          words_.series)
                         : OverviewGeometry{};
    geometryScale_ = wantedScale;
    geometryValid_ = true;
    columnsValid_ = false;
    return geometry_;
}

void OverviewStrip::paintColumns()
{
    const OverviewGeometry& shown = geometry();
    const double ratio = devicePixelRatioF();
    const QSize size = this->size() * ratio;
    if (columnsValid_ && columns_.size() == size) return;
    columns_ = QPixmap(size);
    columns_.setDevicePixelRatio(ratio);
    columns_.fill(Qt::transparent);
    QPainter painter(&columns_);
    painter.setPen(Qt::NoPen);
    const auto fill = [&painter](const std::vector<QRectF>& boxes, const QColor& color) {
        if (boxes.empty()) return;
        painter.setBrush(color);
        painter.drawRects(boxes.data(), static_cast<int>(boxes.size()));
    };
    std::vector<QRectF> boxes;
    for (int series = 0; series < Theme::kSeries; ++series) {
        boxes.clear();
        for (const OverviewRect& piece : shown.pieces)
            if (piece.series == series) boxes.push_back(piece.box);
        fill(boxes, theme_.series(series));
    }
    // Types without a colour are often most of a log: pale, so that the others show.
    boxes.clear();
    for (const OverviewRect& piece : shown.pieces)
        if (piece.series < 0) boxes.push_back(piece.box);
    QColor pale = theme_.color(Theme::Role::Density);
    pale.setAlphaF(kPale);
    fill(boxes, pale);
    // The shapes of the lanes: a cross where a life ends, a hollow square for a reject. Bounded by the width, not by events.
    painter.setRenderHint(QPainter::Antialiasing);
    const double side = kMark * theme_.zoom();
    const double y = height() - kMarkBand * theme_.zoom() / 2;
    const auto marks = [&](const std::vector<double>& places, const auto& paint) {
        double free = -1e18;
        for (const double x : places) {
            if (x < free) continue;
            free = x + side + 1;
            paint(QRectF(x - side / 2, y - side / 2, side, side));
        }
    };
    // Where lives end everywhere, a mark in each place would tell nothing: the tip counts them.
    if (static_cast<double>(shown.deaths.size()) * kMarkSpacing < kRareShare * scale().width)
        marks(shown.deaths,
              [&](const QRectF& box) { paintGlyph(painter, Glyph::Cross, box, theme_.color(Theme::Role::TextSecondary)); });
    painter.setPen(QPen(theme_.color(Theme::Role::Warning), 1.2));
    painter.setBrush(theme_.color(Theme::Role::Panel));
    marks(shown.rejects, [&](const QRectF& box) { painter.drawRect(box); });
    columnsValid_ = true;
}

void OverviewStrip::paintLabel(QPainter& painter) const
{
    const double left = 10 * theme_.zoom();
    const double room = gutter() - left - 10;
    painter.setPen(theme_.color(Theme::Role::TextSecondary));
    const auto write = [&](double y, const QFont& font, const QString& words) {
        drawText(painter, QPointF(left, height() / 2.0 + y), font, elidedText(font, words, Qt::ElideRight, room));
    };
    write(-theme_.px(3), theme_.text(0.92), tr("whole log"));
    write(theme_.px(12), theme_.text(0.85), eventsText(events_));
}

void OverviewStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme_.color(Theme::Role::Panel));
    paintLabel(painter);
    const TimeScale at = scale();
    const double ratio = devicePixelRatioF();
    const auto sharp = [ratio](double x) { return std::round(x * ratio) / ratio; };
    if (hasLog()) {
        const QRectF shown = box();
        if (!shown.isNull()) painter.fillRect(shown, theme_.color(Theme::Role::AccentSoft));
        paintColumns();
        painter.drawPixmap(0, 0, columns_);
        painter.fillRect(QRectF(at.left, sharp(height() - kMarkBand * theme_.zoom()), at.width, 1 / ratio),
                         theme_.color(Theme::Role::LaneLine));
        QColor frame = theme_.color(Theme::Role::Accent);
        frame.setAlphaF(kFrame);
        if (!shown.isNull())
            for (const double x : {shown.left(), shown.right() - 1})
                painter.fillRect(QRectF(sharp(x), shown.top(), 1, shown.height()), frame);
        const double x = at.pixelFromTime(playhead_.time());
        if (playhead_.history() != nullptr && x >= at.left - 0.5 && x <= at.right() + 0.5)
            painter.fillRect(QRectF(sharp(x - 0.5), 0, 1, height()), theme_.color(Theme::Role::Playhead));
    }
    focus_.paint(painter, theme_);
}

}  // namespace hindcast::ui
