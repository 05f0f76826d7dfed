#pragma once
#include "core/replay/state_search.h"
#include "ui/session/request_worker.h"
#include "ui/session/state_search_views.h"

#include <optional>

namespace hindcast::ui {

/// Looks for something in the states of many entities.
class StateSearchWorker final : public RequestWorker<StatesView> {
public:
    struct Request {
        StateQuestion question;
        replay::StateQuery query;            ///< the same, read
        QString of;                          ///< as StatesView::of
        std::optional<CategoryId> category;  ///< with scope Category
    };
    using RequestWorker::RequestWorker;
    void request(Request request);
};

}  // namespace hindcast::ui
