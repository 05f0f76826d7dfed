// history: one field over time.
#include "app/cli/commands.h"
#include "app/cli/print.h"

#include <fmt/core.h>

namespace hindcast::cli {

namespace {

void print(const Common& common, Desk& desk, const replay::History& history, const std::string& pointer, Version version,
           const Json* before, const Json* after)
{
    const replay::HistoryEvent& event = history.events[version.value - 1];
    const std::string type = desk.reader().typeName(event.type);
    if (!common.json) {
        const auto shown = [](const Json* value) { return value != nullptr ? oneLine(toText(*value), 60) : "(not there)"; };
        fmt::print("{:>8}  {:<30}  {:<22}  {} → {}\n", "#" + std::to_string(version.value), timeText(event.time), type,
                   shown(before), shown(after));
        return;
    }
    JsonLine line;
    line.text("entity", history.key.text()).text("pointer", pointer);
    line.number("version", static_cast<std::int64_t>(version.value)).text("type", type).time("time", event.time);
    if (const auto position = desk.reader().position(event.id)) line.raw("position", positionJson(*position));
    if (before != nullptr) line.value("old", *before);
    if (after != nullptr) line.value("new", *after);
    fmt::print("{}\n", line.done());
}

}  // namespace

int fieldHistory(const Common& common, const std::string& entity, const std::string& pointer, const std::string& model)
{
    auto desk = Desk::open(common.workspace, store::Mode::ReadOnly);
    if (!desk) return tell(desk.error());
    auto id = desk->entity(entity);
    if (!id) return tell(id.error());
    auto history = desk->history(*id);
    if (!history) return tell(history.error());
    const auto field = Pointer::parse(pointer);
    if (!field)
        return tell({"cannot use " + pointer, "it is no JSON pointer", "write /field or /field/0/name", Error::Kind::BadInput});
    auto replay = desk->replay(*history, model);
    if (!replay) return tell(replay.error());
    std::optional<Json> last;
    std::uint64_t changes = 0;
    auto walked =
        (*replay)->walk(Version{0}, (*history)->last(), common.stop, [&](Version version, const model::FoldState& state) {
            const Json* now = state.alive ? valueAt(state.document, *field) : nullptr;
            if (now != nullptr ? last && sameText(*last, *now) : !last) return true;
            print(common, *desk, **history, pointer, version, last ? &*last : nullptr, now);
            ++changes;
            last = now != nullptr ? std::optional(*now) : std::nullopt;
            return true;
        });
    if (!walked) return tell(walked.error());
    auto at = (*replay)->at((*history)->last(), common.stop);
    if (!at) return tell(at.error());
    if (changes == 0)
        return tell({"no " + (pointer.empty() ? "state" : "field " + pointer) + " of " + (*history)->key.text(),
                     neverSet(at->error), "hindcast-cli state shows which there are", Error::Kind::BadInput});
    return withError(at->error);
}

}  // namespace hindcast::cli
