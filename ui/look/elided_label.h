#pragma once
#include <QLabel>

namespace hindcast::ui {

/// A line of plain text that gives way: cut with "…" where there is no room, whole in the tool tip.
class ElidedLabel final : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
};

}  // namespace hindcast::ui
