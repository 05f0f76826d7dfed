// The model's editor in the window: how it opens and closes, and how what is written in it comes into force.
#include "ui/models/model_panel.h"
#include "ui/shell/main_window.h"
#include "ui/shell/undo.h"
#include "ui/state/state_inspector.h"

namespace hindcast::ui {

void MainWindow::connectModel()
{
    connect(&actions_.model, &QAction::triggered, this, [this](bool on) {
        showModel(on);
        if (on) model_->takeFocus();
    });
    actions_.models.addSeparator();
    actions_.models.addMenu(&model_->newMenu());
    for (QAction* action : model_->listed()) {
        if (action == &model_->discardAction()) actions_.models.addMenu(&model_->categoryMenu());
        actions_.models.addAction(action);
        // What is done to a model is done where one sees it.
        connect(action, &QAction::triggered, this, [this] { showModel(true); });
    }
    actions_.models.addSeparator();
    actions_.models.addActions({&actions_.useProgram, &actions_.allowProgram, &actions_.withdrawPrograms});
    actions_.models.addSeparator();
    actions_.models.addActions({&actions_.stopAtError, &actions_.restartModel, &actions_.limits});
    connect(&model_->newMenu(), &QMenu::triggered, this, [this] { showModel(true); });
    connect(model_, &ModelPanel::closeWanted, this, [this] { showModel(false); });
    connect(state_, &StateInspector::modelEditWanted, this, [this] {
        showModel(true);
        model_->takeFocus();
    });
    connect(model_, &ModelPanel::saveRequested, undo_, [this](const QStringList& categories, const ScriptModel& script) {
        for (const QString& category : categories) undo_->saveRules(category, documentOf(script));
    });
    connect(model_, &ModelPanel::undoRequested, undo_, [this](const QString& category) { takeBackModel(category); });
}

void MainWindow::takeBackModel(const QString& category)
{
    const auto view = session_.state();
    const bool known = view && view->model && view->model->category == category && view->model->document;
    if (!known) return session_.undoModel(category);
    undo_->takeBackRules(category, *view->model->document);
}

void MainWindow::showModel(bool shown)
{
    actions_.model.setChecked(shown);
    showLower(*model_, shown);
}

}  // namespace hindcast::ui
