#pragma once
#include "ui/events/events_model.h"
#include "ui/look/change_summary.h"
#include "ui/look/row_view.h"

namespace hindcast::ui {

/// The rows of the event table. The playhead's row is the current one; what lies after it is dimmed.
class EventTable final : public RowView {
    Q_OBJECT
public:
    enum Column { Number, Time, Type, Changed, Place };
    /// `model` must outlive the table.
    EventTable(EventsModel& model, const Theme& theme, QWidget* parent = nullptr);

    /// After the history: titles and widths that depend on it.
    void updateColumns();

    [[nodiscard]] Row rowCount() const override { return model_.rows().count(); }
    [[nodiscard]] QString rowText(Row row) const override;

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;

private:
    [[nodiscard]] bool isAhead(Row row) const;  ///< after the playhead
    void paintReject(QPainter& painter, const RowCell& cell) const;
    void paintType(QPainter& painter, const RowCell& cell, TypeId type, bool ahead) const;
    [[nodiscard]] ToldBeside toldBeside(Row row) const;  ///< REQUIRES: an event stands there
    void paintChanges(QPainter& painter, const RowCell& cell, const Changes& changes, bool ahead) const;

    EventsModel& model_;
};

}  // namespace hindcast::ui
