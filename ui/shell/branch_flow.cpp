// What-if branches in the window: the lane, the states, the menus and the steps that can be taken back.
#include "ui/branches/branch_commands.h"
#include "ui/session/branch_words.h"
#include "ui/session/entity_title.h"
#include "ui/shell/main_window.h"
#include "ui/shell/status_line.h"
#include "ui/shell/typed_moment.h"
#include "ui/shell/undo.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/timeline/timeline_view.h"

#include <QMenuBar>

namespace hindcast::ui {

namespace {

constexpr int kToldMs = 6'000;  // how long it is said that something was exported

BranchCommands::Event eventOf(const BranchItem& item)
{
    return {item.origin, item.skipped(), !item.same() && !item.skipped(), item.added()};
}

QMenu* menuWith(const QMenuBar& bar, QAction* action)
{
    for (const QAction* each : bar.actions())
        if (QMenu* menu = each->menu(); menu != nullptr && menu->actions().contains(action)) return menu;
    return nullptr;
}

}  // namespace

void MainWindow::connectBranches()
{
    Branches* branches = session_.branches();
    BranchCommands* commands = branchCommands_.get();
    TimelineCanvas* canvas = &timeline_->canvas();
    commands->toggleAction().setParent(&actions_);  // it is listed and told with the others
    addAction(&commands->toggleAction());
    if (QMenu* travel = menuWith(*menuBar(), &actions_.firstTime)) {
        travel->insertMenu(&actions_.firstTime, &commands->menu());
        travel->insertSeparator(&actions_.firstTime);
    }
    commands->setCurrent([canvas]() -> std::optional<BranchCommands::Event> {
        const auto item = canvas->branchItem();
        return item ? std::optional(eventOf(*item)) : std::nullopt;
    });
    commands->setTimeReader([this](const QString& text, std::optional<Timestamp> here) -> std::optional<Timestamp> {
        const Timestamp now = Timestamp::now();
        const auto typed = typedMoment(text, now, here.value_or(now), session_.counts().lastTime);
        return typed ? std::optional(typed->time) : std::nullopt;
    });
    canvas->setTypeWords({[this](TypeId type) {
                              const QString name = session_.typeName(type);
                              return name.isEmpty() ? session_.branches()->typeName(type) : name;
                          },
                          [this](TypeId type) { return session_.typeSeries(type); }});

    connect(branches, &Branches::changed, this, &MainWindow::showBranch);
    connect(branches, &Branches::stateChanged, this, &MainWindow::showBranchState);
    connect(branches, &Branches::watchesChanged, canvas, [canvas, branches] {
        const auto watches = branches->watches();
        canvas->setBranchWatches(watches ? watches->runs : decltype(watches->runs){});
    });
    connect(branches, &Branches::edited, undo_, [this, branches](const QString& words, const Branches::Held& before) {
        undo_->did(
            words, [branches, before] { branches->take(before); },
            [branches, after = branches->held()] { branches->take(after); });
    });
    connect(commands, &BranchCommands::failed, &session_, &Session::failed);
    connect(commands, &BranchCommands::said, this, [this](const QString& words) {
        status_->setBranch(words);
        QTimer::singleShot(kToldMs, this, &MainWindow::showBranch);
    });

    connect(canvas, &TimelineCanvas::branchSkipWanted, commands,
            [commands](const BranchItem& item) { commands->toggleSkip(eventOf(item)); });
    connect(canvas, &TimelineCanvas::branchEditWanted, commands,
            [commands](const BranchItem& item) { commands->edit(item.origin); });
    connect(canvas, &TimelineCanvas::branchPlaceWanted, commands,
            [commands](const BranchItem& item) { commands->askPlace(item.origin); });
    connect(canvas, &TimelineCanvas::branchAddWanted, commands, [commands](const std::optional<BranchItem>& after) {
        commands->add(after ? std::optional(after->origin) : std::nullopt);
    });
    connect(canvas, &TimelineCanvas::branchMoveWanted, branches,
            [branches](const BranchItem& item, std::optional<EventId> after, std::optional<Timestamp> time, bool inPlace) {
                branches->move(item.origin, after, time, inPlace);
            });
    connect(canvas, &TimelineCanvas::branchMenuWanted, this,
            [this, commands](const std::optional<BranchItem>& item, const QPoint& at) {
                QMenu menu(this);
                commands->fillEventMenu(menu, item ? std::optional(eventOf(*item)) : std::nullopt);
                menu.exec(at);
            });
    connect(timeline_, &TimelineView::eventMenuFilled, commands,
            [commands](QMenu* menu, EventId event) { commands->fillRealMenu(*menu, event); });
    showBranch();
}

void MainWindow::showBranch()
{
    Branches& branches = *session_.branches();
    TimelineCanvas& canvas = timeline_->canvas();
    const Branches::Item* item = branches.shown();
    const auto view = branches.view();
    const auto history = session_.history();
    if (item == nullptr || !view || !history) {
        canvas.setBranch({});
        timeline_->setBranchWords({}, {});
        status_->setBranch({});
        return showBranchState();
    }
    const QString name = QString::fromStdString(item->branch.name());
    BranchShown shown;
    shown.entity = view->entity;
    shown.made = view->made;
    shown.name = name;
    shown.about = view->does.isEmpty() ? tr("as it was") : view->does;
    QStringList tip{shown.about};
    for (const QString& why : view->idle) tip << tr("does nothing: %1").arg(why);
    shown.tip = tip.join(QLatin1Char('\n'));
    canvas.setBranch(std::move(shown));
    timeline_->setBranchWords(tr("%1 and its branch “%2”").arg(entityTitle(*history), name),
                              {tr("drag an event to move it · ⌫ skips · double-click edits · %1")
                                   .arg(actions_.undo.shortcut().toString(QKeySequence::NativeText)),
                               tr("drag moves · ⌫ skips · double-click edits"),
                               tr("drag, ⌫, double-click"),
                               {}});
    const std::size_t edits = stepsOf(item->branch.edits());
    QString words = tr("branch %1 · %2").arg(branches.savedWords(), edits == 1 ? tr("1 edit") : tr("%1 edits").arg(edits));
    if (!view->idle.isEmpty()) words += tr(" · %1 of them without effect here").arg(view->idle.size());
    status_->setBranch(words);
    showBranchState();
}

void MainWindow::showBranchState()
{
    Branches& branches = *session_.branches();
    const Branches::Item* item = branches.shown();
    const bool shown = item != nullptr && branches.view();
    state_->statePage().setBranch(shown ? QString::fromStdString(item->branch.name()) : QString(),
                                  shown ? branches.state() : nullptr);
}

}  // namespace hindcast::ui
