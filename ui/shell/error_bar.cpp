#include "ui/shell/error_bar.h"

#include "ui/look/glyphs.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace hindcast::ui {

ErrorBar::ErrorBar(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), text_(new QLabel(this)), close_(new QToolButton(this))
{
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::RichText);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text_->setAccessibleName(tr("Trouble"));
    close_->setProperty("bare", true);
    close_->setIcon(glyphIcon(Glyph::Close, theme_));
    close_->setToolTip(tr("Close"));
    close_->setAccessibleName(tr("Close this message"));
    auto* row = new QHBoxLayout(this);
    row->addWidget(text_, 1);
    row->addWidget(close_, 0, Qt::AlignTop);
    connect(close_, &QToolButton::clicked, this, &ErrorBar::clear);
    const auto dress = [this, row] {
        row->setContentsMargins(theme_.px(36), theme_.px(7), 8, theme_.px(8));
        close_->setIconSize(QSize(theme_.px(12), theme_.px(12)));
        update();
    };
    dress();
    connect(&theme_, &Theme::changed, this, dress);
    setVisible(false);
}

void ErrorBar::say(const QString& what, const QString& why, const QString& hint)
{
    line_ = what;
    if (!why.isEmpty()) line_ += QStringLiteral(": ") + why;
    if (!hint.isEmpty()) line_ += QStringLiteral(" (") + hint + QLatin1Char(')');
    QString html = QStringLiteral("<b>%1</b>").arg(what.toHtmlEscaped());
    if (!why.isEmpty()) html += QStringLiteral(": ") + why.toHtmlEscaped();
    if (!hint.isEmpty())
        html += QStringLiteral(" <span style=\"color:%1\">%2</span>")
                    .arg(theme_.color(Theme::Role::TextSecondary).name(), QStringLiteral("— ") + hint.toHtmlEscaped());
    text_->setText(html);
    text_->setAccessibleDescription(line_);
    setVisible(true);
}

void ErrorBar::clear()
{
    line_.clear();
    setVisible(false);
}

QString ErrorBar::text() const { return line_; }

void ErrorBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme_.color(Theme::Role::ChangedSoft));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme_.color(Theme::Role::Line));
    paintGlyph(painter, Glyph::Warning, QRectF(theme_.px(12), theme_.px(11), theme_.px(14), theme_.px(14)),
               theme_.color(Theme::Role::Warning));
}

}  // namespace hindcast::ui
