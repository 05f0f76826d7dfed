// What a RowView looks like, beside its cells.
#include "ui/look/row_view.h"

#include "ui/look/format.h"
#include "ui/look/shaped_text.h"

#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

void RowView::paintText(QPainter& painter, const QRect& rect, const QString& text, const QFont& font, const QColor& color,
                        Qt::Alignment alignment, Qt::TextElideMode elide)
{
    if (rect.width() <= 0 || text.isEmpty()) return;
    painter.setPen(color);
    drawText(painter, QRectF(rect), alignment, font, elidedText(font, text, elide, rect.width()));
}

void RowView::paintStruck(QPainter& painter, const QRect& rect, const QString& text, const QFont& font, const QColor& color)
{
    if (rect.width() <= 0 || text.isEmpty()) return;
    paintText(painter, rect, text, font, color);
    if (text.size() == 1) return;
    const QFontMetricsF metrics(font);
    const double baseline = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent();
    const double ratio = painter.device()->devicePixelRatioF();
    const double y = std::round((baseline - metrics.strikeOutPos()) * ratio) / ratio;
    painter.fillRect(QRectF(rect.left(), y, std::min(textWidth(font, text), rect.width()), 1), color);
}

void RowView::paintHeader(QPainter& painter) const
{
    const QRect bar(0, 0, viewport()->width(), fullHeader());
    painter.fillRect(bar, theme_.color(Theme::Role::Panel));
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        QRect rect(columnLeft(static_cast<int>(i)) + kCellPadding, 0, widths_[i] - 2 * kCellPadding, fullHeader() - 1);
        if (static_cast<int>(i) == sortColumn_) {
            const double x = columns_[i].alignment & Qt::AlignRight
                                 ? rect.right() - 6
                                 : rect.left() + std::min(rect.width() - 8, textWidth(theme_.text(), columns_[i].title) + 6);
            const double y = fullHeader() / 2.0;
            const double up = sortOrder_ == Qt::AscendingOrder ? -2.0 : 2.0;
            QPainterPath arrow(QPointF(x, y - up));
            arrow.lineTo(x + 7, y - up);
            arrow.lineTo(x + 3.5, y + up);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.fillPath(arrow, theme_.color(Theme::Role::TextSecondary));
            painter.setRenderHint(QPainter::Antialiasing, false);
            if (columns_[i].alignment & Qt::AlignRight) rect.adjust(0, 0, -kSortArrow, 0);
        }
        paintText(painter, rect, columns_[i].title, theme_.text(), theme_.color(Theme::Role::TextSecondary),
                  columns_[i].alignment);
    }
    painter.fillRect(0, fullHeader() - 1, viewport()->width(), 1, theme_.color(Theme::Role::Line));
}

void RowView::paintEmpty(QPainter& painter) const
{
    const QRect area = viewport()->rect().adjusted(12, headerHeight(), -12, 0);
    painter.setFont(theme_.text());
    const int flags = static_cast<int>(Qt::AlignHCenter | Qt::AlignTop) | Qt::TextWordWrap;
    const QFontMetrics metrics(theme_.text());
    const QString sentence = wrappable(emptySentence_);
    const QString hint = wrappable(emptyHint_);
    const int first = metrics.boundingRect(area, flags, sentence).height();
    const int second = hint.isEmpty() ? 0 : metrics.boundingRect(area, flags, hint).height() + 4;
    QRect rect = area;
    rect.setTop(area.top() + std::max(8, (area.height() - first - second) * 2 / 5));
    painter.setPen(theme_.color(Theme::Role::Text));
    painter.drawText(rect, flags, sentence);
    if (second == 0) return;
    rect.setTop(rect.top() + first + 4);
    painter.setPen(theme_.color(Theme::Role::TextSecondary));
    painter.drawText(rect, flags, hint);
}

void RowView::paintRow(QPainter& painter, Row row, int y, const QRegion& asked) const
{
    const QRect line(0, y, viewport()->width(), rowHeight());
    if (!asked.intersects(line)) return;
    const bool current = row == current_;
    const bool across = paintsAcrossColumns();
    const QColor tint = rowTint(row);
    if (tint.isValid()) painter.fillRect(line, tint);
    if (current)
        painter.fillRect(line, currentTint(row));
    else if (row == hovered_ && !tint.isValid())
        painter.fillRect(line, theme_.color(Theme::Role::Field));
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const QRect full(columnLeft(static_cast<int>(i)), y, widths_[i], rowHeight());
        if (!across && !asked.intersects(full)) continue;
        painter.setClipRect(full);
        paintCell(painter, RowCell{row, static_cast<int>(i), full.adjusted(kCellPadding, 0, -kCellPadding, 0), full, current,
                                   row == hovered_});
    }
    painter.setClipping(false);
    if (current && hasFocus()) painter.fillRect(QRect(0, y, 2, rowHeight()), theme_.color(Theme::Role::Accent));
}

void RowView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme_.color(Theme::Role::Panel));
    const auto [first, last] = visibleRows();
    const Row head = stickyHead();
    for (Row row = first; row <= last; ++row)
        paintRow(painter, row == first && head != kNone ? head : row,
                 headerHeight() + static_cast<int>(row - first) * rowHeight(), event->region());
    // The rows pass beneath it.
    if (head != kNone)
        painter.fillRect(0, headerHeight() + rowHeight() - 1, viewport()->width(), 1, theme_.color(Theme::Role::Line));
    if (headerVisible_ && event->rect().top() < fullHeader()) paintHeader(painter);
    if (rowCount() == 0 && !emptySentence_.isEmpty()) paintEmpty(painter);
    // Without a row in view that shows it, the whole view does.
    const bool seen =
        current_ != kNone && (current_ == head || (current_ >= (head == kNone ? first : first + 1) && current_ <= last));
    if (hasFocus() && !seen) {
        painter.setPen(theme_.color(Theme::Role::Accent));
        painter.setBrush(Qt::NoBrush);  // a cell may have left one
        painter.drawRect(viewport()->rect().adjusted(0, headerHeight(), -1, -1));
    }
}

}  // namespace hindcast::ui
