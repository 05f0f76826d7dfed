#include "ui/shell/speed_dialog.h"

#include "ui/shell/speed_text.h"

#include <QLineEdit>

namespace hindcast::ui {

SpeedDialog::SpeedDialog(PlaybackSpeed speed, QWidget* parent)
    : FieldDialog({tr("Speed of playback"), tr("So many times as fast as it happened, or so many events a second:"), tr("Speed"),
                   tr("×1000, 5 events/s, 1 h/s"), tr("What it means"), tr("Use it")},
                  34, parent)
{
    field().setText(speedText(speed));
    look();
    field().selectAll();
}

void SpeedDialog::choose() { emit chosen(*speed_); }

void SpeedDialog::look()
{
    const auto speed = speedFromText(field().text());
    speed_ = speed ? std::optional(*speed) : std::nullopt;
    if (speed) return say(speedWords(*speed), true);
    const QString hint = QString::fromStdString(speed.error().hint);
    say(field().text().trimmed().isEmpty() ? hint : tr("%1: %2").arg(QString::fromStdString(speed.error().why), hint), false);
}

}  // namespace hindcast::ui

#include "moc_speed_dialog.cpp"
