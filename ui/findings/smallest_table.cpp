#include "ui/findings/smallest_table.h"

#include "ui/look/format.h"

#include <QPainter>

#include <utility>

namespace hindcast::ui {

SmallestTable::SmallestTable(const Theme& theme, QWidget* parent) : FoundTable(theme, parent)
{
    setAccessibleName(tr("Events of the smallest case"));
    keepColumns();
}

void SmallestTable::updateColumns()
{
    const auto column = [&](const QString& title, int width, int stretch, const char* key) {
        return RowColumn{title, theme().px(width), stretch, Qt::AlignLeft, false, key};
    };
    std::vector<RowColumn> columns{column(tr("version"), 64, 0, "version"), column(tr("event"), 110, 2, "event"),
                                   column(tr("payload"), 140, 4, "payload"), column(tr("what it changes"), 140, 4, "change"),
                                   timeColumn(tr("time (%1)"))};
    setColumns(std::move(columns));
}

void SmallestTable::setView(std::shared_ptr<const SmallestView> view)
{
    view_ = std::move(view);
    rowsChanged();
    if (currentRow() >= rowCount()) setCurrentRow(kNone, false);
}

QString SmallestTable::cellText(Row row, int column) const
{
    const SmallestRow& at = event(row);
    switch (column) {
        case Number: return QStringLiteral("#%1").arg(grouped(at.version.value));
        case Event: return QString::fromStdString(at.type);
        case Payload: return QString::fromStdString(at.payload.json);
        case Change: return QString::fromStdString(at.change);
        case Time: return at.time.isKnown() ? shortTimeText(at.time) : QString();
        default: return {};
    }
}

QString SmallestTable::rowText(Row row) const
{
    const SmallestRow& at = event(row);
    QString text = tr("version %1, %2").arg(grouped(at.version.value), QString::fromStdString(at.type));
    if (!at.payload.json.empty()) text += QStringLiteral(", ") + QString::fromStdString(at.payload.json);
    if (!at.change.empty()) text += tr(", changes %1").arg(QString::fromStdString(at.change));
    if (at.time.isKnown()) text += QStringLiteral(", ") + zonedTimeText(at.time);
    return isLast(row) ? tr("%1, the failing event").arg(text) : text;
}

QColor SmallestTable::rowTint(Row row) const
{
    return isLast(row) && view_->found ? theme().color(Theme::Role::RemovedSoft) : QColor();
}

QString SmallestTable::toolTipText(Row row, int column) const
{
    if (column < 0) return {};
    if (column == Time) return event(row).time.isKnown() ? zonedTimeText(event(row).time) : QString();
    return cellText(row, column);
}

void SmallestTable::paintCell(QPainter& painter, const RowCell& cell) const
{
    const QColor ink = theme().color(cell.column == Time ? Theme::Role::TextSecondary : Theme::Role::Text);
    paintText(painter, cell.rect, cellText(cell.row, cell.column), cell.column == Event ? theme().text() : theme().mono(), ink);
}

}  // namespace hindcast::ui
