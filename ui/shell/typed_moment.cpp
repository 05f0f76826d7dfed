#include "ui/shell/typed_moment.h"

#include "ui/look/shown_zone.h"
#include "ui/session/go_to.h"

#include <QRegularExpression>

namespace hindcast::ui {

namespace {

int minutesEast(Timestamp at) { return static_cast<int>(shownOffset(at) / 60'000'000'000); }

std::optional<Timestamp> momentFrom(const QString& text, Timestamp now, Timestamp here)
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

/// What is another moment at another now. By whole weeks, so that days of the week differ as well.
bool countsFromNow(const QString& text, Timestamp moment, Timestamp now, Timestamp here)
{
    constexpr std::int64_t kWeeks = std::int64_t{8} * 7 * 86'400 * 1'000'000'000;
    return momentFrom(text, now.plus(-kWeeks), here) != moment;
}

}  // namespace

std::optional<TypedMoment> typedMoment(const QString& text, Timestamp now, Timestamp here, std::optional<Timestamp> logEnd)
{
    const auto moment = momentFrom(text, now, here);
    if (!moment) return {};
    // "Last tuesday" of a log of last year is nowhere in it, and nobody means that. Only "now" means now, whatever the log.
    const bool beyond = logEnd && logEnd->isKnown() && *logEnd < *moment;
    if (!beyond || text.simplified().toLower() == QLatin1String("now") || !countsFromNow(text, *moment, now, here))
        return TypedMoment{*moment};
    const auto counted = momentFrom(text, *logEnd, here);
    if (!counted || *logEnd < *counted) return TypedMoment{*moment};
    return TypedMoment{*counted, true};
}

}  // namespace hindcast::ui
