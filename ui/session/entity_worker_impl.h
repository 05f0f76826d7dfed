#pragma once
#include "core/model/projection_result.h"
#include "core/replay/replay.h"
#include "core/replay/watch.h"
#include "ui/session/entity_worker.h"
#include "ui/session/open_replay.h"
#include "ui/session/task_thread.h"

#include <atomic>
#include <chrono>

namespace hindcast::ui {

/// What stands behind EntityWorker; in parts by what it does: entity_worker.cpp (the GUI thread's face), entity_states.cpp (history,
/// states, what events changed), entity_events.cpp (the events themselves), entity_preview.cpp (the state under another model), entity_failures.cpp
/// (where the model fails),
/// entity_provenance.cpp (who set what), entity_watches.cpp (the values of watched fields).
struct EntityWorker::Impl {
    // The state thread's tasks, in the order in which they go first.
    enum Kind : std::size_t {
        kLoad,
        kRefresh,
        kProvenanceReady,
        kState,
        kEvent,
        kTip,
        kFields,
        kFieldNames,
        kChanges,
        kWrites,
        kPreview,
        kText
    };
    static constexpr std::size_t kProvenance = 0;  // the background thread's
    static constexpr std::size_t kWatch = 1;

    GuiPost post;
    Answers answers;
    std::shared_ptr<model::Runtime> runtime;   // for both threads
    std::atomic<std::uint64_t> generation{0};  // counts selections: an answer of an older one is dropped
    std::atomic<bool> stopsAtError{false};
    std::optional<EntityId> entity;  // GUI thread
    std::optional<EntityId> shown;   // GUI thread: whose history was handed over last

    // ---- the state thread's own
    std::unique_ptr<store::Reader> reader;
    std::optional<OpenReplay> opened;
    std::shared_ptr<const StateView> lastState;
    std::shared_ptr<const replay::History> told;  // handed over last
    std::shared_ptr<const replay::Provenance> provenance;
    std::shared_ptr<const replay::History> provenanceOf;
    std::shared_ptr<const replay::Provenance> since;  // of the events after those, up to sinceTo
    Version sinceTo;
    std::unique_ptr<model::ProjectionResult> result;  // null: the model shows the states themselves
    /// Counts the texts that were asked for: an older one ends, and is not told where it has ended already. Shared with answers on
    /// their way.
    std::shared_ptr<std::atomic<std::uint64_t>> textSerial = std::make_shared<std::atomic<std::uint64_t>>(0);

    // ---- the background thread's own
    std::unique_ptr<store::Reader> backgroundReader;
    std::optional<OpenReplay> background;
    std::uint64_t backgroundGeneration = 0;
    std::chrono::nanoseconds lastBuild{0};
    std::vector<replay::Watch> watched;
    std::shared_ptr<const replay::History> watchedOf;
    std::uint64_t watchedGeneration = 0;

    TaskThread thread;
    TaskThread backgroundThread;

    /// Whether what one sees, and asks about, is the selected entity's.
    [[nodiscard]] bool atHome() const { return entity && shown == entity; }
    [[nodiscard]] bool current(std::uint64_t wanted) const { return generation.load() == wanted; }

    /// Hands an answer over, unless it has been overtaken when it arrives. The workspace outlives what `post` runs.
    void answer(std::uint64_t of, std::function<void(const Answers&)> give)
    {
        post([this, of, give = std::move(give)] {
            if (current(of)) give(answers);
        });
    }
    void fail(std::uint64_t of, const Error& error)
    {
        // Of a program that may not run the state tells, for all that would ask it.
        if (error.kind == Error::Kind::Cancelled || error.kind == Error::Kind::Denied) return;
        answer(of, [error](const Answers& to) { to.failed(error); });
    }

    // entity_failures.cpp
    void failState(std::uint64_t of, const Error& error);
    [[nodiscard]] Result<replay::StateAt> stateAt(Version version, const std::stop_token& stop);
    [[nodiscard]] Result<Version> endOfStates(replay::EntityReplay& replay, Version upTo, const std::stop_token& stop) const;
    [[nodiscard]] Result<void> extendWatches(const std::stop_token& stop, const std::function<void(Version)>& progress);
    void openResult();
    void tellResult(std::uint64_t of);
    void tellFailures(std::uint64_t of, const std::stop_token& stop);

    void load(std::uint64_t of, EntityId wanted, std::optional<EventId> upon);
    void reload(std::uint64_t of);
    void loaded(std::uint64_t of, const std::shared_ptr<const replay::History>& history, std::optional<EventId> upon = {});
    void computeState(std::uint64_t of, Version version, const std::stop_token& stop);
    void computeTip(std::uint64_t of, Version version, const std::stop_token& stop);
    void computeChanges(std::uint64_t of, const VersionRuns& runs, std::size_t from, const std::stop_token& stop);
    [[nodiscard]] Result<bool> computeRun(std::uint64_t of, Version first, Version last, const std::stop_token& stop);
    void describeEvent(std::uint64_t of, EventId id);
    void readValues(std::uint64_t of, const std::vector<EventId>& ids, const std::vector<std::string>& pointers);
    void readNames(std::uint64_t of, const std::vector<EventId>& ids);
    void writeText(std::uint64_t of, const std::shared_ptr<TextJob>& job);
    struct PreviewTask {
        std::uint64_t ticket;
        Json document;
        Version version;
    };
    void computePreview(std::uint64_t of, const std::shared_ptr<const PreviewTask>& task, const std::stop_token& stop);
    void takeProvenance(std::uint64_t of, std::shared_ptr<const replay::History> history,
                        std::shared_ptr<const replay::Provenance> built, const std::stop_token& stop);
    void giveProvenance(StateView& view, const std::stop_token& stop);
    void buildProvenance(std::uint64_t of, const std::shared_ptr<const replay::History>& history, bool growth,
                         const std::stop_token& stop);
    [[nodiscard]] bool openBackground(std::uint64_t of, const std::shared_ptr<const replay::History>& history);
    void computeWrites(std::uint64_t of, const std::string& pointer, const VersionRuns& runs, std::size_t from,
                       const std::stop_token& stop);
    void keepWatches(std::uint64_t of, const std::shared_ptr<const replay::History>& history,
                     const std::vector<std::string>& pointers);
    [[nodiscard]] std::shared_ptr<WatchesView> watchesView(const std::shared_ptr<const replay::History>& history,
                                                           const std::vector<std::string>& pointers);
    void buildWatches(std::uint64_t of, const std::shared_ptr<const replay::History>& history,
                      const std::vector<std::string>& pointers, const std::stop_token& stop);
    void wantProvenance(std::uint64_t of, const std::shared_ptr<const replay::History>& history, bool growth);
};

/// Whether what is known of the shorter one holds for the longer one as well.
[[nodiscard]] inline bool isPrefix(const replay::History& shorter, const replay::History& longer)
{
    const std::size_t size = shorter.events.size();
    return shorter.entity == longer.entity && size <= longer.events.size() &&
           (size == 0 || shorter.events[size - 1].id == longer.events[size - 1].id);
}

}  // namespace hindcast::ui
