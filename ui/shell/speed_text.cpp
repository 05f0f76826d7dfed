#include "ui/shell/speed_text.h"

#include "ui/look/format.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>

#include <array>
#include <cmath>
#include <optional>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PlaybackSpeed)
};

constexpr double kDay = 86'400;

/// With thin spaces from five digits on; whole where it is.
QString number(double rate)
{
    const double whole = std::round(rate);
    if (std::abs(rate - whole) > 1e-9 * rate || whole < 1) return QString::number(rate, 'g', 6);
    return whole < 10'000 ? QString::number(whole, 'f', 0) : grouped(static_cast<std::uint64_t>(whole));
}

/// In two units at the most, so that it stays a word: "16 min 40 s", "11 d 14 h".
QString secondsText(double seconds)
{
    if (seconds < 1) return Words::tr("%1 ms").arg(QString::number(seconds * 1000, 'g', 6));
    struct Unit {
        double seconds;
        QString one;
    };
    const std::array units{Unit{kDay, Words::tr("%1 d")}, Unit{3'600, Words::tr("%1 h")}, Unit{60, Words::tr("%1 min")},
                           Unit{1, Words::tr("%1 s")}};
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (seconds < units[i].seconds) continue;
        if (i + 1 == units.size()) return units[i].one.arg(number(seconds));
        double large = std::floor(seconds / units[i].seconds);
        double small = std::round((seconds - large * units[i].seconds) / units[i + 1].seconds);
        if (small * units[i + 1].seconds >= units[i].seconds) {
            ++large;
            small = 0;
        }
        const QString text = units[i].one.arg(number(large));
        return small < 1 ? text : QStringLiteral("%1 %2").arg(text, units[i + 1].one.arg(number(small)));
    }
    return {};
}

/// A number with an ending of its own: "10 000", "1e5", "10^6", "100k", "1M".
std::optional<double> numberFrom(QString text)
{
    static const QRegularExpression spaces(QStringLiteral("[\\s_'\\x{2009}\\x{202f}]"));
    text.remove(spaces);
    if (const qsizetype power = text.indexOf(QLatin1Char('^')); power > 0) {
        bool base = false;
        bool exponent = false;
        const double value = std::pow(text.left(power).toDouble(&base), text.mid(power + 1).toDouble(&exponent));
        return base && exponent && std::isfinite(value) ? std::optional(value) : std::nullopt;
    }
    double times = 1;
    if (text.endsWith(QLatin1Char('k')))
        times = 1e3;
    else if (text.endsWith(QLatin1Char('m')))
        times = 1e6;
    if (times > 1) text.chop(1);
    bool is = false;
    const double value = text.toDouble(&is) * times;
    return is && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// Seconds of a unit of time; empty: it is none.
std::optional<double> unitSeconds(const QString& word)
{
    static const QHash<QString, double> known{
        {QStringLiteral("ms"), 0.001},      {QStringLiteral("s"), 1},           {QStringLiteral("sec"), 1},
        {QStringLiteral("second"), 1},      {QStringLiteral("seconds"), 1},     {QStringLiteral("min"), 60},
        {QStringLiteral("minute"), 60},     {QStringLiteral("minutes"), 60},    {QStringLiteral("h"), 3'600},
        {QStringLiteral("hour"), 3'600},    {QStringLiteral("hours"), 3'600},   {QStringLiteral("d"), kDay},
        {QStringLiteral("day"), kDay},      {QStringLiteral("days"), kDay},     {QStringLiteral("w"), 7 * kDay},
        {QStringLiteral("week"), 7 * kDay}, {QStringLiteral("weeks"), 7 * kDay}};
    const auto at = known.constFind(word);
    return at == known.constEnd() ? std::nullopt : std::optional(*at);
}

std::optional<PlaybackSpeed> read(const QString& text)
{
    using Unit = PlaybackSpeed::Unit;
    static const QRegularExpression perSecond(QStringLiteral("\\s*(/\\s*s(ec(ond)?)?|(per|a|each|every)\\s+second)$"));
    static const QRegularExpression worded(QStringLiteral("^(.*?[0-9])?\\s*([a-z]+)$"));
    if (const auto end = perSecond.match(text); end.hasMatch()) {
        const QString amount = text.left(end.capturedStart()).trimmed();
        if (const auto plain = numberFrom(amount)) return PlaybackSpeed{Unit::EventsPerSecond, *plain};
        const auto parts = worded.match(amount);
        if (!parts.hasMatch()) return {};
        const auto count = parts.captured(1).isEmpty() ? std::optional(1.0) : numberFrom(parts.captured(1));
        if (!count) return {};
        const QString word = parts.captured(2);
        if (word == QLatin1String("event") || word == QLatin1String("events") || word == QLatin1String("ev"))
            return PlaybackSpeed{Unit::EventsPerSecond, *count};
        if (const auto seconds = unitSeconds(word)) return PlaybackSpeed{Unit::Times, *count * *seconds};
        return {};
    }
    QString times = text;
    for (const QString& sign : {QStringLiteral("×"), QStringLiteral("x"), QStringLiteral("*")}) {
        if (times.startsWith(sign)) {
            times.remove(0, sign.size());
            break;
        }
        if (times.endsWith(sign)) {
            times.chop(sign.size());
            break;
        }
    }
    if (const auto plain = numberFrom(times)) return PlaybackSpeed{Unit::Times, *plain};
    return {};
}

}  // namespace

QString speedText(PlaybackSpeed speed)
{
    return speed.unit == PlaybackSpeed::Unit::Times ? QStringLiteral("×%1").arg(number(speed.rate))
                                                    : Words::tr("%1/s").arg(number(speed.rate));
}

QString shortSpeedText(PlaybackSpeed speed)
{
    constexpr int kLeastPower = 4;
    const double power = std::round(std::log10(speed.rate));
    if (speed.unit != PlaybackSpeed::Unit::Times || power < kLeastPower || std::pow(10.0, power) != speed.rate)
        return speedText(speed);
    static const QString digits = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    return QStringLiteral("×10%1").arg(digits.at(static_cast<qsizetype>(power)));
}

QString speedWords(PlaybackSpeed speed)
{
    if (speed.unit == PlaybackSpeed::Unit::EventsPerSecond)
        return speed.rate == 1 ? Words::tr("1 event a second") : Words::tr("%1 events a second").arg(number(speed.rate));
    return speed.rate == 1 ? Words::tr("as fast as it happened") : Words::tr("%1 each second").arg(secondsText(speed.rate));
}

Result<PlaybackSpeed> speedFromText(const QString& text)
{
    const QString plain = text.simplified().toLower();
    const std::string what = Words::tr("cannot play at “%1”").arg(text.trimmed().left(40)).toStdString();
    const auto speed = read(plain);
    if (!speed)
        return fail(what, Words::tr("that is no speed").toStdString(),
                    Words::tr("write ×1000, 5 events/s, or 1 h/s").toStdString());
    if (!isWithinLimits(*speed)) {
        const SpeedLimits limits = limitsOf(speed->unit);
        return fail(what, Words::tr("nobody could watch that").toStdString(),
                    Words::tr("write %1 to %2")
                        .arg(speedText({speed->unit, limits.least}), speedText({speed->unit, limits.most}))
                        .toStdString());
    }
    return *speed;
}

}  // namespace hindcast::ui
