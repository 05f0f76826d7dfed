#pragma once
#include "core/model/runtime.h"
#include "core/store/store.h"
#include "ui/session/branch_views.h"
#include "ui/session/gui_post.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace hindcast::ui {

/// What branches cost, on two threads of its own: reading and saving them, applying the one that is shown, the states on both sides;
/// and in the background how those go along, its watched fields and its export.
/// Threads: all calls from the GUI thread; answers come there too. An answer for a branch that is no longer the one that was handed
/// over last is dropped.
class BranchWorker {
public:
    struct Loaded {
        std::vector<replay::Branch> branches;
        std::vector<Error> unreadable;  ///< those stay in the workspace as they are
    };
    struct Answers {
        std::function<void(std::shared_ptr<const Loaded>)> loaded;
        /// `found`: the branch with events that were not known before; empty: there are none such.
        std::function<void(std::shared_ptr<const BranchView>, std::optional<replay::Branch> found)> applied;
        std::function<void(std::shared_ptr<const BranchStateView>)> state;
        std::function<void(std::shared_ptr<const BranchCourseView>)> course;
        std::function<void(std::shared_ptr<const BranchWatchesView>)> watches;
        std::function<void(std::shared_ptr<const BranchPayload>)> payload;
        std::function<void(std::optional<Error>)> saved;
        std::function<void(std::shared_ptr<const BranchExport>)> exported;
        std::function<void(Error)> failed;
    };
    BranchWorker(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post, Answers answers);
    ~BranchWorker();  ///< joins, and saves what has not been; from any thread that may wait

    void load();
    /// In place of what was saved. REQUIRES: the workspace can be written.
    void save(std::vector<replay::Branch> branches);
    /// `id` is how its answers name it.
    void apply(std::uint64_t id, replay::Branch branch, std::shared_ptr<const replay::History> history);
    /// Nothing is shown: what is on its way is dropped.
    void forget();
    /// The models or the mapping are other ones: for what is applied next.
    void reopen();
    /// Only the newest is answered where they come faster than they can be worked out.
    void requestState(Version real, Timestamp time);
    void requestWatches(std::vector<std::string> pointers);
    /// The event of the branch that comes from `origin`, as the branch has it.
    void requestPayload(std::uint64_t ticket, EventId origin);
    /// That of the event of the type which stands nearest to `origin` (empty: to the beginning).
    void requestPayloadLike(std::uint64_t ticket, std::string type, std::optional<EventId> origin);
    /// As a record dump; what stands at `path` is replaced when all of it is written.
    void exportTo(std::string path);
    void cancelExport();
    [[nodiscard]] bool busy() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::ui
