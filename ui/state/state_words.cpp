#include "ui/state/state_words.h"

#include "ui/look/format.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::StateWords)
};

QString placeOf(const replay::History& history, Version version)
{
    const QString last = grouped(history.last().value);
    return version.value == 0 ? Words::tr("before the first of %1").arg(last)
                              : Words::tr("v%1 of %2").arg(grouped(version.value), last);
}

}  // namespace

QString StateWords::event(const replay::History* history, Version version, const TypeNames& names)
{
    QString text = QLatin1Char('#') + grouped(version.value);
    if (history == nullptr || version.value == 0 || version > history->last() || !names) return text;
    const QString type = names(history->events[version.value - 1].type);
    return type.isEmpty() ? text : text + QLatin1Char(' ') + type;
}

QString StateWords::where(const replay::History& history, Version version, int limit)
{
    const QString place = placeOf(history, version);
    if (history.completeness.complete) return place + QStringLiteral(" · ") + Words::tr("life complete");
    QString because = reason(history.completeness.because);
    if (because.size() > limit) because = because.left(limit - 1) + QChar(0x2026);
    return place + QStringLiteral(" · ") +
           (because.isEmpty() ? Words::tr("partial life") : Words::tr("partial: %1").arg(because));
}

QStringList StateWords::whereBriefly(const replay::History& history, Version version)
{
    const QString place = placeOf(history, version);
    const QString least = version.value == 0 ? Words::tr("before #1") : Words::tr("v%1").arg(grouped(version.value));
    if (!history.completeness.complete) {
        const QString partial = Words::tr("partial");
        return {place + QStringLiteral(" · ") + partial, least + QStringLiteral(" · ") + partial, partial};
    }
    return {place + QStringLiteral(" · ") + Words::tr("complete"), place + QStringLiteral(" ✓"), least + QStringLiteral(" ✓"),
            least};
}

QString StateWords::reason(const std::string& text)
{
    // Where reading began is stored as words; of an instant in them the nanoseconds are chance ("the last 24 hours").
    static const QRegularExpression kInstant(QStringLiteral("\\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\\.[0-9]+)?Z"));
    constexpr std::int64_t kMilli = 1'000'000;
    QString shown;
    const QString all = QString::fromStdString(text);
    qsizetype done = 0;
    for (auto instants = kInstant.globalMatch(all); instants.hasNext();) {
        const auto instant = instants.next();
        const auto time = timestampFromIso(instant.captured().toStdString());
        if (!time) continue;
        shown += all.mid(done, instant.capturedStart() - done) + zonedTimeText(Timestamp{time->ns - time->ns % kMilli});
        done = instant.capturedEnd();
    }
    return shown + all.mid(done);
}

QString StateWords::lifeInFull(const replay::Completeness& life)
{
    if (life.complete) return Words::tr("The history reaches back to its birth, and nothing is missing");
    QStringList lines{Words::tr("A partial life: what is missing may have changed the state")};
    for (const std::string& each : life.reasons) lines << QStringLiteral("· ") + reason(each);
    if (life.reasons.empty() && !life.because.empty()) lines << reason(life.because);
    return lines.join(QLatin1Char('\n'));
}

QString StateWords::changesTitle(const replay::History* history, const StateView& view, const TypeNames& names)
{
    if (view.state.version.value == 0) return Words::tr("Before the first event");
    const QString which = event(history, view.state.version, names);
    const bool any =
        std::any_of(view.changes.begin(), view.changes.end(), [](const Change& change) { return change.op != Change::Op::Same; });
    if (!any) return Words::tr("%1 changed nothing").arg(which);
    const bool ended = !view.state.alive;
    return ended ? Words::tr("%1 ended the life").arg(which) : Words::tr("%1 changed").arg(which);
}

std::optional<Version> StateWords::setBy(const StateView& view, std::string_view pointer, Version version)
{
    if (!view.provenance) return std::nullopt;
    if (version <= view.provenanceTo) return view.provenance->setBy(pointer, version);
    // Any of the events after those may have set it: an older one is named only where none of them did.
    if (!view.since) return std::nullopt;
    if (const auto by = view.since->setBy(pointer, version)) return by;
    return view.provenance->setBy(pointer, view.provenanceTo);
}

std::optional<Version> StateWords::deathOf(const replay::History& history, const StateView& view)
{
    const Version version = view.state.version;
    if (view.state.alive || version.value == 0 || version > history.last()) return std::nullopt;
    for (const Change& change : view.changes)
        if (change.op == Change::Op::Remove && change.pointer.empty()) return version;
    if (const auto by = setBy(view, "", version)) return by;
    for (Version at = version; at.value > 0; at.value -= 1) {
        const EventKind kind = history.events[at.value - 1].kind;
        if (kind == EventKind::Delete || kind == EventKind::Tombstone || kind == EventKind::Truncate) return at;
        if (version.value - at.value > 1000) break;
    }
    return std::nullopt;
}

}  // namespace hindcast::ui
