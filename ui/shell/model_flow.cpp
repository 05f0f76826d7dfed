// The model's editor in the window: how it opens and closes, and how what is written in it comes into force.
#include "ui/models/model_panel.h"
#include "ui/shell/main_window.h"
#include "ui/shell/undo.h"
#include "ui/state/state_inspector.h"
#include "ui/timeline/timeline_view.h"

#include <QSettings>
#include <QSplitter>

#include <algorithm>

namespace hindcast::ui {

namespace {

const auto kShown = QStringLiteral("window/model");
const auto kHeight = QStringLiteral("window/modelHeight");

}  // namespace

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

/// As high as it was made, but for what the others need at least.
int MainWindow::heightOfModel() const
{
    return model_->isHidden() ? 0 : std::clamp(modelHeight_, theme_.px(120), std::max(theme_.px(120), middle_->height() / 2));
}

void MainWindow::showModel(bool shown)
{
    actions_.model.setChecked(shown);
    if (shown != model_->isHidden()) return;
    const bool held = model_->isAncestorOf(focusWidget());
    const QList<int> sizes = middle_->sizes();
    model_->setVisible(shown);
    if (shown) {
        // From the events, and where they have too little from the lanes.
        const int height = heightOfModel();
        const int events = std::max(std::min(sizes.at(1), theme_.px(120)), sizes.at(1) - height);
        const int beneath = sizes.at(2) + sizes.at(3);
        middle_->setSizes({std::max(0, middle_->height() - events - beneath - height), events, sizes.at(2), sizes.at(3), height});
        return;
    }
    if (held) timeline_->canvas().setFocus(Qt::OtherFocusReason);
}

void MainWindow::restoreModelLayout()
{
    const QSettings settings;
    modelHeight_ = settings.value(kHeight, modelHeight_).toInt();
    model_->setVisible(settings.value(kShown).toBool());
    actions_.model.setChecked(!model_->isHidden());
}

void MainWindow::saveModelLayout() const
{
    QSettings settings;
    settings.setValue(kShown, isPresentation() ? deskModel_ : !model_->isHidden());
    settings.setValue(kHeight, modelHeight_);
}

}  // namespace hindcast::ui
