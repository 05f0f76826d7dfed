#include "ui/findings/first_time_table.h"

#include "ui/look/format.h"

#include <QPainter>

#include <optional>
#include <utility>

namespace hindcast::ui {

namespace {

std::optional<FirstTimeModel::Order> orderOf(const FirstTimeModel& model, int column)
{
    switch (column) {
        case 0: return FirstTimeModel::Order::Entity;
        case 1: return FirstTimeModel::Order::Version;
        case 2: return FirstTimeModel::Order::Event;
        default: return column == model.timeColumn() ? std::optional(FirstTimeModel::Order::Time) : std::nullopt;
    }
}

}  // namespace

FirstTimeTable::FirstTimeTable(FirstTimeModel& model, const Theme& theme, QWidget* parent)
    : FoundTable(theme, parent), model_(model)
{
    setAccessibleName(tr("First time when"));
    keepColumns();
    connect(this, &RowView::headerClicked, this, &FirstTimeTable::sortBy);
    connect(&model_, &FirstTimeModel::rowsChanged, this, &FirstTimeTable::updateRows);
}

/// There may be other paths; what one stands on is still what one stands on.
void FirstTimeTable::updateRows()
{
    const auto& shown = model_.shown();
    if (std::vector<Pointer> paths = shown ? shown->paths : std::vector<Pointer>(); paths != paths_) {
        paths_ = std::move(paths);
        updateColumns();
    }
    takeRows(model_.movedTo(currentRow()));
}

void FirstTimeTable::updateColumns()
{
    std::vector<RowColumn> columns;
    for (int i = 0; i < model_.columnCount(); ++i) {
        RowColumn column;
        column.title = model_.headerData(i, Qt::Horizontal).toString();
        if (i == model_.timeColumn()) {
            column = timeColumn(tr("time (%1)"));
        } else if (i == 0) {
            column.width = theme().px(120);
            column.stretch = 3;
            column.key = "entity";
        } else if (i == 1) {
            column.width = theme().px(64);
            column.key = "version";
        } else if (i == 2) {
            column.width = theme().px(110);
            column.stretch = 2;
            column.key = "event";
        } else {
            column.width = theme().px(120);
            column.stretch = 4;
            column.key = column.title.toStdString();
        }
        column.sortable = orderOf(model_, i).has_value();
        columns.push_back(std::move(column));
    }
    setColumns(std::move(columns));
    for (int i = 0; i < model_.columnCount(); ++i)
        if (orderOf(model_, i) == model_.order()) setSortMark(i, model_.direction());
}

void FirstTimeTable::sortBy(int column)
{
    const auto order = orderOf(model_, column);
    if (!order) return;
    model_.sortBy(*order);
    setSortMark(column, model_.direction());
}

QString FirstTimeTable::rowText(Row row) const
{
    QStringList cells;
    for (int i = 0; i < model_.columnCount(); ++i) {
        const QString cell = model_.data(model_.index(static_cast<int>(row), i)).toString();
        cells << (i == 1 ? tr("version %1").arg(cell) : cell);
    }
    if (const std::string& partial = model_.row(row).partial; !partial.empty()) cells << partialText(partial);
    return cells.join(QStringLiteral(", "));
}

QString FirstTimeTable::toolTipText(Row row, int column) const
{
    if (column < 0) return {};
    const FirstTimeRow& found = model_.row(row);
    if (column == 0) return entityTip(found.key, found.partial);
    if (column == 1) return versionTip(found.version, found.of);
    if (column == model_.timeColumn()) return zonedTimeText(found.time);
    return model_.data(model_.index(static_cast<int>(row), column)).toString();
}

void FirstTimeTable::paintCell(QPainter& painter, const RowCell& cell) const
{
    const QString text = model_.data(model_.index(static_cast<int>(cell.row), cell.column)).toString();
    const QColor ink = theme().color(Theme::Role::Text);
    switch (cell.column) {
        case 0: return paintEntity(painter, cell.rect, text, model_.row(cell.row).partial);
        case 1: return paintText(painter, cell.rect, text, theme().mono(), ink);
        case 2: return paintText(painter, cell.rect, text, theme().text(), ink);
        default: break;
    }
    const bool time = cell.column == model_.timeColumn();
    paintText(painter, cell.rect, text, theme().mono(), time ? theme().color(Theme::Role::TextSecondary) : ink);
}

}  // namespace hindcast::ui
