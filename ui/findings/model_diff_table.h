#pragma once
#include "ui/findings/found_table.h"
#include "ui/findings/sorted_rows.h"
#include "ui/session/trial_views.h"

namespace hindcast::ui {

/// The entities for which two models give other states, in an order that the user chooses: a column's.
class ModelDiffTable final : public FoundTable, public SortedRows<ModelDiffView, int> {
    Q_OBJECT
public:
    enum Column { Entity, Version, Event, Fields, Time, kColumns };

    /// `theme` must outlive the table.
    explicit ModelDiffTable(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] Row rowCount() const override { return count(); }
    [[nodiscard]] QString rowText(Row row) const override;

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;

private:
    void replaceRows(const std::function<void()>& exchange) override;
    void sortByColumn(int column);
    void updateColumns() override;
    [[nodiscard]] QString cellText(Row row, int column) const;
};

}  // namespace hindcast::ui
