#pragma once
#include "core/expression/expression.h"
#include "ui/session/request_worker.h"
#include "ui/session/trial_views.h"

#include <memory>
#include <optional>

namespace hindcast::ui {

/// Looks for the fewest events of an entity that still show a symptom. Cancelled, it tells the fewest by then.
class SmallestWorker final : public RequestWorker<SmallestView> {
public:
    struct Request {
        EntityId entity;
        WantedSymptom wanted;
        std::shared_ptr<const expression::Expression> expression;  ///< of an expression
        std::optional<EventId> at;                                 ///< the event that shows it; empty: the first that does
    };
    static constexpr std::uint64_t kMostFolds = 100'000;

    using RequestWorker::RequestWorker;
    void request(Request request);
};

}  // namespace hindcast::ui
