#pragma once
#include "ui/findings/found_table.h"
#include "ui/session/trial_views.h"

#include <memory>

namespace hindcast::ui {

/// The events of a smallest case, the last of which shows the symptom.
class SmallestTable final : public FoundTable {
    Q_OBJECT
public:
    /// `theme` must outlive the table.
    explicit SmallestTable(const Theme& theme, QWidget* parent = nullptr);

    void setView(std::shared_ptr<const SmallestView> view);  ///< null: nothing was asked
    [[nodiscard]] const std::shared_ptr<const SmallestView>& view() const { return view_; }
    /// REQUIRES: 0 ≤ row < rowCount().
    [[nodiscard]] const SmallestRow& event(Row row) const { return view_->rows[static_cast<std::size_t>(row)]; }
    [[nodiscard]] Row rowCount() const override { return view_ ? static_cast<Row>(view_->rows.size()) : 0; }
    [[nodiscard]] QString rowText(Row row) const override;

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QColor rowTint(Row row) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;

private:
    enum Column { Number, Event, Payload, Change, Time };
    void updateColumns() override;
    [[nodiscard]] bool isLast(Row row) const { return row + 1 == rowCount(); }
    [[nodiscard]] QString cellText(Row row, int column) const;

    std::shared_ptr<const SmallestView> view_;
};

}  // namespace hindcast::ui
