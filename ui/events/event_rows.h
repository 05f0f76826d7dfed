#pragma once
#include "core/replay/history.h"
#include "ui/session/type_filter.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace hindcast::ui {

/// The rows of the event table: a history's events in order, those of hidden types left out, with its rejects where they belong.
/// Immutable. Made in one pass over the history, so not in the GUI thread for a long one; look-ups are binary searches.
class EventRows {
public:
    EventRows() = default;
    /// A reject has no type and is always shown.
    explicit EventRows(std::shared_ptr<const replay::History> history, const TypeFilter::Choice& choice = {});

    [[nodiscard]] std::int64_t count() const;
    /// Events that are left out.
    [[nodiscard]] std::uint64_t hidden() const;
    /// The version that the event of this row made; empty: the row is a reject.
    [[nodiscard]] std::optional<Version> version(std::int64_t row) const;
    [[nodiscard]] const replay::HistoryEvent& event(std::int64_t row) const;  ///< REQUIRES: version(row)
    [[nodiscard]] const store::Posting& reject(std::int64_t row) const;       ///< REQUIRES: !version(row)
    [[nodiscard]] std::int64_t rowOf(Version version) const;                  ///< -1 for version 0 and where it is left out
    /// The last row that does not lie after this version: its own, one before it, or a reject behind it; -1 where none does.
    [[nodiscard]] std::int64_t rowAtOrBefore(Version version) const;
    [[nodiscard]] std::optional<std::int64_t> rowOfReject(EventId id) const;
    [[nodiscard]] EventId id(std::int64_t row) const;
    /// The last version at or above this row, shown or not: what a reject stands behind.
    [[nodiscard]] Version versionAtOrAbove(std::int64_t row) const;

private:
    struct Place {
        std::uint64_t after = 0;  ///< events before it
        std::uint64_t shown = 0;  ///< of them, those that have rows
        store::Posting posting;
    };
    void leaveOut(const TypeFilter::Choice& choice);
    [[nodiscard]] std::size_t rejectsAbove(std::int64_t row) const;
    [[nodiscard]] std::uint64_t shownEvents() const;
    [[nodiscard]] std::uint64_t shownBefore(std::uint64_t event) const;  ///< how many events of a lower index have rows

    std::shared_ptr<const replay::History> history_;
    std::vector<Place> rejects_;  ///< in the order of their rows
    bool filtered_ = false;
    std::vector<std::uint32_t> shown_;  ///< where filtered_: indices of the events that have rows, ascending
};

}  // namespace hindcast::ui
