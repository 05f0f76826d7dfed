#pragma once
#include "ui/look/theme.h"

#include <QLineEdit>

namespace hindcast::ui {

/// A line to search or filter by, with the sign for it and a cross that empties it.
class SearchField final : public QLineEdit {
    Q_OBJECT
public:
    /// `theme` must outlive the field.
    explicit SearchField(const Theme& theme, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] QRectF crossRect() const;
    [[nodiscard]] bool isOnCross(const QPointF& position) const;

    const Theme& theme_;
};

}  // namespace hindcast::ui
