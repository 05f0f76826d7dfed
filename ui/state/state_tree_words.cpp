// What a StateTree says of its fields, and which events set them.
#include "ui/look/json_text.h"
#include "ui/state/state_tree.h"

namespace hindcast::ui {

namespace {

constexpr int kValueInTip = 3000;

}  // namespace

QString StateTree::fieldName(const StateRow& row) const
{
    if (row.key != nullptr) return row.key->empty() ? QStringLiteral("\"\"") : QString::fromStdString(*row.key);
    return row.value == rows_.document ? tr("(the whole state)") : QString::number(row.index);
}

QString StateTree::setByText(Row row) const
{
    const auto by = setBy(row);
    if (by && branchShown_) return QStringLiteral("#%1").arg(by->value);  // its column is narrow
    return by ? StateWords::event(history_.get(), *by, names_) : QString();
}

QString StateTree::rowText(Row row) const
{
    const StateRow& line = rows_.rows[static_cast<std::size_t>(row)];
    const auto words = [](const Json* value) {
        return value == nullptr                            ? tr("not there")
               : value->is_structured() && !value->empty() ? containerText(*value)
                                                           : valueText(*value, 200);
    };
    QString text = tr("%1: %2").arg(fieldName(line), words(realValue(row)));
    if (isBeside()) {
        text += tr(", what if: %1").arg(words(branchValue(row)));
        if (line.mark != FieldMark::None) text += tr(", differs");
        if (const QString by = setByText(row); !by.isEmpty()) text += tr(", set by %1").arg(by);
        return text;
    }
    if (line.mark == FieldMark::Added) text += tr(", added");
    if (line.mark == FieldMark::Changed) text += tr(", changed");
    if (const QString by = setByText(row); !by.isEmpty()) text += tr(", set by %1").arg(by);
    return text;
}

QString StateTree::toolTipText(Row row, int column) const
{
    const auto tip = [](const Json* value) { return value != nullptr ? valueText(*value, kValueInTip) : tr("not there"); };
    switch (columnOf(column)) {
        case Field: return QString::fromStdString(rows_.pointer(static_cast<std::size_t>(row))).left(kValueInTip);
        case Value: return tip(realValue(row));
        case WhatIf: return isBeside() ? tip(branchValue(row)) : QString();
        case SetBy: return setByText(row);
        default: return {};
    }
}

std::optional<Version> StateTree::setBy(Row row) const
{
    if (!view_ || !view_->provenance || !rows_.view) return std::nullopt;
    // The lines may still be those of another state.
    if (rows_.view->entity != view_->entity || rows_.view->state.version != view_->state.version) return std::nullopt;
    Version as = view_->state.version;
    const bool branchAlone = isBeside() && !rows_.isPast && !view_->state.alive;
    if (rows_.isPast || branchAlone) {
        const auto death = history_ ? StateWords::deathOf(*history_, *view_) : std::nullopt;
        // Of what a branch that lives on has set since then the real life knows nothing.
        if (branchAlone && death != as) return std::nullopt;
        // The event that ended the life set nothing: who set it while it was alive?
        if (death && death->value > 0) as = Version{death->value - 1};
    }
    if (const auto by = StateWords::setBy(*view_, rows_.pointer(static_cast<std::size_t>(row)), as)) return by;
    // What the shown event set is known by its changes, whatever was worked out of the events before it.
    if (isBeside()) return std::nullopt;  // there the marks tell what differs
    const bool changed = rows_.rows[static_cast<std::size_t>(row)].mark != FieldMark::None;
    return changed && as == view_->state.version ? std::optional(as) : std::nullopt;
}

std::optional<Version> StateTree::previousChange() const
{
    if (current_.empty() || !view_ || !view_->provenance) return std::nullopt;
    const Version shown = view_->state.version;
    if (shown > view_->provenanceTo) {
        if (!view_->since) return std::nullopt;
        if (const auto at = view_->since->previousChange(current_, shown)) return at;
    }
    return view_->provenance->previousChange(current_, shown);
}

std::optional<Version> StateTree::nextChange() const
{
    if (current_.empty() || !view_ || !view_->provenance) return std::nullopt;
    const StateView& view = *view_;
    const Version shown = view.state.version;
    if (const auto at = view.provenance->nextChange(current_, shown)) return at;
    return view.since ? view.since->nextChange(current_, shown) : std::nullopt;
}

}  // namespace hindcast::ui
