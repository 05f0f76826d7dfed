#pragma once
#include "core/model/runtime.h"
#include "core/store/store.h"
#include "ui/session/stoppable_task.h"

#include <memory>
#include <utility>

namespace hindcast::ui {

/// What the workers have in common that look into a workspace at the user's request, on a thread of their own with readers of their
/// own: each adds what can be requested. It is told as it goes on and at its end, of the latest request only.
/// Threads: all calls from the GUI thread, answers come there; the destructor, which stops and joins, from any.
template <typename View>
class RequestWorker {
public:
    using Answer = typename StoppableTask<View>::Answer;

    RequestWorker(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post, Answer answer)
        : store_(std::move(store)), runtime_(std::move(runtime)), task_(std::move(post), std::move(answer))
    {
    }

    /// What was found by then is told, with `cancelled`.
    void cancel() { task_.cancel(); }
    /// Nothing more is told of it: what it tells is no longer true.
    void forget() { task_.forget(); }
    [[nodiscard]] bool busy() const { return task_.busy(); }

protected:
    ~RequestWorker() = default;
    /// `work` is called on the thread, and keeps what it needs: the worker may be half gone by then.
    /// An earlier one is given up.
    void run(typename StoppableTask<View>::Work work) { task_.request(std::move(work)); }

    const std::shared_ptr<store::Store> store_;
    const std::shared_ptr<model::Runtime> runtime_;

private:
    StoppableTask<View> task_;  ///< last: ends first
};

}  // namespace hindcast::ui
