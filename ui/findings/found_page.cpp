#include "ui/findings/found_page.h"

#include "ui/look/format.h"
#include "ui/look/wrapped_label.h"

#include <QKeyEvent>
#include <QVBoxLayout>

namespace hindcast::ui {

namespace {

constexpr int kMostLines = 3;  // of what must be said

}  // namespace

void FoundPage::layOut(QWidget& bar, std::initializer_list<QWidget*> found)
{
    message_ = new WrappedLabel;
    message_->setProperty("role", QStringLiteral("warning"));
    message_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
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
    // A whole stack of calls is not to push the rows out of a low panel.
    message_->setMaximumHeight(kMostLines * message_->fontMetrics().lineSpacing() + 6);
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
