#pragma once
#include "core/store/store.h"
#include "ui/session/gui_post.h"
#include "ui/session/task_thread.h"

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace hindcast::ui {

/// Setting: category → its model (core/model/chosen.h).
inline constexpr const char* kModels = "models";
/// Setting: category → the models that its present one took the place of, the latest last; null: the default.
inline constexpr const char* kModelsBefore = "models.before";
/// How many of them are kept.
inline constexpr std::size_t kModelsKept = 20;

// Both write at once (Store::saveSetting, with its errors) and not on the GUI thread.

/// Gives a category another model; the one before it can be had back.
[[nodiscard]] Result<void> saveModel(store::Store& store, const std::string& category, const Json& model);
/// The model before the present one. False: there is none.
[[nodiscard]] Result<bool> undoModel(store::Store& store, const std::string& category);

/// The changes of a workspace's models, made one after the other on a thread of their own. None is lost: what still waits when the
/// workspace is closed is made before this is gone.
/// Threads: add() and busy() from the GUI thread; answers come there. Destroy it on a thread that may wait.
class ModelChanges {
public:
    struct Change {
        std::string category;
        std::optional<Json> model;  ///< empty: the one before
    };
    /// `done` as undoModel() has it; true for a model that was saved.
    using Answer = std::function<void(const Change&, const Result<bool>& done)>;
    /// The setting "models" as it is after what was asked for before; null: there is none.
    using Models = std::function<void(std::shared_ptr<const Json> models)>;
    ModelChanges(std::shared_ptr<store::Store> store, GuiPost post, Answer answer, Models models);
    ~ModelChanges();
    ModelChanges(const ModelChanges&) = delete;
    ModelChanges& operator=(const ModelChanges&) = delete;

    void add(Change change);
    /// By `models`.
    void read();
    [[nodiscard]] bool busy() const;

private:
    void makeAll();

    std::shared_ptr<store::Store> store_;
    GuiPost post_;
    Answer answer_;
    Models models_;
    std::mutex mutex_;
    std::deque<Change> waiting_;
    TaskThread thread_;
};

}  // namespace hindcast::ui
