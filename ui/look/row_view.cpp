#include "ui/look/row_view.h"

#include "ui/look/format.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <limits>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kPadding = 8;
constexpr int kGrip = 4;  // how near to a boundary the mouse takes hold of it
constexpr int kLeast = 32;

}  // namespace

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
            for (RowColumn& column : columns_) column.width = qRound(column.width * grown);
            for (int& width : dragged_) width = qRound(width * grown);
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

void RowView::setColumns(std::vector<RowColumn> columns)
{
    if (columns.size() != dragged_.size()) dragged_.assign(columns.size(), 0);
    columns_ = std::move(columns);
    columnsZoom_ = theme_.zoom();
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (columns_[i].chosen >= 0 && static_cast<int>(i) != draggedColumn_) dragged_[i] = columns_[i].chosen;
    layoutColumns();
    updateScrollBars();
    viewport()->update();
}

void RowView::setDraggedWidths(const std::vector<int>& widths)
{
    if (widths.size() != dragged_.size()) return;
    dragged_ = widths;
    layoutColumns();
    updateScrollBars();
    viewport()->update();
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
    const Row row = topRow() + y / rowHeight();
    return row < rowCount() ? row : kNone;
}

int RowView::columnAt(int viewportX) const
{
    const int x = viewportX + horizontalScrollBar()->value();
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (x >= lefts_[i] && x < lefts_[i + 1]) return static_cast<int>(i);
    return -1;
}

int RowView::columnLeft(int column) const { return lefts_[static_cast<std::size_t>(column)] - horizontalScrollBar()->value(); }

QRect RowView::cellRect(Row row, int column) const
{
    if (column < 0 || column >= static_cast<int>(columns_.size())) return {};
    const Row at = row - topRow();
    if (at < 0 || at > fullRows() + 1) return {};
    return QRect(columnLeft(column), headerHeight() + static_cast<int>(at) * rowHeight(),
                 widths_[static_cast<std::size_t>(column)], rowHeight())
        .adjusted(kPadding, 0, -kPadding, 0);
}

QColor RowView::rowTint(Row) const { return {}; }

QString RowView::toolTipText(Row, int) const { return {}; }

QString RowView::headerToolTip(int) const { return {}; }

Qt::CursorShape RowView::cursorAt(Row, int, const QPoint&) const { return Qt::ArrowCursor; }

QSize RowView::sizeHint() const { return {360, headerHeight() + 8 * rowHeight()}; }

void RowView::layoutColumns()
{
    const int count = static_cast<int>(columns_.size());
    widths_.assign(columns_.size(), 0);
    lefts_.assign(columns_.size() + 1, 0);
    int fixed = 0;
    int shares = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        widths_[i] = dragged_[i] > 0 ? dragged_[i] : columns_[i].width;
        fixed += widths_[i];
        if (dragged_[i] == 0) shares += columns_[i].stretch;
    }
    int left = std::max(0, viewport()->width() - fixed);
    for (std::size_t i = 0; i < columns_.size() && shares > 0; ++i) {
        if (dragged_[i] > 0 || columns_[i].stretch == 0) continue;
        const int more = left * columns_[i].stretch / shares;
        widths_[i] += more;
        left -= more;
        shares -= columns_[i].stretch;
    }
    for (int i = 0; i < count; ++i)
        lefts_[static_cast<std::size_t>(i) + 1] = lefts_[static_cast<std::size_t>(i)] + widths_[static_cast<std::size_t>(i)];
}

void RowView::updateScrollBars()
{
    const Row beyond = std::max<Row>(0, rowCount() - fullRows());
    verticalScrollBar()->setPageStep(static_cast<int>(std::max<Row>(1, fullRows())));
    verticalScrollBar()->setRange(0, static_cast<int>(std::min<Row>(beyond, std::numeric_limits<int>::max())));
    const int content = lefts_.empty() ? 0 : lefts_.back();
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

void RowView::describeCurrent()
{
    setAccessibleDescription(current_ == kNone ? (rowCount() == 0 ? emptySentence_ : QString()) : rowText(current_));
    if (!QAccessible::isActive()) return;
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void RowView::ensureVisible(Row row)
{
    const Row whole = std::max<Row>(1, fullRows());
    const Row top = topRow();
    if (row >= top && row < top + whole) return;
    const bool near = row >= top - whole && row < top + 2 * whole;
    setTopRow(!near ? row - whole / 2 : row < top ? row : row - whole + 1);  // after a jump with what stands around it
}

void RowView::userMovesTo(Row row)
{
    if (rowCount() == 0) return;
    row = std::clamp<Row>(row, 0, rowCount() - 1);
    const bool other = row != current_;
    setCurrentRow(row);
    if (other) emit currentChanged(row);
}

void RowView::keyPressEvent(QKeyEvent* event)
{
    const Row page = std::max<Row>(1, fullRows() - 1);
    if (event->matches(QKeySequence::Copy)) {
        if (current_ != kNone) emit copyWanted(current_);
        return;
    }
    const bool plain = (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == 0;
    if (plain) {
        switch (event->key()) {
            case Qt::Key_Up: return userMovesTo(current_ == kNone ? topRow() : current_ - 1);
            case Qt::Key_Down: return userMovesTo(current_ == kNone ? topRow() : current_ + 1);
            case Qt::Key_PageUp: return userMovesTo((current_ == kNone ? topRow() : current_) - page);
            case Qt::Key_PageDown: return userMovesTo((current_ == kNone ? topRow() : current_) + page);
            case Qt::Key_Home: return userMovesTo(0);
            case Qt::Key_End: return userMovesTo(rowCount() - 1);
            case Qt::Key_Return:
            case Qt::Key_Enter:
                if (current_ != kNone) emit activated(current_);
                return;
            case Qt::Key_Menu:
                if (current_ != kNone) emit menuWanted(current_, viewport()->mapToGlobal(cellRect(current_, 0).bottomLeft()));
                return;
            default: break;
        }
        const QString text = event->text();
        if (!text.isEmpty() && text.at(0).isPrint()) {
            emit textTyped(text);
            return;
        }
    }
    // Not QAbstractScrollArea's own: it scrolls on Alt+arrows and the like, which belong to the window.
    event->ignore();
}

int RowView::boundaryAt(const QPoint& position) const
{
    if (position.y() >= headerHeight()) return -1;
    const int x = position.x() + horizontalScrollBar()->value();
    for (std::size_t i = 0; i + 1 < columns_.size(); ++i)
        if (std::abs(x - lefts_[i + 1]) <= kGrip) return static_cast<int>(i);
    return -1;
}

void RowView::mousePressEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    if (event->button() != Qt::LeftButton) {
        if (const Row row = rowAt(at); row != kNone && event->button() == Qt::RightButton && menuTakesRow_) userMovesTo(row);
        return;
    }
    if (at.y() < headerHeight()) {
        draggedColumn_ = boundaryAt(at);
        if (draggedColumn_ >= 0) {
            dragOffset_ = at.x() - columnLeft(draggedColumn_ + 1);
            return;
        }
        const int column = columnAt(at.x());
        if (column >= 0 && columns_[static_cast<std::size_t>(column)].sortable) emit headerClicked(column);
        return;
    }
    const Row row = rowAt(at);
    if (row == kNone) return;
    userMovesTo(row);
    emit cellClicked(row, columnAt(at.x()), at);
}

void RowView::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    if (draggedColumn_ >= 0) {
        const int width = at.x() - dragOffset_ - columnLeft(draggedColumn_);
        dragged_[static_cast<std::size_t>(draggedColumn_)] = std::max(kLeast, width);
        layoutColumns();
        updateScrollBars();
        viewport()->update();
        return;
    }
    const Row row = rowAt(at);
    if (row != hovered_) {
        hovered_ = row;
        viewport()->update();
    }
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (boundaryAt(at) >= 0)
        shape = Qt::SplitHCursor;
    else if (row != kNone)
        shape = cursorAt(row, columnAt(at.x()), at);
    if (viewport()->cursor().shape() != shape) viewport()->setCursor(shape);
}

void RowView::mouseReleaseEvent(QMouseEvent*)
{
    const int column = std::exchange(draggedColumn_, -1);
    if (column < 0) return;
    if (column < static_cast<int>(dragged_.size())) emit columnResized(column, dragged_[static_cast<std::size_t>(column)]);
    emit columnsDragged();
}

void RowView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    if (const int column = boundaryAt(at); column >= 0) {  // back to the width it had by itself
        dragged_[static_cast<std::size_t>(column)] = 0;
        layoutColumns();
        updateScrollBars();
        viewport()->update();
        draggedColumn_ = -1;  // this press began no drag
        emit columnResized(column, 0);
        emit columnsDragged();
        return;
    }
    if (const Row row = rowAt(at); row != kNone && event->button() == Qt::LeftButton) emit activated(row);
}

void RowView::contextMenuEvent(QContextMenuEvent* event)
{
    if (event->reason() != QContextMenuEvent::Keyboard && event->pos().y() < headerHeight()) {
        emit headerMenuWanted(columnAt(event->pos().x()), event->globalPos());
        return;
    }
    const Row row = event->reason() == QContextMenuEvent::Keyboard ? current_ : rowAt(event->pos());
    if (row == kNone) return;
    const QPoint at = event->reason() == QContextMenuEvent::Keyboard ? viewport()->mapToGlobal(cellRect(row, 0).bottomLeft())
                                                                     : event->globalPos();
    emit menuWanted(row, at);
}

void RowView::wheelEvent(QWheelEvent* event)
{
    if (event->angleDelta().y() == 0) return QAbstractScrollArea::wheelEvent(event);
    // A touch pad sends pixels, a wheel eighths of degrees of which 120 are three rows; the rest is kept for the next turn.
    const int pixels = event->pixelDelta().isNull() ? event->angleDelta().y() * 3 * rowHeight() / 120 : event->pixelDelta().y();
    wheelRest_ += pixels;
    const int rows = wheelRest_ / rowHeight();
    wheelRest_ -= rows * rowHeight();
    if (rows != 0) setTopRow(topRow() - rows);
    event->accept();
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

bool RowView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave && hovered_ != kNone) {
        hovered_ = kNone;
        viewport()->update();
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const Row row = rowAt(help->pos());
        const int column = columnAt(help->pos().x());
        const bool header = help->pos().y() < headerHeight();
        const QString text = row != kNone ? toolTipText(row, column) : header && column >= 0 ? headerToolTip(column) : QString();
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), asTip(text), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void RowView::paintText(QPainter& painter, const QRect& rect, const QString& text, const QFont& font, const QColor& color,
                        Qt::Alignment alignment, Qt::TextElideMode elide)
{
    if (rect.width() <= 0 || text.isEmpty()) return;
    painter.setFont(font);
    painter.setPen(color);
    const QString shown = painter.fontMetrics().elidedText(text, elide, rect.width());
    painter.drawText(rect, static_cast<int>((alignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter | Qt::TextSingleLine),
                     shown);
}

void RowView::paintStruck(QPainter& painter, const QRect& rect, const QString& text, const QFont& font, const QColor& color)
{
    if (rect.width() <= 0 || text.isEmpty()) return;
    paintText(painter, rect, text, font, color);
    const QFontMetricsF metrics = QFontMetricsF(painter.fontMetrics());
    const double baseline = rect.center().y() + 1 + (metrics.ascent() - metrics.descent()) / 2;
    const double width = std::min<double>(metrics.horizontalAdvance(text), rect.width());
    painter.fillRect(QRectF(rect.left(), baseline - metrics.xHeight() * 0.42, width, 1), color);
}

void RowView::paintHeader(QPainter& painter) const
{
    const QRect bar(0, 0, viewport()->width(), fullHeader());
    painter.fillRect(bar, theme_.color(Theme::Role::Panel));
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        QRect rect(columnLeft(static_cast<int>(i)) + kPadding, 0, widths_[i] - 2 * kPadding, fullHeader() - 1);
        if (static_cast<int>(i) == sortColumn_) {
            const double x = columns_[i].alignment & Qt::AlignRight
                                 ? rect.right() - 6
                                 : rect.left() + std::min(rect.width() - 8,
                                                          QFontMetrics(theme_.text()).horizontalAdvance(columns_[i].title) + 6);
            const double y = fullHeader() / 2.0;
            const double up = sortOrder_ == Qt::AscendingOrder ? -2.0 : 2.0;
            QPainterPath arrow(QPointF(x, y - up));
            arrow.lineTo(x + 7, y - up);
            arrow.lineTo(x + 3.5, y + up);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.fillPath(arrow, theme_.color(Theme::Role::TextSecondary));
            painter.setRenderHint(QPainter::Antialiasing, false);
            if (columns_[i].alignment & Qt::AlignRight) rect.adjust(0, 0, -10, 0);
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
    const int first = metrics.boundingRect(area, flags, emptySentence_).height();
    const int second = emptyHint_.isEmpty() ? 0 : metrics.boundingRect(area, flags, emptyHint_).height() + 4;
    QRect rect = area;
    rect.setTop(area.top() + std::max(8, (area.height() - first - second) * 2 / 5));
    painter.setPen(theme_.color(Theme::Role::Text));
    painter.drawText(rect, flags, emptySentence_);
    if (second == 0) return;
    rect.setTop(rect.top() + first + 4);
    painter.setPen(theme_.color(Theme::Role::TextSecondary));
    painter.drawText(rect, flags, emptyHint_);
}

void RowView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme_.color(Theme::Role::Panel));
    const auto [first, last] = visibleRows();
    const bool focused = hasFocus();
    for (Row row = first; row <= last; ++row) {
        const int y = headerHeight() + static_cast<int>(row - first) * rowHeight();
        const QRect line(0, y, viewport()->width(), rowHeight());
        const bool current = row == current_;
        if (const QColor tint = rowTint(row); tint.isValid()) painter.fillRect(line, tint);
        if (current)
            painter.fillRect(line, theme_.color(Theme::Role::Selection));
        else if (row == hovered_ && !rowTint(row).isValid())
            painter.fillRect(line, theme_.color(Theme::Role::Field));
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const QRect full(columnLeft(static_cast<int>(i)), y, widths_[i], rowHeight());
            if (full.right() < 0 || full.left() > viewport()->width()) continue;
            painter.setClipRect(full);
            paintCell(painter, RowCell{row, static_cast<int>(i), full.adjusted(kPadding, 0, -kPadding, 0), full, current,
                                       row == hovered_});
        }
        painter.setClipping(false);
        if (current && focused) painter.fillRect(QRect(0, y, 2, rowHeight()), theme_.color(Theme::Role::Accent));
    }
    if (headerVisible_) paintHeader(painter);
    if (rowCount() == 0 && !emptySentence_.isEmpty()) paintEmpty(painter);
    // Without a row in view that shows it, the whole view does.
    if (focused && (current_ == kNone || current_ < first || current_ > last)) {
        painter.setPen(theme_.color(Theme::Role::Accent));
        painter.setBrush(Qt::NoBrush);  // a cell may have left one
        painter.drawRect(viewport()->rect().adjusted(0, headerHeight(), -1, -1));
    }
}

}  // namespace hindcast::ui
