// A branch's values beside the real ones.
#include "ui/state/state_tree.h"

#include "ui/look/contrast.h"
#include "ui/look/shaped_text.h"

#include <QPainter>

namespace hindcast::ui {

namespace {

constexpr int kBesideText = 18;  // px of a cell: its padding, and a little

}  // namespace

void StateTree::setBranch(bool shown, std::shared_ptr<const BranchStateView> state)
{
    branch_ = std::move(state);
    if (shown != branchShown_) {
        branchShown_ = shown;
        fitted_ = {};
        layOutColumns(0);
        return rebuild();
    }
    // One that belongs to where the playhead was says nothing of where it is.
    if (branch_ && view_ && branch_->entity == view_->entity && branch_->real == view_->state.version) rebuild();
}

/// That the column which says which event set a field needs for the life's last version.
int StateTree::branchByWidth() const
{
    const Version last = history_ ? history_->last() : Version{};
    return textWidth(theme().text(), QStringLiteral("#%1").arg(last.value)) + kBesideText;
}

StateTree::Column StateTree::columnOf(int column) const
{
    if (!branchShown_ || column < 2) return static_cast<Column>(column);
    return column == 2 ? WhatIf : SetBy;
}

const Json* StateTree::sideValue(const Json& document, Row row) const
{
    if (document.is_discarded()) return nullptr;
    const auto pointer = Pointer::parse(rows_.pointer(static_cast<std::size_t>(row)));
    return pointer ? valueAt(document, *pointer) : nullptr;
}

const Json* StateTree::realValue(Row row) const
{
    if (!isBeside()) return rows_.rows[static_cast<std::size_t>(row)].value;
    // Beside a branch that lives, what was before the end is no value of now.
    const Json* document = besideReal_->state.alive || rows_.isPast ? shownDocument(*besideReal_) : nullptr;
    return document != nullptr ? sideValue(*document, row) : nullptr;
}

const Json* StateTree::branchValue(Row row) const
{
    return isBeside() ? sideValue(rows_.isPast ? beside_->past : beside_->document, row) : nullptr;
}

QColor StateTree::branchTint(const StateRow& line, Row row) const
{
    if (line.mark == FieldMark::None || (line.mark == FieldMark::Inside && line.open)) return {};
    if (branchValue(row) == nullptr) return theme().color(Theme::Role::RemovedSoft);
    if (realValue(row) == nullptr) return theme().color(Theme::Role::AddedSoft);
    return theme().color(Theme::Role::ChangedSoft);
}

void StateTree::paintSide(QPainter& painter, const RowCell& cell, const StateRow& row, const Json* value, bool branch) const
{
    const QColor text = rows_.isPast ? theme().color(Theme::Role::TextDimmed)
                        : branch     ? branchInk(theme())
                                     : theme().color(Theme::Role::Text);
    if (value == nullptr)
        return paintText(painter, cell.rect, QStringLiteral("—"), theme().mono(), theme().color(Theme::Role::TextDimmed));
    paintJson(painter, cell, row, *value, text, branch || rows_.isPast ? text : theme().color(Theme::Role::TextSecondary));
}

}  // namespace hindcast::ui
