#pragma once
#include "core/replay/history.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace hindcast::ui {

/// The rows of the event table: a history's events in order, with its rejects where they belong. Immutable; look-ups are binary
/// searches over the rejects, which are few.
class EventRows {
public:
    EventRows() = default;
    explicit EventRows(std::shared_ptr<const replay::History> history);

    [[nodiscard]] std::int64_t count() const;
    /// The version that the event of this row made; empty: the row is a reject.
    [[nodiscard]] std::optional<Version> version(std::int64_t row) const;
    [[nodiscard]] const replay::HistoryEvent& event(std::int64_t row) const;  ///< REQUIRES: version(row)
    [[nodiscard]] const store::Posting& reject(std::int64_t row) const;       ///< REQUIRES: !version(row)
    [[nodiscard]] std::int64_t rowOf(Version version) const;                  ///< -1 for version 0
    [[nodiscard]] std::optional<std::int64_t> rowOfReject(EventId id) const;
    [[nodiscard]] EventId id(std::int64_t row) const;
    /// The last version at or above this row: what a reject stands behind.
    [[nodiscard]] Version versionAtOrAbove(std::int64_t row) const;

private:
    [[nodiscard]] std::size_t rejectsAbove(std::int64_t row) const;

    struct Place {
        std::uint64_t after = 0;  ///< events before it
        store::Posting posting;
    };
    std::shared_ptr<const replay::History> history_;
    std::vector<Place> rejects_;  ///< in the order of their rows
};

}  // namespace hindcast::ui
