#include "ui/look/elided_label.h"

#include "ui/look/format.h"
#include "ui/look/shaped_text.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace hindcast::ui {

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent) { setTextFormat(Qt::PlainText); }

void ElidedLabel::setShorter(const QStringList& texts)
{
    if (texts == shorter_) return;
    shorter_ = texts;
    update();
}

QSize ElidedLabel::minimumSizeHint() const { return {24, QLabel::minimumSizeHint().height()}; }

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    drawText(painter, QRectF(contentsRect()), alignment(), font(),
             fittingText(font(), QStringList(text()) + shorter_, contentsRect().width()));
}

bool ElidedLabel::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        if (textWidth(font(), text()) > contentsRect().width())
            QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), asTip(text()), this);
        return true;
    }
    return QLabel::event(event);
}

}  // namespace hindcast::ui
