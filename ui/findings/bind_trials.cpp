#include "ui/findings/bind_trials.h"

#include "ui/findings/findings_page.h"
#include "ui/findings/findings_panel.h"
#include "ui/findings/model_diff_page.h"
#include "ui/findings/smallest_page.h"
#include "ui/session/session.h"
#include "ui/session/trials.h"

namespace hindcast::ui {

namespace {

void bind(SmallestPage& page, Session& session)
{
    Trials* trials = session.trials();
    QObject::connect(&page, &SmallestPage::asked, &session, [&session, trials](const WantedSymptom& wanted) {
        if (const auto history = session.history()) (void)trials->requestSmallest(history->entity, wanted);
    });
    QObject::connect(&page, &SmallestPage::cancelWanted, trials, &Trials::cancelSmallest);
    QObject::connect(&page, &SmallestPage::failed, &session, &Session::failed);
    QObject::connect(trials, &Trials::smallestChanged, &page, [&page, trials] { page.setView(trials->smallest()); });
    QObject::connect(trials, &Trials::invariantsChanged, &page, [&page, trials] { page.setInvariants(trials->invariants()); });
    QObject::connect(&session, &Session::modelsChanged, &page, [&page](const QString& category) { page.modelChanged(category); });
}

void bind(ModelDiffPage& page, Session& session)
{
    Trials* trials = session.trials();
    page.setPartOf([&session](PartId part) { return session.part(part); });
    QObject::connect(&page, &ModelDiffPage::asked, trials, &Trials::requestModelDiff);
    QObject::connect(&page, &ModelDiffPage::cancelWanted, trials, &Trials::cancelModelDiff);
    QObject::connect(trials, &Trials::modelDiffChanged, &page, [&page, trials] { page.setView(trials->modelDiff()); });
    QObject::connect(&session, &Session::modelsChanged, &page, [&page](const QString& category) { page.modelChanged(category); });
    QObject::connect(&session, &Session::stateChanged, &page, [&page, &session] {
        if (const auto state = session.state(); state && state->model)
            page.setHasBefore(state->model->category, state->model->version > 1);
    });
}

void bind(FindingsPage& page, Session& session)
{
    Trials* trials = session.trials();
    QObject::connect(&page, &FindingsPage::checkWanted, trials, &Trials::checkDeterminism);
    QObject::connect(&page, &FindingsPage::cancelWanted, trials, &Trials::cancelDeterminism);
    QObject::connect(trials, &Trials::findingsChanged, &page, [&page, trials] { page.setView(trials->findings()); });
    QObject::connect(trials, &Trials::determinismChanged, &page, [&page, trials] { page.setDeterminism(trials->determinism()); });
}

}  // namespace

void bindTrials(FindingsPanel& panel, Session& session)
{
    bind(panel.smallest(), session);
    bind(panel.modelDiff(), session);
    bind(panel.findings(), session);
    const auto asked = [&panel, &session] {
        const auto history = session.history();
        const QString category = history ? QString::fromStdString(history->key.category) : QString();
        QStringList categories;
        for (const store::Category& each : session.categories()) categories << QString::fromStdString(each.text);
        categories.sort();
        panel.smallest().setAsked(session.isOpen(), history ? QString::fromStdString(history->key.text()) : QString());
        panel.modelDiff().setAsked(session.isOpen(), categories, category);
        panel.findings().setOpen(session.isOpen(), category);
    };
    for (const auto signal : {&Session::opened, &Session::closed, &Session::historyChanged, &Session::directoryChanged})
        QObject::connect(&session, signal, &panel, asked);
    asked();
    panel.findings().setView(session.trials()->findings());
}

}  // namespace hindcast::ui
