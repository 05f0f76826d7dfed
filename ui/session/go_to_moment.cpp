#include "ui/session/go_to.h"

#include <QRegularExpression>

#include <array>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

std::int64_t floorTo(std::int64_t ns, std::int64_t unit) { return ns - ((ns % unit) + unit) % unit; }

/// The number of the word in a list, by its first three letters; -1: none of them.
template <std::size_t N>
int indexOf(const std::array<const char*, N>& words, const QString& word)
{
    if (word.size() < 3) return -1;
    for (std::size_t i = 0; i < N; ++i)
        if (QString::fromLatin1(words[i]).startsWith(word)) return static_cast<int>(i);
    return -1;
}

// 1 January 1970 was a Thursday.
constexpr std::array<const char*, 7> kDays = {"thursday", "friday", "saturday", "sunday", "monday", "tuesday", "wednesday"};
constexpr std::array<const char*, 12> kMonths = {"january", "february", "march",     "april",   "may",      "june",
                                                 "july",    "august",   "september", "october", "november", "december"};

/// Names of zones that stand for one offset wherever they are said. IST is left out, which is said of three.
struct NamedZone {
    const char* name;
    int minutes;
};
constexpr std::array<NamedZone, 31> kZones = {
    {{"utc", 0},    {"gmt", 0},    {"z", 0},      {"wet", 0},     {"west", 60},   {"bst", 60},   {"cet", 60},   {"cest", 120},
     {"eet", 120},  {"eest", 180}, {"msk", 180},  {"hkt", 480},   {"sgt", 480},   {"jst", 540},  {"kst", 540},  {"aest", 600},
     {"aedt", 660}, {"nzst", 720}, {"nzdt", 780}, {"est", -300},  {"edt", -240},  {"cst", -360}, {"cdt", -300}, {"mst", -420},
     {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"akst", -540}, {"akdt", -480}, {"hst", -600}, {"ut", 0}}};

/// "14:00", "9:15:30.5", "2pm", "2:30 pm", "noon", "midnight": nanoseconds of the day.
std::optional<std::int64_t> clockOf(const QString& text)
{
    if (text == QLatin1String("noon")) return 12 * kHour;
    if (text == QLatin1String("midnight")) return 0;
    static const QRegularExpression form(QStringLiteral(R"(^(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(am|pm)?$)"));
    const auto match = form.match(text);
    if (!match.hasMatch()) return {};
    const QString half = match.captured(5);
    if (match.captured(2).isEmpty() && half.isEmpty()) return {};  // a number alone is no time of day
    int hour = match.captured(1).toInt();
    if (!half.isEmpty()) {
        if (hour < 1 || hour > 12) return {};
        hour = hour % 12 + (half == QLatin1String("pm") ? 12 : 0);
    }
    const int minute = match.captured(2).toInt();
    const int second = match.captured(3).toInt();
    if (hour > 23 || minute > 59 || second > 59) return {};
    const std::int64_t fraction = match.captured(4).isEmpty() ? 0 : match.captured(4).leftJustified(9, u'0').toLongLong();
    return hour * kHour + minute * kMinute + second * kSecond + fraction;
}

/// The begin of the day that words mean, as a count of days; `rest` is what is left of the text: the time of day.
std::optional<std::int64_t> dayOf(const QString& text, std::int64_t today, QString& rest)
{
    static const QRegularExpression first(QStringLiteral(R"(^(?:(last|this|on)\s+)?([a-z]+)(?:[\s,]+(?:at\s+)?(.*))?$)"));
    const auto match = first.match(text);
    if (!match.hasMatch()) return {};
    const QString word = match.captured(2);
    rest = match.captured(3).trimmed();
    const bool last = match.captured(1) == QLatin1String("last");
    if (word == QLatin1String("today") && !last) return today;
    if (word == QLatin1String("yesterday") && !last) return today - 1;
    if (word == QLatin1String("tomorrow") && !last) return today + 1;
    const int weekday = indexOf(kDays, word);
    if (weekday < 0) return {};
    const std::int64_t back = ((today % 7 + 7) % 7 - weekday + 7) % 7;
    return today - (back == 0 && last ? 7 : back);  // a bare "tuesday" may be today, the last one is not
}

/// "4 nov 2025 09:14", "nov 4 09:14", "04 nov" as ISO text; the year is this one where none is given.
QString isoOf(const QString& text, const QString& thisYear)
{
    static const QRegularExpression dayFirst(
        QStringLiteral(R"(^(\d{1,2})\.?\s+([a-z]{3,9})\.?,?(?:\s+(\d{4}))?(?:[\s,]+(.+))?$)"));
    static const QRegularExpression monthFirst(
        QStringLiteral(R"(^([a-z]{3,9})\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?(?:[\s,]+(.+))?$)"));
    QString day;
    QString month;
    auto match = dayFirst.match(text);
    if (match.hasMatch()) {
        day = match.captured(1);
        month = match.captured(2);
    } else if (match = monthFirst.match(text); match.hasMatch()) {
        day = match.captured(2);
        month = match.captured(1);
    } else {
        return {};
    }
    const int number = indexOf(kMonths, month) + 1;
    if (number == 0) return {};
    const QString year = match.captured(3).isEmpty() ? thisYear : match.captured(3);
    const QString date =
        QStringLiteral("%1-%2-%3").arg(year).arg(number, 2, 10, QLatin1Char('0')).arg(day.toInt(), 2, 10, QLatin1Char('0'));
    const QString clock = match.captured(4).trimmed();
    return clock.isEmpty() ? date : date + QLatin1Char(' ') + clock;
}

std::optional<Timestamp> agoOf(const QString& text, Timestamp now)
{
    static const QRegularExpression ago(
        QStringLiteral(R"(^(an?|\d{1,9})\s*(s|sec|second|m|min|minute|h|hour|d|day|w|week)s?\s+ago$)"));
    const auto match = ago.match(text);
    if (!match.hasMatch()) return {};
    const std::int64_t count = match.captured(1).startsWith(u'a') ? 1 : match.captured(1).toLongLong();
    const char unit = match.captured(2).at(0).toLatin1();
    const std::int64_t one = unit == 's' ? kSecond : unit == 'm' ? kMinute : unit == 'h' ? kHour : unit == 'd' ? kDay : 7 * kDay;
    std::int64_t back = 0;
    std::int64_t ns = 0;
    if (__builtin_mul_overflow(count, one, &back) || __builtin_sub_overflow(now.ns, back, &ns)) return {};
    return Timestamp{ns};
}

}  // namespace

std::optional<Timestamp> readMoment(const QString& given, Timestamp now, int zoneOffsetMinutes, std::optional<Timestamp> here)
{
    QString text = given.simplified().toLower();
    int zone = zoneOffsetMinutes;
    const QString last = text.section(u' ', -1);
    for (const NamedZone& named : kZones) {
        if (text.size() == last.size() || last != QLatin1String(named.name)) continue;
        text.chop(last.size() + 1);
        zone = named.minutes;
        break;
    }
    if (text.isEmpty()) return {};
    // Nobody means the nanosecond of the clock that says now.
    const auto whole = [](std::optional<Timestamp> moment, std::int64_t unit) {
        return moment ? std::optional(Timestamp{floorTo(moment->ns, unit)}) : moment;
    };
    if (text == QLatin1String("now")) return whole(now, kSecond / 1000);
    static const QRegularExpression number(QStringLiteral(R"(^\d{9,19}(?:\.\d+)?$)"));
    if (number.match(text).hasMatch()) return timestampFromEpoch(text.toStdString(), TimeUnit::Auto);
    static const QRegularExpression shift(QStringLiteral(R"(^[+-][\d\sa-z]+$)"));
    if (shift.match(text).hasMatch()) {
        QString joined = text;
        const auto moment = timestampFromUser(joined.remove(u' ').toStdString(), now);
        const std::int64_t unit = joined.contains(QLatin1String("ms")) ? kSecond / 1000 : kSecond;
        return whole(moment ? std::optional(*moment) : std::nullopt, unit);
    }
    if (const auto moment = agoOf(text, now)) return whole(moment, kSecond);
    if (const auto moment = timestampFromIso(text.toUpper().toStdString(), zone)) {
        // A bare year or the like is rather an id.
        return text.size() >= 8 ? moment : std::nullopt;
    }
    const std::int64_t east = zone * kMinute;
    std::int64_t local = 0;
    if (__builtin_add_overflow(now.ns, east, &local)) return {};
    const std::int64_t today = floorTo(local, kDay) / kDay;
    if (const auto clock = clockOf(text)) return Timestamp{today * kDay + *clock - east};
    QString rest;
    if (const auto day = dayOf(text, today, rest)) {
        const auto clock = rest.isEmpty() ? std::optional<std::int64_t>(0) : clockOf(rest);
        if (clock) return Timestamp{*day * kDay + *clock - east};
    }
    std::int64_t hereLocal = 0;
    if (__builtin_add_overflow(here.value_or(now).ns, east, &hereLocal)) return {};
    const int year = QString::fromStdString(toIso(Timestamp{hereLocal})).left(4).toInt();
    std::optional<Timestamp> nearest;
    double distance = 0;
    for (const int near : {year, year - 1, year + 1}) {
        if (near != year && !here) continue;
        const QString iso = isoOf(text, QStringLiteral("%1").arg(near, 4, 10, QLatin1Char('0')));
        const auto moment = iso.isEmpty() ? std::nullopt : timestampFromIso(iso.toUpper().toStdString(), zone);
        if (!moment) continue;
        const double away = here ? std::abs(static_cast<double>(moment->ns) - static_cast<double>(here->ns)) : 0;
        if (nearest && away >= distance) continue;
        nearest = moment;
        distance = away;
    }
    return nearest;
}

}  // namespace hindcast::ui
