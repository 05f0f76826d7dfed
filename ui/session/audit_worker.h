#pragma once
#include "core/model/runtime.h"
#include "core/store/directory.h"
#include "core/store/store.h"
#include "ui/session/gui_post.h"
#include "ui/session/over_all_views.h"

#include <functional>
#include <memory>
#include <string>

namespace hindcast::ui {

/// Checks the invariants that the workspace's models declare, in the background: one thread at work, so that what the user does comes
/// first. Keeps what it found, and looks anew at what has changed.
/// Threads: all calls from the GUI thread; answers come there.
class AuditWorker {
public:
    /// As it goes on, at most every 100 ms, and at its end. What has not been looked at again stands as it was.
    using Answer = std::function<void(std::shared_ptr<const FindingsView>)>;

    AuditWorker(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post, Answer answer);
    ~AuditWorker();  ///< stops and joins; from any thread

    /// Looks at the entities that have more events than when they were last looked at; at all of them the first time, and where
    /// they were made anew.
    void follow(std::shared_ptr<const store::Directory> directory);
    /// The category has another model: its entities are looked at anew, what is under way is stopped for it and goes on after it.
    /// `directory`: as follow(); null: that of the last time.
    void modelChanged(std::string category, std::shared_ptr<const store::Directory> directory);
    [[nodiscard]] bool busy() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::ui
