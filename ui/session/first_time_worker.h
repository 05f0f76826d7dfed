#pragma once
#include "core/expression/expression.h"
#include "core/model/runtime.h"
#include "core/store/store.h"
#include "ui/session/gui_post.h"
#include "ui/session/over_all_views.h"

#include <functional>
#include <memory>
#include <optional>

namespace hindcast::ui {

/// Looks for the first event of many entities after which an expression holds, on threads of its own with readers of their own.
/// Threads: all calls from the GUI thread; answers come there.
class FirstTimeWorker {
public:
    /// What is to be looked for.
    struct Request {
        std::shared_ptr<const expression::Expression> expression;
        FirstTimeScope scope = FirstTimeScope::All;
        QString of;                          ///< as FirstTimeView::of
        std::optional<EntityId> entity{};    ///< with scope Entity
        std::optional<CategoryId> category;  ///< with scopes Entity and Category
    };
    /// As it goes on, at most every 100 ms, and at its end; of the latest request only.
    using Answer = std::function<void(std::shared_ptr<const FirstTimeView>)>;

    FirstTimeWorker(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post, Answer answer);
    ~FirstTimeWorker();  ///< stops and joins; from any thread

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
