#pragma once
#include "ui/session/demo_workspace.h"
#include "ui/session/saved_view.h"
#include "ui/session/session.h"
#include "ui/session/session_facet.h"
#include "ui/session/type_colors.h"
#include "ui/session/workspace.h"

#include <QElapsedTimer>
#include <QTimer>

#include <unordered_map>

namespace hindcast::ui {

/// What stands behind Session; in parts: session.cpp (the face), session_open.cpp (opening and closing), session_follow.cpp (what
/// follows the selection and the playhead), session_read.cpp (reading), session_live.cpp (the head). GUI thread only.
struct Session::Impl {
    static constexpr unsigned kRunShift = 40;  ///< a look is asked for by run and generation together
    explicit Impl(Session* session);
    ~Impl();

    Session* q;
    Playhead playhead;
    TimeWindow window;
    TypeFilter typeFilter;
    Pins pins;
    Watches watches;
    Marks marks;
    Playback playback{playhead, marks};

    // ---- the workspace
    /// What models run in; it outlives the workspaces, which are destroyed before it.
    std::shared_ptr<model::Runtime> runtime = std::make_shared<model::Runtime>();
    // ---- facets.cpp: owned by `facets`, in the order in which they are told
    std::vector<std::unique_ptr<SessionFacet>> facets;
    ReplayPolicy* replayPolicy = nullptr;
    Branches* branches = nullptr;
    Comparison* comparison = nullptr;
    StateSearch* stateSearch = nullptr;
    Trials* trials = nullptr;
    RetiredWorkspaces retired;
    std::unique_ptr<Workspace> workspace;
    std::uint64_t serial = 0;   ///< of the workspace: what was posted for an earlier one is dropped
    bool opening = false;       ///< another one perhaps, beside `workspace`
    std::uint64_t attempt = 0;  ///< to open one: what was posted for an earlier one is dropped
    bool openingTold = false;   ///< `reading` is how the opening goes
    /// How the opening goes, while a reading stays in sight; told when that has ended.
    std::optional<std::pair<QString, ingest::Progress>> openingUntold;
    ReadingView readingOfOpen;  ///< meanwhile: that of the workspace that is open
    QString path;
    QString readOnlyBecause;
    std::shared_ptr<const Overview> overview;
    store::Counts counts;

    // ---- the selection
    /// Where to stand once the history of `entity` is there.
    struct Placement {
        QString entity;
        std::optional<EntityId> id;  ///< instead of `entity`
        std::optional<EventId> event;
        std::optional<Timestamp> time;
        bool middle = false;
        std::optional<std::pair<Timestamp, Timestamp>> window;
    };
    std::optional<Placement> placement;
    std::optional<EventId> rejectWanted;  ///< to be shown once the history that it stands in is there
    std::optional<EventId> rejectShown;   ///< instead of the playhead's event, or to be
    bool toReject = false;                ///< the playhead goes to the time of a reject that is to be shown there
    /// What is asked by lookUp(): ids, places and keys are found by one thread, names by another.
    struct LookUp {
        QString text;
        std::vector<GoToHit> listed;
        std::vector<GoToHit> called;
        bool listedAll = false;
        bool calledAll = false;
    };
    LookUp lookUp;
    std::string quietFind;  ///< a search by name of our own: nothing is said where it finds nothing
    std::optional<EntityId> selected;
    std::uint32_t selectedEvents = 0;   ///< by the directory, when its history was asked for
    std::uint64_t selectedRejects = 0;  ///< of the workspace, then
    bool placed = false;                ///< the playhead has been somewhere in this workspace
    bool settling = false;              ///< a new history is being taken in
    std::vector<PartId> parts;          ///< of the history
    TypeColors colors;
    std::unordered_map<TypeId, std::uint32_t> historyTypes;
    std::shared_ptr<const StateView> state;
    std::shared_ptr<const EventView> event;
    std::optional<Version> followed;     ///< what state and event are asked for of; empty: anew with the next move
    std::shared_ptr<const Json> models;  ///< the setting
    ModelFiles modelFiles;

    // ---- lanes
    std::vector<LaneView> lanes;
    QStringList savedPins;  ///< as the workspace has them

    // ---- watches
    std::shared_ptr<const WatchesView> watchViews;
    Watches::All savedWatches;  ///< as the workspace has them
    bool watchesAsked = false;  ///< the worker has a list of them

    // ---- over all entities
    std::shared_ptr<const FirstTimeView> firstTime;
    std::shared_ptr<const FindingsView> findings;
    QTimer auditTimer;  ///< at most one look a second at what has arrived

    // ---- reading
    ReadingView reading;
    std::uint64_t seenGeneration = 0;
    struct Live {
        bool following = false;
        bool leading = false;    ///< we are moving the playhead ourselves
        bool gathering = false;  ///< what comes is what was there: no news
        bool pausing = false;    ///< the stop that was asked for is a pause
        std::uint64_t seenEvents = 0;
        std::uint64_t newKept = 0;  ///< events that were new before what is stored is decoded anew, and are so on
        std::uint64_t toldNew = 0;
        std::uint64_t newHere = 0;  ///< of the selected entity
        std::optional<EventId> firstNew;
        Timestamp firstNewTime;
        bool remapTold = false;                                 ///< of this run
        std::uint64_t run = 0;                                  ///< counts readings
        bool wasConnected = false;                              ///< in this run: who has not been there yet is not back
        std::optional<std::uint64_t> headAtStart;               ///< of this run: records settled when all that was there is read
        QElapsedTimer since;                                    ///< that was known
        std::optional<std::uint64_t> nearGeneration;            ///< of this run, when it had come there
        std::uint64_t shownGeneration = 0;                      ///< of this run: what a look at the workspace has answered
        std::optional<std::vector<decode::Mapping>> remapNext;  ///< waits for the reading to pause
        bool resumeAfter = false;                               ///< that is done
        ingest::Progress countedNext;                           ///< then it goes on counting from here
        ingest::Progress countedBefore;                         ///< what this run goes on counting from
        struct Next {
            source::KafkaOptions kafka;
            ingest::Options ingest;
        };
        std::optional<Next> readNext;  ///< waits for the reading to stop at its place
        /// What is read from, to go on with it. In memory only: it holds secrets.
        std::optional<source::KafkaOptions> kafka;
        ingest::Options ingest;
        std::vector<source::Resume> positions;  ///< where its partitions began
        bool positionsAreAll = false;           ///< of every partition
        /// What can be gone on with where `kafka` is another one's: as the workspace has it, or as this session read last.
        std::optional<ingest::KafkaReading> stored;
    };
    Live live;
    QTimer refreshTimer;  ///< at most five looks a second
    QTimer followTimer;   ///< looks now and then whether another program has written
    QTimer saveTimer;

    ToSave toSave;
    /// What `opener` does, the first first: what is to be saved of a workspace is there when it is opened again.
    enum OpenerKind : std::size_t { kWrite, kOpen };
    TaskThread opener;  ///< last: its tasks use what stands above

    [[nodiscard]] GuiPost poster(std::uint64_t of);
    [[nodiscard]] GuiPost attemptPoster();
    void report(const Error& error);

    // session_open.cpp
    void open(const QString& wanted, bool createIfAbsent, bool demo);
    void finishOpen(const std::shared_ptr<OpenedStore>& opened, const QString& wanted, bool demo);
    void tellOpening(const QString& source, const ingest::Progress& progress);
    void untellOpening();
    void giveUpOpening();
    void close();
    void restore(const std::optional<SavedView>& saved, bool demo);
    void save();
    void writeSoon();

    // session_follow.cpp
    void takeOverview(const std::shared_ptr<const Overview>& news);
    void found(const std::string& text, const std::vector<EntityId>& ids);
    void select(EntityId entity);
    void selectEvent(EntityId entity, EventId event);
    void clearSelection();
    void takeHistory(const std::shared_ptr<const EntityWorker::Loaded>& loaded);
    void place(const EntityWorker::Loaded& loaded, bool another);
    bool stand(const replay::History& history, EventId event, Version at, std::optional<Timestamp> time);
    void setExtent(const replay::History& history, bool fit);
    void follow(bool withEvent = true);
    void playheadMoved();

    // session_go_to.cpp
    void takeListed(const QString& text, std::vector<GoToHit> hits, bool last);
    void takeCalled(const QString& text, std::vector<GoToHit> hits, bool last);
    void tellLookedUp();
    void fillIn(std::vector<GoToHit>& hits) const;

    // session_pins.cpp
    void openPins(const OpenedStore& opened);
    void closePins();
    void loadLanes(bool anew);
    void pinsChanged();
    void takeLanes(const LaneWorker::Lanes& news);
    void assignColors();
    // session_watches.cpp
    void openWatches(const OpenedStore& opened);
    void closeWatches();
    void watchesChanged();
    void wantWatches();
    void forgetWatchViews();
    // session_over_all.cpp
    void openOverAll();
    void closeOverAll();
    void forgetOverAll();
    void auditSoon();
    // facets.cpp
    void makeFacets();
    void answerFacets(EntityWorker::Answers& entity);
    void openFacets();
    void closeFacets();
    [[nodiscard]] bool facetsBusy() const;
    // session_model.cpp
    void changeModel(const QString& category, std::optional<Json> model);
    void modelChanged(const ModelChanges::Change& change, const Result<bool>& done);
    void takeModels(std::shared_ptr<const Json> read);
    void connectModelFiles();
    void modelFileChanged(const QString& file, const QString& text);

    // session_read.cpp
    using Run = std::function<Result<ingest::Summary>(store::Store&, std::stop_token,
                                                      const std::function<void(const ingest::Progress&)>&)>;
    void read(const QString& source, const QString& what, Run run, bool remapped = false);
    void progressed(const ingest::Progress& progress);
    [[nodiscard]] ingest::Progress counted(ingest::Progress progress) const;
    void noteRemapped(const ingest::Progress& progress);
    void madeAnew();
    void ended(const Result<ingest::Summary>& summary, bool remapped);
    void readKafka(source::KafkaOptions kafka, ingest::Options ingest);
    void remapLater(std::vector<decode::Mapping> mappings);
    // session_resume.cpp
    void readNext();
    void noteBegan(const std::vector<source::Resume>& positions, bool complete);
    [[nodiscard]] std::vector<std::string> secretsNotGiven() const;
    void forgetSecrets();
    void offerReading();
    [[nodiscard]] std::optional<std::uint64_t> limitToGoOnWith() const;
    void tellLimit();
    void goOn(source::KafkaOptions kafka, ingest::Options ingest, bool diskFull);

    // session_live.cpp
    void arrived();
    [[nodiscard]] std::uint64_t newEvents() const;
    void tellNew();
    void noteHead();
    void acknowledge();
    void noteNewIn(const EntityWorker::Loaded& loaded);
    void setFollowing(bool on);
    void leadToHead();
    void playheadMovedByUser();
    void windowMovedByUser();
    void noteConnection(const ingest::Progress& news);
    void looked(std::uint64_t asked);
    void forgetLive();
    ReadingView readBefore;  ///< how the last read ended, kept over a remap
    [[nodiscard]] static QString sourceText(const Overview& overview);
};

/// The setting "pins" of a workspace.
[[nodiscard]] QStringList pinsFromJson(const std::optional<Json>& setting);

}  // namespace hindcast::ui
