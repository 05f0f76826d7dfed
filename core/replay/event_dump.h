#pragma once
#include "core/event/entity.h"
#include "core/event/event.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hindcast::replay {

/// An event to be written as a line of a record dump (contracts 4) that `import` reads back without a mapping: its headers say what
/// it is (core/event/own_headers.h). All of one dump stand in one partition of one topic, so they keep their order whatever their times.
struct DumpedEvent {
    const EntityKey& key;
    std::string_view topic;
    std::int64_t offset = 0;
    std::string_view type;
    EventKind kind = EventKind::Plain;
    Timestamp time;
    std::string_view payload;
    std::optional<std::string_view> bytes{};  ///< the record's value, for events without a payload that are no tombstones
};
/// With its line end.
void appendDumpLine(std::string& out, const DumpedEvent& event);

}  // namespace hindcast::replay
