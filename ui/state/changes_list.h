#pragma once
#include "ui/look/row_view.h"
#include "ui/session/views.h"

namespace hindcast::ui {

/// What one event changed, a line each: pointer, then old (struck) → new, + new, − old. As high as its lines up to a few, then it
/// scrolls by itself.
class ChangesList final : public RowView {
    Q_OBJECT
public:
    explicit ChangesList(const Theme& theme, QWidget* parent = nullptr);

    void setView(std::shared_ptr<const StateView> view);

    [[nodiscard]] Row rowCount() const override { return static_cast<Row>(shown_.size()); }
    [[nodiscard]] QString rowText(Row row) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void fieldChosen(const QString& pointer);

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QColor rowTint(Row row) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;

private:
    std::shared_ptr<const StateView> view_;
    std::vector<const Change*> shown_;  ///< into view_: those that changed something
};

}  // namespace hindcast::ui
