#include "core/replay/reduce.h"

#include <algorithm>
#include <utility>

namespace hindcast::replay {

namespace {

constexpr std::size_t kEventsPerStop = 1024;

}  // namespace

model::Input EventsInMemory::input(std::size_t index, Version version) const
{
    const Each& each = events[index];
    return {.id = each.event.id,
            .version = version,
            .category = key.category,
            .entity = key.id,
            .type = each.type,
            .kind = each.event.kind,
            .time = each.event.time,
            .payload = each.payload};
}

Result<std::shared_ptr<const EventsInMemory>> readEvents(const History& history, std::size_t count, RecordFeed& feed,
                                                         PayloadSource& payloads, const std::stop_token& stop)
{
    auto read = std::make_shared<EventsInMemory>();
    read->key = history.key;
    count = std::min(count, history.events.size());
    read->events.reserve(count);
    std::vector<EventId> ids;
    ids.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        read->events.push_back({history.events[i], feed.typeName(history.events[i].type), {}, true});
        ids.push_back(history.events[i].id);
    }
    std::size_t at = 0;
    bool stopped = false;
    auto done = feed.records(ids, [&](EventId id, const RawRecord& record, std::span<const Header> headers) {
        while (at < count && ids[at] != id) ++at;
        if (at == count) return false;
        EventsInMemory::Each& each = read->events[at++];
        each.payload = read->bytes.keep(payloads.payload(id, record, headers));
        each.gone = false;
        stopped = at % kEventsPerStop == 0 && stop.stop_requested();
        return !stopped;
    });
    if (!done) return std::unexpected(done.error());
    if (stopped) return fail("the reading of the events was stopped", "", "", Error::Kind::Cancelled);
    return read;
}

}  // namespace hindcast::replay
