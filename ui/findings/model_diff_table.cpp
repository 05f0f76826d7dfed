#include "ui/findings/model_diff_table.h"

#include "ui/findings/model_diff_text.h"
#include "ui/look/format.h"

#include <QPainter>

#include <compare>

namespace hindcast::ui {

namespace {

std::strong_ordering compare(const ModelDiffRow& a, const ModelDiffRow& b, int column)
{
    const auto then = [&](std::strong_ordering first) {
        if (first != 0) return first;
        const auto byTime = a.time <=> b.time;
        return byTime != 0 ? byTime : a.key <=> b.key;
    };
    switch (column) {
        case ModelDiffTable::Entity: return a.key <=> b.key;
        case ModelDiffTable::Version: return then(a.version <=> b.version);
        case ModelDiffTable::Event: return then(a.type <=> b.type);
        default: return then(std::strong_ordering::equal);
    }
}

}  // namespace

ModelDiffTable::ModelDiffTable(const Theme& theme, QWidget* parent) : FoundTable(theme, parent), SortedRows(this, Time, compare)
{
    setAccessibleName(tr("Entities for which the models differ"));
    keepColumns();
    connect(this, &RowView::headerClicked, this, &ModelDiffTable::sortByColumn);
}

void ModelDiffTable::updateColumns()
{
    const auto column = [&](const QString& title, int width, int stretch, const char* key) {
        return RowColumn{title, theme().px(width), stretch, Qt::AlignLeft, true, key};
    };
    std::vector<RowColumn> columns{
        column(tr("entity"), 120, 3, "entity"), column(tr("version"), 64, 0, "version"), column(tr("event"), 100, 2, "event"),
        column(tr("fields: by the first | by the second"), 180, 6, "fields"), timeColumn(tr("time (%1)"))};
    columns[Fields].sortable = false;
    columns.back().sortable = true;
    setColumns(std::move(columns));
    setSortMark(order(), direction());
}

void ModelDiffTable::sortByColumn(int column)
{
    if (column < 0 || column >= kColumns || !columns()[static_cast<std::size_t>(column)].sortable) return;
    sortBy(column);
    setSortMark(order(), direction());
}

/// What one stands on is still what one stands on.
void ModelDiffTable::replaceRows(const std::function<void()>& exchange)
{
    exchange();
    takeRows(movedTo(currentRow()));
}

QString ModelDiffTable::cellText(Row row, int column) const
{
    const ModelDiffRow& at = this->row(row);
    switch (column) {
        case Entity: return QString::fromStdString(at.key.id);
        case Version: return grouped(at.version.value);
        case Event: return QString::fromStdString(at.type);
        case Fields: return fieldsText(at);
        case Time: return at.time.isKnown() ? shortTimeText(at.time) : QString();
        default: return {};
    }
}

QString ModelDiffTable::rowText(Row row) const
{
    const ModelDiffRow& at = this->row(row);
    QString text = tr("%1, version %2, %3, %4")
                       .arg(QString::fromStdString(at.key.text()), grouped(at.version.value), QString::fromStdString(at.type),
                            fieldsText(at));
    if (at.time.isKnown()) text += QStringLiteral(", ") + zonedTimeText(at.time);
    if (!at.partial.empty()) text += QStringLiteral(", ") + partialText(at.partial);
    return text;
}

QString ModelDiffTable::toolTipText(Row row, int column) const
{
    const ModelDiffRow& at = this->row(row);
    switch (column) {
        case Entity: return entityTip(at.key, at.partial);
        case Version: return versionTip(at.version, at.of);
        case Fields: return fieldsInFull(at);
        case Time: return at.time.isKnown() ? zonedTimeText(at.time) : QString();
        default: return column < 0 ? QString() : cellText(row, column);
    }
}

void ModelDiffTable::paintCell(QPainter& painter, const RowCell& cell) const
{
    const QString text = cellText(cell.row, cell.column);
    if (cell.column == Entity) return paintEntity(painter, cell.rect, text, row(cell.row).partial);
    const QColor ink = theme().color(cell.column == Time ? Theme::Role::TextSecondary : Theme::Role::Text);
    paintText(painter, cell.rect, text, cell.column == Event ? theme().text() : theme().mono(), ink);
}

}  // namespace hindcast::ui
