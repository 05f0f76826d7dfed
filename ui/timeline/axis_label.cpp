#include "ui/timeline/axis_label.h"

#include "ui/look/format.h"

#include <QLatin1Char>

namespace hindcast::ui {

namespace {

QString two(int number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); }

QString clockText(const Civil& c, std::int64_t stepNs)
{
    QString text = two(c.hour) + QLatin1Char(':') + two(c.minute);
    if (stepNs >= 60'000'000'000) return text;
    text += QLatin1Char(':') + two(c.second);
    if (stepNs >= 1'000'000'000) return text;
    const int digits = stepNs >= 1'000'000 ? 3 : 6;
    return text + QLatin1Char('.') + QStringLiteral("%1").arg(c.nanosecond, 9, 10, QLatin1Char('0')).left(digits);
}

QString dayText(const Civil& c) { return QStringLiteral("%1 %2").arg(c.day).arg(monthName(c.month)); }

}  // namespace

QString axisLabel(const Tick& tick, TickStep step)
{
    const Civil c = civil(tick.time);
    switch (step.unit) {
        case TickStep::Unit::Months:
            if (step.count >= 12) return QString::number(c.year);
            return c.month == 1 || tick.x < 0 ? QStringLiteral("%1 %2").arg(monthName(c.month)).arg(c.year) : monthName(c.month);
        case TickStep::Unit::Days: return dayText(c);
        case TickStep::Unit::Nanoseconds: break;
    }
    const QString clock = clockText(c, step.count);
    return tick.dayChange ? dayText(c) + QLatin1Char(' ') + clock : clock;
}

QString rangeText(Timestamp from, Timestamp to)
{
    const Civil a = civil(from);
    const Civil b = civil(to);
    const QString dash = QStringLiteral(" – ");
    const bool sameYear = a.year == b.year;
    const bool sameMonth = sameYear && a.month == b.month;
    const std::int64_t span = to.ns - from.ns;
    if (sameMonth && a.day == b.day) {
        const std::int64_t step = span < 1'000'000         ? 1'000
                                  : span < 10'000'000'000  ? 1'000'000
                                  : span < 600'000'000'000 ? 1'000'000'000
                                                           : 60'000'000'000;
        return QStringLiteral("%1 %2 %3%4%5").arg(dayText(a)).arg(a.year).arg(clockText(a, step), dash, clockText(b, step));
    }
    if (sameMonth) return QStringLiteral("%1%2%3 %4").arg(a.day).arg(dash, dayText(b)).arg(b.year);
    if (sameYear) return QStringLiteral("%1%2%3 %4").arg(dayText(a), dash, dayText(b)).arg(b.year);
    return QStringLiteral("%1 %2%3%4 %5").arg(dayText(a)).arg(a.year).arg(dash, dayText(b)).arg(b.year);
}

}  // namespace hindcast::ui
