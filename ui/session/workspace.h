#pragma once
#include "core/ingest/kafka_reading.h"
#include "core/store/store.h"
#include "ui/session/audit_worker.h"
#include "ui/session/entity_worker.h"
#include "ui/session/first_time_worker.h"
#include "ui/session/lane_worker.h"
#include "ui/session/list_worker.h"
#include "ui/session/model_settings.h"
#include "ui/session/name_worker.h"
#include "ui/session/saved_view.h"
#include "ui/session/task_thread.h"

#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// A workspace that has just been opened, before it has workers: everything that takes time to find out.
struct OpenedStore {
    std::shared_ptr<store::Store> store;
    std::string readOnlyBecause;
    std::unique_ptr<store::Reader> entityReader, backgroundReader, listReader, searchReader, laneReader, nameReader;
    std::shared_ptr<const Overview> overview;
    std::optional<Json> pins;                    ///< the setting
    std::optional<Json> watches;                 ///< the setting
    std::optional<ingest::KafkaReading> kafka;   ///< how it was read
    std::optional<SavedView> savedView;          ///< where its user stood
    std::vector<std::pair<TypeId, int>> colors;  ///< that its types had then
    std::optional<QStringList> ownPins;          ///< of its user, where it cannot be written
    std::optional<Watches::All> ownWatches;      ///< the same
};

/// To write where that is possible, else to read, with the reason. Not in the GUI thread.
/// `stop` and `progress` as Store::open() has them.
[[nodiscard]] Result<std::shared_ptr<OpenedStore>> openStore(const std::string& path, bool createIfAbsent,
                                                             std::stop_token stop = {},
                                                             const store::RaiseProgress& progress = {});

/// An open workspace with its threads. Destroying one waits for them: leave it to RetiredWorkspaces.
struct Workspace {
    std::shared_ptr<store::Store> store;
    std::unique_ptr<EntityWorker> entity;
    std::unique_ptr<ListWorker> lists;
    std::unique_ptr<LaneWorker> lanes;
    std::unique_ptr<NameWorker> names;
    std::unique_ptr<FirstTimeWorker> firstTime;
    std::unique_ptr<AuditWorker> audit;
    std::unique_ptr<ModelChanges> models;
    std::vector<std::shared_ptr<void>> facetWorkers;  ///< of the session's parts
    std::stop_source stopReading;                     ///< of the run that is under way, or has been asked for
    std::unique_ptr<TaskThread> reading;              ///< last: ends first
};

/// Workspaces that have been closed, kept until a thread that may wait destroys them; and the one that has been opened, until it is
/// taken. Where nobody takes it, for it was given up meanwhile, its lock is let go with the others.
/// Threads: any. destroyAll() waits for what the closed ones do.
class RetiredWorkspaces {
public:
    void add(std::unique_ptr<Workspace> workspace);
    void keep(std::shared_ptr<OpenedStore> opened);
    [[nodiscard]] std::shared_ptr<OpenedStore> take();  ///< null: there is none
    void destroyAll();

private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<Workspace>> waiting_;
    std::shared_ptr<OpenedStore> opened_;
};

}  // namespace hindcast::ui
