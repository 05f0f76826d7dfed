#include "ui/findings/findings_table.h"

#include "ui/look/format.h"
#include "ui/look/glyphs.h"

#include <QKeyEvent>
#include <QPainter>

namespace hindcast::ui {

namespace {

constexpr int kChevron = 10;  // px of a desk, and as much room after it as lets the head begin where findings do
constexpr int kIndent = 16;

}  // namespace

FindingsTable::FindingsTable(FindingsModel& model, const Theme& theme, QWidget* parent) : FoundTable(theme, parent), model_(model)
{
    setAccessibleName(tr("Findings"));
    keepColumns();
    connect(this, &RowView::currentChanged, this, [this](qint64 row) {
        if (!model_.isHead(row)) choose(row);
    });
    connect(this, &RowView::activated, this, &FindingsTable::choose);
    connect(this, &RowView::cellClicked, this, [this](qint64 row) {
        if (model_.isHead(row)) fold(row, !model_.isUnfolded(row));
    });
    connect(&model_, &FindingsModel::linesChanged, this, [this] {
        const Row current = currentRow();
        rowsChanged();
        if (current >= rowCount()) setCurrentRow(kNone, false);
    });
}

void FindingsTable::updateColumns()
{
    const auto column = [&](int of, int width, int stretch, const char* key) {
        return RowColumn{model_.headerData(of, Qt::Horizontal).toString(), theme().px(width), stretch, Qt::AlignLeft, false, key};
    };
    std::vector<RowColumn> columns{
        column(FindingsModel::Entity, 150, 3, "entity"), column(FindingsModel::Version, 64, 0, "version"),
        column(FindingsModel::Event, 100, 2, "event"), column(FindingsModel::What, 140, 5, "what"), timeColumn(tr("time (%1)"))};
    setColumns(std::move(columns));
}

QString FindingsTable::rowText(Row row) const
{
    if (model_.isHead(row))
        return model_.isUnfolded(row) ? tr("%1, unfolded").arg(model_.headText(row)) : tr("%1, folded").arg(model_.headText(row));
    const FindingRow& found = model_.finding(row);
    QString text = tr("%1, version %2, %3, %4")
                       .arg(QString::fromStdString(found.key.text()), grouped(found.version.value),
                            QString::fromStdString(found.cause), QString::fromStdString(found.what));
    if (!found.change.empty()) text += QStringLiteral(", ") + QString::fromStdString(found.change);
    if (found.time.isKnown()) text += QStringLiteral(", ") + zonedTimeText(found.time);
    return text;
}

QColor FindingsTable::rowTint(Row row) const { return model_.isHead(row) ? theme().color(Theme::Role::Panel) : QColor(); }

RowView::Row FindingsTable::headAbove(Row top) const
{
    return top < 0 || top >= rowCount() || model_.isHead(top) ? kNone : model_.headOf(top);
}

QString FindingsTable::toolTipText(Row row, int column) const
{
    if (model_.isHead(row) || column < 0) return {};
    const FindingRow& found = model_.finding(row);
    if (column == FindingsModel::Time) return found.time.isKnown() ? zonedTimeText(found.time) : QString();
    if (column == FindingsModel::What)
        return found.change.empty() ? QString::fromStdString(found.what)
                                    : QString::fromStdString(found.what + "\n" + found.change);
    return model_.data(model_.index(static_cast<int>(row), column)).toString();
}

void FindingsTable::choose(Row row)
{
    if (row < 0 || row >= rowCount()) return;
    if (model_.isHead(row)) return fold(row, !model_.isUnfolded(row));
    const FindingRow found = model_.finding(row);
    emit chosen(found.entity, found.event, found.time);
}

void FindingsTable::fold(Row row, bool unfolded)
{
    const Row head = model_.headOf(row);
    model_.setUnfolded(head, unfolded);
    setCurrentRow(head);
}

void FindingsTable::keyPressEvent(QKeyEvent* event)
{
    const Row row = currentRow();
    const bool sideways = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (sideways && event->modifiers() == Qt::NoModifier && row >= 0 && row < rowCount())
        return fold(row, event->key() == Qt::Key_Right);
    RowView::keyPressEvent(event);
}

void FindingsTable::paintCell(QPainter& painter, const RowCell& cell) const
{
    const QColor ink = theme().color(Theme::Role::Text);
    if (model_.isHead(cell.row)) {
        if (cell.column != 0) return;
        painter.setClipRect(QRect(0, cell.full.top(), viewport()->width(), cell.full.height()));  // all of the row is the head's
        const int sign = theme().px(kChevron);
        const QRectF box(cell.rect.left(), cell.rect.center().y() - sign / 2.0 + 0.5, sign, sign);
        paintGlyph(painter, model_.isUnfolded(cell.row) ? Glyph::ChevronDown : Glyph::ChevronRight, box,
                   theme().color(Theme::Role::TextSecondary));
        QRect rest = cell.rect;
        rest.setLeft(cell.rect.left() + theme().px(kIndent));
        rest.setRight(viewport()->width() - 8);
        return paintText(painter, rest, model_.headText(cell.row), theme().strong(), ink);
    }
    const QString text = model_.data(model_.index(static_cast<int>(cell.row), cell.column)).toString();
    QRect rect = cell.rect;
    if (cell.column == FindingsModel::Entity) {
        rect.setLeft(rect.left() + theme().px(kIndent));
        return paintText(painter, rect, text, theme().text(), ink, Qt::AlignLeft, Qt::ElideMiddle);
    }
    if (cell.column == FindingsModel::Event) return paintText(painter, rect, text, theme().text(), ink);
    const bool time = cell.column == FindingsModel::Time;
    paintText(painter, rect, text, theme().mono(), time ? theme().color(Theme::Role::TextSecondary) : ink);
}

}  // namespace hindcast::ui
