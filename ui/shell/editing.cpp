#include "ui/entities/entity_browser.h"
#include "ui/events/event_columns.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/rejects/rejects_panel.h"
#include "ui/shell/go_to_box.h"
#include "ui/shell/lower_panels.h"
#include "ui/shell/main_window.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/undo.h"
#include "ui/state/changes_list.h"
#include "ui/state/copying.h"
#include "ui/state/diff_page.h"
#include "ui/state/event_details.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/timeline/timeline_view.h"
#include "ui/types/types_panel.h"

#include <QApplication>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>

#include <memory>
#include <utility>

namespace hindcast::ui {

namespace {

bool holdsFocus(const QWidget& widget)
{
    const QWidget* focus = QApplication::focusWidget();
    return focus != nullptr && (focus == &widget || widget.isAncestorOf(focus));
}

bool isInEventDetails(const QWidget* widget)
{
    for (; widget != nullptr; widget = widget->parentWidget())
        if (qobject_cast<const EventDetails*>(widget) != nullptr) return true;
    return false;
}

void copyPatch(QObject* context, std::shared_ptr<const StateView> view)
{
    if (areSmall(view->changes)) return copyText(patchText(view->changes));
    copyLater(context, [view = std::move(view)] { return patchText(view->changes); });
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
    undo_->setIsChosen([this](const QSplitter& splitter) { return &splitter == middle_ && timelineChosen_; });
    on(actions_.resetLayout, [this] {
        if (isPresentation()) return setTalkLayout();
        undo_->changeLayout(tr("reset the layout"), [this] {
            timelineChosen_ = false;
            if (!types_->isFolded()) left_->setSizes({left_->height() - theme_.px(kTypesHeight), theme_.px(kTypesHeight)});
            showRejects(false);
            showModel(false);
            setDefaultLayout();
        });
    });
    connect(state_, &StateInspector::modelMade, undo_, &Undo::saveRules);
    connect(state_, &StateInspector::undoModelWanted, undo_, [this](const QString& category) { takeBackModel(category); });
    connect(undo_, &Undo::layoutRestored, this, &MainWindow::takeRestored);
    connectSteps();
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
    connect(&top_->goTo(), &GoToBox::chosen, this, [this](const GoToHit& hit) {
        if (hit.kind != GoToHit::Kind::FirstTime) timeline_->canvas().setFocus(Qt::OtherFocusReason);
    });
    updateEditing();
}

void MainWindow::takeRestored(QSplitter* splitter, bool chosen)
{
    if (splitter != middle_) return;
    timelineChosen_ = chosen;
    if (isPresentation()) return;  // it is seen when one is back at the desk
    lower_->noteHeights();
    fitTimeline();
}

/// What is chosen in the views themselves, and is taken back with all else.
void MainWindow::connectSteps()
{
    TimelineCanvas& canvas = timeline_->canvas();
    connect(&canvas, &TimelineCanvas::axisChanged, undo_, [this, &canvas, before = canvas.axis()]() mutable {
        const AxisChoice after = canvas.axis();
        const AxisChoice was = std::exchange(before, after);
        // What was kept from last time is no step.
        if (was == after || !session_.isOpen()) return;
        const QString words = was.order != after.order ? after.order ? tr("log order") : tr("event time")
                              : was.fold != after.fold ? after.fold ? tr("fold quiet periods") : tr("unfold quiet periods")
                                                       : tr("open a quiet period");
        undo_->did(words, [&canvas, was] { canvas.setAxis(was); }, [&canvas, after] { canvas.setAxis(after); });
    });
    // Columns are their category's: they come back for it also while an entity of another one is shown.
    EventsModel& model = events_->model();
    const auto category = [&model] {
        return model.history() ? QString::fromStdString(model.history()->key.category) : QString();
    };
    const auto seen = std::make_shared<std::pair<EventColumns, EventColumns>>(model.columns(), model.columns());  // before, now
    connect(&model, &EventsModel::columnsChanged, undo_, [&model, seen] {
        if (seen->second != model.columns()) seen->first = std::exchange(seen->second, model.columns());
    });
    connect(events_, &EventsView::columnsChosen, undo_, [this, &model, category, seen](const EventColumns& after) {
        const QString of = category();
        const EventColumns was = seen->first;
        if (was == after || of.isEmpty()) return;
        const auto give = [&model, category, of](const EventColumns& columns) {
            saveColumns(of, columns);
            if (category() == of) model.setColumns(columns);
        };
        undo_->did(tr("columns of %1").arg(of.left(60)), [give, was] { give(was); }, [give, after] { give(after); });
    });
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
    for (QAction* action : {&actions_.previousEntity, &actions_.nextEntity, &actions_.goTo, &actions_.rejects, &actions_.model})
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
    const bool inspects = holdsFocus(*state_);
    if (inspects && state_->tab() == StateInspector::Diff) {
        // As its own menu does: the page alone knows which two versions it shows.
        state_->diffPage().copyMenu().actions().constFirst()->trigger();
        return;
    }
    const bool ofEvent = inspects && (state_->tab() != StateInspector::State || isInEventDetails(QApplication::focusWidget()));
    if (ofEvent) {
        if (event) copyEvent(this, event);
        return;  // before the first event there is none: another thing than what one looks at helps nobody
    }
    const auto view = session_.state();
    if (!view) return;
    if (holdsFocus(state_->statePage().changes())) return copyPatch(this, view);
    // Alone where one is at the state; elsewhere with what it is the state of.
    if (inspects && view->state.alive) return copyJson(this, view, view->state.document);
    state_->statePage().copyState();
}

}  // namespace hindcast::ui
