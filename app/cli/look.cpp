// info, events, rejects: what is there.
#include "app/cli/commands.h"
#include "app/cli/print.h"
#include "core/event/number_text.h"

#include <fmt/core.h>
#include <algorithm>
#include <map>

namespace hindcast::cli {

namespace {

std::string rangesJson(const std::vector<store::Range>& ranges)
{
    std::string json = "[";
    for (const store::Range& range : ranges)
        json += (json.size() > 1 ? ",[" : "[") + std::to_string(range.from.value) + "," + std::to_string(range.to.value) + "]";
    return json + "]";
}

void printEvent(const Common& common, const Event& event, const EntityKey* lane, Version version)
{
    if (common.json) {
        fmt::print("{}\n", eventJson(event, lane, version));
        return;
    }
    const std::string number = version.value > 0 ? "#" + std::to_string(version.value) : std::string();
    const std::string entity = version.value > 0 || event.entities.empty() ? std::string() : event.entities.front().text() + "  ";
    fmt::print("{:>6}  {:<30}  {}{:<22}  {:<22}  {}\n", number, timeText(event.time), entity, event.type,
               positionText(event.position), oneLine(event.reject.empty() ? event.payload : "reject: " + event.reject, 100));
}

}  // namespace

int info(const Common& common)
{
    auto desk = Desk::open(common.workspace, store::Mode::ReadOnly);
    if (!desk) return tell(desk.error());
    auto counts = desk->reader().counts();
    auto sources = desk->reader().sources();
    auto parts = desk->reader().parts();
    auto categories = desk->reader().categories();
    auto types = desk->reader().types();
    auto directory = desk->reader().directory();
    auto notices = desk->reader().notices();
    for (const Error* error :
         {counts ? nullptr : &counts.error(), sources ? nullptr : &sources.error(), parts ? nullptr : &parts.error(),
          categories ? nullptr : &categories.error(), types ? nullptr : &types.error(), directory ? nullptr : &directory.error(),
          notices ? nullptr : &notices.error()})
        if (error != nullptr) return tell(*error);
    std::map<std::uint32_t, std::uint64_t> entitiesOf;
    for (const CategoryId category : (*directory)->category) ++entitiesOf[category.value];
    std::ranges::sort(*types, std::ranges::greater(), &store::TypeCount::events);
    if (!common.json) {
        fmt::print("{}\n", common.workspace);
        fmt::print("{} records: {} events of {} entities, {} of no entity, {} rejects\n", grouped(counts->records),
                   grouped(counts->events), grouped(counts->entities), grouped(counts->withoutEntity), grouped(counts->rejects));
        fmt::print("{} bytes in the file, {} of payload\n", grouped(counts->fileBytes), grouped(counts->payloadBytes));
        if (counts->firstTime) fmt::print("{} to {}\n", toIso(*counts->firstTime), toIso(*counts->lastTime));
        for (const store::Source& source : *sources) {
            fmt::print("\n{} {}\n", source.kind, source.name);
            for (const store::Part& part : *parts) {
                if (part.source != source.id) continue;
                std::string read;
                for (const store::Range& range : part.read)
                    read +=
                        (read.empty() ? "" : ", ") + std::to_string(range.from.value) + "–" + std::to_string(range.to.value - 1);
                fmt::print("  {}/{}{}  {} records, offsets {}  {}\n", part.topic, part.partition.value,
                           part.epoch > 0 ? " epoch " + std::to_string(part.epoch) : "", grouped(part.records), read,
                           part.startReason);
            }
        }
        fmt::print("\n");
        for (const store::Category& category : *categories)
            fmt::print("{:>12}  {}\n", grouped(entitiesOf[category.id.value]), category.text);
        fmt::print("\n");
        for (const store::TypeCount& type : *types)
            if (type.events > 0) fmt::print("{:>12}  {}\n", grouped(type.events), type.name);
        for (const store::Notice& notice : *notices) fmt::print("\n{}  {}\n", toIso(notice.time), notice.text);
        return kDone;
    }
    JsonLine line;
    line.text("workspace", common.workspace);
    for (const auto& [name, value] : {std::pair{"records", counts->records},
                                      {"events", counts->events},
                                      {"entities", counts->entities},
                                      {"without_entity", counts->withoutEntity},
                                      {"rejects", counts->rejects},
                                      {"file_bytes", counts->fileBytes},
                                      {"payload_bytes", counts->payloadBytes}})
        line.number(name, static_cast<std::int64_t>(value));
    if (counts->firstTime) line.text("first", toIso(*counts->firstTime)).text("last", toIso(*counts->lastTime));
    std::string list = "[";
    for (const store::Source& source : *sources)
        list += (list.size() > 1 ? "," : "") + JsonLine()
                                                   .text("kind", source.kind)
                                                   .text("id", source.identity)
                                                   .text("name", source.name)
                                                   .text("detail", source.detail)
                                                   .done();
    line.raw("sources", list + "]");
    list = "[";
    for (const store::Part& part : *parts) {
        JsonLine each;
        const auto source = std::ranges::find(*sources, part.source, &store::Source::id);
        each.text("source", source == sources->end() ? "" : source->identity)
            .text("topic", part.topic)
            .number("partition", part.partition.value);
        each.number("epoch", part.epoch).number("records", static_cast<std::int64_t>(part.records));
        each.number("rejects", static_cast<std::int64_t>(part.rejects)).number("log_start", part.logStart.value);
        each.boolean("compacted", part.compacted).text("start", part.startReason).raw("read", rangesJson(part.read));
        list += (list.size() > 1 ? "," : "") + each.done();
    }
    line.raw("parts", list + "]");
    list = "{";
    for (const store::Category& category : *categories) {
        if (list.size() > 1) list += ',';
        quoteInto(list, category.text);
        list += ":" + std::to_string(entitiesOf[category.id.value]);
    }
    line.raw("categories", list + "}");
    list = "{";
    for (const store::TypeCount& type : *types) {
        if (type.events == 0) continue;
        if (list.size() > 1) list += ',';
        quoteInto(list, type.name);
        list += ":" + std::to_string(type.events);
    }
    line.raw("types", list + "}");
    Json mappings = Json::array();
    for (const decode::Mapping& mapping : desk->decoders().saved().mappings) mappings.push_back(decode::toJson(mapping));
    line.value("mappings", mappings);
    list = "[";
    for (const store::Notice& notice : *notices)
        list += (list.size() > 1 ? "," : "") + JsonLine().text("time", toIso(notice.time)).text("text", notice.text).done();
    fmt::print("{}\n", line.raw("notices", list + "]").done());
    return kDone;
}

int events(const Common& common, const std::string& entity, std::uint64_t limit)
{
    auto desk = Desk::open(common.workspace, store::Mode::ReadOnly);
    if (!desk) return tell(desk.error());
    if (!entity.empty()) {
        auto id = desk->entity(entity);
        if (!id) return tell(id.error());
        auto history = desk->history(*id);
        if (!history) return tell(history.error());
        std::uint64_t version = 0;
        for (const replay::HistoryEvent& each : (*history)->events) {
            if (version >= limit || common.stop.stop_requested()) break;
            auto event = ingest::describeEvent(desk->reader(), desk->decoders(), each.id);
            if (!event) return tell(event.error());
            ++version;  // of a record that is gone, too
            if (*event) printEvent(common, **event, &(*history)->key, Version{version});
        }
        return kDone;
    }
    std::uint64_t printed = 0;
    auto done = desk->reader().scan(EventId{}, [&](EventId id, const RawRecord& record, std::span<const Header> headers) {
        decode::Decoder* decoder = desk->decoders().of(id.part());
        if (decoder == nullptr || printed >= limit || common.stop.stop_requested()) return false;
        Event event = decode::describe(*decoder, record, headers);
        event.id = id;
        if (auto position = desk->reader().position(id)) event.position = std::move(*position);
        printEvent(common, event, nullptr, Version{});
        ++printed;
        return true;
    });
    return done ? kDone : tell(done.error());
}

int rejects(const Common& common, std::uint64_t limit)
{
    auto desk = Desk::open(common.workspace, store::Mode::ReadOnly);
    if (!desk) return tell(desk.error());
    auto rejects = desk->reader().rejects(limit);
    if (!rejects) return tell(rejects.error());
    for (const store::Reject& reject : *rejects) {
        auto record = desk->reader().record(reject.id);
        if (!record) return tell(record.error());
        const auto position = desk->reader().position(reject.id);
        std::string entity;
        if (reject.entity)
            if (auto key = desk->reader().entityKey(*reject.entity)) entity = key->text();
        const std::string_view value = *record && (*record)->record.value ? *(*record)->record.value : std::string_view{};
        if (common.json) {
            JsonLine line;
            line.text("reason", reject.reason).time("time", reject.time);
            if (position) line.raw("position", positionJson(*position));
            if (!entity.empty()) line.text("entity", entity);
            if (*record && (*record)->record.key) {
                if (isUtf8(*(*record)->record.key))
                    line.text("key", *(*record)->record.key);
                else
                    line.text("key_b64", base64(*(*record)->record.key));
            }
            if (isUtf8(value))
                line.text("value", value);
            else
                line.text("value_b64", base64(value));
            fmt::print("{}\n", line.done());
        } else {
            fmt::print("{:<22}  {}  {}  {}\n", position ? positionText(*position) : "", reject.reason, entity,
                       oneLine(value, 80));
        }
    }
    return kDone;
}

}  // namespace hindcast::cli
