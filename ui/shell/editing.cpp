#include "ui/entities/entity_browser.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/rejects/rejects_panel.h"
#include "ui/shell/go_to_box.h"
#include "ui/shell/main_window.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/undo.h"
#include "ui/state/copying.h"
#include "ui/state/event_details.h"
#include "ui/state/hex_view.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/timeline/timeline_view.h"
#include "ui/types/types_panel.h"

#include <QApplication>
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
            if (!types_->isFolded()) left_->setSizes({left_->height() - theme_.px(kTypesHeight), theme_.px(kTypesHeight)});
            showRejects(false);
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
    // A reject may be all that is shown.
    if (event && !session_.history() && holdsFocus(*state_)) return copyEvent(this, event);
    const auto history = session_.history();
    if (!history) return;
    EventTable& table = events_->table();
    if (holdsFocus(table) && table.currentRow() != RowView::kNone) {
        const EventRows& rows = events_->model().rows();
        emit events_->copyWanted({rows.id(table.currentRow()), rows.version(table.currentRow()).value_or(Version{})});
        return;
    }
    if (event && (holdsFocus(state_->eventDetails()) || holdsFocus(state_->bytes()))) return copyEvent(this, event);
    const auto view = session_.state();
    if (!view) return;
    // Alone where one is at the state; elsewhere with what it is the state of.
    if (holdsFocus(*state_) && view->state.alive) return copyJson(this, view, view->state.document);
    state_->statePage().copyState();
}

}  // namespace hindcast::ui
