#include "ui/findings/states_table.h"

#include "ui/findings/states_text.h"
#include "ui/look/format.h"

#include <QPainter>

namespace hindcast::ui {

StatesTable::StatesTable(StatesModel& model, const Theme& theme, QWidget* parent) : FoundTable(theme, parent), model_(model)
{
    setAccessibleName(tr("States in which it was found"));
    keepColumns();
    connect(this, &RowView::headerClicked, this, &StatesTable::sortBy);
    connect(&model_, &StatesModel::rowsChanged, this, &StatesTable::updateRows);
}

/// Who one stands on is still who one stands on.
void StatesTable::updateRows() { takeRows(model_.movedTo(currentRow())); }

void StatesTable::updateColumns()
{
    static constexpr const char* kKeys[] = {"entity", "version", "field", "value"};
    static constexpr int kWidths[] = {120, 64, 120, 120};
    static constexpr int kStretches[] = {3, 0, 2, 4};
    std::vector<RowColumn> columns;
    for (int i = 0; i < StatesModel::Time; ++i) {
        const QString title = model_.headerData(i, Qt::Horizontal).toString();
        columns.push_back({title, theme().px(kWidths[i]), kStretches[i], Qt::AlignLeft, true, kKeys[i]});
    }
    columns.push_back(timeColumn(tr("last event (%1)")));
    columns.back().sortable = true;
    setColumns(std::move(columns));
    setSortMark(model_.order(), model_.direction());
}

void StatesTable::sortBy(int column)
{
    model_.sortBy(static_cast<StatesModel::Column>(column));
    setSortMark(column, model_.direction());
}

QString StatesTable::cellText(Row row, int column) const
{
    return model_.data(model_.index(static_cast<int>(row), column)).toString();
}

QString StatesTable::rowText(Row row) const
{
    QStringList cells;
    for (int i = 0; i < StatesModel::kColumns; ++i) {
        const QString cell = cellText(row, i);
        if (i == StatesModel::VersionColumn)
            cells << tr("version %1").arg(cell);
        else if (i == StatesModel::Time)
            cells << tr("last event %1").arg(cell);
        else
            cells << cell;
    }
    if (const std::string& partial = model_.row(row).partial; !partial.empty()) cells << partialText(partial);
    return cells.join(QStringLiteral(", "));
}

QString StatesTable::toolTipText(Row row, int column) const
{
    const StateRow& found = model_.row(row);
    switch (column) {
        case StatesModel::Entity: return entityTip(found.key, found.partial);
        case StatesModel::VersionColumn: {
            const QString version = versionTip(found.version, found.of);
            return found.failures == 0 ? version
                                       : tr("%1; the model failed at %2 of them").arg(version, eventsText(found.failures));
        }
        case StatesModel::Place:
        case StatesModel::Value: return allFoundText(found);
        case StatesModel::Time: return tr("%1, %2").arg(QString::fromStdString(found.type), zonedTimeText(found.time));
        default: return {};
    }
}

void StatesTable::paintCell(QPainter& painter, const RowCell& cell) const
{
    const QString text = cellText(cell.row, cell.column);
    const QColor ink = theme().color(Theme::Role::Text);
    const QColor quiet = theme().color(Theme::Role::TextSecondary);
    switch (cell.column) {
        case StatesModel::Entity: return paintEntity(painter, cell.rect, text, model_.row(cell.row).partial);
        case StatesModel::Place:
            return paintText(painter, cell.rect, text, theme().mono(), quiet, Qt::AlignLeft, Qt::ElideMiddle);
        case StatesModel::Time: return paintText(painter, cell.rect, text, theme().mono(), quiet);
        default: return paintText(painter, cell.rect, text, theme().mono(), ink);
    }
}

}  // namespace hindcast::ui
