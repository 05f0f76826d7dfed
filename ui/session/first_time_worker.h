#pragma once
#include "core/expression/expression.h"
#include "ui/session/over_all_views.h"
#include "ui/session/request_worker.h"

#include <memory>
#include <optional>

namespace hindcast::ui {

/// Looks for the first event of many entities after which an expression holds.
class FirstTimeWorker final : public RequestWorker<FirstTimeView> {
public:
    struct Request {
        std::shared_ptr<const expression::Expression> expression;
        FirstTimeScope scope = FirstTimeScope::All;
        QString of;                          ///< as FirstTimeView::of
        std::optional<EntityId> entity{};    ///< with scope Entity
        std::optional<CategoryId> category;  ///< with scopes Entity and Category
    };
    using RequestWorker::RequestWorker;
    void request(Request request);
};

}  // namespace hindcast::ui
