#pragma once
#include "ui/look/row_view.h"
#include "ui/types/types_model.h"

#include <vector>

namespace hindcast::ui {

/// The rows of the panel: a box to tick, the type's colour, its name and how often it occurs; "only" on the row that is pointed at.
/// Space ticks, Enter shows only that type, Ctrl+A all, Left and Right go to its previous and next event.
class TypesList final : public RowView {
    Q_OBJECT
public:
    enum Column { Name, Events };
    /// `model` must outlive the list.
    TypesList(TypesModel& model, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] Row rowCount() const override { return model_.rowCount(); }
    [[nodiscard]] QString rowText(Row row) const override;
    /// Where "only" (or "all") stands in a row, in the viewport.
    [[nodiscard]] QRect onlyRect(Row row) const;
    [[nodiscard]] QRect boxRect(Row row) const;

signals:
    void toggleWanted(hindcast::TypeId type);
    void onlyWanted(hindcast::TypeId type);
    void allWanted();
    void stepWanted(hindcast::TypeId type, bool forward);

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;
    [[nodiscard]] Qt::CursorShape cursorAt(Row row, int column, const QPoint& position) const override;

private:
    void fitColumns();
    void click(Row row, const QPoint& position);
    [[nodiscard]] QString onlyText(Row row) const;
    void paintName(QPainter& painter, const RowCell& cell) const;

    TypesModel& model_;
    std::vector<QString> names_;  ///< that are listed: a long one is cut so that it is not taken for another
    int eventsWidth_ = 0;
};

}  // namespace hindcast::ui
