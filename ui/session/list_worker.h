#pragma once
#include "core/event/error.h"
#include "core/store/reader.h"
#include "core/store/store.h"
#include "ui/session/go_to.h"
#include "ui/session/gui_post.h"
#include "ui/session/reject_rows.h"
#include "ui/session/views.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hindcast::ui {

/// What is known of a workspace as a whole, as of one look at it.
struct Overview {
    store::Counts counts;
    std::shared_ptr<const store::Directory> directory;
    std::vector<store::Category> categories;
    std::vector<store::TypeCount> types;
    std::vector<store::TypeCount> frequent;  ///< the first of them, without names (TypeColors::kEnough)
    std::vector<store::Source> sources;
    std::vector<store::Part> parts;
};

/// Reads an Overview; the directory grows from `previous`.
[[nodiscard]] Result<std::shared_ptr<const Overview>> readOverview(store::Reader& reader,
                                                                   std::shared_ptr<const store::Directory> previous);

/// Counts, directory, names of entities and search, on threads of its own.
/// Threads: all calls from the GUI thread; answers come there.
class ListWorker {
public:
    struct Answers {
        std::function<void(std::shared_ptr<const Overview>)> overview;
        std::function<void(std::vector<EntityRow>)> rows;
        std::function<void(std::vector<store::Reject>)> rejects;
        std::function<void(std::shared_ptr<const RejectRows>)> rejectRows;
        std::function<void(std::shared_ptr<const EventView>)> reject;
        std::function<void(std::shared_ptr<const EventView>)> rejectRead;
        std::function<void(std::shared_ptr<const DensityView>)> density;
        std::function<void(std::vector<EntityId>)> named;
        std::function<void(std::vector<EntityId>, bool last)> found;
        std::function<void(const std::string& text, std::vector<EntityId>)> entity;
        std::function<void(const QString& text, std::vector<GoToHit>, bool last)> lookedUp;
        std::function<void(std::uint64_t asked)> looked;
        std::function<void(Error)> failed;
        std::function<void(Error)> lost;  ///< a setting, when the worker ends: on the thread that destroys it
    };

    ListWorker(std::shared_ptr<store::Store> store, std::unique_ptr<store::Reader> reader, std::unique_ptr<store::Reader> search,
               std::shared_ptr<const Overview> first, GuiPost post, Answers answers);
    ~ListWorker();  ///< joins; from any thread

    /// overview(), unless nothing was committed since the last one. `anew`: what was known is no longer true (remapped).
    /// `asked` comes back by looked() once that is answered, also where nothing was new.
    void refresh(bool anew = false, std::uint64_t asked = 0);
    void requestRows(std::vector<EntityId> ids);
    /// rejects() with those of the ids that are rejects.
    void requestRejects(std::vector<EventId> ids);
    /// rejectRows(); a newer request takes the place of one that waits.
    void requestRejectRows(const store::RejectQuery& query);
    /// reject() with its bytes, unless it is none; a newer request takes the place of one that waits.
    void requestReject(EventId id);
    /// The same by rejectRead(), for what is not to be shown.
    void readReject(EventId id);
    /// density(); a newer request takes the place of one that waits.
    void requestDensity(store::DensityQuery query);
    /// named() with those that the text names as a whole, then found() in batches; drops an earlier search. An empty text only
    /// does that. Where they are not too many, named() again before the last batch: with those that the text is the last word of
    /// ("8841" of "order-8841"), and once more with those that begin with it.
    void search(std::string text);
    /// entity() with those that "category/id" or a bare id names.
    void find(std::string text);
    /// lookedUp() with what is there of it, again with what is like it, and where nothing was there of it, again when the log was
    /// walked for a record with that key. Each has what came before. An earlier one is dropped; empty readings only do that.
    void lookUp(GoToReadings readings);
    /// Saves a setting of the workspace in a transaction of its own, as soon as what is being written lets it in; failed() where
    /// that cannot be.
    void saveSetting(std::string name, Json value);
    [[nodiscard]] bool busy() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::ui
