#include "ui/connect/summary_button.h"

#include "ui/look/glyphs.h"

#include <QStyleOptionToolButton>
#include <QStylePainter>

namespace hindcast::ui {

namespace {

constexpr int kPadding = 12;
constexpr int kArrow = 9;

}  // namespace

SummaryButton::SummaryButton(const Theme& theme, QWidget* parent) : QToolButton(parent), theme_(theme)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize SummaryButton::sizeHint() const { return {200, fontMetrics().height() + 14}; }

int SummaryButton::wholeWidth() const { return fontMetrics().horizontalAdvance(text()) + 2 * kPadding + kArrow + 8 + 1; }

QSize SummaryButton::minimumSizeHint() const { return {120, sizeHint().height()}; }

void SummaryButton::paintEvent(QPaintEvent*)
{
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    option.text.clear();
    painter.drawComplexControl(QStyle::CC_ToolButton, option);
    const QRect words = rect().adjusted(kPadding, 0, -kPadding - kArrow - 8, 0);
    painter.setPen(theme_.color(isEnabled() ? Theme::Role::Text : Theme::Role::TextDimmed));
    painter.setFont(font());
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
    const QRectF arrow(width() - kPadding - kArrow + 2, (height() - kArrow) / 2.0, kArrow, kArrow);
    paintGlyph(painter, Glyph::ChevronDown, arrow, theme_.color(Theme::Role::TextSecondary));
}

}  // namespace hindcast::ui
