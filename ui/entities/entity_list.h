#pragma once
#include "ui/entities/entities_model.h"
#include "ui/look/row_view.h"

namespace hindcast::ui {

/// "09:14" on the newest day of the log, "3 Nov" within its year, else "2024". UTC.
[[nodiscard]] QString lastSeenText(Timestamp last, Timestamp newest);

/// The rows of the entity list: name, number of events, time of the last one.
class EntityList final : public RowView {
    Q_OBJECT
public:
    enum Column { Name, Events, Last };
    /// `model` must outlive the list.
    EntityList(EntitiesModel& model, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] Row rowCount() const override { return model_.rowCount(); }
    [[nodiscard]] QString rowText(Row row) const override;

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;

private:
    void fitColumns();
    void paintName(QPainter& painter, const RowCell& cell) const;

    EntitiesModel& model_;
    int eventsWidth_ = 0;
    int lastWidth_ = 0;
};

}  // namespace hindcast::ui
