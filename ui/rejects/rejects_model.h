#pragma once
#include "core/store/types.h"
#include "ui/session/reject_rows.h"

#include <QAbstractTableModel>
#include <QString>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace hindcast::ui {

/// All rejects of a workspace, in the log's order, of which it holds those in view and about as many around them: the rest is asked
/// for when it comes into view. Takes plain values; knows no session. GUI thread only.
class RejectsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, Topic, Place, Entity, Reason, Size, kColumns };

    explicit RejectsModel(QObject* parent = nullptr);

    /// Words that live elsewhere; set once.
    void setPart(std::function<const store::Part*(PartId)> part) { part_ = std::move(part); }

    /// Asks for rows only while somebody looks.
    void setActive(bool active);
    void lookAt(std::int64_t first, std::int64_t last);
    /// There are others now: what is in view is asked for anew, and where it has got to.
    void refresh();
    void take(const std::shared_ptr<const RejectRows>& rows);
    /// Brings this reject into view: revealed().
    void reveal(EventId id);
    /// The one that the user stands on; where it has got to is asked for with refresh().
    void setCurrent(std::optional<EventId> id);
    [[nodiscard]] std::optional<EventId> current() const { return current_; }
    void clear();

    [[nodiscard]] bool isLoaded() const { return rows_ != nullptr; }  ///< how many there are is known
    [[nodiscard]] std::int64_t total() const { return rows_ ? rows_->total : 0; }
    [[nodiscard]] const RejectRow* row(std::int64_t row) const;      ///< null: not there yet
    [[nodiscard]] std::int64_t rowOf(EventId id) const;              ///< -1: not among those that are there
    [[nodiscard]] QString text(std::int64_t row, int column) const;  ///< empty: not there yet
    [[nodiscard]] QString place(EventId id) const;                   ///< "orders/3/48112", to be copied

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void rowsWanted(const hindcast::store::RejectQuery& query);
    /// Rows have come. Those that were in view stand `by` rows further down; `current` is the row of current(), -1: there is none.
    void rowsMoved(qint64 by, qint64 current);
    void revealed(qint64 row);

private:
    [[nodiscard]] store::RejectQuery wanted() const;
    void ask();
    void askIfNeeded();

    std::function<const store::Part*(PartId)> part_;
    std::shared_ptr<const RejectRows> rows_;
    std::int64_t viewFirst_ = 0;
    std::int64_t viewLast_ = -1;
    std::optional<EventId> current_;
    std::int64_t currentRow_ = -1;
    std::optional<EventId> revealing_;
    std::optional<store::RejectQuery> asked_;     ///< and not answered
    std::optional<store::RejectQuery> answered_;  ///< last: to ask it again would tell nothing new
    bool active_ = false;
    bool taking_ = false;  ///< views are being told: where they look is in flux
    bool stale_ = false;   ///< refresh() came while nobody looked, or the answer to it has not
};

}  // namespace hindcast::ui
