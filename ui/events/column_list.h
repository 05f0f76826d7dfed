#pragma once
#include "ui/events/event_columns.h"
#include "ui/look/row_view.h"
#include "ui/session/payload_fields.h"

#include <vector>

namespace hindcast::ui {

/// What may be a column of the event table, a row each, with a box to tick: the standard ones, then those of the payload.
class ColumnList final : public RowView {
    Q_OBJECT
public:
    /// `theme` must outlive the list.
    explicit ColumnList(const Theme& theme, QWidget* parent = nullptr);

    void setColumns(const EventColumns& columns);
    void setNames(const FieldNames& names);
    void setSearch(const QString& text);

    [[nodiscard]] const EventColumns& chosen() const { return chosen_; }
    /// Makes or removes the column; the last one stays.
    void toggle(Row row);
    /// Adds a payload column, or does nothing where it is there. Whether it is one now: there may be too many, refused().
    bool add(const std::string& pointer);

    [[nodiscard]] Row rowCount() const override { return static_cast<Row>(rows_.size()); }
    [[nodiscard]] QString rowText(Row row) const override;

signals:
    void chosenChanged();
    void refused();  ///< there are EventColumns::kMostPointers payload columns already

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;

private:
    struct Line {
        EventColumns::Kind kind = EventColumns::Field;
        QString name;
        std::string pointer;
        QString sample;
    };
    void fill();
    [[nodiscard]] const Line& at(Row row) const { return rows_[static_cast<std::size_t>(row)]; }
    [[nodiscard]] bool isChosen(const Line& line) const;

    EventColumns chosen_;
    FieldNames names_;
    QString search_;
    std::vector<std::string> kept_;   ///< pointers that were columns when this was opened: they are listed first
    std::vector<std::string> added_;  ///< those that were added since: they stay listed, too
    std::vector<Line> rows_;
};

}  // namespace hindcast::ui
