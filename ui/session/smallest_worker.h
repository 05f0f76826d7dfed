#pragma once
#include "core/expression/expression.h"
#include "core/model/runtime.h"
#include "core/store/store.h"
#include "ui/session/gui_post.h"
#include "ui/session/trial_views.h"

#include <functional>
#include <memory>
#include <optional>

namespace hindcast::ui {

/// Looks for the fewest events of an entity that still show a symptom, on a thread of its own with a reader of its own.
/// Threads: all calls from the GUI thread; answers come there.
class SmallestWorker {
public:
    struct Request {
        EntityId entity;
        WantedSymptom wanted;
        std::shared_ptr<const expression::Expression> expression;  ///< of an expression
        std::optional<EventId> at;                                 ///< the event that shows it; empty: the first that does
    };
    /// As it goes on, at most every 100 ms, and at its end; of the latest request only.
    using Answer = std::function<void(std::shared_ptr<const SmallestView>)>;

    SmallestWorker(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post, Answer answer);
    ~SmallestWorker();  ///< stops and joins; from any thread

    /// An earlier one is given up.
    void request(Request request);
    /// The fewest by then are told, with `cancelled`.
    void cancel();
    /// Nothing more is told of it: what it tells is no longer true.
    void forget();
    [[nodiscard]] bool busy() const;

    static constexpr std::uint64_t kMostFolds = 100'000;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::ui
