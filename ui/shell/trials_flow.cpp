// What is tried out, in the window: from a finding, a failing model or the model's editor to the page that tells.
#include "ui/findings/findings_bar.h"
#include "ui/findings/findings_page.h"
#include "ui/findings/findings_panel.h"
#include "ui/findings/first_time_page.h"
#include "ui/findings/model_diff_page.h"
#include "ui/findings/smallest_page.h"
#include "ui/models/model_panel.h"
#include "ui/models/ready_made.h"
#include "ui/session/trials.h"
#include "ui/shell/main_window.h"
#include "ui/state/state_inspector.h"

#include <algorithm>

namespace hindcast::ui {

namespace {

ModelChoice choiceOf(const ScriptModel& script, const QString& name)
{
    return {ModelChoice::Kind::Document, documentOf(script), {}, name};
}

/// What is wrong with the selected entity, as far as it was found: an invariant that it breaks, or what was looked for last.
std::optional<WantedSymptom> likelySymptom(const Session& session)
{
    const auto history = session.history();
    if (!history) return {};
    if (const auto findings = session.findings())
        for (const FindingGroupView& group : findings->groups) {
            const bool its = std::ranges::any_of(group.rows, [&](const auto& row) { return row->entity == history->entity; });
            if (its && group.kind == audit::Finding::Kind::Invariant)
                return WantedSymptom{WantedSymptom::Kind::Invariant, group.subject};
            if (its && group.kind == audit::Finding::Kind::ModelFailed) return WantedSymptom{WantedSymptom::Kind::ModelFails, {}};
        }
    if (const auto first = session.firstTime())
        for (const FirstTimeView::Batch& batch : first->batches)
            if (std::ranges::find(*batch, history->entity, &FirstTimeRow::entity) != batch->end())
                return WantedSymptom{WantedSymptom::Kind::Expression, first->text.trimmed()};
    return {};
}

}  // namespace

void MainWindow::connectTrials()
{
    connect(&actions_.modelDiff, &QAction::triggered, this, [this] { openFindings(FindingsPanel::ModelDiff); });
    connect(&actions_.smallestCase, &QAction::triggered, this, [this] {
        const auto shown = session_.trials()->smallest();
        const auto history = session_.history();
        const bool itsOwn = shown && history && shown->entity == history->entity;
        const auto likely = itsOwn ? std::nullopt : likelySymptom(session_);
        if (shown && !itsOwn) {
            // Another entity's case is no answer here, and its symptom no question.
            session_.trials()->forgetSmallest();
            findings_->smallest().setWanted({});
        }
        if (likely) findings_->smallest().setWanted(*likely);
        openFindings(FindingsPanel::SmallestCase);
        if (likely) findings_->smallest().ask();
    });
    connect(&actions_.determinism, &QAction::triggered, this, [this] {
        openFindings(FindingsPanel::Findings);
        findings_->findings().bar().check();
    });

    const auto smallest = [this](EntityId entity, const WantedSymptom& wanted, EventId event) {
        (void)session_.trials()->requestSmallest(entity, wanted, event);
        openFindings(FindingsPanel::SmallestCase);
    };
    connect(&findings_->findings(), &FindingsPage::smallestWanted, this, smallest);
    connect(&findings_->firstTime(), &FirstTimePage::smallestWanted, this, smallest);
    connect(state_, &StateInspector::smallestWanted, this, [this, smallest](Version version) {
        const auto history = session_.history();
        if (!history || version.value == 0 || version > history->last()) return;
        smallest(history->entity, {WantedSymptom::Kind::ModelFails, {}}, history->events[version.value - 1].id);
    });

    ModelDiffPage& diff = findings_->modelDiff();
    std::vector<ModelChoice> ready;
    for (const ReadyMade& one : readyMade()) ready.push_back(choiceOf({one.name, one.source, {}}, one.title));
    diff.setReadyMade(std::move(ready));
    diff.setDraft([this]() -> std::optional<ModelChoice> {
        if (!model_->hasText() || !model_->isChanged()) return {};
        const ScriptModel script = model_->script();
        return choiceOf(script, tr("%1, not saved").arg(script.name));
    });
    connect(model_, &ModelPanel::compareRequested, this, [this, &diff](const QString& category) {
        openFindings(FindingsPanel::ModelDiff);
        diff.compareDraft(category);
    });
}

}  // namespace hindcast::ui
