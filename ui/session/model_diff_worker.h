#pragma once
#include "core/model/runtime.h"
#include "core/store/store.h"
#include "ui/session/gui_post.h"
#include "ui/session/trial_views.h"

#include <functional>
#include <memory>

namespace hindcast::ui {

/// Compares what two models make of all entities of a category, on threads of its own.
/// Threads: all calls from the GUI thread; answers come there.
class ModelDiffWorker {
public:
    struct Request {
        QString category;  ///< as store::Category::text
        ModelChoice first, second;
    };
    /// As it goes on, at most every 100 ms, and at its end; of the latest request only.
    using Answer = std::function<void(std::shared_ptr<const ModelDiffView>)>;

    ModelDiffWorker(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post, Answer answer);
    ~ModelDiffWorker();  ///< stops and joins; from any thread

    /// An earlier one is given up.
    void request(Request request);
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
