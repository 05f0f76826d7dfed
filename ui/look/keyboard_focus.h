#pragma once
#include "ui/look/theme.h"

#include <QPainter>

namespace hindcast::ui {

/// Whether a view that has the focus draws its frame: only for who works by keyboard, as a click shows by itself where one is.
class KeyboardFocus {
public:
    void in(Qt::FocusReason reason)
    {
        switch (reason) {
            case Qt::TabFocusReason:
            case Qt::BacktabFocusReason:
            case Qt::ShortcutFocusReason: byKeyboard_ = true; break;
            case Qt::MouseFocusReason: byKeyboard_ = false; break;
            default: break;  // back from another window, a menu, a dialog: as it was
        }
    }
    [[nodiscard]] bool isShown() const { return byKeyboard_; }
    void paint(QPainter& painter, const QRect& area, const Theme& theme) const
    {
        if (!byKeyboard_) return;
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.color(Theme::Role::Accent), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5));
        painter.restore();
    }

private:
    bool byKeyboard_ = false;
};

}  // namespace hindcast::ui
