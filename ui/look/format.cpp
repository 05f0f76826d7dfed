#include "ui/look/format.h"

#include "core/event/number_text.h"
#include "ui/look/shown_zone.h"

#include <QCoreApplication>
#include <QTextDocument>

#include <cmath>

namespace hindcast::ui {

namespace {

QString translated(const char* text) { return QCoreApplication::translate("hindcast::ui::format", text); }

/// Three significant digits at most: "1.2", "41", "380".
QString rounded(double value)
{
    return QString::number(value, 'f', value < 9.95 && std::abs(value - std::round(value)) > 0.05 ? 1 : 0);
}

/// ".118", ".118204" or ".118204337": groups of three, one at least.
QString fraction(int nanosecond)
{
    const QString digits = QStringLiteral("%1").arg(nanosecond, 9, 10, QLatin1Char('0'));
    const int keep = nanosecond % 1000 != 0 ? 9 : nanosecond % 1'000'000 != 0 ? 6 : 3;
    return QLatin1Char('.') + digits.left(keep);
}

QString clock(const Civil& c)
{
    return QStringLiteral("%1:%2:%3")
               .arg(c.hour, 2, 10, QLatin1Char('0'))
               .arg(c.minute, 2, 10, QLatin1Char('0'))
               .arg(c.second, 2, 10, QLatin1Char('0')) +
           fraction(c.nanosecond);
}

}  // namespace

QString grouped(std::uint64_t number) { return QString::fromStdString(hindcast::grouped(number, "\u2009")); }

QString wrappable(QString text) { return text.replace(QChar(0x2009), QChar(0x202f)); }

QString eventsText(std::uint64_t count)
{
    if (count == 1) return translated(QT_TRANSLATE_NOOP("hindcast::ui::format", "1 event"));
    return translated(QT_TRANSLATE_NOOP("hindcast::ui::format", "%1 events")).arg(grouped(count));
}

QString rejectsText(std::uint64_t count)
{
    if (count == 1) return translated(QT_TRANSLATE_NOOP("hindcast::ui::format", "1 reject"));
    return translated(QT_TRANSLATE_NOOP("hindcast::ui::format", "%1 rejects")).arg(grouped(count));
}

QString bytesText(std::uint64_t bytes)
{
    static constexpr const char* kUnits[] = {
        QT_TRANSLATE_NOOP("hindcast::ui::format", "%1 B"), QT_TRANSLATE_NOOP("hindcast::ui::format", "%1 kB"),
        QT_TRANSLATE_NOOP("hindcast::ui::format", "%1 MB"), QT_TRANSLATE_NOOP("hindcast::ui::format", "%1 GB"),
        QT_TRANSLATE_NOOP("hindcast::ui::format", "%1 TB")};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < std::size(kUnits)) {
        value /= 1000;
        ++unit;
    }
    return translated(kUnits[unit]).arg(unit == 0 ? QString::number(bytes) : rounded(value));
}

QString durationText(std::chrono::nanoseconds time)
{
    const double ns = static_cast<double>(time.count());
    if (ns < 999.5) return translated(QT_TRANSLATE_NOOP("hindcast::ui::format", "%1 ns")).arg(rounded(ns));
    if (ns < 999.5e3) return translated(QT_TRANSLATE_NOOP("hindcast::ui::format", "%1 µs")).arg(rounded(ns / 1e3));
    if (ns < 999.5e6) return translated(QT_TRANSLATE_NOOP("hindcast::ui::format", "%1 ms")).arg(rounded(ns / 1e6));
    if (ns < 59.5e9) return translated(QT_TRANSLATE_NOOP("hindcast::ui::format", "%1 s")).arg(rounded(ns / 1e9));
    const auto minutes = static_cast<qlonglong>(std::llround(ns / 60e9));
    if (minutes < 60) return translated(QT_TRANSLATE_NOOP("hindcast::ui::format", "%1 min")).arg(minutes);
    if (minutes < 48 * 60)
        return translated(QT_TRANSLATE_NOOP("hindcast::ui::format", "%1 h %2 min")).arg(minutes / 60).arg(minutes % 60);
    const qlonglong hours = (minutes + 30) / 60;
    if (hours < 24 * 100)
        return translated(QT_TRANSLATE_NOOP("hindcast::ui::format", "%1 d %2 h")).arg(hours / 24).arg(hours % 24);
    return translated(QT_TRANSLATE_NOOP("hindcast::ui::format", "%1 d")).arg((hours + 12) / 24);
}

Civil civil(Timestamp time)
{
    constexpr std::int64_t kDay = 86'400'000'000'000;
    const std::int64_t clock = shownClock(time);
    std::int64_t days = clock / kDay;
    std::int64_t rest = clock % kDay;
    if (rest < 0) {
        rest += kDay;
        --days;
    }
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
    Civil out;
    out.year = static_cast<int>(date.year());
    out.month = static_cast<int>(static_cast<unsigned>(date.month()));
    out.day = static_cast<int>(static_cast<unsigned>(date.day()));
    out.nanosecond = static_cast<int>(rest % 1'000'000'000);
    const auto seconds = static_cast<int>(rest / 1'000'000'000);
    out.hour = seconds / 3600;
    out.minute = seconds / 60 % 60;
    out.second = seconds % 60;
    return out;
}

QString monthName(int month)
{
    static constexpr const char* kMonths[] = {
        QT_TRANSLATE_NOOP("hindcast::ui::format", "Jan"), QT_TRANSLATE_NOOP("hindcast::ui::format", "Feb"),
        QT_TRANSLATE_NOOP("hindcast::ui::format", "Mar"), QT_TRANSLATE_NOOP("hindcast::ui::format", "Apr"),
        QT_TRANSLATE_NOOP("hindcast::ui::format", "May"), QT_TRANSLATE_NOOP("hindcast::ui::format", "Jun"),
        QT_TRANSLATE_NOOP("hindcast::ui::format", "Jul"), QT_TRANSLATE_NOOP("hindcast::ui::format", "Aug"),
        QT_TRANSLATE_NOOP("hindcast::ui::format", "Sep"), QT_TRANSLATE_NOOP("hindcast::ui::format", "Oct"),
        QT_TRANSLATE_NOOP("hindcast::ui::format", "Nov"), QT_TRANSLATE_NOOP("hindcast::ui::format", "Dec")};
    return month >= 1 && month <= 12 ? translated(kMonths[month - 1]) : QString();
}

QString timeText(Timestamp time)
{
    // Nobody gave one: not a payload, not a broker.
    if (!time.isKnown()) return translated(QT_TRANSLATE_NOOP("hindcast::ui::format", "no time"));
    const Civil c = civil(time);
    return QStringLiteral("%1-%2-%3 %4")
        .arg(c.year, 4, 10, QLatin1Char('0'))
        .arg(c.month, 2, 10, QLatin1Char('0'))
        .arg(c.day, 2, 10, QLatin1Char('0'))
        .arg(clock(c));
}

QString zonedTimeText(Timestamp time)
{
    return time.isKnown() ? timeText(time) + QLatin1Char(' ') + zoneName(time) : timeText(time);
}

QString asTip(const QString& text)
{
    if (!Qt::mightBeRichText(text)) return text;
    return QStringLiteral("<span style='white-space:pre-wrap'>%1</span>").arg(text.toHtmlEscaped());
}

QString shortTimeText(Timestamp time)
{
    if (!time.isKnown()) return timeText(time);
    const Civil c = civil(time);
    return QStringLiteral("%1 %2 %3").arg(c.day, 2, 10, QLatin1Char('0')).arg(monthName(c.month), clock(c));
}

}  // namespace hindcast::ui
