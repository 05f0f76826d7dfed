#pragma once
#include "core/expression/expression.h"
#include "core/replay/sweep_models.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace hindcast::replay {

/// The first event of an entity's history after which the expression holds.
struct FirstHit {
    EntityId entity;
    EntityKey key;
    Version version;
    Version of;  ///< length of the history
    EventId event;
    std::string type;
    Timestamp time;
    /// Parallel to Expression::statePaths(): what stood there before the event and after it; discarded: nothing.
    std::vector<Json> before, after;
    std::shared_ptr<const Completeness> completeness;
};

struct FirstTimeSummary {
    std::uint64_t hits = 0;
    SweepProgress looked;  ///< entities and events looked at; those behind an entity's hit count as looked at
    std::vector<expression::Mismatch> mismatches;
    /// Paths of the expression at which nothing stood after any of the events asked of: "state.balanse", "payload.totl".
    std::vector<std::string> absentPaths;
    SweepFailures failures;
};

/// Finds for each entity of the scope the first event after which `expression` holds: of its state after the event, of `previous`,
/// the state before it, and of the event itself. Folds go no further than that, and only the parts of the states that the
/// expression looks at are compared; where it looks at no state, nothing is folded.
/// `hit` is called from any of the sweep's threads, one at a time, as they are found: in no order. Errors as sweep(); what was
/// told before stays true.
[[nodiscard]] Result<FirstTimeSummary> firstTime(const SweepSource& source, const SweepScope& scope,
                                                 std::shared_ptr<const expression::Expression> expression, const ModelOf& models,
                                                 SweepOptions options, const std::function<void(const FirstHit&)>& hit);

}  // namespace hindcast::replay
