#pragma once
#include "ui/look/background.h"
#include "ui/session/over_all_views.h"

#include <QAbstractTableModel>
#include <QString>

#include <memory>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// What a search for the first time has found, in an order that the user chooses; it is sorted off the GUI thread where there is much.
/// Takes plain values; knows no session. GUI thread only.
class FirstTimeModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Order : std::uint8_t { Time, Entity, Version, Event };
    static constexpr std::size_t kMostPaths = 3;  ///< that have a column

    explicit FirstTimeModel(QObject* parent = nullptr);

    /// Null: nothing was asked.
    void setView(std::shared_ptr<const FirstTimeView> view);
    [[nodiscard]] const std::shared_ptr<const FirstTimeView>& view() const { return view_; }
    void setOrder(Order order, Qt::SortOrder direction);
    [[nodiscard]] Order order() const { return order_; }
    [[nodiscard]] Qt::SortOrder direction() const { return direction_; }
    [[nodiscard]] bool isSorting() const { return sort_.isRunning(); }

    [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(rows_.size()); }
    [[nodiscard]] const FirstTimeRow& row(std::int64_t row) const { return *rows_[static_cast<std::size_t>(row)]; }
    /// All rows as they stand, with what they live in.
    [[nodiscard]] std::pair<std::shared_ptr<const FirstTimeView>, std::vector<const FirstTimeRow*>> all() const
    {
        return {shown_, rows_};
    }
    [[nodiscard]] std::int64_t rowOf(EventId event, EntityId entity) const;  ///< -1: not among them
    /// How the entity is called in the table: by its id alone where all are of one category.
    [[nodiscard]] QString entityText(std::int64_t row) const;

    /// Columns: entity, version, event, one for each of the first paths, time.
    [[nodiscard]] int timeColumn() const { return columnCount() - 1; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void rowsChanged();

private:
    using Rows = std::vector<const FirstTimeRow*>;
    struct Task {
        std::shared_ptr<const FirstTimeView> view;
        Order order;
        Qt::SortOrder direction;
    };
    struct Sorted {
        std::shared_ptr<const FirstTimeView> view;  ///< that the rows stand in
        Rows rows;
    };
    [[nodiscard]] static Sorted sorted(const Task& task);
    void arrange();
    void take(Sorted sorted);

    std::shared_ptr<const FirstTimeView> view_;
    std::shared_ptr<const FirstTimeView> shown_;  ///< that the rows stand in
    Rows rows_;
    Order order_ = Order::Time;
    Qt::SortOrder direction_ = Qt::AscendingOrder;
    LatestTask<Task, Sorted> sort_;
};

}  // namespace hindcast::ui
