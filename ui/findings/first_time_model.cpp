#include "ui/findings/first_time_model.h"

#include "ui/findings/first_time_text.h"
#include "ui/look/format.h"

#include <algorithm>
#include <compare>

namespace hindcast::ui {

namespace {

constexpr int kBefore = 3;  // columns before those of the paths

std::strong_ordering compare(const FirstTimeRow& a, const FirstTimeRow& b, FirstTimeOrder order)
{
    switch (order) {
        case FirstTimeOrder::Time: return a.time <=> b.time;
        case FirstTimeOrder::Entity: return a.key <=> b.key;
        case FirstTimeOrder::Version: return a.version <=> b.version;
        case FirstTimeOrder::Event: {
            const auto byType = a.type <=> b.type;
            return byType != 0 ? byType : a.time <=> b.time;
        }
    }
    return std::strong_ordering::equal;
}

bool isSame(const FirstTimeRow& a, const FirstTimeRow& b) { return a.event == b.event && a.entity == b.entity; }

}  // namespace

FirstTimeModel::FirstTimeModel(QObject* parent)
    : QAbstractTableModel(parent), SortedRows(this, FirstTimeOrder::Time, compare, isSame)
{
}

void FirstTimeModel::replaceRows(const std::function<void()>& exchange)
{
    beginResetModel();
    exchange();
    endResetModel();
    emit rowsChanged();
}

QString FirstTimeModel::entityText(std::int64_t at) const
{
    const FirstTimeRow& found = row(at);
    return QString::fromStdString(shown()->scope == FirstTimeScope::All ? found.key.text() : found.key.id);
}

int FirstTimeModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(count()); }

int FirstTimeModel::columnCount(const QModelIndex& parent) const
{
    if (parent.isValid()) return 0;
    return kBefore + 1 + static_cast<int>(shown() ? std::min(shown()->paths.size(), kMostPaths) : 0);
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
        return section < timeColumn() ? pathText(shown()->paths[static_cast<std::size_t>(section - kBefore)]) : QString();
    static const char* const kNames[] = {QT_TR_NOOP("entity"), QT_TR_NOOP("version"), QT_TR_NOOP("event")};
    return tr(kNames[section]);
}

}  // namespace hindcast::ui
