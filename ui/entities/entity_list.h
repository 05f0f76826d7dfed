#pragma once
#include "ui/entities/entities_model.h"
#include "ui/look/row_view.h"

#include <vector>

namespace hindcast::ui {

/// "09:14" on the newest day of the log, "3 Nov" within its year, else "2024". In the shown zone.
[[nodiscard]] QString lastSeenText(Timestamp last, Timestamp newest);

/// The rows of the entity list: name, number of events, time of the last one; the pinned ones with a dot before the name, and heads
/// of groups where it is grouped. What a click or key asks for is told by signals.
class EntityList final : public RowView {
    Q_OBJECT
public:
    enum Column { Name, Events, Last };
    /// `model` must outlive the list.
    EntityList(EntitiesModel& model, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] Row rowCount() const override { return model_.rowCount(); }
    [[nodiscard]] QString rowText(Row row) const override;
    /// What stands beneath the pins where there is nothing else.
    void setNote(const QString& note);
    /// Where a click pins or unpins that row; in the viewport.
    [[nodiscard]] QRect pinRect(Row row) const;

signals:
    void pinToggled(qint64 row);
    void pinMoveWanted(qint64 row, int by);  ///< of a pin: up (-1) or down (1)
    void groupToggled(qint64 row);

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QColor rowTint(Row row) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;
    [[nodiscard]] Qt::CursorShape cursorAt(Row row, int column, const QPoint& position) const override;
    [[nodiscard]] Row headAbove(Row top) const override;
    [[nodiscard]] bool paintsAcrossColumns() const override { return true; }
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    static constexpr int kGutter = 9;  ///< before every name: where the dot of a pin stands

    void fitColumns();
    [[nodiscard]] bool pressesSign(const QMouseEvent& event);
    /// A press on the head that stands over the rows of its group leads to the group's beginning.
    [[nodiscard]] bool pressesStickyHead(const QMouseEvent& event);
    [[nodiscard]] QString longName(Row row) const;
    [[nodiscard]] QRect nameRect(const RowCell& cell, const EntityLine& line) const;
    void paintPin(QPainter& painter, const RowCell& cell, const EntityLine& line) const;
    void paintName(QPainter& painter, const QRect& rect, const EntityLine& line) const;
    void paintNamed(QPainter& painter, const QRect& rect, const QString& display, const QString& id, EntityId entity) const;
    /// The ids, as they are written, of the others in view that have that display name too.
    [[nodiscard]] std::vector<QString> idsBeside(EntityId entity, const QString& display) const;
    void paintGroup(QPainter& painter, const QRect& rect, std::size_t group) const;
    void paintMissingPin(QPainter& painter, const QRect& rect, const QString& entity) const;

    EntitiesModel& model_;
    QString note_;
    Row draggedPin_ = kNone;
    bool headPressed_ = false;  ///< the last press led to a group's beginning: the second one of a double click does nothing more
    int eventsWidth_ = 0;
    int lastWidth_ = 0;
};

}  // namespace hindcast::ui
