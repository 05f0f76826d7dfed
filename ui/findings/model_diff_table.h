#pragma once
#include "ui/look/background.h"
#include "ui/look/row_view.h"
#include "ui/session/trial_views.h"

#include <memory>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// The entities for which two models give other states, in an order that the user chooses; sorted off the GUI thread.
class ModelDiffTable final : public RowView {
    Q_OBJECT
public:
    enum Column { Entity, Version, Event, Fields, Time, kColumns };

    /// `theme` must outlive the table.
    explicit ModelDiffTable(const Theme& theme, QWidget* parent = nullptr);

    void setView(std::shared_ptr<const ModelDiffView> view);  ///< null: nothing was asked
    [[nodiscard]] const std::shared_ptr<const ModelDiffView>& view() const { return view_; }
    /// REQUIRES: 0 ≤ row < rowCount().
    [[nodiscard]] const ModelDiffRow& difference(Row row) const { return *rows_[static_cast<std::size_t>(row)]; }
    /// All rows as they stand, with what they live in.
    [[nodiscard]] std::pair<std::shared_ptr<const ModelDiffView>, std::vector<const ModelDiffRow*>> all() const
    {
        return {shown_, rows_};
    }
    [[nodiscard]] bool isSorting() const { return sort_.isRunning(); }
    [[nodiscard]] Row rowCount() const override { return static_cast<Row>(rows_.size()); }
    [[nodiscard]] QString rowText(Row row) const override;

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;

private:
    using Rows = std::vector<const ModelDiffRow*>;
    struct Task {
        std::shared_ptr<const ModelDiffView> view;
        int column;
        Qt::SortOrder direction;
    };
    struct Sorted {
        std::shared_ptr<const ModelDiffView> view;  ///< that the rows stand in
        Rows rows;
    };
    [[nodiscard]] static Sorted sorted(const Task& task);
    void take(Sorted sorted);
    void sortBy(int column);
    void updateColumns();
    [[nodiscard]] QString cellText(Row row, int column) const;

    std::shared_ptr<const ModelDiffView> view_;
    std::shared_ptr<const ModelDiffView> shown_;  ///< that the rows stand in
    Rows rows_;
    int order_ = Time;
    Qt::SortOrder direction_ = Qt::AscendingOrder;
    LatestTask<Task, Sorted> sort_;
};

}  // namespace hindcast::ui
