#include "ui/findings/asking_page.h"

#include "ui/look/elided_label.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace hindcast::ui {

QLabel* AskingPage::quiet(const QString& words)
{
    auto* label = new QLabel(words);
    label->setProperty("role", QStringLiteral("secondary"));
    return label;
}

QToolButton* AskingPage::choiceButton(QMenu& menu)
{
    auto* button = new QToolButton;
    button->setProperty("compact", true);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::TabFocus);
    button->setMenu(&menu);
    return button;
}

QWidget& AskingPage::makeBar(std::initializer_list<InBar> asked)
{
    auto* bar = new QWidget;
    go_ = new QToolButton;
    go_->setProperty("compact", true);
    go_->setFocusPolicy(Qt::TabFocus);
    connect(go_, &QToolButton::clicked, this, [this] {
        if (isRunning())
            emit cancelWanted();
        else
            ask();
    });
    summary_ = new ElidedLabel;
    summary_->setProperty("role", QStringLiteral("secondary"));
    summary_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(10, 5, 10, 5);
    row->setSpacing(8);
    for (const InBar& each : asked) row->addWidget(each.widget, each.stretch);
    row->addWidget(go_);
    row->addWidget(summary_, 2);
    return *bar;
}

QString AskingPage::summary() const { return summary_->text(); }

void AskingPage::updateGo()
{
    go_->setText(isRunning() ? tr("Stop") : askWords());
    go_->setToolTip(isRunning() ? QString() : askTip());
    go_->setEnabled(isRunning() || canAsk());
}

QString AskingPage::joined(const QStringList& remarks) const
{
    QStringList all = remarks;
    if (!stale_.isEmpty()) all.prepend(stale_);
    if (!notice_.isEmpty()) all << notice_;
    return all.join(QStringLiteral(" · "));
}

}  // namespace hindcast::ui
