#include "ui/events/column_list.h"

#include "ui/events/cell_text.h"
#include "ui/look/check_box.h"
#include "ui/look/format.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace hindcast::ui {

ColumnList::ColumnList(const Theme& theme, QWidget* parent) : RowView(theme, parent)
{
    setAccessibleName(tr("Columns of the event table"));
    RowView::setColumns({{tr("column"), theme.px(120), 3}, {tr("for example"), theme.px(80), 2}});
    setHeaderVisible(false);
    connect(this, &RowView::cellClicked, this, [this](qint64 row) { toggle(row); });
    connect(this, &RowView::activated, this, [this](qint64 row) { toggle(row); });
}

void ColumnList::setColumns(const EventColumns& columns)
{
    chosen_ = columns;
    for (const std::string& pointer : columns.pointers)
        if (std::find(kept_.begin(), kept_.end(), pointer) == kept_.end()) kept_.push_back(pointer);
    fill();
}

void ColumnList::setNames(const FieldNames& names)
{
    names_ = names;
    fill();
}

void ColumnList::setSearch(const QString& text)
{
    search_ = text;
    fill();
    if (rowCount() > 0) setCurrentRow(0);
}

void ColumnList::fill()
{
    rows_.clear();
    const auto add = [this](Line line) {
        if (search_.isEmpty() || line.name.contains(search_, Qt::CaseInsensitive)) rows_.push_back(std::move(line));
    };
    add({EventColumns::Number, tr("# (version)"), {}, {}});
    add({EventColumns::Time, tr("time"), {}, {}});
    add({EventColumns::Type, tr("type"), {}, {}});
    add({EventColumns::Changed, tr("what changed"), {}, {}});
    add({EventColumns::Place, tr("position"), {}, {}});
    for (const std::string& pointer : kept_) {
        const auto known =
            std::find_if(names_.names.begin(), names_.names.end(), [&](const auto& name) { return name.pointer == pointer; });
        add({EventColumns::Field, QString::fromStdString(pointer), pointer,
             known == names_.names.end() ? QString() : hindcast::ui::cellText(known->sample)});
    }
    for (const FieldNames::Name& name : names_.names)
        if (std::find(kept_.begin(), kept_.end(), name.pointer) == kept_.end())
            add({EventColumns::Field, QString::fromStdString(name.pointer), name.pointer, hindcast::ui::cellText(name.sample)});
    for (const std::string& pointer : added_) {
        const bool known =
            std::find(kept_.begin(), kept_.end(), pointer) != kept_.end() ||
            std::any_of(names_.names.begin(), names_.names.end(), [&](const auto& name) { return name.pointer == pointer; });
        if (!known) add({EventColumns::Field, QString::fromStdString(pointer), pointer, {}});
    }
    rowsChanged();
}

bool ColumnList::isChosen(const Line& line) const
{
    if (line.kind != EventColumns::Field) return chosen_.shown[line.kind];
    return std::find(chosen_.pointers.begin(), chosen_.pointers.end(), line.pointer) != chosen_.pointers.end();
}

void ColumnList::toggle(Row row)
{
    const Line& line = at(row);
    if (!isChosen(line) && line.kind == EventColumns::Field) {
        add(std::string(line.pointer));  // which fills the rows anew
        return;
    }
    if (isChosen(line) && chosen_.count() == 1) return;
    if (line.kind == EventColumns::Field)
        std::erase(chosen_.pointers, line.pointer);
    else
        chosen_.shown[line.kind] = !chosen_.shown[line.kind];
    rowsChanged();
    emit chosenChanged();
}

bool ColumnList::add(const std::string& pointer)
{
    if (std::find(chosen_.pointers.begin(), chosen_.pointers.end(), pointer) != chosen_.pointers.end()) return true;
    if (chosen_.pointers.size() >= EventColumns::kMostPointers) {
        emit refused();
        return false;
    }
    chosen_.pointers.push_back(pointer);
    // Its row stays where it is, under the pointer: only when this is opened do columns stand first.
    if (std::find(added_.begin(), added_.end(), pointer) == added_.end()) added_.push_back(pointer);
    fill();
    emit chosenChanged();
    return true;
}

QString ColumnList::rowText(Row row) const
{
    const Line& line = at(row);
    const QString state = isChosen(line) ? tr("shown") : tr("not shown");
    return line.sample.isEmpty() ? tr("%1, %2").arg(line.name, state)
                                 : tr("%1, %2, for example %3").arg(line.name, state, line.sample);
}

QString ColumnList::toolTipText(Row row, int) const
{
    const Line& line = at(row);
    if (line.kind != EventColumns::Field) return {};
    const auto known =
        std::find_if(names_.names.begin(), names_.names.end(), [&](const auto& name) { return name.pointer == line.pointer; });
    if (known == names_.names.end()) return tr("%1\nin no event in view").arg(line.name);
    return tr("%1\nin %2 of the %3 in view, for example %4")
        .arg(line.name, grouped(known->events), eventsText(names_.events), fieldInFull(known->sample));
}

void ColumnList::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && currentRow() != kNone) return toggle(currentRow());
    RowView::keyPressEvent(event);
}

void ColumnList::mouseDoubleClickEvent(QMouseEvent* event)
{
    mousePressEvent(event);  // two quick clicks tick and untick
}

void ColumnList::paintCell(QPainter& painter, const RowCell& cell) const
{
    const Line& line = at(cell.row);
    if (cell.column == 1)
        return paintText(painter, cell.rect, line.sample, theme().mono(), theme().color(Theme::Role::TextSecondary));
    paintCheckBox(painter, QRectF(cell.rect.left(), cell.rect.top(), theme().px(13), cell.rect.height()), isChosen(line),
                  theme());
    paintText(painter, cell.rect.adjusted(theme().px(22), 0, 0, 0), line.name,
              line.kind == EventColumns::Field ? theme().mono() : theme().text(), theme().color(Theme::Role::Text), Qt::AlignLeft,
              Qt::ElideMiddle);
}

}  // namespace hindcast::ui
