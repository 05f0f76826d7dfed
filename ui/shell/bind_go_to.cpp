#include "ui/shell/bind_go_to.h"

#include "ui/look/format.h"
#include "ui/look/shown_zone.h"
#include "ui/session/entity_title.h"
#include "ui/session/session.h"
#include "ui/shell/go_to_box.h"

#include <QDate>
#include <QLocale>

namespace hindcast::ui {

namespace {

/// "Tuesday 4 Nov 2025 14:00 UTC"
QString dayText(Timestamp time)
{
    const Civil at = civil(time);
    const auto two = [](int number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    QString clock = QStringLiteral("%1:%2").arg(two(at.hour), two(at.minute));
    if (at.second != 0) clock += QLatin1Char(':') + two(at.second);
    const QString day = QLocale::c().dayName(QDate(at.year, at.month, at.day).dayOfWeek());
    return QObject::tr("%1 %2 %3 %4 %5 %6").arg(day).arg(at.day).arg(monthName(at.month)).arg(at.year).arg(clock, zoneName(time));
}

QString momentText(Session& session, Timestamp time, bool countedFromEnd)
{
    QString text = countedFromEnd ? countedFromEndText(time) : zonedTimeText(time);
    const Timestamp nearest = session.nearestMoment(time);
    if (nearest < time)
        text = QObject::tr("the log ends %1; its last moment").arg(zonedTimeText(nearest));
    else if (nearest > time)
        text = QObject::tr("the log begins %1; its first moment").arg(zonedTimeText(nearest));
    const auto history = session.history();
    if (!history) return QObject::tr("%1 · select an entity first").arg(text);
    return QObject::tr("%1 · %2 as of #%3").arg(text, entityTitle(*history)).arg(history->versionAt(nearest).value);
}

/// "user-123 has 6 versions"
QString versionsText(const replay::History& history)
{
    return history.last().value == 1 ? QObject::tr("%1 has one version").arg(entityTitle(history))
                                     : QObject::tr("%1 has %2 versions").arg(entityTitle(history), grouped(history.last().value));
}

/// "AddressChanged · 2025-11-04 00:11:00.000"
QString eventText(const Session& session, const replay::HistoryEvent& event)
{
    return QObject::tr("%1 · %2").arg(session.typeName(event.type), timeText(event.effective));
}

QString versionText(Session& session, Version version)
{
    const auto history = session.history();
    if (!history || history->events.empty()) return {};
    if (version > history->last())
        return QObject::tr("%1; the last is #%2 · %3")
            .arg(versionsText(*history))
            .arg(history->last().value)
            .arg(eventText(session, history->events.back()));
    if (version.value == 0) return QObject::tr("#0 of %1 · before its first event").arg(entityTitle(*history));
    return QObject::tr("#%1 of %2 · %3")
        .arg(version.value)
        .arg(entityTitle(*history), eventText(session, history->events[version.value - 1]));
}

}  // namespace

QString countedFromEndText(Timestamp time) { return QObject::tr("%1 · counted from the log's end").arg(dayText(time)); }

QString remarkOn(const Session& session, const GoToHit& hit)
{
    const auto history = session.history();
    if (hit.kind == GoToHit::Kind::Version && history && hit.version > history->last())
        return QObject::tr("%1; shown is the last, #%2").arg(versionsText(*history)).arg(history->last().value);
    if (hit.kind != GoToHit::Kind::Time) return {};
    const Timestamp nearest = session.nearestMoment(hit.time);
    if (nearest < hit.time) return QObject::tr("The log ends %1; shown is its last moment").arg(zonedTimeText(nearest));
    if (nearest > hit.time) return QObject::tr("The log begins %1; shown is its first moment").arg(zonedTimeText(nearest));
    return {};
}

void bind(GoToBox& box, Session& session)
{
    box.setWords({[&session](Timestamp time, bool countedFromEnd) { return momentText(session, time, countedFromEnd); },
                  [&session](Version version) { return versionText(session, version); },
                  [&session](Version version) { return session.history() && version <= session.history()->last(); },
                  [&session] { return session.history() ? entityTitle(*session.history()) : QString(); },
                  [&session] {
                      // Without a playhead: where the log is.
                      const bool anywhere = session.history() && session.playhead()->time().isKnown();
                      return anywhere ? session.playhead()->time() : session.nearestMoment(Timestamp::now());
                  },
                  [&session] { return session.isOpen() ? session.counts().lastTime : std::nullopt; }});
    QObject::connect(&box, &GoToBox::lookUpWanted, &session, &Session::lookUp);
    QObject::connect(&session, &Session::lookedUp, &box, &GoToBox::setHits);
    QObject::connect(&box, &GoToBox::chosen, &session, &Session::goTo);
    QObject::connect(&session, &Session::closed, &box, &GoToBox::reset);
}

}  // namespace hindcast::ui
