#include "ui/shell/bind_go_to.h"

#include "ui/look/format.h"
#include "ui/look/shown_zone.h"
#include "ui/session/entity_title.h"
#include "ui/session/session.h"
#include "ui/shell/go_to_box.h"

namespace hindcast::ui {

namespace {

QString momentText(Session& session, Timestamp time)
{
    const QString text = zonedTimeText(time);
    const auto history = session.history();
    if (!history) return QObject::tr("%1 · select an entity first").arg(text);
    return QObject::tr("%1 · %2 as of #%3").arg(text, entityTitle(*history)).arg(history->versionAt(time).value);
}

QString versionText(Session& session, Version version)
{
    const auto history = session.history();
    if (!history || version > history->last()) return {};
    if (version.value == 0) return QObject::tr("#0 of %1 · before its first event").arg(entityTitle(*history));
    const replay::HistoryEvent& event = history->events[version.value - 1];
    return QObject::tr("#%1 of %2 · %3 · %4")
        .arg(version.value)
        .arg(entityTitle(*history), session.typeName(event.type), timeText(event.effective));
}

}  // namespace

void bind(GoToBox& box, Session& session)
{
    box.setWords({[&session](Timestamp time) { return momentText(session, time); },
                  [&session](Version version) { return versionText(session, version); },
                  [&session] { return session.history() ? session.playhead()->time() : Timestamp::now(); },
                  [](Timestamp at) { return static_cast<int>(shownOffset(at) / 60'000'000'000); }});
    QObject::connect(&box, &GoToBox::lookUpWanted, &session, &Session::lookUp);
    QObject::connect(&session, &Session::lookedUp, &box, &GoToBox::setHits);
    QObject::connect(&box, &GoToBox::chosen, &session, &Session::goTo);
    QObject::connect(&session, &Session::closed, &box, &GoToBox::reset);
}

}  // namespace hindcast::ui
