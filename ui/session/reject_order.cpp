#include "ui/session/reject_order.h"

#include <algorithm>
#include <unordered_map>

namespace hindcast::ui {

namespace {

/// The rejects of one partition, in offset order, while the events are walked through.
struct Pending {
    std::vector<store::Posting> items;
    std::size_t next = 0;
    std::uint64_t lastEvent = 0;  ///< events up to and including the partition's latest
};

}  // namespace

std::vector<RejectPlace> placeRejects(const replay::History& history)
{
    std::vector<RejectPlace> places;
    if (history.rejects.empty()) return places;
    std::unordered_map<std::uint32_t, Pending> parts;
    for (const store::Posting& reject : history.rejects) parts[reject.id.part().value].items.push_back(reject);
    for (auto& [part, pending] : parts)
        std::sort(pending.items.begin(), pending.items.end(), [](const auto& a, const auto& b) { return a.id < b.id; });

    for (std::size_t i = 0; i < history.events.size(); ++i) {
        const EventId id = history.events[i].id;
        const auto at = parts.find(id.part().value);
        if (at == parts.end()) continue;
        Pending& pending = at->second;
        for (; pending.next < pending.items.size() && pending.items[pending.next].id < id; ++pending.next)
            places.push_back({i, pending.items[pending.next]});
        pending.lastEvent = i + 1;
    }
    for (auto& [part, pending] : parts) {
        for (; pending.next < pending.items.size(); ++pending.next) {
            const store::Posting& reject = pending.items[pending.next];
            places.push_back({std::max(history.versionAt(reject.time).value, pending.lastEvent), reject});
        }
    }
    std::sort(places.begin(), places.end(), [](const RejectPlace& a, const RejectPlace& b) {
        if (a.after != b.after) return a.after < b.after;
        return a.posting.id < b.posting.id;
    });
    return places;
}

}  // namespace hindcast::ui
