#pragma once
#include "ui/findings/findings_model.h"
#include "ui/findings/found_table.h"

namespace hindcast::ui {

/// Findings beneath the heads of their groups, which fold them away: by a click, Enter, ← and →.
class FindingsTable final : public FoundTable {
    Q_OBJECT
public:
    /// `model` must outlive the table.
    FindingsTable(FindingsModel& model, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] Row rowCount() const override { return model_.count(); }
    [[nodiscard]] QString rowText(Row row) const override;

signals:
    void chosen(hindcast::EntityId entity, hindcast::EventId event, hindcast::Timestamp time);

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QColor rowTint(Row row) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;
    [[nodiscard]] Row headAbove(Row top) const override;
    [[nodiscard]] bool paintsAcrossColumns() const override { return true; }
    void keyPressEvent(QKeyEvent* event) override;

private:
    void updateColumns() override;
    void choose(Row row);
    void fold(Row row, bool unfolded);

    FindingsModel& model_;
};

}  // namespace hindcast::ui
