#include "ui/shell/main_window.h"
#include "ui/shell/lower_panels.h"

#include "ui/branches/branch_commands.h"
#include "ui/connect/failure_words.h"
#include "ui/connect/profiles.h"
#include "ui/entities/bind_entities.h"
#include "ui/entities/entity_browser.h"
#include "ui/events/bind_events.h"
#include "ui/events/events_view.h"
#include "ui/findings/bind_findings.h"
#include "ui/findings/findings_panel.h"
#include "ui/look/background.h"
#include "ui/look/fitting.h"
#include "ui/models/bind_models.h"
#include "ui/models/model_panel.h"
#include "ui/rejects/bind_rejects.h"
#include "ui/rejects/rejects_panel.h"
#include "ui/session/entity_title.h"
#include "ui/shell/bind_go_to.h"
#include "ui/shell/error_bar.h"
#include "ui/shell/first_minute_strip.h"
#include "ui/shell/go_to_box.h"
#include "ui/shell/recent.h"
#include "ui/shell/status_line.h"
#include "ui/shell/time_field.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/undo.h"
#include "ui/shell/welcome_page.h"
#include "ui/state/bind_state.h"
#include "ui/state/state_inspector.h"
#include "ui/timeline/bind_timeline.h"
#include "ui/timeline/timeline_view.h"
#include "ui/types/bind_types.h"
#include "ui/types/types_panel.h"

#include <QCloseEvent>
#include <QFileInfo>
#include <QLineEdit>
#include <QMenuBar>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kLeastTimeline = 300;  // px of a desk: at the window's least width the other two need the rest

QSplitter* splitter(Qt::Orientation orientation, QWidget* parent)
{
    auto* made = new QSplitter(orientation, parent);
    made->setHandleWidth(1);  // a hairline; Qt widens the part that takes the mouse by itself
    made->setChildrenCollapsible(false);
    return made;
}

}  // namespace

MainWindow::MainWindow(Session& session, Theme& theme, QWidget* parent)
    : QMainWindow(parent), session_(session), theme_(theme), actions_(theme, this)
{
    setAcceptDrops(true);
    actions_.fill(*menuBar());
    branchCommands_ = std::make_unique<BranchCommands>(session_, theme_, *this);
    top_ = new TopBar(theme_, *session_.playhead(),
                      {&actions_.first,
                       &actions_.previous,
                       &actions_.next,
                       &actions_.last,
                       &actions_.previousChange,
                       &actions_.nextChange,
                       &actions_.source,
                       {&actions_.pauseReading, &actions_.followHead, &actions_.firstNew, &actions_.stopReading},
                       &actions_.presentation,
                       &actions_.play,
                       &actions_.playback,
                       &branchCommands_->toggleAction()},
                      this);
    error_ = new ErrorBar(theme_, this);
    welcome_ = new WelcomePage(theme_,
                               {&actions_.openDemo, &actions_.openWorkspace, &actions_.importFile, &actions_.connectKafka}, this);
    columns_ = splitter(Qt::Horizontal, this);
    left_ = splitter(Qt::Vertical, columns_);
    entities_ = new EntityBrowser(theme_, left_);
    types_ = new TypesPanel(theme_, left_);
    middle_ = splitter(Qt::Vertical, columns_);
    timeline_ = new TimelineView(theme_, *session_.playhead(), *session_.timeWindow(), middle_);
    events_ = new EventsView(theme_, middle_);
    rejects_ = new RejectsPanel(theme_, middle_);
    findings_ = new FindingsPanel(theme_, middle_);
    model_ = new ModelPanel(theme_, middle_);
    state_ = new StateInspector(theme_, columns_);
    status_ = new StatusLine(theme_, this);
    firstMinute_ = new FirstMinute(session_, this);
    strip_ = new FirstMinuteStrip(theme_, *firstMinute_, this);
    hint_ = new PlayheadHint(theme_, *firstMinute_, timeline_);
    connect(state_, &StateInspector::versionChosen, firstMinute_, &FirstMinute::followsSetBy);
    bind(*entities_, session_);
    bind(*timeline_, session_);
    bind(*types_, session_);
    bind(*events_, session_);
    bind(*rejects_, session_);
    bind(*findings_, session_);
    bind(*model_, session_);
    bind(*state_, session_);
    bind(top_->goTo(), session_);
    arrange();
    connectActions();
    connectViews();
    connectEditing();
    connectGoTo();
    tellKeys();
    connectSession();
    connectLive();
    connectPlayback();
    connectModes();
    connectRejects();
    connectFindings();
    connectStateSearch();
    connectComparison();
    connectModel();
    connectPolicy();
    connectBranches();
    connectTrials();
    restoreLayout();
    showTitle();
    lookForRecent();
    showPage();
    showReading();
    updateActions();
}

MainWindow::~MainWindow() = default;

void MainWindow::arrange()
{
    columns_->addWidget(left_);
    left_->addWidget(entities_);
    left_->addWidget(types_);
    left_->setStretchFactor(0, 1);
    left_->setStretchFactor(1, 0);
    left_->setSizes({560, typesHeight_});
    columns_->addWidget(middle_);
    columns_->addWidget(state_);
    middle_->addWidget(timeline_);
    middle_->addWidget(events_);
    lower_ = std::make_unique<LowerPanels>(theme_, *middle_);
    lower_->add(*rejects_, QStringLiteral("rejects"), 170, LowerPanels::Shown::Turns);
    lower_->add(*findings_, QStringLiteral("findings"), 220, LowerPanels::Shown::Turns);
    lower_->add(*model_, QStringLiteral("model"), 280, LowerPanels::Shown::ByItself);
    columns_->setStretchFactor(1, 1);
    middle_->setStretchFactor(1, 1);
    pages_ = new QStackedWidget(this);
    pages_->addWidget(welcome_);
    pages_->addWidget(columns_);

    auto* all = new QWidget(this);
    auto* column = new QVBoxLayout(all);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(top_);
    column->addWidget(error_);
    column->addWidget(pages_, 1);
    column->addWidget(strip_);
    column->addWidget(status_);
    setCentralWidget(all);
    resize(fitting({1400, 850}, *screen()));
    setMinimumSize(860, 520);
}

void MainWindow::connectActions()
{
    const auto on = [this](QAction& action, auto run) { connect(&action, &QAction::triggered, this, run); };
    Playhead* playhead = session_.playhead();
    on(actions_.openWorkspace, [this] { askOpen(); });
    on(actions_.newWorkspace, [this] { askNew(); });
    on(actions_.openDemo, [this] {
        if (!branchCommands_->mayLeave()) return;
        error_->clear();
        session_.openDemo();
        showPage();
    });
    on(actions_.importFile, [this] { askImport(); });
    on(actions_.connectKafka, [this] { askKafka(); });
    on(actions_.mapRecords, [this] { askMapping(); });
    connect(entities_, &EntityBrowser::mappingWanted, &actions_.mapRecords, &QAction::trigger);
    on(actions_.closeWorkspace, [this] {
        if (!branchCommands_->mayLeave()) return;
        session_.close();
        showPage();
        updateActions();
    });
    on(actions_.quit, [this] { close(); });
    on(actions_.light, [this] { theme_.setScheme(Theme::Scheme::Light); });
    on(actions_.dark, [this] { theme_.setScheme(Theme::Scheme::Dark); });
    on(actions_.system, [this] { theme_.setScheme(Theme::Scheme::System); });
    on(actions_.fit, [this] { timeline_->canvas().fit(); });
    on(actions_.zoomIn, [this] { timeline_->canvas().zoomIn(); });
    on(actions_.zoomOut, [this] { timeline_->canvas().zoomOut(); });
    on(actions_.findEntity, [this] {
        left_->show();
        entities_->searchField().setFocus(Qt::ShortcutFocusReason);
        entities_->searchField().selectAll();
    });
    on(actions_.first, [playhead] { playhead->toFirst(); });
    const auto step = [this, playhead](int events) {
        firstMinute_->followsStep();
        playhead->step(events);
    };
    on(actions_.previous, [step] { step(-1); });
    on(actions_.next, [step] { step(1); });
    on(actions_.last, [playhead] { playhead->toLast(); });
    on(actions_.previousChange, [this] { state_->toPreviousChange(); });
    on(actions_.nextChange, [this] { state_->toNextChange(); });
    on(actions_.goToTime, [this] { top_->timeField().setFocus(Qt::ShortcutFocusReason); });
    on(actions_.stopReading, [this] {
        toImport_.clear();
        session_.stopReading();
    });
    on(actions_.keyboard, [this] { showKeyboard(); });
    on(actions_.about, [this] { showAbout(); });
    connect(&actions_.recent, &QMenu::aboutToShow, this, [this] {
        actions_.recent.clear();
        for (const QString& path : std::as_const(recent_))
            actions_.recent.addAction(QFileInfo(path).fileName(), this, [this, path] { openWorkspace(path); })->setToolTip(path);
        if (actions_.recent.isEmpty()) actions_.recent.addAction(tr("none yet"))->setEnabled(false);
    });
}

void MainWindow::connectViews()
{
    connect(&top_->timeField(), &TimeField::refused, error_, &ErrorBar::say);
    connect(&top_->timeField(), &TimeField::refused, this, [this] { refusedTime_ = error_->text(); });
    connect(&top_->timeField(), &TimeField::settled, this, [this] {
        if (!refusedTime_.isEmpty() && error_->text() == refusedTime_) error_->clear();
        refusedTime_.clear();
    });
    connect(status_, &StatusLine::cancelWanted, &actions_.stopReading, &QAction::trigger);
    connect(&timeline_->canvas(), &TimelineCanvas::prepared, this, &MainWindow::fitTimeline);
    connect(&timeline_->canvas(), &TimelineCanvas::watchesResized, this, &MainWindow::fitTimeline);
    connect(timeline_, &TimelineView::writesWanted, state_, &StateInspector::showWrites);
    connect(middle_, &QSplitter::splitterMoved, this, [this](int, int handle) {
        if (handle == 1) (isPresentation() ? talkTimelineChosen_ : timelineChosen_) = true;
        if (!isPresentation()) lower_->noteHeights();
    });
    connect(columns_, &QSplitter::splitterMoved, this, [this] {
        if (isPresentation()) talkColumnsChosen_ = true;
    });
    // A narrow window takes from the timeline before a field hides behind a scroll bar.
    const auto holdWidths = [this] {
        state_->setMinimumWidth(columnsOfState(false));
        timeline_->setMinimumWidth(isPresentation() ? 0 : kLeastTimeline);  // 0: as it asks for itself
    };
    holdWidths();
    connect(&theme_, &Theme::changed, this, holdWidths);
    connect(welcome_, &WelcomePage::workspaceWanted, this, [this](const QString& path) { openWorkspace(path); });
    connect(state_, &StateInspector::fieldChanged, top_, &TopBar::setField);
    connect(state_, &StateInspector::fieldChanged, this, &MainWindow::updateActions);
    connect(types_, &TypesPanel::foldedChanged, this, [this](bool folded) {
        const QList<int> sizes = left_->sizes();
        if (folded) typesHeight_ = std::max(sizes.at(1), 4 * theme_.rowHeight());
        // A splitter gives away nothing by itself of what a part no longer takes.
        const int types = folded ? types_->maximumHeight() : typesHeight_;
        left_->setSizes({std::max(0, sizes.at(0) + sizes.at(1) - types), types});
    });
    connect(&theme_, &Theme::changed, this,
            [this] { QSettings().setValue(QStringLiteral("theme"), static_cast<int>(theme_.scheme())); });
}

void MainWindow::connectSession()
{
    Playhead* playhead = session_.playhead();
    const auto where = [this, playhead] {
        status_->setPlayhead(playhead->history() != nullptr, playhead->version(), playhead->last());
        updateActions();
    };
    connect(playhead, &Playhead::moved, this, where);
    connect(playhead, &Playhead::historyChanged, this, where);
    connect(&session_, &Session::historyChanged, this, &MainWindow::showTitle);
    connect(&session_, &Session::stateChanged, this, [this] {
        status_->setState(session_.state());
        updateActions();
    });
    connect(&session_, &Session::countsChanged, this, [this] { status_->setCounts(session_.isOpen(), session_.counts()); });
    connect(&session_, &Session::readingChanged, this, &MainWindow::showReading);
    connect(&session_, &Session::failed, this, [this](const QString& what, const QString& why, const QString& hint) {
        error_->say(what, why, inWordsOfFields(hint));  // what a connection is made of is called as in its dialog
        const ReadingView& reading = session_.reading();
        readingTrouble_ = !reading.reading && reading.failed && reading.ended.startsWith(what);
        if (!session_.isOpening()) whenOpen_.reset();
        showPage();
    });
    connect(&session_, &Session::opened, this, [this] {
        error_->clear();
        rememberWorkspace(session_.path());
        lookForRecent();
        status_->setReadOnly(session_.readOnlyBecause());
        status_->setCounts(true, session_.counts());
        showPage();
        showTitle();
        updateActions();
        timeline_->canvas().setFocus();
        const auto next = std::exchange(whenOpen_, std::nullopt);
        if (next && QFileInfo(next->workspace) == QFileInfo(session_.path())) next->run();
    });
    connect(&session_, &Session::closed, this, [this] {
        status_->setReadOnly({});
        top_->setField({});
        lookForRecent();
        showPage();
        showTitle();
        updateActions();
    });
}

void MainWindow::showPage()
{
    const bool open = session_.isOpen();
    if (!open)
        welcome_->setBusy(session_.reading().reading ? tr("Making the demo workspace…")
                          : session_.isOpening()     ? tr("Opening the workspace…")
                                                     : QString());
    pages_->setCurrentWidget(open ? static_cast<QWidget*>(columns_) : welcome_);
}

void MainWindow::lookForRecent()
{
    inBackground(
        this, [all = rememberedWorkspaces()] { return thoseThere(all); },
        [this](const QStringList& there) {
            recent_ = there;
            welcome_->setRecent(there);
        });
}

void MainWindow::showTitle()
{
    const auto history = session_.history();
    QString title = tr("Hindcast");
    if (session_.isOpen()) title = QFileInfo(session_.path()).fileName() + QStringLiteral(" — ") + title;
    if (history) title = entityTitle(*history) + QStringLiteral(" · ") + title;
    setWindowTitle(title);
}

void MainWindow::showReading()
{
    const ReadingView& reading = session_.reading();
    QString name = reading.source;
    if (name.isEmpty()) name = session_.isOpen() ? QFileInfo(session_.path()).fileName() : tr("no source");
    // It reads after all, or is to try anew: what is said of why it could not is no longer true.
    const bool reads = reading.reading && reading.progress.connected &&
                       (reading.progress.lag || reading.progress.total || reading.progress.records > 0);
    const bool tries = reading.reading && reading.resumable;
    if ((reads || tries) && std::exchange(readingTrouble_, false)) error_->clear();
    top_->setSource(name, reading);
    top_->live().setReading(session_.isOpen(), reading);
    status_->setReading(reading);
    actions_.stopReading.setEnabled(reading.reading);
    // Where nothing is to come by itself, the list says how something does.
    const bool idle = session_.isOpen() && session_.readOnlyBecause().isEmpty() && !reading.reading;
    const auto key = [](const QAction& action) { return action.shortcut().toString(QKeySequence::NativeText); };
    entities_->setIdleHint(
        idle ? tr("Connect to Kafka (%1), or import a file (%2).").arg(key(actions_.connectKafka), key(actions_.importFile))
             : QString());
    if (!session_.isOpen()) showPage();
    updateActions();
    if (!toImport_.isEmpty()) QMetaObject::invokeMethod(this, &MainWindow::importNext, Qt::QueuedConnection);
}

void MainWindow::updateActions()
{
    const Playhead* playhead = session_.playhead();
    const bool any = playhead->history() && playhead->last().value > 0;
    const Version version = playhead->version();
    actions_.first.setEnabled(any && version.value != 1);
    actions_.previous.setEnabled(any && version.value > 0);
    actions_.next.setEnabled(any && version < playhead->last());
    actions_.last.setEnabled(any && version < playhead->last());
    for (QAction* action : {&actions_.fit, &actions_.zoomIn, &actions_.zoomOut, &actions_.goToTime}) action->setEnabled(any);
    actions_.previousChange.setEnabled(any && state_->hasPreviousChange());
    actions_.nextChange.setEnabled(any && state_->hasNextChange());
    actions_.findEntity.setEnabled(session_.isOpen());
    updateEditing();
    actions_.closeWorkspace.setEnabled(session_.isOpen() || session_.isOpening());
    actions_.mapRecords.setEnabled(session_.isOpen());
}

void MainWindow::openAndThen(const QString& workspace, std::function<void()> run, bool createIfAbsent)
{
    openWorkspace(workspace, createIfAbsent);
    whenOpen_ = WhenOpen{workspace, std::move(run)};
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!model_->mayLeave() || !branchCommands_->mayLeave()) return event->ignore();
    saveLayout();
    QMainWindow::closeEvent(event);
}

}  // namespace hindcast::ui
