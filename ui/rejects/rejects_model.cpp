#include "ui/rejects/rejects_model.h"

#include "ui/look/format.h"
#include "ui/session/event_json.h"

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr std::int64_t kLeastRows = 64;  // around what is in view, so that a step of the wheel finds its rows there

}  // namespace

RejectsModel::RejectsModel(QObject* parent) : QAbstractTableModel(parent) {}

void RejectsModel::setActive(bool active)
{
    if (std::exchange(active_, active) == active || !active) return;
    asked_.reset();
    if (rows_ == nullptr || stale_)
        ask();
    else
        askIfNeeded();
}

void RejectsModel::lookAt(std::int64_t first, std::int64_t last)
{
    viewFirst_ = first;
    viewLast_ = last;
    if (!taking_) askIfNeeded();
}

void RejectsModel::refresh()
{
    stale_ = true;
    asked_.reset();
    if (active_) ask();
}

void RejectsModel::reveal(EventId id)
{
    revealing_ = id;
    if (active_) ask();
}

void RejectsModel::setCurrent(std::optional<EventId> id)
{
    current_ = id;
    currentRow_ = id ? rowOf(*id) : -1;
}

void RejectsModel::clear()
{
    beginResetModel();
    rows_.reset();
    current_.reset();
    currentRow_ = -1;
    revealing_.reset();
    asked_.reset();
    answered_.reset();
    stale_ = false;
    endResetModel();
    emit rowsMoved(0, -1);
}

store::RejectQuery RejectsModel::wanted() const
{
    const std::int64_t shown = std::max<std::int64_t>(0, viewLast_ - viewFirst_ + 1);
    const std::int64_t around = std::max(kLeastRows, shown);
    store::RejectQuery query;
    query.limit = static_cast<std::size_t>(shown + 2 * around);
    if (revealing_) {
        query.anchor = query.mark = revealing_;
        query.first = -around;
        return query;
    }
    if (stale_) query.mark = current_;
    // By what stands there and not by its number, which may be another one by now.
    if (const RejectRow* top = row(viewFirst_)) {
        query.anchor = top->reject.id;
        query.first = -around;
    } else {
        query.first = std::max<std::int64_t>(0, viewFirst_ - around);
    }
    return query;
}

void RejectsModel::ask()
{
    const store::RejectQuery query = wanted();
    if (asked_ == query) return;
    asked_ = query;
    emit rowsWanted(query);
}

void RejectsModel::askIfNeeded()
{
    if (!active_) return;
    const std::int64_t last = std::min(viewLast_, total() - 1);
    const auto there = rows_ ? rows_->first + static_cast<std::int64_t>(rows_->rows.size()) : 0;
    const bool covered = rows_ != nullptr && (last < viewFirst_ || (viewFirst_ >= rows_->first && last < there));
    if (stale_ || revealing_ || (!covered && answered_ != wanted())) ask();
}

void RejectsModel::take(const std::shared_ptr<const RejectRows>& rows)
{
    const store::RejectQuery& query = rows->query;
    // Where what was in view has got to: by the row it has in what is shown now, which an earlier answer may have moved already.
    std::int64_t by = 0;
    if (query.anchor && rows->anchorRow)
        if (const std::int64_t before = rowOf(*query.anchor); before >= 0) by = *rows->anchorRow - before;
    if (query.mark && query.mark == current_)
        currentRow_ = rows->markRow.value_or(-1);
    else if (currentRow_ >= 0)
        currentRow_ += by;
    if (currentRow_ < 0 && !query.mark && current_) {
        // It has come into view.
        const auto found = std::ranges::find(rows->rows, *current_, [](const RejectRow& row) { return row.reject.id; });
        if (found != rows->rows.end()) currentRow_ = rows->first + (found - rows->rows.begin());
    }
    answered_ = query;
    if (asked_ == query) {
        asked_.reset();
        stale_ = false;
    }
    const bool isRevealed = revealing_ && query.anchor == revealing_ && query.mark == revealing_;
    taking_ = true;
    const bool others = !rows_ || rows_->total != rows->total || by != 0;
    if (others) beginResetModel();
    rows_ = rows;
    if (others)
        endResetModel();
    else if (!rows->rows.empty())
        emit dataChanged(index(static_cast<int>(rows->first), 0),
                         index(static_cast<int>(rows->first) + static_cast<int>(rows->rows.size()) - 1, kColumns - 1));
    emit rowsMoved(by, currentRow_);
    if (isRevealed) {
        revealing_.reset();
        if (rows->markRow) emit revealed(*rows->markRow);
    }
    taking_ = false;
    askIfNeeded();
}

const RejectRow* RejectsModel::row(std::int64_t row) const
{
    if (!rows_ || row < rows_->first) return nullptr;
    const auto at = static_cast<std::size_t>(row - rows_->first);
    return at < rows_->rows.size() ? &rows_->rows[at] : nullptr;
}

std::int64_t RejectsModel::rowOf(EventId id) const
{
    if (!rows_) return -1;
    const auto found = std::ranges::lower_bound(rows_->rows, id, {}, [](const RejectRow& row) { return row.reject.id; });
    return found == rows_->rows.end() || found->reject.id != id ? -1 : rows_->first + (found - rows_->rows.begin());
}

QString RejectsModel::text(std::int64_t at, int column) const
{
    const RejectRow* reject = row(at);
    if (reject == nullptr) return {};
    const EventId id = reject->reject.id;
    const store::Part* part = part_ ? part_(id.part()) : nullptr;
    switch (column) {
        case Time: return timeText(reject->reject.time);
        case Topic: return part ? QString::fromStdString(part->topic) : QString();
        case Place: {
            const QString offset = grouped(static_cast<std::uint64_t>(id.offset().value));
            return part ? tr("%1 : %2").arg(part->partition.value).arg(offset) : offset;
        }
        case Entity: return reject->entity.isEmpty() ? tr("no entity") : reject->entity;
        case Reason: return QString::fromStdString(reject->reject.reason);
        case Size: return reject->bytes ? bytesText(*reject->bytes) : tr("null");
        default: return {};
    }
}

QString RejectsModel::place(EventId id) const
{
    const store::Part* part = part_ ? part_(id.part()) : nullptr;
    if (part == nullptr) return QString::number(id.offset().value);
    return positionText(part->topic, part->partition, id.offset());
}

int RejectsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(std::min<std::int64_t>(total(), INT32_MAX));
}

int RejectsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(kColumns); }

QVariant RejectsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole) return {};
    return text(index.row(), index.column());
}

QVariant RejectsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case Time: return tr("time");
        case Topic: return tr("topic");
        case Place: return tr("partition : offset");
        case Entity: return tr("entity");
        case Reason: return tr("reason");
        case Size: return tr("size");
        default: return {};
    }
}

}  // namespace hindcast::ui
