#pragma once
#include "ui/session/request_worker.h"
#include "ui/session/trial_views.h"

#include <optional>

namespace hindcast::ui {

/// Asks whether the models in force give the same states whenever they are given the same events.
class DeterminismWorker final : public RequestWorker<DeterminismView> {
public:
    using RequestWorker::RequestWorker;
    /// Of all entities, or those of a category.
    void request(const QString& category, std::optional<CategoryId> id);
};

}  // namespace hindcast::ui
