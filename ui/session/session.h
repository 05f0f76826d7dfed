#pragma once
#include "core/decode/guess.h"
#include "core/event/change.h"
#include "core/event/event.h"
#include "core/expression/expression.h"
#include "core/ingest/ingest.h"
#include "core/replay/provenance.h"
#include "core/replay/replay.h"
#include "core/source/kafka.h"
#include "core/store/directory.h"
#include "core/store/types.h"
#include "ui/session/go_to.h"
#include "ui/session/marks.h"
#include "ui/session/model_files.h"
#include "ui/session/over_all_views.h"
#include "ui/session/payload_fields.h"
#include "ui/session/pins.h"
#include "ui/session/playback.h"
#include "ui/session/playhead.h"
#include "ui/session/reject_rows.h"
#include "ui/session/text_export.h"
#include "ui/session/time_window.h"
#include "ui/session/type_filter.h"
#include "ui/session/views.h"
#include "ui/session/watch_views.h"
#include "ui/session/watches.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace hindcast::ui {

class Branches;
class Comparison;
class ReplayPolicy;
class StateSearch;
class StoredProbe;
class Trials;

/// The only crossing between the GUI thread and core work. Owns an open workspace, runs everything that can take time on threads
/// of its own and reports by signals; results are immutable and shared. An answer that has been overtaken is dropped.
/// GUI thread only.
class Session final : public QObject {
    Q_OBJECT
public:
    explicit Session(QObject* parent = nullptr);
    ~Session() override;

    [[nodiscard]] Playhead* playhead();
    [[nodiscard]] TimeWindow* timeWindow();
    [[nodiscard]] TypeFilter* typeFilter();
    [[nodiscard]] Pins* pins();
    [[nodiscard]] Watches* watches();
    [[nodiscard]] Marks* marks();
    /// Playing and following the head exclude each other: what is begun ends the other.
    [[nodiscard]] Playback* playback();

    // ---- facets: parts with a face of their own (session_facet.h); they live as long as the session
    [[nodiscard]] ReplayPolicy* replayPolicy();
    [[nodiscard]] Branches* branches();
    [[nodiscard]] Comparison* comparison();
    [[nodiscard]] StateSearch* stateSearch();
    [[nodiscard]] Trials* trials();

    // ---- the workspace
    /// opened() or failed(). Read-only where another program writes it; readOnlyBecause() then names that program. A workspace that is
    /// open stays as it is until the other one is there, also after failed(); only where both are the same file it is closed first.
    void open(const QString& path, bool createIfAbsent);
    /// Makes (or opens) the demo workspace, with progress through readingChanged().
    void openDemo();
    void close();
    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] bool isOpening() const;  ///< or being made; close() gives it up, too
    [[nodiscard]] bool isDemo() const;
    /// Whether there is something at that path to import: reads its first two lines.
    /// From any thread, and not from the GUI's.
    [[nodiscard]] static Result<void> canImport(const QString& path);
    [[nodiscard]] QString path() const;
    [[nodiscard]] QString readOnlyBecause() const;
    [[nodiscard]] const store::Counts& counts() const;
    [[nodiscard]] QString typeName(TypeId type) const;  ///< from a table kept on this side; empty while unknown
    /// The colour of a type, as an index for Theme::series(): the same in every view, and whenever the workspace is open; neutral
    /// (-1) where another type in view has that colour, or none is left (TypeColors). The nine most frequent types of the selected
    /// entity have one each.
    [[nodiscard]] int typeSeries(TypeId type) const;
    [[nodiscard]] int typeSeries(const std::string& name) const;  ///< neutral for a name that no type has

    /// All types that occur, with how often, as of countsChanged(); in no order.
    [[nodiscard]] const std::vector<store::TypeCount>& typeCounts() const;
    /// How often each type occurs in the selected entity's history, as of historyChanged().
    [[nodiscard]] const std::unordered_map<TypeId, std::uint32_t>& historyTypes() const;

    /// The partitions that were read, by their handles; null: not known. Lives until countsChanged().
    [[nodiscard]] const store::Part* part(PartId id) const;

    // ---- entities
    [[nodiscard]] std::shared_ptr<const store::Directory> directory() const;
    [[nodiscard]] const std::vector<store::Category>& categories() const;
    /// Rows for these ids (those in view), by entityRowsReady().
    void requestEntityRows(const std::vector<EntityId>& ids);
    /// How people call these (those in view), by entityNamesReady() in batches; nothing where no mapping says where that stands.
    void requestEntityNames(const std::vector<EntityId>& ids);
    /// entitiesNamed() with those that `text` names as a whole, then entitiesFound() in batches with all whose text holds it, before
    /// the last of them entitiesNamed() again with those that it names in part, the likelier ones first; and beside that entitiesCalled() with those whose display name does, as one name after the other is looked at, in the background
    /// and for as long as that takes. An earlier search is dropped; an empty text only does that.
    void searchEntities(const QString& text);
    void select(EntityId entity);
    /// And puts the playhead on that event of it.
    void selectEvent(EntityId entity, EventId event);
    /// "category/id" or a bare id; failed() where there is none or several.
    void selectByText(const QString& entity);
    /// What there is of that, by lookedUp(); an earlier question is dropped, and empty readings only do that.
    void lookUp(const GoToReadings& readings);
    /// Selects its entity and puts the playhead there: of versions beyond the last at the last, of moments beyond the log at its
    /// nearest; a reject that has no entity is shown. Nothing where the hit has its trouble.
    void goTo(const GoToHit& hit);
    /// The moment itself, or where the log does not reach there, the nearest that it holds.
    [[nodiscard]] Timestamp nearestMoment(Timestamp time) const;
    [[nodiscard]] std::optional<EntityId> selected() const;
    [[nodiscard]] std::shared_ptr<const replay::History> history() const;

    /// Where the history's events come from: "orders/3", "orders/3 +1".
    [[nodiscard]] QString historySource() const;

    // ---- lanes
    /// The pinned entities' lives, in the order of the pins, as of lanesChanged().
    [[nodiscard]] const std::vector<LaneView>& lanes() const;
    /// What that event of the selected or of a pinned entity changed, by tipReady(); for a tool tip.
    void requestTip(EntityId entity, Version version);
    /// Where these partitions' events come from: "orders/3", "orders/3 +1".
    [[nodiscard]] QString sourceOf(const std::vector<PartId>& parts) const;

    /// The watched fields of the selected entity, as of watchesChanged(); null: none is watched, or not known yet.
    [[nodiscard]] std::shared_ptr<const WatchesView> watchViews() const;

    // ---- state as of the playhead: follows it by itself
    [[nodiscard]] std::shared_ptr<const StateView> state() const;
    /// What each of these versions of the selected entity changed, by changesReady().
    void requestChanges(Version first, Version last) { requestChangesOf({{first, last}}); }
    /// The same for several stretches: where rows in view lie far apart. changesReady() comes for each.
    void requestChangesOf(const VersionRuns& runs);
    /// What each of these versions of the selected entity made of a field (those in view), by writesReady() in batches. A newer
    /// request takes the place of one that waits.
    void requestWrites(const QString& pointer, const VersionRuns& runs);
    /// What stands at these pointers in the payloads of these events (those in view), by fieldsReady().
    void requestFields(const std::vector<EventId>& ids, const std::vector<std::string>& pointers);
    /// Which pointers occur in these events, by fieldNamesReady().
    void requestFieldNames(const std::vector<EventId>& ids);
    /// The text of these events of the selected entity, by textWritten(): as it goes on and at its end. `line` is called on another
    /// thread. Ends by itself where another entity is selected.
    void requestText(std::vector<TextExport::Row> rows, TextExport::Line line);
    void cancelText();
    /// The details of one event, by eventReady(); follows the playhead by itself as well.
    void requestEvent(EventId id);
    [[nodiscard]] std::shared_ptr<const EventView> event() const;
    /// Why these records could not be decoded (those in view), by rejectsReady().
    void requestRejects(const std::vector<EventId>& ids);
    /// A page of all rejects (those in view), by rejectRowsReady(). A newer request takes the place of one that waits.
    void requestRejectRows(const store::RejectQuery& query);
    /// This reject with its bytes, by rejectRead(): what is shown stays.
    void readReject(EventId id);
    /// event() becomes this reject, whether it has an entity or not, until a place is chosen for the playhead (that where it stands,
    /// too) or another event is asked for.
    void showReject(EventId id);
    /// event() is the playhead's again.
    void leaveReject();

    // ---- over all entities
    /// Looks for the first event of each entity of the scope after which the expression holds; an earlier search is given up.
    /// firstTimeChanged() as it goes on. The place where the text is wrong, where it is: then nothing is done. Scopes but All are
    /// those of the selected entity; where none is selected nothing is done.
    std::optional<expression::SyntaxError> requestFirstTime(const QString& text, FirstTimeScope scope);
    void cancelFirstTime();
    [[nodiscard]] std::shared_ptr<const FirstTimeView> firstTime() const;  ///< null: nothing was asked, or it is no longer true
    /// What breaks the invariants of the models, looked for in the background: when a workspace is opened, when a model changes,
    /// and in what arrives. findingsChanged(). Null: not known yet.
    [[nodiscard]] std::shared_ptr<const FindingsView> findings() const;

    // ---- models
    /// Gives a category another model at once, also while something is being read; what is shown follows by itself, the playhead
    /// stays. modelsChanged() or failed().
    void saveModel(const QString& category, const Json& model);
    /// The model before the present one, where there was one.
    void undoModel(const QString& category);
    /// The selected entity at the playhead under another model, by modelPreviewReady() with the same ticket. `document` as the
    /// setting "models" holds one: set rules, a script.
    void previewModel(std::uint64_t ticket, const Json& document);
    /// The files that models came from. While a workspace that can be written is open those that its models name are watched: a
    /// category whose file has changed is given its new text, as by saveModel().
    [[nodiscard]] ModelFiles* modelFiles();
    /// The setting "models", as of modelsRead(); null: none is known (yet).
    [[nodiscard]] std::shared_ptr<const Json> models() const;
    /// How the shown types' events spread over [from, to), by densityReady(). A newer request takes the place of one that waits.
    void requestDensity(Timestamp from, Timestamp to, int columns);

    // ---- reading
    void importFile(const QString& path, const QString& format, std::vector<decode::Mapping> mappings);
    void readKafka(source::KafkaOptions options, ingest::Options ingest);
    void stopReading();
    /// Stops and keeps the place: resumeReading() goes on from there, each record once. Only where reading().resumable; secrets are
    /// held in memory until then. After a stop at the disk limit as much again is allowed.
    void pauseReading();
    void resumeReading();
    /// What reading().offer would read, without its secrets; empty where nothing is offered.
    [[nodiscard]] std::optional<source::KafkaOptions> offeredReading() const;
    /// Goes on with that from the stored checkpoints, each record once; `properties` are those that the workspace does not hold.
    void takeOffer(const std::map<std::string, std::string>& properties = {});
    [[nodiscard]] const ReadingView& reading() const;

    // ---- the head: reading it and following it are two things
    /// While followed, the playhead and the time window go with the newest event of the selected entity, or of the whole log; a
    /// movement of the user's own ends it.
    [[nodiscard]] bool following() const;
    void setFollowing(bool on);
    /// Events that came since one last looked: 0 while following, and for what an empty workspace is filled with.
    [[nodiscard]] std::uint64_t newEvents() const;
    [[nodiscard]] std::uint64_t newEventsHere() const;  ///< those of the selected entity among them
    void acknowledgeNew();
    /// The playhead goes to the first of them that is the selected entity's; acknowledges in any case. False where there is none.
    bool goToFirstNew();

    // ---- mappings
    /// How far the partitions of each Kafka cluster have been read, by the cluster's identity.
    [[nodiscard]] std::map<std::string, std::vector<source::Resume>> positions() const;
    [[nodiscard]] QStringList topics() const;  ///< of which records are stored, sorted
    /// Samples of what is stored; owned by `parent`. REQUIRES: isOpen().
    [[nodiscard]] StoredProbe* probe(QObject* parent) const;
    /// Decodes what is stored anew; topics that are not named keep the mapping they have, and where all
    /// have what is asked for nothing is done. Progress through readingChanged().
    /// A Kafka reading that goes on is paused for it and resumed.
    void remap(std::vector<decode::Mapping> mappings);

    /// Nothing is asked for that has not been answered (reading does not count). For pictures and tests.
    [[nodiscard]] bool isIdle() const;

signals:
    void opened();
    void closed();
    void failed(const QString& what, const QString& why, const QString& hint);
    void countsChanged();
    void directoryChanged();
    void entityRowsReady(const std::vector<hindcast::ui::EntityRow>& rows);
    void entityNamesReady(const std::vector<hindcast::ui::EntityName>& names);
    void entitiesNamed(const std::vector<hindcast::EntityId>& ids);
    void entitiesFound(const std::vector<hindcast::EntityId>& ids, bool last);
    void entitiesCalled(const std::vector<hindcast::EntityId>& ids, quint64 looked, quint64 total);  ///< of 0: nobody has a name
    void lookedUp(const QString& text, const std::vector<hindcast::ui::GoToHit>& hits, bool last);
    void selectionChanged();  ///< another entity is selected; its history follows by historyChanged()
    void historyChanged();
    void lanesChanged();
    void tipReady(const std::shared_ptr<const hindcast::ui::TipView>& tip);
    void stateChanged();
    void changesReady(hindcast::Version first, const std::vector<hindcast::Changes>& changes);
    void writesReady(const std::shared_ptr<const hindcast::ui::WriteRows>& writes);
    void watchesChanged();  ///< of the selected entity; also while a long life is walked through
    void eventChanged();
    void fieldsReady(const std::shared_ptr<const hindcast::ui::FieldRows>& rows);
    void fieldNamesReady(const std::shared_ptr<const hindcast::ui::FieldNames>& names);
    void textWritten(const std::shared_ptr<const hindcast::ui::TextExport>& text);
    void modelPreviewReady(const std::shared_ptr<const hindcast::ui::ModelPreview>& preview);
    void modelsChanged(const QString& category, bool undone);
    void modelsRead();  ///< after opened(), and after each modelsChanged()
    void firstTimeChanged();
    void findingsChanged();
    void rejectsReady(const std::vector<hindcast::store::Reject>& rejects);
    void rejectRowsReady(const std::shared_ptr<const hindcast::ui::RejectRows>& rows);
    void rejectRead(const std::shared_ptr<const hindcast::ui::EventView>& reject);
    void densityReady(const std::shared_ptr<const hindcast::ui::DensityView>& density);
    void readingChanged();
    void followingChanged();
    void newEventsChanged();  ///< before countsChanged() and directoryChanged(), where both
    void newAcknowledged();   ///< the user wants to see what has come; after newEventsChanged()
    void mappingsChanged();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::ui
