#include "ui/branches/place_dialog.h"

#include "ui/branches/typed_time.h"
#include "ui/look/dialog_buttons.h"
#include "ui/look/say.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <utility>

namespace hindcast::ui {

PlaceDialog::PlaceDialog(const Theme& theme, Start start, QWidget* parent)
    : QDialog(parent),
      start_(std::move(start)),
      after_(new QSpinBox),
      name_(new QLabel),
      time_(new QLineEdit(QString::fromStdString(toIso(start_.time)))),
      trouble_(new QLabel)
{
    setWindowTitle(tr("Move an event"));
    setAttribute(Qt::WA_DeleteOnClose);
    after_->setRange(0, start_.last);
    after_->setValue(start_.after);
    after_->setAccessibleName(tr("Behind which event of the branch; 0: to the beginning"));
    time_->setAccessibleName(tr("Time"));
    time_->setFont(theme.mono());
    name_->setProperty("role", QStringLiteral("secondary"));
    trouble_->setProperty("role", QStringLiteral("warning"));
    for (QLabel* label : {name_, trouble_}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    auto* about = new QLabel(start_.about);
    about->setTextFormat(Qt::PlainText);
    about->setWordWrap(true);
    auto* form = new QFormLayout;
    form->addRow(tr("&Behind event"), after_);
    form->addRow(QString(), name_);
    form->addRow(tr("T&ime"), time_);
    form->addRow(QString(), trouble_);
    const DialogButtons buttons = dialogButtons(*this, tr("&Move it"));
    accept_ = buttons.accept;
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(about);
    layout->addLayout(form);
    layout->addStretch(1);
    layout->addWidget(buttons.box);
    resize(theme.px(460), sizeHint().height());
    connect(after_, &QSpinBox::valueChanged, this, &PlaceDialog::check);
    connect(time_, &QLineEdit::textChanged, this, &PlaceDialog::check);
    check();
    after_->setFocus();
    after_->selectAll();
}

void PlaceDialog::check()
{
    say(*name_, {}, after_->value() == 0 ? tr("to the beginning") : tr("after %1").arg(start_.nameOf(after_->value())));
    const TypedTime typed = typedTime(time_->text(), start_.reader, start_.time);
    chosen_ = typed.time;
    say(*trouble_, {}, typed.wrong);
    accept_->setEnabled(typed.wrong.isEmpty());
}

int PlaceDialog::after() const { return after_->value(); }

std::optional<Timestamp> PlaceDialog::time() const { return chosen_ == start_.time ? std::nullopt : chosen_; }

}  // namespace hindcast::ui
