#pragma once
#include "core/event/entity.h"
#include "core/event/error.h"
#include "core/model/reducer.h"
#include "core/model/runtime.h"

#include <memory>
#include <stop_token>

namespace hindcast::model {

/// What a projection shows of a state: the document that its transforms (transformBy, filterBy of EventStoreDB) make of it. Keeps a
/// process ready from call to call.
/// Threads: one at a time.
class ProjectionResult {
public:
    /// By a model's document, as the setting "models" holds one. Null where that model has no transforms, or cannot be used (which is
    /// told where it folds). `runtime` may be null.
    [[nodiscard]] static std::unique_ptr<ProjectionResult> of(const std::shared_ptr<Runtime>& runtime, const Json& document,
                                                              std::string_view category);
    ~ProjectionResult();

    /// Null where a filter lets nothing through, or a transform fails. The error is the process's.
    [[nodiscard]] Result<Json> at(const EntityKey& entity, Version version, const FoldState& state);

private:
    struct Impl;
    explicit ProjectionResult(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::model
