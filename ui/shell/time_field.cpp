#include "ui/shell/time_field.h"

#include "ui/look/format.h"

#include <QKeyEvent>
#include <QPainter>
#include <QTimer>

namespace hindcast::ui {

TimeField::TimeField(const Theme& theme, Playhead& playhead, QWidget* parent)
    : QLineEdit(parent), theme_(theme), playhead_(playhead)
{
    setFont(theme_.mono());
    fitWidth();
    setTextMargins(0, 0, 34, 0);  // room for "UTC"
    setAccessibleName(tr("Time of the playhead, UTC"));
    setToolTip(tr("Go to a time (Ctrl+Shift+G): 2025-11-04 09:14:22, an epoch in s, ms or µs, or -2h"));
    connect(&playhead_, &Playhead::moved, this, &TimeField::follow);
    connect(&playhead_, &Playhead::historyChanged, this, &TimeField::follow);
    connect(this, &QLineEdit::returnPressed, this, &TimeField::enter);
    connect(&theme_, &Theme::changed, this, [this] {
        setFont(theme_.mono());
        fitWidth();
    });
    follow();
}

void TimeField::fitWidth()
{
    // Room for nanoseconds and for "UTC".
    setFixedWidth(QFontMetrics(theme_.mono()).horizontalAdvance(QStringLiteral("2025-11-04 09:14:22.118000000")) + 62);
}

void TimeField::follow()
{
    if (hasFocus() && isModified()) return;
    setEnabled(playhead_.history() != nullptr);
    // A life of rejects alone has no moment to stand at.
    const bool anywhere = playhead_.history() && !playhead_.history()->events.empty();
    setText(anywhere ? timeText(playhead_.time()) : QString());
    setCursorPosition(0);
}

void TimeField::enter()
{
    const QString typed = text().trimmed();
    const auto time = timestampFromUser(typed.toStdString(), Timestamp::now());
    if (!time) {
        emit refused(QString::fromStdString(time.error().what), QString::fromStdString(time.error().why),
                     QString::fromStdString(time.error().hint));
        selectAll();
        return;
    }
    setModified(false);
    playhead_.setTime(*time);
    emit timeEntered(*time);
    emit settled();
    follow();
    selectAll();
}

void TimeField::focusInEvent(QFocusEvent* event)
{
    QLineEdit::focusInEvent(event);
    QTimer::singleShot(0, this, &QLineEdit::selectAll);  // after the click that gave the focus has placed the cursor
}

void TimeField::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() == Qt::PopupFocusReason || event->reason() == Qt::ActiveWindowFocusReason) return;
    setModified(false);
    emit settled();
    follow();
}

void TimeField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape) return QLineEdit::keyPressEvent(event);
    setModified(false);
    emit settled();
    follow();
    selectAll();
}

void TimeField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    if (text().isEmpty()) return;
    QPainter painter(this);
    painter.setFont(theme_.text(0.88));
    painter.setPen(theme_.color(Theme::Role::TextSecondary));
    painter.drawText(rect().adjusted(0, 0, -11, 0), Qt::AlignRight | Qt::AlignVCenter, tr("UTC"));
}

}  // namespace hindcast::ui
