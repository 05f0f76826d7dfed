#include "ui/state/notice.h"

#include "ui/look/link_label.h"
#include "ui/look/say.h"

#include <QPainter>
#include <QResizeEvent>

#include <algorithm>

namespace hindcast::ui {

Notice::Notice(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    label_ = new LinkLabel(theme, this);
    connect(label_, &QLabel::linkActivated, this, &Notice::linkActivated);
    hide();
}

void Notice::say(const QString& html, Kind kind)
{
    kind_ = kind;
    hindcast::ui::say(*label_, {}, html);
    setVisible(!html.isEmpty());
    fit();
    update();
}

void Notice::fit()
{
    // A layout asks for too little for a label that wraps: the strip is as high as its lines.
    constexpr QMargins kMargins(14, 5, 10, 5);
    const int across = std::max(80, width() - kMargins.left() - kMargins.right());
    const int high = std::max(1, label_->heightForWidth(across));
    label_->setGeometry(kMargins.left(), kMargins.top(), across, high);
    setFixedHeight(high + kMargins.top() + kMargins.bottom());
}

void Notice::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

QString Notice::text() const { return label_->text(); }

void Notice::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool warns = kind_ == Kind::Warning;
    painter.fillRect(rect(), theme_.color(warns ? Theme::Role::ChangedSoft : Theme::Role::Field));
    painter.fillRect(0, 0, 3, height(), theme_.color(warns ? Theme::Role::Warning : Theme::Role::Line));
}

}  // namespace hindcast::ui
