#pragma once
#include "core/event/record.h"
#include "core/source/kafka_client.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace hindcast::source::kafka {

/// The oldest offset that is still there and the one that the next record gets. With read_committed the high one stands at
/// the first open transaction.
struct Watermarks {
    std::int64_t low = 0;
    std::int64_t high = 0;
};

/// Asked of all leaders at once, within the connection's time-out.
[[nodiscard]] Result<std::vector<Watermarks>> watermarks(Client& client, std::span<const SourceStream> streams,
                                                         std::stop_token stop);
/// The first offset whose record's time is `timeMs` or later; empty where there is none.
[[nodiscard]] Result<std::vector<std::optional<std::int64_t>>> offsetsForTime(Client& client,
                                                                              std::span<const SourceStream> streams,
                                                                              std::int64_t timeMs, std::stop_token stop);

}  // namespace hindcast::source::kafka
