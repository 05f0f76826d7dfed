#include "core/event/event.h"

#include "core/event/facts.h"

namespace hindcast {

std::string_view nameOf(EventKind kind)
{
    switch (kind) {
        case EventKind::Plain: return "plain";
        case EventKind::Create: return "create";
        case EventKind::Update: return "update";
        case EventKind::Delete: return "delete";
        case EventKind::Snapshot: return "snapshot";
        case EventKind::Truncate: return "truncate";
        case EventKind::Message: return "message";
        case EventKind::Tombstone: return "tombstone";
    }
    return "plain";
}

void EventFacts::clear()
{
    // Member by member, so that the buffers stay: this runs once for every record read.
    entities.clear();
    type = {};
    kind = EventKind::Plain;
    time = {};
    timeIsBrokers = false;
    order = {};
    wire = Wire::None;
    payload = {};
    domainVersion = {};
    correlation = {};
    causation = {};
    transaction = {};
    databaseTime.reset();
    linkedTo.reset();
    linkedFrom.reset();
    decodedAs.clear();
    reject.clear();
}

}  // namespace hindcast
