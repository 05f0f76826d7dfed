#include "ui/findings/findings_model.h"

#include "ui/look/format.h"

#include <utility>

namespace hindcast::ui {

FindingsModel::FindingsModel(QObject* parent) : QAbstractTableModel(parent) {}

void FindingsModel::setView(std::shared_ptr<const FindingsView> view)
{
    beginResetModel();
    view_ = std::move(view);
    arrange();
    endResetModel();
    emit linesChanged();
}

void FindingsModel::arrange()
{
    lines_.clear();
    if (!view_) return;
    for (std::uint32_t i = 0; i < view_->groups.size(); ++i) {
        lines_.push_back({i, -1});
        const FindingGroupView& group = view_->groups[i];
        if (!isUnfolded(group)) continue;
        for (std::size_t row = 0; row < group.rows.size(); ++row) lines_.push_back({i, static_cast<std::int32_t>(row)});
    }
}

std::int64_t FindingsModel::headOf(std::int64_t line) const { return line - at(line).row - 1; }

const FindingRow& FindingsModel::finding(std::int64_t line) const
{
    return *group(line).rows[static_cast<std::size_t>(at(line).row)];
}

bool FindingsModel::isUnfolded(const FindingGroupView& group) const
{
    const Key key = keyOf(group);
    if (unfolded_.contains(key)) return true;
    return !folded_.contains(key) && group.rows.size() <= kFew;
}

bool FindingsModel::isUnfolded(std::int64_t line) const { return isUnfolded(group(line)); }

void FindingsModel::setUnfolded(std::int64_t line, bool unfolded)
{
    if (isUnfolded(line) == unfolded) return;
    const Key key = keyOf(group(line));
    (unfolded ? folded_ : unfolded_).erase(key);
    (unfolded ? unfolded_ : folded_).insert(key);
    beginResetModel();
    arrange();
    endResetModel();
    emit linesChanged();
}

QString FindingsModel::headText(std::int64_t line) const
{
    const FindingGroupView& of = group(line);
    const QString entities = of.entities == 1 ? tr("1 entity") : tr("%1 entities").arg(grouped(of.entities));
    QString what = of.subject;
    if (of.kind == audit::Finding::Kind::ModelFailed) what = tr("the model failed: %1").arg(of.subject);
    if (of.kind == audit::Finding::Kind::Determinism) what = tr("two states for the same events: %1").arg(of.subject);
    return tr("%1 · after %2 ×%3 · %4").arg(what, of.cause, grouped(of.rows.size()), entities);
}

int FindingsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(lines_.size()); }

int FindingsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant FindingsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)) return {};
    if (isHead(index.row())) return index.column() == 0 ? headText(index.row()) : QString();
    const FindingRow& found = finding(index.row());
    switch (index.column()) {
        case Entity: return QString::fromStdString(found.key.text());
        case Version: return grouped(found.version.value);
        case Event: return QString::fromStdString(found.cause);
        case What: return QString::fromStdString(found.change.empty() ? found.what : found.change);
        case Time: return found.time.isKnown() ? shortTimeText(found.time) : QString();
        default: return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const char* const kNames[] = {QT_TR_NOOP("entity"), QT_TR_NOOP("version"), QT_TR_NOOP("event"),
                                         QT_TR_NOOP("what the event changed"), QT_TR_NOOP("time")};
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= kColumns) return {};
    return tr(kNames[section]);
}

}  // namespace hindcast::ui
