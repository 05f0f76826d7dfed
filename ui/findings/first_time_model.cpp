#include "ui/findings/first_time_model.h"

#include "ui/findings/first_time_text.h"
#include "ui/look/format.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr std::uint64_t kAtOnce = 2000;  // rows that are sorted within a millisecond or so
constexpr int kBefore = 3;               // columns before those of the paths

template <class Key>
void sortBy(std::vector<const FirstTimeRow*>& rows, Qt::SortOrder direction, Key key)
{
    // Rows that are alike stand by their entities, whichever thread has found them first.
    const auto whole = [&](const FirstTimeRow* row) { return std::tuple(key(row), row->entity.value); };
    if (direction == Qt::AscendingOrder)
        std::ranges::sort(rows, std::ranges::less(), whole);
    else
        std::ranges::sort(rows, std::ranges::greater(), whole);
}

}  // namespace

FirstTimeModel::FirstTimeModel(QObject* parent)
    : QAbstractTableModel(parent), sort_(this, &FirstTimeModel::sorted, [this](Sorted sorted, bool) { take(std::move(sorted)); })
{
}

FirstTimeModel::Sorted FirstTimeModel::sorted(const Task& task)
{
    Sorted made{task.view, {}};
    made.rows.reserve(task.view->rows);
    for (const FirstTimeView::Batch& batch : task.view->batches)
        for (const FirstTimeRow& row : *batch) made.rows.push_back(&row);
    switch (task.order) {
        case Order::Time: sortBy(made.rows, task.direction, [](const FirstTimeRow* row) { return row->time; }); break;
        case Order::Entity:
            sortBy(made.rows, task.direction, [](const FirstTimeRow* row) {
                return std::pair<std::string_view, std::string_view>(row->key.category, row->key.id);
            });
            break;
        case Order::Version: sortBy(made.rows, task.direction, [](const FirstTimeRow* row) { return row->version; }); break;
        case Order::Event:
            sortBy(made.rows, task.direction,
                   [](const FirstTimeRow* row) { return std::pair(std::string_view(row->type), row->time); });
            break;
    }
    return made;
}

void FirstTimeModel::setView(std::shared_ptr<const FirstTimeView> view)
{
    // Only how far it has come is new.
    const bool same = view_ && view && view_->rows == view->rows && view->rows > 0 && view_->batches == view->batches;
    view_ = std::move(view);
    if (!same) arrange();
}

void FirstTimeModel::setOrder(Order order, Qt::SortOrder direction)
{
    if (std::exchange(order_, order) == order && direction_ == direction) return;
    direction_ = direction;
    arrange();
}

void FirstTimeModel::arrange()
{
    if (!view_ || view_->rows <= kAtOnce) {
        sort_.cancel();
        return take(view_ ? sorted({view_, order_, direction_}) : Sorted{});
    }
    sort_.ask({view_, order_, direction_});
}

void FirstTimeModel::take(Sorted sorted)
{
    beginResetModel();
    rows_ = std::move(sorted.rows);
    shown_ = std::move(sorted.view);
    endResetModel();
    emit rowsChanged();
}

std::int64_t FirstTimeModel::rowOf(EventId event, EntityId entity) const
{
    const auto found =
        std::ranges::find_if(rows_, [&](const FirstTimeRow* row) { return row->event == event && row->entity == entity; });
    return found == rows_.end() ? -1 : found - rows_.begin();
}

QString FirstTimeModel::entityText(std::int64_t at) const
{
    const FirstTimeRow& found = row(at);
    return QString::fromStdString(shown_->scope == FirstTimeScope::All ? found.key.text() : found.key.id);
}

int FirstTimeModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }

int FirstTimeModel::columnCount(const QModelIndex& parent) const
{
    if (parent.isValid()) return 0;
    return kBefore + 1 + static_cast<int>(shown_ ? std::min(shown_->paths.size(), kMostPaths) : 0);
}

QVariant FirstTimeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)) return {};
    const FirstTimeRow& found = row(index.row());
    switch (index.column()) {
        case 0: return entityText(index.row());
        case 1: return grouped(found.version.value);
        case 2: return QString::fromStdString(found.type);
        default: break;
    }
    if (index.column() == timeColumn()) return found.time.isKnown() ? shortTimeText(found.time) : QString();
    return valuesText(found, static_cast<std::size_t>(index.column() - kBefore));
}

QVariant FirstTimeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0) return {};
    if (section == timeColumn()) return tr("time");
    if (section >= kBefore)
        return section < timeColumn() ? pathText(shown_->paths[static_cast<std::size_t>(section - kBefore)]) : QString();
    static const char* const kNames[] = {QT_TR_NOOP("entity"), QT_TR_NOOP("version"), QT_TR_NOOP("event")};
    return tr(kNames[section]);
}

}  // namespace hindcast::ui
