#pragma once
#include "ui/findings/found_table.h"
#include "ui/findings/states_model.h"

namespace hindcast::ui {

/// The rows of a search in states.
class StatesTable final : public FoundTable {
    Q_OBJECT
public:
    /// `model` must outlive the table.
    StatesTable(StatesModel& model, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] Row rowCount() const override { return model_.count(); }
    [[nodiscard]] QString rowText(Row row) const override;

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;

private:
    [[nodiscard]] QString cellText(Row row, int column) const;
    void updateColumns() override;
    void updateRows();
    void sortBy(int column);

    StatesModel& model_;
};

}  // namespace hindcast::ui
