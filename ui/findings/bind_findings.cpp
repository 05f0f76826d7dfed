#include "ui/findings/bind_findings.h"

#include "ui/findings/bind_trials.h"
#include "ui/findings/findings_page.h"
#include "ui/findings/findings_panel.h"
#include "ui/findings/first_time_page.h"
#include "ui/findings/model_diff_page.h"
#include "ui/findings/smallest_page.h"
#include "ui/session/session.h"

namespace hindcast::ui {

void bind(FindingsPanel& panel, Session& session)
{
    FirstTimePage& first = panel.firstTime();
    FindingsPage& findings = panel.findings();
    first.setPartOf([&session](PartId part) { return session.part(part); });
    const auto asked = [&first, &session] {
        const auto& history = session.playhead()->history();
        first.setAsked(session.isOpen(), history ? QString::fromStdString(history->key.text()) : QString(),
                       history ? QString::fromStdString(history->key.category) : QString());
    };
    QObject::connect(&session, &Session::opened, &panel, asked);
    QObject::connect(&session, &Session::closed, &panel, asked);
    QObject::connect(&session, &Session::historyChanged, &panel, asked);
    QObject::connect(&first, &FirstTimePage::asked, &session, &Session::requestFirstTime);
    QObject::connect(&first, &FirstTimePage::cancelWanted, &session, &Session::cancelFirstTime);
    // Events of another life, and of another time: the timeline goes along.
    const auto goThere = [&session](EntityId entity, EventId event, Timestamp time) {
        if (!time.isKnown()) return session.selectEvent(entity, event);
        GoToHit hit;
        hit.kind = GoToHit::Kind::Record;
        hit.entity = entity;
        hit.event = event;
        hit.time = time;
        session.goTo(hit);
    };
    QObject::connect(&first, &FirstTimePage::chosen, &session, goThere);
    QObject::connect(&findings, &FindingsPage::chosen, &session, goThere);
    QObject::connect(&panel.modelDiff(), &ModelDiffPage::chosen, &session, goThere);
    QObject::connect(&panel.smallest(), &SmallestPage::chosen, &session, goThere);
    QObject::connect(&session, &Session::firstTimeChanged, &first, [&first, &session] { first.setView(session.firstTime()); });
    QObject::connect(&session, &Session::modelsChanged, &first,
                     [&first](const QString& category) { first.modelChanged(category); });
    asked();
    first.setView(session.firstTime());
    bindTrials(panel, session);
}

}  // namespace hindcast::ui
