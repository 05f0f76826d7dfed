// The rows: how many, which are in view, which is the current one.
#include "ui/look/row_view.h"

#include <QResizeEvent>
#include <QScrollBar>

#include <algorithm>
#include <limits>
#include <utility>

namespace hindcast::ui {

RowView::RowView(const Theme& theme, QWidget* parent) : QAbstractScrollArea(parent), theme_(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    verticalScrollBar()->setSingleStep(1);
    horizontalScrollBar()->setSingleStep(20);
    connect(&theme, &Theme::changed, this, [this] {
        const Row top = topRow();
        if (const double grown = theme_.zoom() / columnsZoom_; grown != 1) {
            for (RowColumn& column : columns_) {
                column.width = qRound(column.width * grown);
                column.least = qRound(column.least * grown);
            }
            columnsZoom_ = theme_.zoom();
            layoutColumns();
        }
        updateGeometry();
        updateScrollBars();
        setTopRow(top);
        if (current_ != kNone) ensureVisible(current_);
        viewport()->update();
        reportVisible(false);
    });
}

void RowView::setHeaderVisible(bool visible)
{
    headerVisible_ = visible;
    rowsChanged();
}

void RowView::setSortMark(int column, Qt::SortOrder order)
{
    sortColumn_ = column;
    sortOrder_ = order;
    viewport()->update();
}

void RowView::setEmptyText(const QString& sentence, const QString& hint)
{
    if (sentence == emptySentence_ && hint == emptyHint_) return;
    emptySentence_ = sentence;
    emptyHint_ = hint;
    if (rowCount() == 0) setAccessibleDescription(sentence);
    viewport()->update();
}

int RowView::headerHeight() const { return headerVisible_ ? fullHeader() : 0; }

int RowView::fullHeader() const { return theme_.px(26); }

int RowView::rowHeight() const { return theme_.rowHeight(); }

RowView::Row RowView::fullRows() const { return std::max(0, (viewport()->height() - headerHeight()) / rowHeight()); }

RowView::Row RowView::topRow() const { return verticalScrollBar()->value(); }

void RowView::setTopRow(Row row)
{
    verticalScrollBar()->setValue(static_cast<int>(std::clamp<Row>(row, 0, verticalScrollBar()->maximum())));
}

std::pair<RowView::Row, RowView::Row> RowView::visibleRows() const
{
    const Row top = topRow();
    const int height = viewport()->height() - headerHeight();
    const Row shown = height <= 0 ? 0 : (height + rowHeight() - 1) / rowHeight();
    return {top, std::min(top + shown, rowCount()) - 1};
}

RowView::Row RowView::rowAt(const QPoint& position) const
{
    const int y = position.y() - headerHeight();
    if (y < 0) return kNone;
    const Row line = y / rowHeight();
    if (const Row head = line == 0 ? stickyHead() : kNone; head != kNone) return head;
    const Row row = topRow() + line;
    return row < rowCount() ? row : kNone;
}

QRect RowView::cellRect(Row row, int column) const
{
    if (column < 0 || column >= static_cast<int>(columns_.size())) return {};
    const Row at = row - topRow();
    if (at < 0 || at > fullRows() + 1) return {};
    return QRect(columnLeft(column), headerHeight() + static_cast<int>(at) * rowHeight(),
                 widths_[static_cast<std::size_t>(column)], rowHeight())
        .adjusted(kCellPadding, 0, -kCellPadding, 0);
}

RowView::Row RowView::stickyHead() const { return fullRows() > 2 ? headAbove(topRow()) : kNone; }

RowView::Row RowView::headAbove(Row) const { return kNone; }

bool RowView::paintsAcrossColumns() const { return false; }

QColor RowView::rowTint(Row) const { return {}; }

QColor RowView::currentTint(Row) const { return theme_.color(Theme::Role::Selection); }

QString RowView::toolTipText(Row, int) const { return {}; }

QString RowView::headerToolTip(int) const { return {}; }

Qt::CursorShape RowView::cursorAt(Row, int, const QPoint&) const { return Qt::ArrowCursor; }

QSize RowView::sizeHint() const { return {360, headerHeight() + 8 * rowHeight()}; }

void RowView::updateScrollBars()
{
    const Row beyond = std::max<Row>(0, rowCount() - fullRows());
    verticalScrollBar()->setPageStep(static_cast<int>(std::max<Row>(1, fullRows())));
    verticalScrollBar()->setRange(0, static_cast<int>(std::min<Row>(beyond, std::numeric_limits<int>::max())));
    // Beneath a table without rows a bar would lead to nothing but titles.
    const int content = lefts_.empty() || rowCount() == 0 ? 0 : lefts_.back();
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(0, content - viewport()->width()));
}

void RowView::rowsChanged()
{
    if (current_ >= rowCount()) current_ = kNone;
    if (hovered_ >= rowCount()) hovered_ = kNone;
    updateScrollBars();
    describeCurrent();
    viewport()->update();
    reportVisible(true);
}

void RowView::reportVisible(bool always)
{
    const auto rows = visibleRows();
    if (!always && rows == reported_) return;
    reported_ = rows;
    emit visibleRowsChanged(rows.first, rows.second);
}

void RowView::setCurrentRow(Row row, bool reveal)
{
    row = row < 0 || row >= rowCount() ? kNone : row;
    if (row != current_) {
        current_ = row;
        describeCurrent();
        viewport()->update();
    }
    if (reveal && row != kNone) ensureVisible(row);
}

void RowView::detailsChanged()
{
    describeCurrent();
    viewport()->update();
}

void RowView::detailsChanged(std::span<const int> columns)
{
    describeCurrent();
    QRegion cells;
    for (const int column : columns)
        cells += QRect(columnLeft(column), headerHeight(), widths_[static_cast<std::size_t>(column)], viewport()->height());
    viewport()->update(cells);
}

void RowView::describeCurrent()
{
    const QString words = current_ == kNone ? (rowCount() == 0 ? emptySentence_ : QString()) : rowText(current_);
    if (words == accessibleDescription()) return;
    setAccessibleDescription(words);  // which tells assistive technology, too
}

void RowView::ensureVisible(Row row)
{
    const Row whole = std::max<Row>(1, fullRows());
    const Row top = topRow();
    const Row shown = stickyHead() == kNone ? top : top + 1;
    if (row >= shown && row < top + whole) return;
    const bool near = row >= top - whole && row < top + 2 * whole;
    setTopRow(!near ? row - whole / 2 : row < shown ? row : row - whole + 1);  // after a jump with what stands around it
    if (row == topRow() && stickyHead() != kNone) setTopRow(row - 1);          // from beneath the head
}

void RowView::choose(Row row)
{
    if (rowCount() == 0) return;
    row = std::clamp<Row>(row, 0, rowCount() - 1);
    const bool other = row != current_;
    setCurrentRow(row);
    if (other) emit currentChanged(row);
}

void RowView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void RowView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void RowView::scrollContentsBy(int, int)
{
    hovered_ = kNone;
    viewport()->update();
    reportVisible(false);
}

void RowView::resizeEvent(QResizeEvent* event)
{
    // Where the row that one stands upon was in sight it stays there, though the view has become lower.
    const Row before = std::max<Row>(1, (event->oldSize().height() - headerHeight()) / std::max(1, rowHeight()));
    const bool inSight = current_ != kNone && event->oldSize().isValid() && current_ >= topRow() && current_ < topRow() + before;
    QAbstractScrollArea::resizeEvent(event);
    layoutColumns();
    updateScrollBars();
    if (inSight) ensureVisible(current_);
    reportVisible(false);
}

}  // namespace hindcast::ui
