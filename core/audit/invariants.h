#pragma once
#include "core/audit/finding.h"

#include <functional>
#include <vector>

namespace hindcast::audit {

struct InvariantSummary {
    std::uint64_t findings = 0;
    std::vector<FindingGroup> groups;  ///< by cause, the largest first
    bool declared = false;             ///< whether any of the models declares an invariant; else nothing was looked at
    replay::SweepProgress looked;
    replay::SweepFailures failures;
};

/// Findings of one group that are given with what the event changed: that takes a second replay of the entity.
inline constexpr std::uint64_t kFindingsWithValues = 20;

/// Folds each entity of the scope and tells where an invariant that its model declares ceases to hold. For a store that grows: with
/// the entities that have new events as the scope.
/// `found` is called from any of the sweep's threads, one at a time, in no order. Errors as replay::sweep().
[[nodiscard]] Result<InvariantSummary> checkInvariants(const replay::SweepSource& source, const replay::SweepScope& scope,
                                                       const replay::ModelOf& models, const replay::SweepOptions& options,
                                                       const std::function<void(const Finding&)>& found);

}  // namespace hindcast::audit
