#include "ui/findings/model_diff_table.h"

#include "ui/findings/model_diff_text.h"
#include "ui/look/format.h"
#include "ui/look/shown_zone.h"

#include <QPainter>

#include <algorithm>
#include <tuple>

namespace hindcast::ui {

namespace {

constexpr std::size_t kAtOnce = 2'000;  // are sorted in far less than a frame

}  // namespace

ModelDiffTable::ModelDiffTable(const Theme& theme, QWidget* parent)
    : RowView(theme, parent), sort_(this, &ModelDiffTable::sorted, [this](Sorted sorted, bool) { take(std::move(sorted)); })
{
    setAccessibleName(tr("Entities for which the models differ"));
    updateColumns();
    connect(&theme, &Theme::changed, this, &ModelDiffTable::updateColumns);
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, &ModelDiffTable::updateColumns);
    connect(this, &RowView::headerClicked, this, &ModelDiffTable::sortBy);
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
    setSortMark(order_, direction_);
}

void ModelDiffTable::sortBy(int column)
{
    if (column < 0 || column >= kColumns || !columns()[static_cast<std::size_t>(column)].sortable) return;
    direction_ = order_ == column && direction_ == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder;
    order_ = column;
    setSortMark(order_, direction_);
    setView(view_);
}

void ModelDiffTable::setView(std::shared_ptr<const ModelDiffView> view)
{
    view_ = std::move(view);
    if (!view_ || view_->rows <= kAtOnce) {
        sort_.cancel();
        return take(sorted({view_, order_, direction_}));
    }
    sort_.ask({view_, order_, direction_});
}

ModelDiffTable::Sorted ModelDiffTable::sorted(const Task& task)
{
    Sorted made{task.view, {}};
    if (!task.view) return made;
    made.rows.reserve(task.view->rows);
    for (const auto& batch : task.view->batches)
        for (const ModelDiffRow& row : *batch) made.rows.push_back(&row);
    const auto before = [&task](const ModelDiffRow* a, const ModelDiffRow* b) {
        const auto byTime = [](const ModelDiffRow* row) { return std::tie(row->time, row->key.category, row->key.id); };
        switch (task.column) {
            case Entity: return std::tie(a->key.category, a->key.id) < std::tie(b->key.category, b->key.id);
            case Version: return a->version != b->version ? a->version < b->version : byTime(a) < byTime(b);
            case Event: return a->type != b->type ? a->type < b->type : byTime(a) < byTime(b);
            default: return byTime(a) < byTime(b);
        }
    };
    std::ranges::sort(made.rows, before);
    if (task.direction == Qt::DescendingOrder) std::ranges::reverse(made.rows);
    return made;
}

/// What one stands on is still what one stands on.
void ModelDiffTable::take(Sorted sorted)
{
    const Row current = currentRow();
    const auto stood = current >= 0 && current < rowCount() ? std::optional(difference(current).entity) : std::nullopt;
    shown_ = std::move(sorted.view);
    rows_ = std::move(sorted.rows);
    rowsChanged();
    Row found = kNone;
    if (stood)
        if (const auto at = std::ranges::find(rows_, *stood, [](const ModelDiffRow* row) { return row->entity; });
            at != rows_.end())
            found = at - rows_.begin();
    if (found != currentRow()) setCurrentRow(found, false);
}

QString ModelDiffTable::cellText(Row row, int column) const
{
    const ModelDiffRow& at = difference(row);
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
    const ModelDiffRow& at = difference(row);
    QString text = tr("%1, version %2, %3, %4")
                       .arg(QString::fromStdString(at.key.text()), grouped(at.version.value), QString::fromStdString(at.type),
                            fieldsText(at));
    if (at.time.isKnown()) text += QStringLiteral(", ") + zonedTimeText(at.time);
    if (!at.partial.empty()) text += tr(", partial life: %1").arg(QString::fromStdString(at.partial));
    return text;
}

QString ModelDiffTable::toolTipText(Row row, int column) const
{
    const ModelDiffRow& at = difference(row);
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
