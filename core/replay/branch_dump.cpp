#include "core/replay/branch_dump.h"

#include "core/replay/event_dump.h"

#include <algorithm>
#include <string>
#include <vector>

namespace hindcast::replay {

Result<std::uint64_t> dumpBranch(const BranchHistory& made, RecordFeed& feed, PayloadSource& payloads,
                                 const std::function<bool(std::string_view line)>& write)
{
    const History& history = *made.history();
    std::vector<EventId> ids;
    ids.reserve(history.events.size());
    for (const HistoryEvent& event : history.events) ids.push_back(event.id);
    std::size_t at = 0;
    std::int64_t offset = 0;
    std::string line;
    auto done = feed.records(ids, [&](EventId id, const RawRecord& record, std::span<const Header> headers) {
        while (at < ids.size() && ids[at] != id) ++at;  // a record that is gone cannot be written
        if (at == ids.size()) return false;
        const HistoryEvent& event = history.events[at++];
        line.clear();
        appendDumpLine(line, {.key = history.key,
                              .topic = "branch",
                              .offset = offset++,
                              .type = feed.typeName(event.type),
                              .kind = event.kind,
                              .time = event.time,
                              .payload = payloads.payload(id, record, headers),
                              .bytes = record.value});
        return write(line);
    });
    if (!done) return std::unexpected(done.error());
    return static_cast<std::uint64_t>(offset);
}

bool dumpLosesOrder(const BranchHistory& made)
{
    return made.history()->rows &&
           std::ranges::any_of(made.events(), [](const BranchEvent& event) { return event.moved || event.added(); });
}

}  // namespace hindcast::replay
