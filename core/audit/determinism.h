#pragma once
#include "core/audit/finding.h"

#include <functional>
#include <vector>

namespace hindcast::audit {

struct DeterminismSummary {
    std::uint64_t findings = 0;        ///< entities whose replays differ: each is told once, at the first event
    std::vector<FindingGroup> groups;  ///< by cause, the largest first
    replay::SweepProgress looked;
    replay::SweepFailures failures;
};

/// Replays each entity of the scope twice, the second time in another run of the model and among the others in another order, and
/// from two states on its way as from snapshots; tells where the states are not the same to the letter (order of members aside).
/// So a model is caught that reads a clock or random, or that remembers something outside of the state.
/// `found` is called from any of the sweep's threads, one at a time, in no order. Errors as replay::sweep().
[[nodiscard]] Result<DeterminismSummary> checkDeterminism(const replay::SweepSource& source, const replay::SweepScope& scope,
                                                          const replay::ModelOf& models, const replay::SweepOptions& options,
                                                          const std::function<void(const Finding&)>& found);

}  // namespace hindcast::audit
