#pragma once
#include "core/replay/branch_compare.h"
#include "core/replay/watch.h"
#include "ui/session/branch_worker.h"
#include "ui/session/open_replay.h"
#include "ui/session/task_thread.h"

#include <atomic>
#include <mutex>

namespace hindcast::ui {

/// What stands behind BranchWorker: branch_worker.cpp (the GUI thread's face, states and payloads), branch_background.cpp (the course,
/// watches, the export), branch_saved.cpp (the workspace's setting).
struct BranchWorker::Impl {
    enum Kind : std::size_t { kLoad, kSave, kApply, kState, kPayload };  // the first thread's, the first first
    enum BackgroundKind : std::size_t { kExport, kWatch, kCourse };

    /// A branch and the history it was made of, on one thread.
    struct Desk {
        std::unique_ptr<store::Reader> reader;
        std::uint64_t branch = 0;  ///< that it replays
        std::uint64_t models = 0;  ///< `reopened` as it was opened with
        std::unordered_map<TypeId, QString> ownTypes;
        std::optional<OpenReplay> real;
        std::shared_ptr<const replay::BranchHistory> made;
        std::optional<replay::BranchLog> log;
        std::unique_ptr<replay::EntityReplay> whatIf;
    };
    struct Job {
        std::uint64_t of = 0;
        std::shared_ptr<const BranchView> view;
        std::shared_ptr<const replay::BranchTypes> types;
    };

    std::shared_ptr<store::Store> store;
    std::shared_ptr<model::Runtime> runtime;
    GuiPost post;
    Answers answers;
    std::atomic<std::uint64_t> generation{0};  ///< counts what was applied: an answer of an older one is dropped
    std::atomic<std::uint64_t> reopened{0};

    // ---- the GUI thread's own
    std::vector<std::string> pointers;
    std::shared_ptr<std::stop_source> stopExport;

    // ---- the first thread's own
    std::optional<replay::BranchTypes> types;
    std::uint64_t typesOf = 0;  ///< `reopened` as they were read with
    Desk desk;
    std::optional<Job> job;
    Json unreadable = Json::array();

    std::mutex mutex;
    std::optional<std::vector<replay::Branch>> unsaved;  ///< guarded by `mutex`
    std::shared_ptr<const Job> applied;                  ///< the same: what the background works on

    // ---- the background thread's own
    Desk background;
    std::vector<replay::Watch> watched;
    std::uint64_t watchedOf = 0;  ///< the generation

    TaskThread thread;
    TaskThread backgroundThread;

    [[nodiscard]] bool current(std::uint64_t of) const { return generation.load() == of; }
    void answer(std::uint64_t of, std::function<void(const Answers&)> give)
    {
        post([this, of, give = std::move(give)] {
            if (current(of)) give(answers);
        });
    }
    void fail(std::uint64_t of, const Error& error)
    {
        if (error.kind == Error::Kind::Cancelled) return;
        answer(of, [error](const Answers& to) { to.failed(error); });
    }
    [[nodiscard]] Result<void> open(Desk& on, const Job& wanted, std::size_t snapshotBytes);
    [[nodiscard]] std::shared_ptr<const Job> appliedNow();

    void load();
    [[nodiscard]] Result<void> saveNow(const std::vector<replay::Branch>& branches);
    void apply(std::uint64_t of, std::uint64_t id, const replay::Branch& branch,
               const std::shared_ptr<const replay::History>& history);
    void computeState(std::uint64_t of, Version real, Timestamp time, const std::stop_token& stop);
    void readPayload(std::uint64_t of, std::uint64_t ticket, EventId origin);
    void readPayloadLike(std::uint64_t of, std::uint64_t ticket, const std::string& type, std::optional<EventId> origin);
    void tellPayload(std::uint64_t of, std::uint64_t ticket, std::size_t index);
    void followCourse(std::uint64_t of, const std::stop_token& stop);
    void buildWatches(std::uint64_t of, const std::vector<std::string>& wanted, const std::stop_token& stop);
    void writeExport(const std::string& path, const std::stop_token& stop);
    void lookBehind();  ///< GUI thread: what the background has to do of a branch that was applied
};

}  // namespace hindcast::ui
