#include "ui/findings/states_model.h"

#include "core/event/decimal.h"
#include "ui/findings/states_text.h"
#include "ui/look/format.h"

#include <compare>
#include <string_view>

namespace hindcast::ui {

namespace {

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
        case StatesModel::Entity: return a.key <=> b.key;
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

StatesModel::StatesModel(QObject* parent) : QAbstractTableModel(parent), SortedRows(this, Entity, compare) {}

void StatesModel::replaceRows(const std::function<void()>& exchange)
{
    beginResetModel();
    exchange();
    endResetModel();
    emit rowsChanged();
}

int StatesModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(count()); }

int StatesModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant StatesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)) return {};
    const StateRow& found = row(index.row());
    switch (static_cast<Column>(index.column())) {
        case Entity:
            return QString::fromStdString(shown()->question.scope == FirstTimeScope::All ? found.key.text() : found.key.id);
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
