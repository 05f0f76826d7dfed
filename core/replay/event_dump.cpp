#include "core/replay/event_dump.h"

#include "core/event/base64.h"
#include "core/event/json.h"
#include "core/event/own_headers.h"

namespace hindcast::replay {

void appendDumpLine(std::string& out, const DumpedEvent& event)
{
    out += "{\"topic\":";
    appendJsonString(out, event.topic);
    out += ",\"partition\":0,\"offset\":" + std::to_string(event.offset);
    if (event.time.isKnown())
        out += ",\"timestamp\":" + std::to_string(event.time.milliseconds()) + ",\"timestamp_type\":\"CreateTime\"";
    out += ",\"key\":";
    appendJsonString(out, event.key.id);
    if (!event.payload.empty()) {
        out += ",\"value\":";
        appendJsonString(out, event.payload);
    } else if (event.bytes && event.kind != EventKind::Tombstone) {
        out += ",\"value_b64\":\"" + toBase64(*event.bytes) + '"';
    } else {
        out += ",\"value\":null";
    }
    out += ",\"headers\":[";
    const auto header = [&](std::string_view name, std::string_view value) {
        if (out.back() == ']') out += ',';
        out += '[';
        appendJsonString(out, name);
        out += ',';
        appendJsonString(out, value);
        out += ']';
    };
    header(kOwnCategory, event.key.category);
    header(kOwnId, event.key.id);
    header(kOwnType, event.type);
    if (event.time.isKnown()) header(kOwnTime, toIso(event.time));
    out += "]}\n";
}

}  // namespace hindcast::replay
