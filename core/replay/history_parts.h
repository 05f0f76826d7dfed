#pragma once
// Private to core/replay: the steps that one history and many have in common.
#include "core/replay/history.h"
#include "core/store/types.h"

#include <cstdint>
#include <vector>

namespace hindcast::replay {

/// Parts as (topic, partition, source, epoch) orders them, for orderHistory(): by names, never by the ids that the order of arrival
/// gave.
[[nodiscard]] std::vector<std::uint32_t> rankParts(const std::vector<store::Part>& parts,
                                                   const std::vector<store::Source>& sources);
/// Puts the table's truncates among a row's postings, which stay in the order of their ids.
void addTruncates(store::Postings& row, const store::Postings& table);
/// A truncate counts only for a row that lives then.
void dropIdleTruncates(std::vector<HistoryEvent>& events);

}  // namespace hindcast::replay
