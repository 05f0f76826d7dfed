#pragma once
#include "ui/look/background.h"
#include "ui/session/state_search_views.h"

#include <QAbstractTableModel>
#include <QString>

#include <memory>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// The entities in whose states something was found, in an order that the user chooses; sorted off the GUI thread where there are
/// many. Takes plain values; knows no session. GUI thread only.
class StatesModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    /// The columns, and what they are sorted by.
    enum Column : int { Entity, VersionColumn, Place, Value, Time };
    static constexpr int kColumns = 5;

    explicit StatesModel(QObject* parent = nullptr);

    /// Null: nothing was asked.
    void setView(std::shared_ptr<const StatesView> view);
    [[nodiscard]] const std::shared_ptr<const StatesView>& view() const { return view_; }
    void setOrder(Column order, Qt::SortOrder direction);
    [[nodiscard]] Column order() const { return order_; }
    [[nodiscard]] Qt::SortOrder direction() const { return direction_; }
    [[nodiscard]] bool isSorting() const { return sort_.isRunning(); }

    [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(rows_.size()); }
    [[nodiscard]] const StateRow& row(std::int64_t row) const { return *rows_[static_cast<std::size_t>(row)]; }
    /// What the rows that stand here were found by; null: none do.
    [[nodiscard]] const std::shared_ptr<const StatesView>& shown() const { return shown_; }
    /// All rows as they stand, with what they live in.
    [[nodiscard]] std::pair<std::shared_ptr<const StatesView>, std::vector<const StateRow*>> all() const
    {
        return {shown_, rows_};
    }
    [[nodiscard]] std::int64_t rowOf(EntityId entity) const;  ///< -1: not among them

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void rowsChanged();

private:
    using Rows = std::vector<const StateRow*>;
    struct Task {
        std::shared_ptr<const StatesView> view;
        Column order;
        Qt::SortOrder direction;
    };
    struct Sorted {
        std::shared_ptr<const StatesView> view;  ///< that the rows stand in
        Rows rows;
    };
    [[nodiscard]] static Sorted sorted(const Task& task);
    void arrange();
    void take(Sorted sorted);

    std::shared_ptr<const StatesView> view_;
    std::shared_ptr<const StatesView> shown_;  ///< that the rows stand in
    Rows rows_;
    Column order_ = Entity;
    Qt::SortOrder direction_ = Qt::AscendingOrder;
    LatestTask<Task, Sorted> sort_;
};

}  // namespace hindcast::ui
