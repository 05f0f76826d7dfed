#pragma once
#include "core/event/change.h"
#include "core/replay/sweep_models.h"

#include <cstdint>
#include <functional>
#include <string>

namespace hindcast::replay {

/// An entity whose states differ by two models: the first event after which they do.
struct ModelDifference {
    EntityId entity;
    EntityKey key;
    Version version;
    Version of;  ///< length of the history
    EventId event;
    std::string type;
    Timestamp time;
    /// From the first model's state to the second's: `before` is what the first gives, `after` what the second does. An entity that
    /// lives by one alone: one Add or Remove of the whole.
    Changes changes;
    std::shared_ptr<const Completeness> completeness;
};

struct ModelDiffSummary {
    std::uint64_t differing = 0;
    SweepProgress looked;  ///< entities and events looked at; those behind an entity's first difference count as looked at
    SweepFailures firstFailures, secondFailures;
};

/// Folds each entity of the scope by two models side by side and finds the first event after which the states do not hold the same
/// values. How numbers are written (119.90, 119.9) and the order of members make no difference: models of other languages write both
/// as they do. Entities for whose category one of them is no model are passed over.
/// `differs` is called from any of the sweep's threads, one at a time, as they are found: in no order. Errors as sweep(); what was
/// told before stays true.
[[nodiscard]] Result<ModelDiffSummary> modelDifference(const SweepSource& source, const SweepScope& scope, const ModelOf& first,
                                                       const ModelOf& second, const SweepOptions& options,
                                                       const std::function<void(const ModelDifference&)>& differs);

}  // namespace hindcast::replay
