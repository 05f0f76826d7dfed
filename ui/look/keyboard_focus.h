#pragma once
#include "ui/look/theme.h"

#include <QFocusEvent>
#include <QPainter>
#include <QWidget>

namespace hindcast::ui {

/// Whether a view that has the focus draws its frame: only for who works by keyboard, as a click shows by itself where one is.
/// A member of the view, which must outlive it; repaints it where the focus comes or goes. GUI thread only.
class KeyboardFocus final : public QObject {
public:
    explicit KeyboardFocus(QWidget& view) : view_(view) { view.installEventFilter(this); }
    KeyboardFocus(const KeyboardFocus&) = delete;
    KeyboardFocus& operator=(const KeyboardFocus&) = delete;

    /// The last that the view paints.
    void paint(QPainter& painter, const Theme& theme) const
    {
        if (!byKeyboard_ || !view_.hasFocus()) return;
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.color(Theme::Role::Accent), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(view_.rect()).adjusted(0.5, 0.5, -0.5, -0.5));
        painter.restore();
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (watched != &view_) return QObject::eventFilter(watched, event);
        if (event->type() == QEvent::FocusIn) note(static_cast<const QFocusEvent*>(event)->reason());
        if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) view_.update();
        return QObject::eventFilter(watched, event);
    }

private:
    void note(Qt::FocusReason reason)
    {
        switch (reason) {
            case Qt::TabFocusReason:
            case Qt::BacktabFocusReason:
            case Qt::ShortcutFocusReason: byKeyboard_ = true; break;
            case Qt::MouseFocusReason: byKeyboard_ = false; break;
            default: break;  // back from another window, a menu, a dialog: as it was
        }
    }

    QWidget& view_;
    bool byKeyboard_ = false;
};

}  // namespace hindcast::ui
