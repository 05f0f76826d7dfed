#pragma once
#include "core/event/error.h"
#include "core/model/runtime.h"
#include "core/replay/history.h"
#include "core/store/reader.h"
#include "ui/session/gui_post.h"
#include "ui/session/payload_fields.h"
#include "ui/session/text_export.h"
#include "ui/session/views.h"
#include "ui/session/watch_views.h"

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace hindcast::ui {

struct FailuresView;

/// Everything about the selected entity, on two threads of its own: its history, its state at the version that was asked for last,
/// what its events changed, one event's details, and in the background its provenance.
/// Threads: all calls from the GUI thread; answers come there too, by `Answers`. An answer for an entity that is no longer the
/// selected one is dropped.
class EntityWorker {
public:
    struct Loaded {
        std::shared_ptr<const replay::History> history;
        std::unordered_map<TypeId, std::uint32_t> types;
        std::vector<PartId> parts;  ///< that its events come from, in order of first occurrence
        /// What was handed over of the same entity before this; null: nothing.
        std::shared_ptr<const replay::History> before;
        std::size_t same = 0;           ///< so many events from the first on are those of `before`
        std::optional<EventId> wanted;  ///< as select() had it
        Version wantedAt;               ///< where that stands now; 0: nowhere
    };
    struct Answers {
        std::function<void(std::shared_ptr<const Loaded>)> history;
        std::function<void(std::shared_ptr<const StateView>)> state;
        std::function<void(Version first, std::shared_ptr<const std::vector<Changes>>)> changes;
        std::function<void(std::shared_ptr<const WriteRows>)> writes;
        std::function<void(std::shared_ptr<const WatchesView>)> watches;  ///< also while a long life is walked through
        std::function<void(std::shared_ptr<const EventView>)> event;
        std::function<void(std::shared_ptr<const TipView>)> tip;
        std::function<void(std::shared_ptr<const FieldRows>)> fields;
        std::function<void(std::shared_ptr<const FieldNames>)> fieldNames;
        std::function<void(std::shared_ptr<const TextExport>)> text;  ///< whenever it has got further, and at its end
        std::function<void(std::shared_ptr<const ModelPreview>)> preview;
        std::function<void(Error)> failed;
        std::function<void(std::shared_ptr<const FailuresView>)> failures;  ///< of the whole life
        std::function<void(std::shared_ptr<const StateView>)> result;       ///< as ReplayPolicy::result(), after its state
        std::function<void(Error)> stateFailed;  ///< that state could not be rebuilt; `failed` is not told of it
    };
    /// Provenance and watches are not built for longer histories.
    static constexpr std::size_t kProvenanceLimit = 2'000'000;

    EntityWorker(std::unique_ptr<store::Reader> reader, std::unique_ptr<store::Reader> background,
                 std::shared_ptr<model::Runtime> runtime, GuiPost post, Answers answers);
    ~EntityWorker();  ///< joins; from any thread

    /// `wanted`: the event that one wants to stand upon; Loaded says where it is. What is asked for until the history is there is
    /// dropped where that was another entity's: it would be answered of the wrong one.
    void select(EntityId entity, std::optional<EventId> wanted = {});
    void deselect();
    /// The models of the workspace are other ones: as select() of the entity that is selected.
    void reopen();
    /// Whether states, and what events changed, end before the first event at which the model fails: of what is asked for from now
    /// on; else they go on past it.
    void setStopsAtError(bool on);
    /// Looks again at the selected entity's history.
    void refresh();
    /// Only the newest of these is answered where they come faster than they can be computed.
    void requestState(Version version);
    void requestChanges(VersionRuns runs);
    /// What these writes made of a field: writes(), in batches.
    void requestWrites(std::string pointer, VersionRuns runs);
    /// The values of these fields over that history, which is the selected entity's: watches(). An earlier list is dropped.
    void requestWatches(std::shared_ptr<const replay::History> history, std::vector<std::string> pointers);
    void requestEvent(EventId id);
    void requestTip(Version version);
    void requestFields(std::vector<EventId> ids, std::vector<std::string> pointers);
    void requestFieldNames(std::vector<EventId> ids);
    /// Goes on in small steps while nothing else is asked for; an earlier one ends.
    void requestText(std::vector<TextExport::Row> rows, TextExport::Line line);
    void cancelText();
    /// The state at a version under another model, by Answers::preview with the ticket.
    void requestPreview(std::uint64_t ticket, Json document, Version version);
    [[nodiscard]] bool busy() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::ui
