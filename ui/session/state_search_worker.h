#pragma once
#include "core/model/runtime.h"
#include "core/replay/state_search.h"
#include "core/store/store.h"
#include "ui/session/gui_post.h"
#include "ui/session/state_search_views.h"

#include <functional>
#include <memory>
#include <optional>

namespace hindcast::ui {

/// Looks for something in the states of many entities, on threads of its own with readers of their own.
/// Threads: all calls from the GUI thread; answers come there.
class StateSearchWorker {
public:
    struct Request {
        StateQuestion question;
        replay::StateQuery query;            ///< the same, read
        QString of;                          ///< as StatesView::of
        std::optional<CategoryId> category;  ///< with scope Category
    };
    /// As it goes on, at most every 100 ms, and at its end; of the latest request only.
    using Answer = std::function<void(std::shared_ptr<const StatesView>)>;

    StateSearchWorker(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post, Answer answer);
    ~StateSearchWorker();  ///< stops and joins; from any thread

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
