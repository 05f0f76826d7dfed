#pragma once
#include "ui/look/theme.h"
#include "ui/session/session.h"
#include "ui/shell/window_actions.h"

#include <QMainWindow>
#include <QStringList>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>

class QSplitter;
class QStackedWidget;

namespace hindcast::ui {

class BranchCommands;
class ConnectDialog;
struct ConnectRequest;
class EntityBrowser;
class ErrorBar;
class EventsView;
class FindingsPanel;
class FirstMinute;
class FirstMinuteStrip;
class LowerPanels;
class ModelPanel;
class PlayheadHint;
class Profiles;
class RejectsPanel;
class StateInspector;
class StatusLine;
class TimelineView;
class TopBar;
class TypesPanel;
class Undo;
class WelcomePage;

/// The window: views side by side that meet at the session, and the commands around them.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    /// Both must outlive the window.
    MainWindow(Session& session, Theme& theme, QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] Session& session() { return session_; }
    [[nodiscard]] TimelineView& timeline() { return *timeline_; }
    [[nodiscard]] EntityBrowser& entities() { return *entities_; }
    [[nodiscard]] EventsView& events() { return *events_; }
    [[nodiscard]] TypesPanel& types() { return *types_; }
    [[nodiscard]] RejectsPanel& rejects() { return *rejects_; }
    [[nodiscard]] ModelPanel& model() { return *model_; }
    [[nodiscard]] FindingsPanel& findings() { return *findings_; }
    [[nodiscard]] StateInspector& state() { return *state_; }
    [[nodiscard]] TopBar& topBar() { return *top_; }
    [[nodiscard]] StatusLine& statusLine() { return *status_; }
    [[nodiscard]] ErrorBar& errorBar() { return *error_; }
    [[nodiscard]] WindowActions& actions() { return actions_; }
    [[nodiscard]] FirstMinute& firstMinute() { return *firstMinute_; }

    /// Larger type and glyphs, and without what a talk does not need. `fullScreen` is left out where a picture is drawn.
    void setPresentation(bool on, bool fullScreen = true);
    [[nodiscard]] bool isPresentation() const;
    [[nodiscard]] Undo& undo() { return *undo_; }
    [[nodiscard]] BranchCommands& branches() { return *branchCommands_; }

    /// A workspace, by its ending or by what the file holds, is opened; anything else is imported: into the open workspace where that
    /// can be written, else into a new one whose name is asked for.
    void openOrImport(const QString& path);
    /// The same for several: files are imported one after another, into one workspace; of workspaces one alone can be opened. What
    /// cannot be done is said.
    void openOrImport(const QList<QUrl>& urls);
    void openWorkspace(const QString& path, bool createIfAbsent = false);
    /// A file that names a program, as the model of that category, allowed to run.
    void useProgram(const QString& category, const QString& path);
    /// Runs `run` once it is open; not where that fails, is given up, or another is opened before.
    void openAndThen(const QString& workspace, std::function<void()> run, bool createIfAbsent = true);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool event(QEvent* event) override;             // playback_flow.cpp
    void keyPressEvent(QKeyEvent* event) override;  // the same

private:
    void arrange();
    void connectActions();
    void connectViews();
    void connectSession();
    // live_flow.cpp
    void connectLive();
    void goOnReading();
    void showPage();
    void lookForRecent();  ///< the workspaces opened before, of which some may be gone
    void showTitle();
    void showReading();
    void updateActions();
    void connectEditing();
    void updateEditing();
    void takeRestored(QSplitter* splitter, bool chosen);
    void connectSteps();

    // window_layout.cpp
    void setDefaultLayout();
    void setTalkLayout();
    void layOutTalk();
    [[nodiscard]] int columnsOfState(bool chosen) const;
    void fitTimeline();
    void restoreLayout();
    void saveLayout() const;

    // window_modes.cpp
    void connectModes();
    void placeHint();
    // playback_flow.cpp
    void connectPlayback();
    void fillSpeeds();
    void chooseSpeed(PlaybackSpeed speed);
    void showPlayback();
    // rejects_flow.cpp
    void connectRejects();
    void showRejects(bool shown);
    void openRejects();
    void showRejectBytes();
    void leaveRejectBytes();
    // model_flow.cpp
    void connectModel();
    void showModel(bool shown);
    void takeBackModel(const QString& category);
    // policy_flow.cpp
    void connectPolicy();
    void followPolicy(const QString& what);
    void showPolicy();
    void updateProblems();
    void goToProblem(bool next);
    void askProgram();
    void askLimits();
    // findings_flow.cpp
    void connectFindings();
    void openFindings(int tab);
    void showLower(QWidget& panel, bool shown);
    // branch_flow.cpp
    void connectBranches();
    void showBranch();
    void showBranchState();
    // trials_flow.cpp
    void connectTrials();
    // compare_flow.cpp
    void connectComparison();
    void compareWith(const QString& entity);
    // file_flow.cpp
    void askOpen();
    void askNew();
    void askImport();
    void import(const QString& path);
    void importReadable(const QString& path);
    void sayTooMany(bool events);
    void importNext();
    [[nodiscard]] QString askNewWorkspace(const QString& proposal);
    // go_to_flow.cpp
    void connectGoTo();
    void askFirstTime(const GoToHit& hit);
    void remark(const GoToHit& hit);
    // state_search_flow.cpp
    void connectStateSearch();
    // connect_flow.cpp
    ConnectDialog& askKafka();
    void askMapping();
    // help.cpp
    void showKeyboard();
    // view_keys.cpp
    void tellKeys();
    // editing.cpp
    void copyAsJson();
    void togglePin();
    void showAbout();

    Session& session_;
    Theme& theme_;
    WindowActions actions_;
    TopBar* top_;
    ErrorBar* error_;
    WelcomePage* welcome_;
    QStackedWidget* pages_;
    QSplitter* columns_;
    QSplitter* left_;
    QSplitter* middle_;
    EntityBrowser* entities_;
    TypesPanel* types_;
    TimelineView* timeline_;
    EventsView* events_;
    RejectsPanel* rejects_;
    ModelPanel* model_;
    FindingsPanel* findings_;
    std::unique_ptr<LowerPanels> lower_;  ///< rejects and findings, which take turns, and the model
    StateInspector* state_;
    StatusLine* status_;
    FirstMinute* firstMinute_;
    FirstMinuteStrip* strip_;
    PlayheadHint* hint_;
    bool deskFullScreen_ = false;  ///< the window was full screen before the presentation
    QByteArray deskGeometry_;      ///< before the last presentation; empty where it was full screen then
    Undo* undo_ = nullptr;
    std::unique_ptr<BranchCommands> branchCommands_;
    std::unique_ptr<Profiles> profiles_;  ///< made when first wanted; holds this session's secrets
    struct WhenOpen {
        QString workspace;
        std::function<void()> run;
    };
    std::optional<WhenOpen> whenOpen_;  ///< of the one that is being opened
    bool readingTrouble_ = false;       ///< error_ tells why a reading ended
    bool lookingAtImport_ = false;      ///< what a file is, or whether it can be imported, is being found out
    QStringList toImport_;              ///< files that were dropped together, and are still to come
    QStringList recent_;                ///< opened before and there
    QString remark_;                    ///< on where one went; goes when one goes elsewhere
    QString refusedTime_;               ///< what was said of a time that could not be read; goes when the field is settled
    bool layoutChosen_ = false;         ///< by the user, in this session or an earlier one
    bool timelineChosen_ = false;       ///< its height, by the user: else it follows the number of lanes
    bool talkTimelineChosen_ = false;   ///< the same in this presentation, which it is forgotten with
    bool talkColumnsChosen_ = false;    ///< in this presentation, by the user: else they follow the window's width
    int tabBeforeReject_ = -1;          ///< of the state's, to go back to; -1: none
    int typesHeight_ = 212;             ///< of the event types while they are not folded away
};

}  // namespace hindcast::ui
