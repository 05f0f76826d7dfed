#include "ui/state/notice.h"

#include "ui/look/link_label.h"
#include "ui/look/say.h"

#include <QPainter>
#include <QResizeEvent>
#include <QTextDocumentFragment>

#include <algorithm>

namespace hindcast::ui {

Notice::Notice(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    label_ = new LinkLabel(theme, this);
    connect(label_, &QLabel::linkActivated, this, &Notice::linkActivated);
    connect(&theme_, &Theme::changed, this, &Notice::fit);
    hide();
}

void Notice::say(const QString& html, Kind kind, const QString& brief)
{
    if (html == html_ && kind == kind_ && brief == brief_) return;  // said at each step of a scrub
    kind_ = kind;
    html_ = html;
    brief_ = brief;
    plain_ = brief.isEmpty() ? QString() : QTextDocumentFragment::fromHtml(html).toPlainText();
    setVisible(!html.isEmpty());
    fit();
    update();
}

void Notice::fit()
{
    // A layout asks for too little for a label that wraps: the strip is as high as its lines.
    constexpr QMargins kMargins(14, 5, 10, 5);
    constexpr int kSlack = 2;  // px that a rich text is wider than its characters
    const int across = std::max(80, width() - kMargins.left() - kMargins.right());
    const bool whole = brief_.isEmpty() || label_->fontMetrics().horizontalAdvance(plain_) + kSlack <= across;
    if (const QString& shown = whole ? html_ : brief_; label_->text() != shown) {
        hindcast::ui::say(*label_, {}, html_);  // what is read aloud is all of it
        label_->setText(shown);
    }
    const int high = std::max(1, label_->heightForWidth(across));
    label_->setGeometry(kMargins.left(), kMargins.top(), across, high);
    setFixedHeight(high + kMargins.top() + kMargins.bottom());
}

void Notice::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

void Notice::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool warns = kind_ == Kind::Warning;
    painter.fillRect(rect(), theme_.color(warns ? Theme::Role::ChangedSoft : Theme::Role::Field));
    painter.fillRect(0, 0, 3, height(), theme_.color(warns ? Theme::Role::Warning : Theme::Role::Line));
}

}  // namespace hindcast::ui
