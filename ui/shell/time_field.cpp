#include "ui/shell/time_field.h"

#include "ui/look/format.h"
#include "ui/look/shown_zone.h"
#include "ui/shell/typed_moment.h"

#include <QKeyEvent>
#include <QTimer>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

TimeField::TimeField(const Theme& theme, Playhead& playhead, QWidget* parent)
    : QLineEdit(parent), theme_(theme), playhead_(playhead), zone_(new QToolButton(this))
{
    dress();
    setToolTip(tr("Go to a time (Ctrl+Shift+G): 2025-11-04 09:14:22, 09:30, yesterday 9:15, an epoch in s, ms or µs, or -2h"));
    zone_->setProperty("bare", true);
    zone_->setStyleSheet(QStringLiteral("QToolButton { padding: 0; min-height: 0; }"));  // within a field there is little room
    zone_->setCursor(Qt::PointingHandCursor);
    zone_->setFocusPolicy(Qt::StrongFocus);
    connect(zone_, &QToolButton::clicked, this,
            [] { setShownZone(shownZone() == ShownZone::Utc ? ShownZone::Local : ShownZone::Utc); });
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, &TimeField::follow);
    connect(&playhead_, &Playhead::moved, this, &TimeField::follow);
    connect(&playhead_, &Playhead::historyChanged, this, &TimeField::follow);
    connect(this, &QLineEdit::returnPressed, this, &TimeField::enter);
    connect(&theme_, &Theme::changed, this, &TimeField::dress);
    follow();
}

void TimeField::dress()
{
    setFont(theme_.mono());
    zone_->setFont(theme_.text(0.88));
    const int zone = zoneWidth();
    setTextMargins(0, 0, zone, 0);
    // Room for nanoseconds and for the zone.
    const QString widest = short_ ? QStringLiteral("2025-11-04 09:14:22.118") : QStringLiteral("2025-11-04 09:14:22.118000000");
    setFixedWidth(QFontMetrics(theme_.mono()).horizontalAdvance(widest) + zone + 28);
    placeZone();
}

void TimeField::setShort(bool isShort)
{
    if (std::exchange(short_, isShort) != isShort) dress();
}

int TimeField::zoneWidth() const
{
    return std::max(QFontMetrics(theme_.text(0.88)).horizontalAdvance(zone_->text()), theme_.px(26)) + theme_.px(10);
}

void TimeField::placeZone() { zone_->setGeometry(width() - zoneWidth() - 4, 3, zoneWidth(), height() - 6); }

void TimeField::resizeEvent(QResizeEvent* event)
{
    QLineEdit::resizeEvent(event);
    placeZone();
}

void TimeField::follow()
{
    if (hasFocus() && isModified()) return;
    setEnabled(playhead_.history() != nullptr);
    // A life of rejects alone has no moment to stand at.
    const bool anywhere = playhead_.history() && !playhead_.history()->events.empty();
    setText(anywhere ? timeText(playhead_.time()) : QString());
    setCursorPosition(0);
    // At the playhead's own time: daylight saving has another name.
    const QString zone = zoneName(anywhere ? playhead_.time() : Timestamp::now());
    zone_->setVisible(anywhere);
    setAccessibleName(tr("Time of the playhead, %1").arg(zone));
    zone_->setAccessibleName(tr("Times in %1").arg(zone));
    zone_->setToolTip(shownZone() == ShownZone::Utc ? tr("Times are in UTC; click for the local zone")
                                                    : tr("Times are in the local zone; click for UTC"));
    if (zone == zone_->text()) return;
    zone_->setText(zone);
    dress();
}

void TimeField::enter()
{
    // Unchanged it is the playhead's own time, also where clocks show it twice.
    if (!isModified()) return selectAll();
    const QString typed = text().trimmed();
    const auto& history = playhead_.history();
    const bool anywhere = history && !history->events.empty() && playhead_.time().isKnown();
    const Timestamp now = Timestamp::now();
    auto time = typedMoment(typed, now, anywhere ? playhead_.time() : now, logEnd_ ? logEnd_() : std::nullopt);
    QString why = tr("it is no time");
    if (!time) {
        // What nobody would paste to go somewhere is a time here all the same: an epoch of few digits.
        if (const auto plain = timeFromUser(typed.toStdString(), now))
            time = TypedMoment{*plain};
        else
            why = QString::fromStdString(plain.error().why);
    }
    if (!time) {
        emit refused(tr("cannot read the time \"%1\"").arg(typed.left(60)), why,
                     tr("write 2025-11-04 09:14:22, 04 Nov 09:14, 09:30, yesterday 9:15, an epoch in s, ms or µs, or -2h"));
        selectAll();
        return;
    }
    setModified(false);
    playhead_.setTime(time->time);
    emit timeEntered(time->time, time->countedFromEnd);
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

}  // namespace hindcast::ui
