#include "ui/look/shown_zone.h"

#include <QApplication>
#include <QDateTime>
#include <QTimeZone>
#include <QWidget>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>

namespace hindcast::ui {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

/// Replaced as a whole: who writes texts in another thread keeps what was shown when it began.
struct Shown {
    ShownZone kind = ShownZone::Utc;
    QTimeZone zone = QTimeZone::utc();
};

std::atomic<std::shared_ptr<const Shown>>& shown()
{
    static std::atomic<std::shared_ptr<const Shown>> now{std::make_shared<const Shown>()};
    return now;
}

/// Null: UTC, which needs no zone.
std::shared_ptr<const Shown> local()
{
    std::shared_ptr<const Shown> now = shown().load();
    return now->kind == ShownZone::Utc ? nullptr : now;
}

QDateTime qtTime(Timestamp time) { return QDateTime::fromMSecsSinceEpoch(time.milliseconds(), Qt::UTC); }

/// The first instant in (before, until] at which clocks show `clock` or more. REQUIRES: at `until` they do.
Timestamp firstShowing(std::int64_t clock, Timestamp before, Timestamp until)
{
    while (until.ns - before.ns > 1) {
        const Timestamp middle{before.ns + (until.ns - before.ns) / 2};
        (shownClock(middle) >= clock ? until : before) = middle;
    }
    return until;
}

}  // namespace

void setShownZone(ShownZone wanted)
{
    auto next = std::make_shared<Shown>();
    next->kind = wanted;
    if (wanted == ShownZone::Local) next->zone = QTimeZone::systemTimeZone();
    if (!next->zone.isValid()) next->zone = QTimeZone::utc();
    const std::shared_ptr<const Shown> before = shown().load();
    if (before->kind == next->kind && before->zone == next->zone) return;
    shown().store(next);
    emit ShownZoneSignal::get().changed();
    if (qobject_cast<QApplication*>(QCoreApplication::instance()) == nullptr) return;
    for (QWidget* widget : QApplication::allWidgets()) widget->update();
}

ShownZone shownZone() { return shown().load()->kind; }

ShownZoneSignal& ShownZoneSignal::get()
{
    static ShownZoneSignal signal;
    return signal;
}

std::int64_t shownOffset(Timestamp time)
{
    const auto in = local();
    return in ? std::int64_t{in->zone.offsetFromUtc(qtTime(time))} * kSecond : 0;
}

std::vector<Timestamp> shownOffsetChanges(Timestamp from, Timestamp to)
{
    std::vector<Timestamp> out;
    const auto in = local();
    if (!in || from >= to) return out;
    std::int64_t offset = shownOffset(from.plus(-1));
    for (const QTimeZone::OffsetData& one : in->zone.transitions(qtTime(from), qtTime(to))) {
        const std::int64_t ms = one.atUtc.toMSecsSinceEpoch();
        if (ms < from.milliseconds() || ms >= to.milliseconds() + 1) continue;
        const Timestamp time = Timestamp::fromMilliseconds(ms);
        // Another name or rule for the same offset changes no clock.
        const std::int64_t next = std::int64_t{one.offsetFromUtc} * kSecond;
        if (time < from || time >= to || next == offset) continue;
        offset = next;
        out.push_back(time);
    }
    return out;
}

QString zoneName(Timestamp time)
{
    const auto in = local();
    if (!in) return QStringLiteral("UTC");
    QString name = in->zone.abbreviation(qtTime(time));
    // Many zones have no name but a number: "+03", "-0330".
    if (!name.isEmpty() && name.at(0).isLetter()) return name;
    const std::int64_t minutes = shownOffset(time) / kSecond / 60;
    if (minutes == 0) return QStringLiteral("UTC");
    QString text =
        QStringLiteral("UTC%1%2").arg(minutes < 0 ? QStringLiteral("−") : QStringLiteral("+")).arg(std::abs(minutes) / 60);
    if (minutes % 60 != 0) text += QStringLiteral(":%1").arg(std::abs(minutes) % 60, 2, 10, QLatin1Char('0'));
    return text;
}

QString zoneName(Timestamp first, Timestamp last)
{
    const QString a = zoneName(first);
    const QString b = zoneName(last);
    return a == b ? a : a + QLatin1Char('/') + b;
}

std::int64_t shownClock(Timestamp time) { return time.plus(shownOffset(time)).ns; }

Timestamp instantOfClock(std::int64_t clock)
{
    if (!local()) return Timestamp{clock};
    // What the zone kept to a day before and a day after: one of the two holds, or the clocks jump over it.
    const std::int64_t before = shownOffset(Timestamp{clock}.plus(-kDay));
    const std::int64_t after = shownOffset(Timestamp{clock}.plus(kDay));
    const Timestamp first = Timestamp{clock}.plus(-std::max(before, after));
    const Timestamp second = Timestamp{clock}.plus(-std::min(before, after));
    if (shownClock(first) == clock) return first;
    if (shownClock(second) == clock || before == after) return second;
    return firstShowing(clock, first, second);
}

Result<Timestamp> timeFromUser(std::string_view text, Timestamp now)
{
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    const auto east = timestampFromIso(text, 60);
    const auto plain = timestampFromIso(text, 0);
    // Only text without a zone means another time where another zone is taken for granted.
    if (plain && east && *plain != *east) return instantOfClock(plain->ns);
    if (const std::size_t blank = text.rfind(' '); !plain && local() && blank != std::string_view::npos) {
        const QString name = QString::fromUtf8(text.data() + blank + 1, static_cast<qsizetype>(text.size() - blank - 1));
        if (const auto clock = timestampFromIso(text.substr(0, blank), 0)) {
            const Timestamp first = instantOfClock(clock->ns);
            if (zoneName(first).compare(name, Qt::CaseInsensitive) == 0) return first;
            // The second of the two hours that look the same has the other name.
            const Timestamp second = clock->plus(-shownOffset(clock->plus(kDay)));
            if (shownClock(second) == clock->ns && zoneName(second).compare(name, Qt::CaseInsensitive) == 0) return second;
        }
    }
    return timestampFromUser(text, now);
}

}  // namespace hindcast::ui
