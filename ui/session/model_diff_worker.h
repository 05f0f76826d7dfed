#pragma once
#include "ui/session/request_worker.h"
#include "ui/session/trial_views.h"

namespace hindcast::ui {

/// Compares what two models make of all entities of a category.
class ModelDiffWorker final : public RequestWorker<ModelDiffView> {
public:
    struct Request {
        QString category;  ///< as store::Category::text
        ModelChoice first, second;
    };
    using RequestWorker::RequestWorker;
    void request(Request request);
};

}  // namespace hindcast::ui
