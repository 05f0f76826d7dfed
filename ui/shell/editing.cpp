#include "ui/entities/entity_browser.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/look/background.h"
#include "ui/rejects/rejects_panel.h"
#include "ui/session/event_json.h"
#include "ui/shell/go_to_box.h"
#include "ui/shell/main_window.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/undo.h"
#include "ui/state/event_details.h"
#include "ui/state/hex_view.h"
#include "ui/state/state_inspector.h"
#include "ui/timeline/timeline_view.h"
#include "ui/types/types_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QSplitter>
#include <QStackedWidget>

namespace hindcast::ui {

namespace {

bool holdsFocus(const QWidget& widget)
{
    const QWidget* focus = QApplication::focusWidget();
    return focus != nullptr && (focus == &widget || widget.isAncestorOf(focus));
}

constexpr int kTypesHeight = 212;  // of the event types, to begin with

/// As `hindcast-cli state --json` writes it.
Json stateJson(const replay::History& history, const StateView& view)
{
    Json json = Json::object();
    json["entity"] = history.key.text();
    json["version"] = view.state.version.value;
    json["of"] = view.state.of.value;
    if (view.state.version.value > 0 && view.state.version <= history.last())
        json["time"] = toIso(history.events[view.state.version.value - 1].effective);
    json["state"] = view.state.alive ? view.state.document : Json(nullptr);
    return json;
}

}  // namespace

void MainWindow::connectEditing()
{
    const auto on = [this](QAction& action, auto run) { connect(&action, &QAction::triggered, this, run); };
    undo_ = new Undo(session_, pages_->findChildren<QSplitter*>(), this);
    QUndoStack& stack = undo_->stack();
    on(actions_.undo, [&stack] { stack.undo(); });
    on(actions_.redo, [&stack] { stack.redo(); });
    connect(&stack, &QUndoStack::indexChanged, this, &MainWindow::updateEditing);
    on(actions_.resetLayout, [this] {
        undo_->changeLayout(tr("reset the layout"), [this] {
            timelineChosen_ = false;
            if (!types_->isFolded()) left_->setSizes({left_->height() - kTypesHeight, kTypesHeight});
            setDefaultLayout();
        });
    });
    connect(state_, &StateInspector::modelMade, undo_, &Undo::saveRules);
    connect(state_, &StateInspector::undoModelWanted, undo_, [this](const QString& category) {
        const auto view = session_.state();
        const bool known = view && view->model && view->model->category == category && view->model->document;
        if (!known) return session_.undoModel(category);
        undo_->takeBackRules(category, *view->model->document);
    });
    connect(undo_, &Undo::layoutRestored, this, [this] { timelineChosen_ = true; });
    on(actions_.pinEntity, [this] { togglePin(); });
    connect(session_.pins(), &Pins::changed, this, &MainWindow::updateEditing);
    connect(&session_, &Session::eventChanged, this, &MainWindow::updateEditing);
    on(actions_.copyJson, [this] { copyAsJson(); });
    on(actions_.previousEntity, [this] { entities_->chooseNext(-1); });
    on(actions_.nextEntity, [this] { entities_->chooseNext(1); });
    on(actions_.goTo, [this] {
        top_->goTo().setFocus(Qt::ShortcutFocusReason);
        top_->goTo().selectAll();
    });
    connect(&top_->goTo(), &GoToBox::left, this, [this] { timeline_->canvas().setFocus(Qt::OtherFocusReason); });
    connect(&top_->goTo(), &GoToBox::chosen, this, [this] { timeline_->canvas().setFocus(Qt::OtherFocusReason); });
    updateEditing();
}

void MainWindow::updateEditing()
{
    const QUndoStack& stack = undo_->stack();
    actions_.undo.setEnabled(stack.canUndo());
    actions_.redo.setEnabled(stack.canRedo());
    actions_.undo.setText(stack.canUndo() ? tr("&Undo: %1").arg(stack.undoText().replace(u'&', QStringLiteral("&&")))
                                          : tr("&Undo"));
    actions_.redo.setText(stack.canRedo() ? tr("&Redo: %1").arg(stack.redoText().replace(u'&', QStringLiteral("&&")))
                                          : tr("&Redo"));
    const auto history = session_.history();
    const bool pinned = history && session_.pins()->contains(history->entity);
    actions_.pinEntity.setText(pinned ? tr("Un&pin the entity") : tr("&Pin the entity"));
    actions_.pinEntity.setEnabled(history != nullptr);
    actions_.copyJson.setEnabled(history != nullptr || session_.event() != nullptr);
    for (QAction* action : {&actions_.previousEntity, &actions_.nextEntity, &actions_.goTo, &actions_.rejects})
        action->setEnabled(session_.isOpen());
    top_->goTo().setEnabled(session_.isOpen());
}

void MainWindow::togglePin()
{
    const auto history = session_.history();
    if (!history) return;
    Pins* pins = session_.pins();
    for (const Pins::Pin& pin : pins->all())
        if (pin.id == history->entity) return pins->remove(QString(pin.entity));
    pins->add(QString::fromStdString(history->key.text()), history->entity);
}

void MainWindow::copyAsJson()
{
    const auto event = session_.event();
    if (const auto reject = rejects_->model().current(); reject && holdsFocus(*rejects_)) {
        emit rejects_->copyWanted(*reject);
        return;
    }
    if (event && !session_.history() && holdsFocus(*state_)) {  // a reject is all that is shown
        QApplication::clipboard()->setText(eventJson(*event));
        return;
    }
    const auto history = session_.history();
    if (!history) return;
    EventTable& table = events_->table();
    if (holdsFocus(table) && table.currentRow() != RowView::kNone) {
        emit events_->copyWanted(events_->model().rows().id(table.currentRow()));
        return;
    }
    if (event && (holdsFocus(state_->eventDetails()) || holdsFocus(state_->bytes()))) {
        QApplication::clipboard()->setText(eventJson(*event));
        return;
    }
    const auto view = session_.state();
    if (!view) return;
    // Alone where one is at the state; elsewhere with what it is the state of. A large one takes longer than a frame to write.
    const bool alone = holdsFocus(*state_);
    inBackground(
        this,
        [history, view, alone] {
            return QString::fromStdString(
                toText(alone && view->state.alive ? view->state.document : stateJson(*history, *view), 2));
        },
        [](const QString& text) { QApplication::clipboard()->setText(text); });
}

}  // namespace hindcast::ui
