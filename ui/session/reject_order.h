#pragma once
#include "core/replay/history.h"

#include <cstdint>
#include <vector>

namespace hindcast::ui {

/// Where a reject stands among the events of its entity.
struct RejectPlace {
    std::uint64_t after = 0;  ///< so many of the history's events stand before it
    store::Posting posting;
};

/// In the order of their places. Within its partition a reject stands right before the first event of a greater offset; behind the
/// partition's last event it goes by time, but never above that event. Pure; a walk over the history where it has rejects.
[[nodiscard]] std::vector<RejectPlace> placeRejects(const replay::History& history);

}  // namespace hindcast::ui
