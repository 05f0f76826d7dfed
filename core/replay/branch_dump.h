#pragma once
#include "core/event/payload_source.h"
#include "core/replay/branch_history.h"
#include "core/replay/feed.h"

#include <cstdint>
#include <functional>
#include <string_view>

namespace hindcast::replay {

/// The branch's events in its order, as lines of a record dump (event_dump.h), each with its line end; how many they were. Records
/// that are gone are left out. Ends early where `write` says false. `feed` and `payloads` are those of its BranchLog.
[[nodiscard]] Result<std::uint64_t> dumpBranch(const BranchHistory& made, RecordFeed& feed, PayloadSource& payloads,
                                               const std::function<bool(std::string_view line)>& write);

/// Rows are ordered by their database's own positions: whether events would stand elsewhere when the dump is imported.
[[nodiscard]] bool dumpLosesOrder(const BranchHistory& made);

}  // namespace hindcast::replay
