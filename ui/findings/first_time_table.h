#pragma once
#include "ui/findings/first_time_model.h"
#include "ui/findings/found_table.h"

namespace hindcast::ui {

/// The rows of a search for the first time.
class FirstTimeTable final : public FoundTable {
    Q_OBJECT
public:
    /// `model` must outlive the table.
    FirstTimeTable(FirstTimeModel& model, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] Row rowCount() const override { return model_.count(); }
    [[nodiscard]] QString rowText(Row row) const override;

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;

private:
    void updateColumns() override;
    void updateRows();
    void sortBy(int column);

    FirstTimeModel& model_;
    std::vector<Pointer> paths_;  ///< that have columns
};

}  // namespace hindcast::ui
