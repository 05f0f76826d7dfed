// How states are rebuilt, in the window: errors of the model, programs that a workspace wants to run, and limits.
#include "core/model/chosen.h"
#include "core/model/program_reducer.h"
#include "ui/look/background.h"
#include "ui/look/file_dialog.h"
#include "ui/models/code_editor.h"
#include "ui/models/model_panel.h"
#include "ui/session/replay_policy.h"
#include "ui/shell/limits_dialog.h"
#include "ui/shell/main_window.h"
#include "ui/shell/undo.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/timeline/lane_findings.h"

#include <QFileInfo>

#include <algorithm>

namespace hindcast::ui {

namespace {

/// The program of a file that the user chose works beside that file where it names no other place.
Result<Json> programOfFile(const QString& path)
{
    auto document = model::readModelFile(path.toStdString());
    if (!document) return document;
    auto program = model::programIn(*document);
    if (!program) return std::unexpected(program.error());
    const QString folder = QFileInfo(path).absolutePath();
    const QString own = QString::fromStdString(program->folder);
    if (own.isEmpty())
        program->folder = folder.toStdString();
    else if (QFileInfo(own).isRelative())
        program->folder = QFileInfo(folder + QLatin1Char('/') + own).absoluteFilePath().toStdString();
    return model::documentOf(*program);
}

QString runsWhat(const ProgramUse& use)
{
    return use.folder.isEmpty() ? use.command : MainWindow::tr("%1 in %2").arg(use.command, use.folder);
}

}  // namespace

void MainWindow::connectPolicy()
{
    ReplayPolicy* policy = session_.replayPolicy();
    const auto on = [this](QAction& action, auto run) { connect(&action, &QAction::triggered, this, run); };
    on(actions_.nextProblem, [this] { goToProblem(true); });
    on(actions_.previousProblem, [this] { goToProblem(false); });
    on(actions_.stopAtError, [policy](bool stop) { policy->setStopsAtError(stop); });
    on(actions_.useProgram, [this] { askProgram(); });
    on(actions_.allowProgram, [policy] {
        if (const auto use = policy->program()) policy->allowProgram(use->category);
    });
    on(actions_.withdrawPrograms, [policy] { policy->withdrawPrograms(); });
    on(actions_.restartModel, [policy] { policy->restart(); });
    on(actions_.limits, [this] { askLimits(); });
    connect(&state_->statePage(), &StatePage::policyWanted, this, &MainWindow::followPolicy);
    connect(&state_->statePage(), &StatePage::modelPlaceWanted, this, [this](int line, int column) {
        showModel(true);
        model_->takeFocus();
        model_->editor().goTo(line, std::max(column, 1));
    });
    connect(policy, &ReplayPolicy::resultChanged, this, [this, policy] { state_->statePage().setResult(policy->result()); });
    for (const auto signal : {&ReplayPolicy::changed, &ReplayPolicy::failuresChanged})
        connect(policy, signal, this, &MainWindow::showPolicy);
    for (const auto signal :
         {&Session::historyChanged, &Session::findingsChanged, &Session::modelsRead, &Session::stateChanged, &Session::closed})
        connect(&session_, signal, this, &MainWindow::showPolicy);
    connect(session_.playhead(), &Playhead::moved, this, &MainWindow::updateProblems);
    showPolicy();
}

void MainWindow::followPolicy(const QString& what)
{
    ReplayPolicy* policy = session_.replayPolicy();
    const auto use = policy->program();
    if (what == QLatin1String("stop") || what == QLatin1String("go on"))
        policy->setStopsAtError(what == QLatin1String("stop"));
    else if (what == QLatin1String("allow") && use)
        policy->allowProgram(use->category);
    else if (what == QLatin1String("not now") && use)
        policy->postpone(use->category);
    else if (what == QLatin1String("restart"))
        policy->restart();
}

/// The notice above the state, and what the menus offer.
void MainWindow::showPolicy()
{
    ReplayPolicy* policy = session_.replayPolicy();
    const auto use = policy->program();
    const bool waits = use && !use->allowed;
    StatePage& page = state_->statePage();
    if (waits && policy->isPostponed(use->category)) {
        page.setTrouble(tr("Not rebuilt: %1 may not run.").arg(runsWhat(*use)), {{QStringLiteral("allow"), tr("Allow it")}});
    } else if (waits) {
        page.setTrouble(tr("This workspace wants to run: %1. It would run with your rights: allow it only if you know where the "
                           "workspace comes from.")
                            .arg(runsWhat(*use)),
                        {{QStringLiteral("allow"), tr("Allow for this workspace")}, {QStringLiteral("not now"), tr("Not now")}});
    } else if (const auto& trouble = policy->trouble()) {
        page.setTrouble(tr("The state cannot be rebuilt: %1").arg(QString::fromStdString(trouble->text())),
                        {{QStringLiteral("restart"), tr("Restart the model")}});
    } else {
        page.setTrouble({}, {});
    }
    const bool open = session_.isOpen();
    const auto state = session_.state();
    actions_.stopAtError.setChecked(policy->stopsAtError());
    actions_.useProgram.setEnabled(open && session_.history() && session_.readOnlyBecause().isEmpty());
    actions_.allowProgram.setEnabled(waits);
    actions_.withdrawPrograms.setEnabled(open && policy->anyProgramAllowed());
    actions_.restartModel.setEnabled(open && session_.history() &&
                                     (policy->trouble() || use || (state && state->model && state->model->isScript)));
    updateProblems();
}

void MainWindow::updateProblems()
{
    const std::vector<LaneFinding> all = laneFindings(session_);
    const Version at = session_.playhead()->version();
    actions_.nextProblem.setEnabled(!all.empty() && all.back().version > at);
    actions_.previousProblem.setEnabled(!all.empty() && all.front().version < at);
}

void MainWindow::goToProblem(bool next)
{
    const std::vector<LaneFinding> all = laneFindings(session_);
    const Version at = session_.playhead()->version();
    const auto beyond = std::ranges::upper_bound(all, at, {}, &LaneFinding::version);
    const auto before = std::ranges::lower_bound(all, at, {}, &LaneFinding::version);
    if (next && beyond != all.end()) session_.playhead()->setVersion(beyond->version);
    if (!next && before != all.begin()) session_.playhead()->setVersion(std::prev(before)->version);
}

/// A file that names a program becomes the model of the selected entity's category. Who chooses it wants it run.
void MainWindow::askProgram()
{
    const auto history = session_.history();
    if (!history) return;
    const QString category = QString::fromStdString(history->key.category);
    const QString path =
        askOpenFile(this, tr("A program that rebuilds every %1").arg(category.left(60)), tr("Program models (*.json)"));
    if (!path.isEmpty()) useProgram(category, path);
}

void MainWindow::useProgram(const QString& category, const QString& path)
{
    inBackground(
        this, [path] { return programOfFile(path); },
        [this, category, path](const Result<Json>& document) {
            if (!document) {
                const Error& error = document.error();
                emit session_.failed(tr("cannot use %1 as a program").arg(path), QString::fromStdString(error.why),
                                     QString::fromStdString(error.hint));
                return;
            }
            session_.replayPolicy()->allowProgram(*document);
            undo_->saveRules(category, *document);
        });
}

void MainWindow::askLimits()
{
    auto* dialog = new LimitsDialog(session_.replayPolicy()->limits(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LimitsDialog::chosen, session_.replayPolicy(), &ReplayPolicy::setLimits);
    dialog->open();
}

}  // namespace hindcast::ui
