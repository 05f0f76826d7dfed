#pragma once
#include "ui/look/row_view.h"
#include "ui/rejects/rejects_model.h"

namespace hindcast::ui {

/// The rows of the panel. What has not come yet is a dimmed "…".
class RejectsTable final : public RowView {
    Q_OBJECT
public:
    /// `model` must outlive the table.
    RejectsTable(RejectsModel& model, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] Row rowCount() const override { return model_.total(); }
    [[nodiscard]] QString rowText(Row row) const override;
    /// After another zone or another width of the window: titles and widths that depend on them.
    void updateColumns();

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    void resizeEvent(QResizeEvent* event) override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;

private:
    [[nodiscard]] int columnOf(int shown) const { return shown_[static_cast<std::size_t>(shown)]; }
    [[nodiscard]] bool measurePlaces();
    [[nodiscard]] RowColumn placeColumn();
    [[nodiscard]] QString cellText(Row row, int column) const;

    RejectsModel& model_;
    std::vector<int> shown_;  ///< what stands in each column
    bool narrow_ = false;     ///< topic and place share a column
    int placeWidth_ = 0;      ///< px: the longest position that has been in view
};

}  // namespace hindcast::ui
