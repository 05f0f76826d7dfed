#pragma once
#include "core/event/event.h"
#include "core/event/ids.h"
#include "core/event/time.h"

#include <cstdint>
#include <vector>

namespace hindcast::replay {

/// One event of an entity's history, in its order.
struct HistoryEvent {
    EventId id;
    Timestamp time;       ///< the event's own
    Timestamp effective;  ///< never falls from one event to the next: what "as of T" goes by (contracts 3, "Order")
    TypeId type;
    EventKind kind = EventKind::Plain;
    bool primary = true;
};

/// Where an entity's events stand in its history, by their ids: 4 bytes an event, none where they stand there in the order of their
/// ids, as those of one partition do. Immutable; a million events: some 10 ms to make, a binary search to ask.
class EventIndex {
public:
    EventIndex() = default;  ///< of no events
    explicit EventIndex(const std::vector<HistoryEvent>& events);

    /// Whether it was made of so many events.
    [[nodiscard]] bool isOf(const std::vector<HistoryEvent>& events) const { return size_ == events.size(); }
    /// The version that event made; 0: it is none of them. REQUIRES: the events that it was made of.
    [[nodiscard]] Version find(const std::vector<HistoryEvent>& events, EventId id) const;

private:
    std::size_t size_ = 0;
    std::vector<std::uint32_t> places_;  ///< into the events, by id; empty: they are in that order themselves
};

}  // namespace hindcast::replay
