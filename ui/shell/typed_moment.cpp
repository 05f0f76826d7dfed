#include "ui/shell/typed_moment.h"

#include "ui/look/shown_zone.h"

#include <QRegularExpression>

namespace hindcast::ui {

namespace {

int minutesEast(Timestamp at) { return static_cast<int>(shownOffset(at) / 60'000'000'000); }

}  // namespace

std::optional<Timestamp> typedMoment(const QString& text, Timestamp now, Timestamp here)
{
    // A date written out, with a zone's name: the shown zone's comes before other places' of that name, and knows its summers.
    static const QRegularExpression named(QStringLiteral("^\\s*\\d{4}-\\d\\d-\\d\\d.*\\s[A-Za-z]{2,5}\\s*$"));
    if (named.match(text).hasMatch())
        if (const auto moment = timeFromUser(text.toStdString(), now)) return *moment;
    static const QRegularExpression ofDay(
        QStringLiteral("^\\s*(\\d{1,2}(:\\d{2}){0,2}([.,]\\d+)?\\s*([ap]m)?|noon|midnight)(\\s+[a-z]{1,5})?\\s*$"),
        QRegularExpression::CaseInsensitiveOption);
    const Timestamp from = ofDay.match(text).hasMatch() ? here : now;
    const int offset = minutesEast(from);
    auto moment = readMoment(text, from, offset, here);
    // Clocks may stand otherwise at the time that is meant than they do there.
    if (moment && minutesEast(*moment) != offset) moment = readMoment(text, from, minutesEast(*moment), here);
    return moment;
}

GoToReadings typedReadings(const QString& text, Timestamp now, Timestamp here)
{
    GoToReadings readings = readGoTo(text, now);
    readings.time = typedMoment(readings.text, now, here);
    return readings;
}

}  // namespace hindcast::ui
