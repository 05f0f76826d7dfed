#pragma once
#include "core/model/runtime.h"
#include "core/store/store.h"
#include "ui/session/gui_post.h"
#include "ui/session/trial_views.h"

#include <functional>
#include <memory>
#include <optional>

namespace hindcast::ui {

/// Asks whether the models in force give the same states whenever they are given the same events, on threads of its own.
/// Threads: all calls from the GUI thread; answers come there.
class DeterminismWorker {
public:
    /// As it goes on, at most every 100 ms, and at its end; of the latest request only.
    using Answer = std::function<void(std::shared_ptr<const DeterminismView>)>;

    DeterminismWorker(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post, Answer answer);
    ~DeterminismWorker();  ///< stops and joins; from any thread

    /// Of all entities, or those of a category. An earlier request is given up.
    void request(const QString& category, std::optional<CategoryId> id);
    /// What was found by then is told, with `cancelled`.
    void cancel();
    /// Nothing more is told of it: what it tells is no longer true.
    void forget();
    [[nodiscard]] bool busy() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::ui
