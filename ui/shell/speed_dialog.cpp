#include "ui/shell/speed_dialog.h"

#include "ui/look/say.h"
#include "ui/shell/speed_text.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace hindcast::ui {

SpeedDialog::SpeedDialog(PlaybackSpeed speed, QWidget* parent)
    : QDialog(parent), field_(new QLineEdit(speedText(speed), this)), words_(new QLabel(this))
{
    setWindowTitle(tr("Speed of playback"));
    field_->setAccessibleName(tr("Speed"));
    field_->setPlaceholderText(tr("×1000, 5 events/s, 1 h/s"));
    field_->setMinimumWidth(fontMetrics().averageCharWidth() * 34);
    words_->setTextFormat(Qt::PlainText);
    words_->setWordWrap(true);
    words_->setMinimumHeight(2 * fontMetrics().lineSpacing());
    words_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    play_ = buttons->button(QDialogButtonBox::Ok);
    play_->setText(tr("Use it"));
    play_->setProperty("primary", true);
    for (QAbstractButton* one : buttons->buttons()) one->setIcon({});
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        if (!speed_) return;
        emit chosen(*speed_);
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 14);
    column->setSpacing(8);
    auto* label = new QLabel(tr("So many times as fast as it happened, or so many events a second:"), this);
    label->setBuddy(field_);
    column->addWidget(label);
    column->addWidget(field_);
    column->addWidget(words_);
    column->addStretch(1);
    column->addWidget(buttons);
    connect(field_, &QLineEdit::textChanged, this, &SpeedDialog::look);
    look();
    field_->selectAll();
    field_->setFocus();
}

QString SpeedDialog::words() const { return words_->text(); }

void SpeedDialog::look()
{
    const auto speed = speedFromText(field_->text());
    speed_ = speed ? std::optional(*speed) : std::nullopt;
    QString text;
    if (speed)
        text = speedWords(*speed);
    else if (!field_->text().trimmed().isEmpty())
        text = tr("%1: %2").arg(QString::fromStdString(speed.error().why), QString::fromStdString(speed.error().hint));
    else
        text = QString::fromStdString(speed.error().hint);
    say(*words_, tr("What it means"), text);
    play_->setEnabled(speed.has_value());
    const QString role = speed ? QStringLiteral("secondary") : QStringLiteral("warning");
    if (words_->property("role").toString() == role) return;
    words_->setProperty("role", role);
    words_->style()->unpolish(words_);
    words_->style()->polish(words_);
}

}  // namespace hindcast::ui

#include "moc_speed_dialog.cpp"
