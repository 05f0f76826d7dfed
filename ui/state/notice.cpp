#include "ui/state/notice.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QResizeEvent>

#include <algorithm>

namespace hindcast::ui {

Notice::Notice(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    label_ = new QLabel;
    label_->setTextFormat(Qt::RichText);
    label_->setWordWrap(true);
    label_->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 5, 10, 5);
    layout->addWidget(label_);
    connect(label_, &QLabel::linkActivated, this, &Notice::linkActivated);
    hide();
}

void Notice::say(const QString& html, Kind kind)
{
    kind_ = kind;
    label_->setText(html);
    label_->setAccessibleName(html);
    setVisible(!html.isEmpty());
    fit();
    update();
}

void Notice::fit()
{
    // A label that wraps asks for too little by itself: the strip is as high as its lines.
    const QMargins margins = layout()->contentsMargins();
    const int height = label_->heightForWidth(std::max(80, width() - margins.left() - margins.right()));
    setFixedHeight(std::max(0, height) + margins.top() + margins.bottom());
}

void Notice::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) fit();
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
