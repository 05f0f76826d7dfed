// What is tried out, in the window: from a finding, a failing model or the model's editor to the page that tells.
#include "ui/findings/findings_bar.h"
#include "ui/findings/findings_page.h"
#include "ui/findings/findings_panel.h"
#include "ui/findings/first_time_page.h"
#include "ui/findings/model_diff_page.h"
#include "ui/models/model_panel.h"
#include "ui/models/ready_made.h"
#include "ui/session/trials.h"
#include "ui/shell/main_window.h"
#include "ui/state/state_inspector.h"

namespace hindcast::ui {

namespace {

ModelChoice choiceOf(const ScriptModel& script, const QString& name)
{
    return {ModelChoice::Kind::Document, documentOf(script), {}, name};
}

}  // namespace

void MainWindow::connectTrials()
{
    connect(&actions_.modelDiff, &QAction::triggered, this, [this] { openFindings(FindingsPanel::ModelDiff); });
    connect(&actions_.smallestCase, &QAction::triggered, this, [this] { openFindings(FindingsPanel::SmallestCase); });
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
