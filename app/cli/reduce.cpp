// reduce: the fewest events that show a fault.
#include "core/replay/reduce.h"
#include "app/cli/commands.h"
#include "app/cli/print.h"
#include "app/cli/when.h"
#include "core/event/number_text.h"
#include "core/replay/reproducer_text.h"

#include <fmt/core.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace hindcast::cli {

namespace {

/// Where a test that stands at `out` finds the model: "./account.mjs".
std::string moduleFor(const std::string& model, const std::string& out)
{
    const std::filesystem::path folder = out.empty() ? std::filesystem::path(".") : std::filesystem::path(out).parent_path();
    std::error_code failed;
    const auto relative = std::filesystem::relative(model, folder.empty() ? "." : folder, failed).generic_string();
    if (failed || relative.empty()) return model;
    return relative.starts_with("../") ? relative : "./" + relative;
}

Result<std::string> textOf(Desk& desk, const ReduceOptions& options, const replay::EventsInMemory& events,
                           const replay::Symptom& symptom, const replay::Reproducer& made, const std::string& model)
{
    if (options.format == "js") return replay::javaScriptTest(events, symptom, made, moduleFor(options.model, options.out));
    if (options.format == "gwt") return replay::givenWhenThen(events, symptom, made, model);
    return replay::recordDump(events, made, "reproducer", [&](EventId id) -> std::optional<std::string> {
        auto record = desk.reader().record(id);
        if (!record || !*record || !(*record)->record.value) return std::nullopt;
        return std::string(*(*record)->record.value);
    });
}

std::string reproducerJson(Desk& desk, const replay::EventsInMemory& events, const replay::Symptom& symptom,
                           const replay::Reproducer& made, const std::string& model)
{
    JsonLine line;
    line.text("entity", events.key.text()).text("symptom", replay::symptomText(symptom, made));
    line.number("of", static_cast<std::int64_t>(made.of.value)).boolean("minimal", made.minimal);
    if (!made.minimal) line.text("because", made.because);
    line.number("folds", static_cast<std::int64_t>(made.folds));
    std::string list = "[";
    for (const Version version : made.kept) {
        const auto& each = events.events[version.value - 1];
        JsonLine event;
        event.number("version", static_cast<std::int64_t>(version.value)).text("type", each.type).time("time", each.event.time);
        if (const auto position = desk.reader().position(each.event.id)) event.raw("position", positionJson(*position));
        if (each.payload.empty())
            event.null("payload");
        else
            event.raw("payload", each.payload);
        list += (list.size() > 1 ? "," : "") + event.done();
    }
    line.raw("events", list + "]");
    list = "[";
    for (const Version version : made.refused) list += (list.size() > 1 ? "," : "") + std::to_string(version.value);
    line.raw("refused", list + "]");
    const auto state = [&](const char* name, std::size_t back) {
        if (made.states.size() >= back && made.states[made.states.size() - back].alive)
            line.value(name, made.states[made.states.size() - back].document);
        else
            line.null(name);
    };
    state("before", 2);
    state("state", 1);
    return line.text("model", model).done();
}

Result<void> write(const std::string& path, const std::string& text)
{
    const auto close = [](std::FILE* file) {
        if (file != nullptr) std::fclose(file);
    };
    const std::unique_ptr<std::FILE, decltype(close)> out(std::fopen(path.c_str(), "wb"), close);
    if (out == nullptr) return fail("cannot write " + path, std::strerror(errno), "choose another place", Error::Kind::NoSpace);
    if (std::fwrite(text.data(), 1, text.size(), out.get()) != text.size() || std::fflush(out.get()) != 0)
        return fail("cannot write all of " + path, std::strerror(errno), "make room and try again", Error::Kind::NoSpace);
    return {};
}

}  // namespace

int reduce(const Common& common, const std::string& entity, const ReduceOptions& options)
{
    auto desk = Desk::open(common.workspace, store::Mode::ReadOnly);
    if (!desk) return tell(desk.error());
    replay::Symptom symptom;
    if (options.error) symptom.kind = replay::Symptom::Kind::Error;
    if (!options.invariant.empty()) {
        symptom.kind = replay::Symptom::Kind::Invariant;
        symptom.name = options.invariant;
    }
#ifdef HINDCAST_EXPRESSIONS
    if (!options.when.empty())
        if (auto done = readWhen(desk->reader(), options.when, symptom); !done) return tellMisuse(done.error());
#endif
    auto id = desk->entity(entity);
    if (!id) return tell(id.error());
    auto history = desk->history(*id);
    if (!history) return tell(history.error());
    auto reducer = desk->reducer(**history, options.model);
    if (!reducer) return tell(reducer.error());
    if (options.format == "js" && !desk->isModule(options.model))
        return tellMisuse({"cannot write a JavaScript test", "it imports the model, which has to be a JavaScript module",
                           "give it with --model account.mjs, or use --format gwt", Error::Kind::BadInput});
    const auto feed = replay::feedFrom(desk->reader());
    const auto payloads = desk->payloads();
    auto events = replay::readEvents(**history, SIZE_MAX, *feed, *payloads, common.stop);
    if (!events) return tell(events.error());
    replay::ReduceOptions how;
    how.mostFolds = options.mostFolds;
    how.stop = common.stop;
    const bool shown = ::isatty(STDERR_FILENO) == 1;
    how.progress = [shown](std::uint64_t folds, std::size_t kept, std::size_t of) {
        if (shown) fmt::print(stderr, "\r\033[K{} folds, {} of {} events left", grouped(folds), grouped(kept), grouped(of));
    };
    auto made = replay::reduce(**events, **reducer, symptom, how);
    if (shown) fmt::print(stderr, "\r\033[K");
    if (!made) return tell(made.error());

    const std::string model = (*reducer)->describe();
    auto text = textOf(*desk, options, **events, symptom, *made, model);
    if (!text) return tell(text.error());
    if (!options.out.empty())
        if (auto done = write(options.out, *text); !done) return tell(done.error());
    if (common.json)
        fmt::print("{}\n", reproducerJson(*desk, **events, symptom, *made, model));
    else if (options.out.empty())
        fmt::print("{}", *text);
    else
        fmt::print("{} of {} events of {} show it: {}; written to {}\n", grouped(made->kept.size()), grouped(made->of.value),
                   (*events)->key.text(), replay::symptomText(symptom, *made), options.out);
    if (!made->refused.empty())
        fmt::print(stderr,
                   "hindcast-cli: {} events of the history itself are none that the model's commands would make; they were not "
                   "asked to be\n",
                   grouped(made->refused.size()));
    if (!made->minimal) fmt::print(stderr, "hindcast-cli: there may be fewer: {}\n", made->because);
    return made->minimal ? kDone : kInPart;
}

}  // namespace hindcast::cli
