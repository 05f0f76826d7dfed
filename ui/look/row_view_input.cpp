// Keys and mouse of a RowView.
#include "ui/look/format.h"
#include "ui/look/row_view.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kGrip = 4;  // px: how near to a boundary the mouse takes hold of it

}  // namespace

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
            case Qt::Key_Up: return choose(current_ == kNone ? topRow() : current_ - 1);
            case Qt::Key_Down: return choose(current_ == kNone ? topRow() : current_ + 1);
            case Qt::Key_PageUp: return choose((current_ == kNone ? topRow() : current_) - page);
            case Qt::Key_PageDown: return choose((current_ == kNone ? topRow() : current_) + page);
            case Qt::Key_Home: return choose(0);
            case Qt::Key_End: return choose(rowCount() - 1);
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
        // What one looks for does not begin with a space: that key is the window's where a list has no use of its own for it.
        if (!text.isEmpty() && text.at(0).isPrint() && !text.at(0).isSpace()) {
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
        if (const Row row = rowAt(at); row != kNone && event->button() == Qt::RightButton && menuTakesRow_) choose(row);
        return;
    }
    if (at.y() < headerHeight()) {
        if (const int held = boundaryAt(at); held >= 0) {
            dragging_ = true;
            dragged_ = false;
            draggedKey_ = keyOf(held);
            dragOffset_ = at.x() - columnLeft(held + 1);
            return;
        }
        const int column = columnAt(at.x());
        if (column >= 0 && columns_[static_cast<std::size_t>(column)].sortable) emit headerClicked(column);
        return;
    }
    const Row row = rowAt(at);
    if (row == kNone) return;
    choose(row);
    emit cellClicked(row, columnAt(at.x()), at);
}

void RowView::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    if (dragging_) return dragTo(at.x() - dragOffset_);
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
    if (std::exchange(dragging_, false) && std::exchange(dragged_, false)) emit widthsChosen(chosen_);
}

void RowView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    if (const int column = boundaryAt(at); column >= 0) {  // back to the width it had by itself
        dragging_ = dragged_ = false;                      // this press began no drag
        if (chosen_.erase(keyOf(column)) == 0) return;
        layoutAnew();
        emit widthsChosen(chosen_);
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

}  // namespace hindcast::ui
