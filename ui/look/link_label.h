#pragma once
#include "ui/look/theme.h"

#include <QLabel>
#include <QPainter>
#include <QPointer>

namespace hindcast::ui {

/// Rich text with links that mouse and keyboard follow. Shows when it has the focus, also where no link of it is stood upon. A click
/// leaves the focus where it is, and the label looking as it did.
class LinkLabel final : public QLabel {
public:
    /// `theme` must outlive the label.
    explicit LinkLabel(const Theme& theme, QWidget* parent = nullptr) : QLabel(parent), theme_(theme)
    {
        setTextFormat(Qt::RichText);
        setWordWrap(true);
        setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
        setFocusPolicy(Qt::TabFocus);  // the flags have set another
    }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QLabel::paintEvent(event);
        if (!hasFocus()) return;
        QPainter painter(this);
        painter.setPen(theme_.color(Theme::Role::Accent));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    void mouseReleaseEvent(QMouseEvent* event) override
    {
        const QPointer<LinkLabel> alive(this);  // a link may lead to where there is no such label
        QLabel::mouseReleaseEvent(event);
        // Qt marks as the link that was followed whatever the text begins with, and keeps that until the focus goes elsewhere.
        if (alive) setSelection(0, 0);
    }
    void focusInEvent(QFocusEvent* event) override
    {
        QLabel::focusInEvent(event);
        update();
    }
    void focusOutEvent(QFocusEvent* event) override
    {
        QLabel::focusOutEvent(event);
        update();
    }

private:
    const Theme& theme_;
};

}  // namespace hindcast::ui
