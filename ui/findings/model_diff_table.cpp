#include "ui/findings/model_diff_table.h"

#include "ui/findings/model_diff_text.h"
#include "ui/look/format.h"
#include "ui/look/shown_zone.h"

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

ModelDiffTable::ModelDiffTable(const Theme& theme, QWidget* parent) : RowView(theme, parent), SortedRows(this, Time, compare)
{
    setAccessibleName(tr("Entities for which the models differ"));
    updateColumns();
    connect(&theme, &Theme::changed, this, &ModelDiffTable::updateColumns);
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, &ModelDiffTable::updateColumns);
    connect(this, &RowView::headerClicked, this, &ModelDiffTable::sortByColumn);
}

void ModelDiffTable::updateColumns()
{
    const QFontMetrics mono(theme().mono());
    const auto column = [&](const QString& title, int width, int stretch, const char* key) {
        return RowColumn{title, theme().px(width), stretch, Qt::AlignLeft, true, key};
    };
    std::vector<RowColumn> columns{column(tr("entity"), 120, 3, "entity"), column(tr("version"), 64, 0, "version"),
                                   column(tr("event"), 100, 2, "event"),
                                   column(tr("fields: by the first | by the second"), 180, 6, "fields"),
                                   column(tr("time (%1)").arg(zoneName(Timestamp::now())), 100, 0, "time")};
    columns[Fields].sortable = false;
    columns.back().width = mono.horizontalAdvance(shortTimeText(Timestamp{1'000'000})) + 24;
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
    const Row current = movedTo(currentRow());
    rowsChanged();
    setCurrentRow(current, false);
}

QString ModelDiffTable::cellText(Row row, int column) const
{
    const ModelDiffRow& at = this->row(row);
    switch (column) {
        case Entity: return QString::fromStdString(at.key.id) + (at.partial.empty() ? QString() : QStringLiteral(" ◌"));
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
    if (!at.partial.empty()) text += tr(", partial life: %1").arg(QString::fromStdString(at.partial));
    return text;
}

QString ModelDiffTable::toolTipText(Row row, int column) const
{
    const ModelDiffRow& at = this->row(row);
    switch (column) {
        case Entity: {
            const QString name = QString::fromStdString(at.key.text());
            return at.partial.empty() ? name : tr("%1: a partial life, %2").arg(name, QString::fromStdString(at.partial));
        }
        case Version: return tr("version %1 of %2").arg(grouped(at.version.value), grouped(at.of.value));
        case Fields: return fieldsInFull(at);
        case Time: return at.time.isKnown() ? zonedTimeText(at.time) : QString();
        default: return column < 0 ? QString() : cellText(row, column);
    }
}

void ModelDiffTable::paintCell(QPainter& painter, const RowCell& cell) const
{
    const QColor ink = theme().color(cell.column == Time ? Theme::Role::TextSecondary : Theme::Role::Text);
    const bool name = cell.column == Entity || cell.column == Event;
    paintText(painter, cell.rect, cellText(cell.row, cell.column), name ? theme().text() : theme().mono(), ink, Qt::AlignLeft,
              cell.column == Entity ? Qt::ElideMiddle : Qt::ElideRight);
}

}  // namespace hindcast::ui
