#include "ui/look/wrapped_label.h"

#include <QResizeEvent>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr int kLeast = 120;  // pixels: a word or two

}  // namespace

WrappedLabel::WrappedLabel(const QString& text, QWidget* parent) : QLabel(text, parent)
{
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
}

QSize WrappedLabel::sizeHint() const
{
    const int natural = fontMetrics().size(0, text()).width() + 2 * margin() + 2;
    return {natural, minimumSizeHint().height()};
}

QSize WrappedLabel::minimumSizeHint() const { return {kLeast, heightForWidth(std::max(kLeast, width()))}; }

void WrappedLabel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    if (event->oldSize().width() != event->size().width()) updateGeometry();
}

}  // namespace hindcast::ui
