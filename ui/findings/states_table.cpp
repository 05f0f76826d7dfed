#include "ui/findings/states_table.h"

#include "ui/findings/states_text.h"
#include "ui/look/format.h"
#include "ui/look/shown_zone.h"

#include <QPainter>

namespace hindcast::ui {

StatesTable::StatesTable(StatesModel& model, const Theme& theme, QWidget* parent) : RowView(theme, parent), model_(model)
{
    setAccessibleName(tr("States in which it was found"));
    updateColumns();
    connect(&theme, &Theme::changed, this, &StatesTable::updateColumns);
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, &StatesTable::updateColumns);
    connect(this, &RowView::headerClicked, this, &StatesTable::sortBy);
    connect(&model_, &StatesModel::rowsChanged, this, &StatesTable::updateRows);
}

/// Who one stands on is still who one stands on.
void StatesTable::updateRows()
{
    const Row current = model_.movedTo(currentRow());
    rowsChanged();
    setCurrentRow(current, false);
}

void StatesTable::updateColumns()
{
    static constexpr const char* kKeys[] = {"entity", "version", "field", "value", "time"};
    const QFontMetrics mono(theme().mono());
    const int widths[] = {theme().px(120), theme().px(64), theme().px(120), theme().px(120),
                          mono.horizontalAdvance(shortTimeText(Timestamp{1'000'000})) + 24};
    static constexpr int kStretches[] = {3, 0, 2, 4, 0};
    std::vector<RowColumn> columns;
    for (int i = 0; i < StatesModel::kColumns; ++i) {
        RowColumn column;
        column.title = model_.headerData(i, Qt::Horizontal).toString();
        if (i == StatesModel::Time) column.title = tr("last event (%1)").arg(zoneName(Timestamp::now()));
        column.sortable = true;
        column.width = widths[i];
        column.stretch = kStretches[i];
        column.key = kKeys[i];
        columns.push_back(std::move(column));
    }
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
    if (const std::string& partial = model_.row(row).partial; !partial.empty())
        cells << tr("partial life: %1").arg(QString::fromStdString(partial));
    return cells.join(QStringLiteral(", "));
}

QString StatesTable::toolTipText(Row row, int column) const
{
    const StateRow& found = model_.row(row);
    switch (column) {
        case StatesModel::Entity: {
            const QString name = QString::fromStdString(found.key.text());
            return found.partial.empty() ? name : tr("%1: a partial life, %2").arg(name, QString::fromStdString(found.partial));
        }
        case StatesModel::VersionColumn: {
            const QString version = tr("version %1 of %2").arg(grouped(found.version.value), grouped(found.of.value));
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
        case StatesModel::Entity: {
            const bool partial = !model_.row(cell.row).partial.empty();
            return paintText(painter, cell.rect, partial ? text + QStringLiteral(" ◌") : text, theme().text(), ink, Qt::AlignLeft,
                             Qt::ElideMiddle);
        }
        case StatesModel::Place:
            return paintText(painter, cell.rect, text, theme().mono(), quiet, Qt::AlignLeft, Qt::ElideMiddle);
        case StatesModel::Time: return paintText(painter, cell.rect, text, theme().mono(), quiet);
        default: return paintText(painter, cell.rect, text, theme().mono(), ink);
    }
}

}  // namespace hindcast::ui
