#include "ui/findings/states_model.h"

#include "core/event/decimal.h"
#include "ui/findings/states_text.h"
#include "ui/look/format.h"

#include <algorithm>
#include <compare>
#include <string_view>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr std::uint64_t kAtOnce = 2000;  // rows that are sorted within a millisecond or so

/// Numbers by what they are worth, before texts; nothing first of all.
std::strong_ordering compareValues(const StateRow& a, const StateRow& b)
{
    const auto textOf = [](const StateRow& row) {
        return row.found.empty() ? std::string_view() : std::string_view(row.found.front().value.json);
    };
    const auto rankOf = [](std::string_view text) { return text.empty() ? 0 : isJsonNumber(text) ? 1 : 2; };
    const std::string_view left = textOf(a);
    const std::string_view right = textOf(b);
    if (const auto byRank = rankOf(left) <=> rankOf(right); byRank != 0) return byRank;
    return rankOf(left) == 1 ? compareDecimals(left, right) : left <=> right;
}

std::strong_ordering compare(const StateRow& a, const StateRow& b, StatesModel::Column order)
{
    switch (order) {
        case StatesModel::Entity: {
            const auto byCategory = a.key.category <=> b.key.category;
            return byCategory != 0 ? byCategory : a.key.id <=> b.key.id;
        }
        case StatesModel::VersionColumn: return a.version <=> b.version;
        case StatesModel::Place: {
            if (a.found.empty() || b.found.empty()) return a.found.size() <=> b.found.size();
            const auto byPointer = a.found.front().pointer <=> b.found.front().pointer;
            return byPointer != 0 ? byPointer : a.places <=> b.places;
        }
        case StatesModel::Value: return compareValues(a, b);
        case StatesModel::Time: return a.time <=> b.time;
    }
    return std::strong_ordering::equal;
}

}  // namespace

StatesModel::StatesModel(QObject* parent)
    : QAbstractTableModel(parent), sort_(this, &StatesModel::sorted, [this](Sorted sorted, bool) { take(std::move(sorted)); })
{
}

StatesModel::Sorted StatesModel::sorted(const Task& task)
{
    Sorted made{task.view, {}};
    made.rows.reserve(task.view->rows);
    for (const StatesView::Batch& batch : task.view->batches)
        for (const StateRow& row : *batch) made.rows.push_back(&row);
    std::ranges::sort(made.rows, [&](const StateRow* a, const StateRow* b) {
        if (task.direction == Qt::DescendingOrder) std::swap(a, b);
        const auto order = compare(*a, *b, task.order);
        // Rows that are alike stand by their entities, whichever thread has found them first.
        return order != 0 ? order < 0 : a->entity < b->entity;
    });
    return made;
}

void StatesModel::setView(std::shared_ptr<const StatesView> view)
{
    // Only how far it has come is new.
    const bool same = view_ && view && view_->rows == view->rows && view->rows > 0 && view_->batches == view->batches;
    view_ = std::move(view);
    if (!same) arrange();
}

void StatesModel::setOrder(Column order, Qt::SortOrder direction)
{
    if (std::exchange(order_, order) == order && direction_ == direction) return;
    direction_ = direction;
    arrange();
}

void StatesModel::arrange()
{
    if (!view_ || view_->rows <= kAtOnce) {
        sort_.cancel();
        return take(view_ ? sorted({view_, order_, direction_}) : Sorted{});
    }
    sort_.ask({view_, order_, direction_});
}

void StatesModel::take(Sorted sorted)
{
    beginResetModel();
    rows_ = std::move(sorted.rows);
    shown_ = std::move(sorted.view);
    endResetModel();
    emit rowsChanged();
}

std::int64_t StatesModel::rowOf(EntityId entity) const
{
    const auto found = std::ranges::find(rows_, entity, &StateRow::entity);
    return found == rows_.end() ? -1 : found - rows_.begin();
}

int StatesModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }

int StatesModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant StatesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)) return {};
    const StateRow& found = row(index.row());
    switch (static_cast<Column>(index.column())) {
        case Entity:
            return QString::fromStdString(shown_->question.scope == FirstTimeScope::All ? found.key.text() : found.key.id);
        case VersionColumn: return grouped(found.version.value);
        case Place: return placesText(found);
        case Value: return foundText(found);
        case Time: return found.time.isKnown() ? shortTimeText(found.time) : QString();
    }
    return {};
}

QVariant StatesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= kColumns) return {};
    static const char* const kNames[] = {QT_TR_NOOP("entity"), QT_TR_NOOP("version"), QT_TR_NOOP("field"), QT_TR_NOOP("value"),
                                         QT_TR_NOOP("last event")};
    return tr(kNames[section]);
}

}  // namespace hindcast::ui
