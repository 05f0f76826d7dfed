#pragma once
#include "ui/look/theme.h"

#include <QCheckBox>
#include <QRectF>

class QPainter;

namespace hindcast::ui {

/// The box of a row that can be ticked, 13 px of a desk wide in the middle of `box`. For lists that paint their own rows.
void paintCheckBox(QPainter& painter, const QRectF& box, bool checked, const Theme& theme);

/// A check box with that box: the style's own has an outline that nobody sees on a dark ground. `theme` must outlive it.
class CheckBox final : public QCheckBox {
    Q_OBJECT
public:
    CheckBox(const QString& text, const Theme& theme, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
};

}  // namespace hindcast::ui
