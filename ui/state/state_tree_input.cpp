// Mouse, keys and menu of a StateTree, and what they do.
#include "ui/state/copying.h"
#include "ui/state/state_tree.h"

#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace hindcast::ui {

bool StateTree::isOnLink(Row row, int column, const QPoint& position) const
{
    if (columnOf(column) != SetBy) return false;
    const QRect cell = cellRect(row, column);
    const int width = std::min(cell.width(), QFontMetrics(theme().text()).horizontalAdvance(setByText(row)));
    return width > 0 && position.x() >= cell.left() && position.x() < cell.left() + width;
}

Qt::CursorShape StateTree::cursorAt(Row row, int column, const QPoint& position) const
{
    return isOnLink(row, column, position) ? Qt::PointingHandCursor : Qt::ArrowCursor;
}

void StateTree::click(Row row, int column, const QPoint& position)
{
    const StateRow& line = rows_.rows[static_cast<std::size_t>(row)];
    if (isOnLink(row, column, position)) {
        if (const auto by = setBy(row)) emit versionChosen(*by);
    } else if (column == Field && line.opens && markRect(cellRect(row, Field), line).adjusted(-6, 0, 4, 0).contains(position)) {
        setOpen(row, !line.open);
    }
}

void StateTree::keyPressEvent(QKeyEvent* event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const Row row = currentRow();
    if (row != kNone) {
        const StateRow& line = rows_.rows[static_cast<std::size_t>(row)];
        if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && event->key() == Qt::Key_C)
            return copyText(QString::fromStdString(rows_.pointer(static_cast<std::size_t>(row))));
        if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && event->key() == Qt::Key_W)
            return emit watchWanted(QString::fromStdString(rows_.pointer(static_cast<std::size_t>(row))));
        if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && event->key() == Qt::Key_E)
            return emit writesWanted(QString::fromStdString(rows_.pointer(static_cast<std::size_t>(row))));
        if (modifiers == Qt::ControlModifier && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
            return wantValue(row);
        if (modifiers == Qt::NoModifier && event->key() == Qt::Key_Right && line.opens) {
            if (!line.open) setOpen(row, true);
            return;
        }
        if (modifiers == Qt::NoModifier && event->key() == Qt::Key_Left) {
            if (line.opens && line.open) return setOpen(row, false);
            if (line.parent >= 0) {
                setCurrentRow(line.parent);
                emit currentChanged(line.parent);
            }
            return;
        }
        if (modifiers == Qt::NoModifier && event->key() == Qt::Key_Space && line.opens) return setOpen(row, !line.open);
    }
    RowView::keyPressEvent(event);
}

void StateTree::copyValue(Row row)
{
    // A text goes out as the text it is; "copy as JSON" is for the other form.
    const Json* real = realValue(row);
    const auto owner = real != nullptr && isBeside() ? besideReal_ : rows_.view;
    const Json& value = real != nullptr ? *real : *rows_.rows[static_cast<std::size_t>(row)].value;
    if (value.is_string()) return copyBytes(this, {owner, &value.get_ref<const std::string&>()});
    copyJson(this, owner, value, -1);
}

void StateTree::wantValue(Row row)
{
    const auto at = static_cast<std::size_t>(row);
    emit valueWanted(QString::fromStdString(rows_.pointer(at)), rows_.view, rows_.rows[at].value);
}

void StateTree::toPreviousChange()
{
    if (const auto to = previousChange()) emit versionChosen(*to);
}

void StateTree::toNextChange()
{
    if (const auto to = nextChange()) emit versionChosen(*to);
}

void StateTree::openMenu(Row row, const QPoint& position)
{
    QMenu menu(this);
    fillMenu(menu, row);
    menu.exec(position);
}

void StateTree::fillMenu(QMenu& menu, Row row)
{
    // The rows may be other ones by the time an entry is chosen; what it was opened on is kept.
    const auto at = static_cast<std::size_t>(row);
    const QString pointer = QString::fromStdString(rows_.pointer(at));
    const Json* real = realValue(row);
    const Json* value = real != nullptr ? real : rows_.rows[at].value;
    const auto view = real != nullptr && isBeside() ? besideReal_ : rows_.view;
    const QString keys = rows_.rows[at].opens ? tr("Ctrl+Return") : tr("Return");
    menu.addAction(tr("Show the value…") + QLatin1Char('\t') + keys, this,
                   [this, view, value, pointer] { emit valueWanted(pointer, view, value); });
    menu.addSeparator();
    menu.addAction(tr("Copy value\tCtrl+C"), this, [this, view, value] {
        if (value->is_string()) return copyBytes(this, {view, &value->get_ref<const std::string&>()});
        copyJson(this, view, *value, -1);
    });
    menu.addAction(tr("Copy as JSON"), this, [this, view, value] { copyJson(this, view, *value); });
    if (const Json* other = isBeside() ? branchValue(row) : nullptr)
        menu.addAction(tr("Copy the what-if value as JSON"), this,
                       [this, other, owner = beside_] { copyJson(this, owner, *other); });
    menu.addAction(tr("Copy pointer\tCtrl+Shift+C"), this, [pointer] { copyText(pointer); });
    menu.addSeparator();
    if (const auto by = setBy(row))
        menu.addAction(tr("Go to %1, which set it").arg(setByText(row)), this, [this, by] { emit versionChosen(*by); });
    QAction* previous = menu.addAction(tr("Previous change of this field\tAlt+Up"), this, &StateTree::toPreviousChange);
    QAction* next = menu.addAction(tr("Next change of this field\tAlt+Down"), this, &StateTree::toNextChange);
    previous->setEnabled(previousChange().has_value());
    next->setEnabled(nextChange().has_value());
    emit menuFilled(&menu, pointer);
}

}  // namespace hindcast::ui
