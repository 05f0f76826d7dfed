#include "ui/timeline/axis_marks.h"

#include "ui/look/contrast.h"
#include "ui/look/shaped_text.h"
#include "ui/timeline/lane_space.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr double kWidth = 15;
constexpr double kHeight = 14;
constexpr double kTop = space::kAxis - 8;  // beneath the ticks' words
constexpr double kDash = 4;

const char* const kLetters[] = {"A", "B"};

}  // namespace

QRectF markFlag(Timestamp place, const TimeScale& scale, double zoom)
{
    const double x = scale.pixelFromTime(place);
    if (x < scale.left || x > scale.right()) return {};
    const double width = kWidth * zoom;
    const double left = std::clamp(x - width / 2, scale.left - space::kOver * zoom, scale.right() - width);
    return {std::round(left), std::round(kTop * zoom), width, kHeight * zoom};
}

void paintMarkLines(QPainter& painter, const AxisMarks& marks, const TimeScale& scale, double bottom, const Theme& theme)
{
    for (const auto& place : marks.places) {
        if (!place) continue;
        const QRectF flag = markFlag(*place, scale, theme.zoom());
        if (flag.isNull()) continue;
        const double ratio = painter.device()->devicePixelRatioF();
        const double x = std::round((scale.pixelFromTime(*place) - 0.5) * ratio) / ratio;
        for (double y = flag.bottom(); y < bottom; y += 2 * kDash)
            painter.fillRect(QRectF(x, y, 1, std::min(kDash, bottom - y)), theme.color(Theme::Role::Accent));
    }
}

void paintMarkFlags(QPainter& painter, const AxisMarks& marks, const TimeScale& scale, const Theme& theme)
{
    const QColor fill = theme.color(Theme::Role::Accent);
    const QFont font = theme.strong(0.8);
    QRectF before;
    for (std::size_t i = 0; i < marks.places.size(); ++i) {
        if (!marks.places[i]) continue;
        QRectF flag = markFlag(*marks.places[i], scale, theme.zoom());
        if (flag.isNull()) continue;
        if (!before.isNull() && flag.intersects(before)) {
            // Away from the other, to the side where there is room.
            const bool right = flag.center().x() >= before.center().x() && before.right() + flag.width() <= scale.right();
            flag.moveLeft(right ? before.right() + 1 : before.left() - flag.width() - 1);
        }
        before = flag;
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawRoundedRect(flag, 3, 3);
        painter.setPen(wordsOn(fill));
        drawText(painter, flag, Qt::AlignCenter, font, QString::fromLatin1(kLetters[i]));
    }
}

}  // namespace hindcast::ui
