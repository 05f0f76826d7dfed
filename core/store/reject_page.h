#pragma once
#include "core/store/types.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace hindcast::store {

/// Which of the rejects, in the order of their ids: part by part, by offset.
struct RejectQuery {
    std::int64_t first = 0;         ///< the row to begin with; what lies before row 0 is left out of the page
    std::size_t limit = 0;          ///< of the page
    std::optional<EventId> anchor;  ///< where given, `first` counts from the first reject at or after it, and may be negative
    std::optional<EventId> mark;    ///< a reject whose row is asked for as well

    bool operator==(const RejectQuery&) const = default;
};

/// What a reader saw in one moment.
struct RejectPage {
    std::int64_t total = 0;
    std::int64_t first = 0;  ///< the row of rows.front()
    std::vector<Reject> rows;
    std::optional<std::int64_t> anchorRow;  ///< how many stand before query.anchor
    std::optional<std::int64_t> markRow;    ///< empty: query.mark is none
};

}  // namespace hindcast::store
