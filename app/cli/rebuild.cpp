// state, blame: what replay gives of one entity.
#include "app/cli/commands.h"
#include "app/cli/print.h"
#include "core/replay/failures.h"

#include <fmt/core.h>

namespace hindcast::cli {

std::string errorJson(const replay::ReplayError& error)
{
    JsonLine line;
    line.number("version", static_cast<std::int64_t>(error.version.value))
        .text("handler", error.error.handler)
        .text("message", error.error.message);
    if (error.error.line > 0)
        line.text("file", error.error.file).number("line", error.error.line).number("column", error.error.column);
    return line.done();
}

Result<std::string> stateJson(Desk& desk, const replay::EntityReplay& replay, const replay::StateAt& at,
                              const std::optional<Json>& result)
{
    const replay::History& history = replay.history();
    JsonLine line;
    line.text("entity", history.key.text()).number("version", static_cast<std::int64_t>(at.version.value));
    line.number("of", static_cast<std::int64_t>(at.of.value));
    if (at.version.value > 0) {
        const replay::HistoryEvent& event = history.events[at.version.value - 1];
        line.time("time", event.time);
        JsonLine source;
        source.text("type", desk.reader().typeName(event.type));
        if (const auto position = desk.reader().position(event.id)) source.raw("position", positionJson(*position));
        line.raw("event", source.done());
    } else {
        line.null("time").null("event");
    }
    if (at.alive)
        line.value("state", at.document);
    else
        line.null("state");
    if (result) line.value("result", *result);
    line.boolean("alive", at.alive);
    addCompleteness(line, history.completeness);
    line.text("model", replay.reducer().describe());
    if (at.error) line.raw(replay::isStopped(at) ? "stoppedAt" : "error", errorJson(*at.error));
    return line.done();
}

std::string failureText(const replay::ReplayError& error)
{
    // A model's own words: they may be long, of several lines, or steer a terminal.
    constexpr std::size_t kMostWords = 300;
    std::string where = oneLine(error.error.handler, kMostWords);
    if (error.error.line > 0)
        where += (where.empty() ? "" : ", ") + oneLine(error.error.file, kMostWords) + ":" + std::to_string(error.error.line);
    if (!where.empty()) where = " (" + where + ")";
    return fmt::format("the model failed at version {}{}: {}", error.version.value, where,
                       oneLine(error.error.message, kMostWords));
}

int withError(const std::optional<replay::ReplayError>& error, bool stopped)
{
    if (!error) return kDone;
    fmt::print(stderr, "hindcast-cli: {}; {}\n", failureText(*error),
               stopped ? "stopped: this is the state before it" : "it went on without that event");
    return kInPart;
}

namespace {

int open(const Common& common, const std::string& entity, const std::string& model, std::optional<Desk>& desk,
         std::unique_ptr<replay::EntityReplay>& replay)
{
    auto opened = Desk::open(common.workspace, store::Mode::ReadOnly);
    if (!opened) return tell(opened.error());
    desk = std::move(*opened);
    auto id = desk->entity(entity);
    if (!id) return tell(id.error());
    auto history = desk->history(*id);
    if (!history) return tell(history.error());
    auto made = desk->replay(*history, model);
    if (!made) return tell(made.error());
    replay = std::move(*made);
    return kDone;
}

void leaves(const Json& json, std::string& pointer, std::vector<std::string>& out)
{
    const std::size_t length = pointer.size();
    if (json.is_object() && !json.empty()) {
        for (const auto& [name, value] : json.items()) {
            appendToken(pointer, name);
            leaves(value, pointer, out);
            pointer.resize(length);
        }
    } else if (json.is_array() && !json.empty()) {
        for (std::size_t i = 0; i < json.size(); ++i) {
            appendToken(pointer, std::to_string(i));
            leaves(json[i], pointer, out);
            pointer.resize(length);
        }
    } else {
        out.push_back(pointer);
    }
}

}  // namespace

std::string describeChange(const Change& change)
{
    const std::string name = change.pointer.empty() ? "(whole)" : change.pointer;
    switch (change.op) {
        case Change::Op::Add: return "+ " + name + "  " + toText(change.after);
        case Change::Op::Remove: return "- " + name + "  " + toText(change.before);
        case Change::Op::Replace: return "~ " + name + "  " + toText(change.before) + " → " + toText(change.after);
        case Change::Op::Same: break;
    }
    return "= " + name + "  " + toText(change.after);
}

namespace {

std::string eventName(Desk& desk, const replay::History& history, Version version)
{
    return "#" + std::to_string(version.value) + " " + desk.reader().typeName(history.events[version.value - 1].type);
}

}  // namespace

int state(const Common& common, const std::string& entity, const When& when, const std::string& model, bool stopAtError)
{
    std::optional<Desk> desk;
    std::unique_ptr<replay::EntityReplay> replay;
    if (const int failed = open(common, entity, model, desk, replay); failed != kDone) return failed;
    auto version = versionOf(replay->history(), when);
    if (!version) return tell(version.error());
    auto at = stopAtError ? replay::atOrStopped(*replay, *version, common.stop) : replay->at(*version, common.stop);
    if (!at) return tell(at.error());
    const auto result = desk->result(replay->history(), model, *at);
    if (!result) return tell(result.error());
    if (common.json) {
        auto line = stateJson(*desk, *replay, *at, *result);
        if (!line) return tell(line.error());
        fmt::print("{}\n", *line);
        return withError(at->error, replay::isStopped(*at));
    }
    const replay::History& history = replay->history();
    std::string head = history.key.text() + "  v" + std::to_string(at->version.value) + " of " + std::to_string(at->of.value);
    if (at->version.value > 0)
        head += "  " + desk->reader().typeName(history.events[at->version.value - 1].type) + "  " +
                timeText(history.events[at->version.value - 1].time);
    fmt::print("{}\n", head);
    fmt::print("{}; {}\n", replay->reducer().describe(),
               history.completeness.complete ? "life complete" : "partial: " + history.completeness.because);
    fmt::print("{}\n", at->alive ? toText(at->document, 2) : at->version.value == 0 ? "(not born yet)" : "(does not live)");
    if (*result) fmt::print("result of the projection:\n{}\n", (*result)->is_null() ? "(nothing)" : toText(**result, 2));
    return withError(at->error, replay::isStopped(*at));
}

int blame(const Common& common, const std::string& entity, const std::string& pointer, const When& when, const std::string& model)
{
    std::optional<Desk> desk;
    std::unique_ptr<replay::EntityReplay> replay;
    if (const int failed = open(common, entity, model, desk, replay); failed != kDone) return failed;
    const auto parsed = Pointer::parse(pointer);
    if (!parsed)
        return tell({"cannot use " + pointer, "it is no JSON pointer", "write /field or /field/0/name", Error::Kind::BadInput});
    const replay::History& history = replay->history();
    auto version = versionOf(history, when);
    if (!version) return tell(version.error());
    auto at = replay->at(*version, common.stop);
    if (!at) return tell(at.error());
    auto provenance = replay->provenance(common.stop);
    if (!provenance) return tell(provenance.error());
    const Json* part = at->alive ? valueAt(at->document, *parsed) : nullptr;
    if (!pointer.empty() && part == nullptr && (*provenance)->writes(pointer).empty())
        return tell({"no field " + pointer + " of " + history.key.text(), neverSet(at->error), {}, Error::Kind::BadInput});
    std::vector<std::string> fields;
    std::string path = pointer;
    if (part != nullptr) leaves(*part, path, fields);
    if (part == nullptr && !pointer.empty()) fields.push_back(pointer);
    for (const std::string& field : fields) {
        const Json* value = at->alive ? valueAt(at->document, *Pointer::parse(field)) : nullptr;
        const auto set = (*provenance)->setBy(field, *version);
        if (!common.json) {
            fmt::print("{:<32}  {:<32}  {}\n", field.empty() ? "(whole)" : field,
                       value != nullptr ? oneLine(toText(*value), 60) : "(not there)",
                       set ? eventName(*desk, history, *set) : "");
            continue;
        }
        JsonLine line;
        line.text("entity", history.key.text()).text("pointer", field);
        if (value != nullptr) line.value("value", *value);
        if (set) {
            const replay::HistoryEvent& event = history.events[set->value - 1];
            line.number("version", static_cast<std::int64_t>(set->value)).text("type", desk->reader().typeName(event.type));
            line.time("time", event.time);
            if (const auto position = desk->reader().position(event.id)) line.raw("position", positionJson(*position));
        }
        if (!pointer.empty()) {
            std::string writes = "[";
            for (const auto& write : (*provenance)->writes(field))
                writes += (writes.size() > 1 ? "," : "") +
                          JsonLine()
                              .number("version", static_cast<std::int64_t>(write.version.value))
                              .text("type", desk->reader().typeName(history.events[write.version.value - 1].type))
                              .boolean("changed", write.changed)
                              .done();
            line.raw("writes", writes + "]");
            if (const auto previous = (*provenance)->previousChange(field, *version))
                line.number("previous", static_cast<std::int64_t>(previous->value));
            if (const auto next = (*provenance)->nextChange(field, *version))
                line.number("next", static_cast<std::int64_t>(next->value));
        }
        addCompleteness(line, history.completeness);
        fmt::print("{}\n", line.done());
    }
    if (!common.json && !pointer.empty())
        for (const auto& write : (*provenance)->writes(pointer))
            fmt::print("  {}{}\n", eventName(*desk, history, write.version), write.changed ? "" : " (the same value again)");
    return withError(at->error);
}

}  // namespace hindcast::cli
