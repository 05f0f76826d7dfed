#pragma once
#include "core/replay/history.h"
#include "core/store/types.h"

#include <vector>

namespace hindcast::replay {

/// Whether an entity with these postings was read from birth: every partition of every topic that holds events of it read from
/// offset 0 without a hole, none of them compacted, and no reject with its key (contracts 3, "Complete or not").
/// `parts`: all of the workspace.
[[nodiscard]] Completeness judgeCompleteness(const std::vector<store::Part>& parts, const std::vector<store::Posting>& postings);

}  // namespace hindcast::replay
