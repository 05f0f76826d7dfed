#pragma once
#include "ui/events/event_columns.h"
#include "ui/events/events_model.h"
#include "ui/look/changes_view.h"

#include <optional>
#include <vector>

namespace hindcast::ui {

/// The rows of the event table, in the columns that the model names. The playhead's row is the current one; what lies after it is
/// dimmed; where its event is left out, a line in the playhead's colour stands where it would be.
class EventTable final : public ChangesView {
    Q_OBJECT
public:
    using enum EventColumns::Kind;
    /// `model` must outlive the table.
    EventTable(EventsModel& model, const Theme& theme, QWidget* parent = nullptr);

    /// After the history, or another choice of columns: titles and widths that depend on them.
    void updateColumns();
    [[nodiscard]] EventColumns::Kind kindOf(int column) const { return at(column).kind; }
    /// Types are called otherwise now: the widths that their names took are forgotten.
    void namesChanged();
    /// Its key in EventColumns::widths.
    [[nodiscard]] std::string keyOf(int column) const;
    /// Of a payload column: its place among the pointers.
    [[nodiscard]] std::size_t pointerOf(int column) const { return at(column).pointer; }

    [[nodiscard]] Row rowCount() const override { return model_.rows().count(); }
    [[nodiscard]] QString rowText(Row row) const override;
    /// What a cell says, as text for the clipboard.
    [[nodiscard]] QString cellText(Row row, int column) const;
    /// Where stepping begins while no row is the current one: the last one that does not lie after the playhead.
    [[nodiscard]] Row anchorRow() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    void keyPressEvent(QKeyEvent* event) override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;
    [[nodiscard]] QString headerToolTip(int column) const override;

private:
    struct Shown {
        EventColumns::Kind kind = Number;
        std::size_t pointer = 0;
    };
    [[nodiscard]] const Shown& at(int column) const { return shown_[static_cast<std::size_t>(column)]; }
    [[nodiscard]] RowColumn standardColumn(EventColumns::Kind kind) const;
    void showDetails();
    [[nodiscard]] int placeText(Row row) const;  ///< px that the row's position takes
    [[nodiscard]] int typeText(Row row) const;   ///< px that the name of its type takes, with its square
    void fitToView();
    [[nodiscard]] bool isAhead(Row row) const;  ///< after the playhead
    void paintReject(QPainter& painter, const RowCell& cell) const;
    void paintType(QPainter& painter, const RowCell& cell, TypeId type, bool ahead) const;
    [[nodiscard]] ToldBeside toldBeside(Row row) const;  ///< REQUIRES: an event stands there
    void paintField(QPainter& painter, const RowCell& cell, EventId id, bool ahead) const;

    EventsModel& model_;
    std::vector<Shown> shown_;          ///< what stands in each column
    std::vector<QString> shownTypes_;   ///< names in view: a long one is cut so that it is not taken for another
    std::optional<EntityId> widthsOf_;  ///< whose rows the two widths are of
    int placeWidth_ = 0;                ///< px: the longest position that has been in view
    int typeWidth_ = 0;                 ///< px: the longest name of a type that has been in view
};

}  // namespace hindcast::ui
