#pragma once
#include "ui/look/theme.h"

#include <QLabel>
#include <QPainter>

namespace hindcast::ui {

/// Rich text with links that mouse and keyboard follow. Shows when it has the focus, also where no link of it is stood upon.
class LinkLabel final : public QLabel {
public:
    /// `theme` must outlive the label.
    explicit LinkLabel(const Theme& theme, QWidget* parent = nullptr) : QLabel(parent), theme_(theme)
    {
        setTextFormat(Qt::RichText);
        setWordWrap(true);
        setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
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
