#include "ui/findings/found_page.h"

#include "ui/look/elided_label.h"
#include "ui/look/format.h"

#include <QKeyEvent>
#include <QVBoxLayout>

namespace hindcast::ui {

void FoundPage::layOut(QWidget& bar, std::initializer_list<QWidget*> found)
{
    message_ = new ElidedLabel;
    message_->setProperty("role", QStringLiteral("warning"));
    message_->setTextFormat(Qt::PlainText);
    message_->setContentsMargins(10, 0, 10, 4);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(&bar);
    layout->addWidget(message_);
    for (QWidget* each : found) layout->addWidget(each);
    layout->setStretch(layout->count() - 1, 1);
}

QString FoundPage::message() const { return message_->isHidden() ? QString() : message_->text(); }

void FoundPage::say(const QString& message)
{
    message_->setText(message);
    message_->setAccessibleName(message);
    message_->setToolTip(asTip(message));
    message_->setVisible(!message.isEmpty());
}

void FoundPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isRunning()) {
        emit cancelWanted();
        return;
    }
    QWidget::keyPressEvent(event);
}

}  // namespace hindcast::ui
