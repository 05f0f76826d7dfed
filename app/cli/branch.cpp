// branch: what if some events had not been, or had been other ones.
#include "app/cli/branch_edits.h"
#include "app/cli/print.h"
#include "core/event/number_text.h"
#include "core/replay/branch_compare.h"
#include "core/replay/branch_dump.h"

#include <fmt/core.h>
#include <cerrno>
#include <cstring>

namespace hindcast::cli {

namespace {

using replay::BranchHistory;

/// What the first difference between the two is.
struct Departure {
    Version version;  ///< the first of the real history that the branch does not share, or one beyond its end
    std::string what;
    replay::HistoryEvent event;
};

std::optional<Departure> departureOf(const BranchHistory& made)
{
    if (!made.parts()) return std::nullopt;
    const std::uint64_t at = made.shared().value;
    Departure departure{Version{at + 1}, "skipped", {}};
    const auto& events = made.events();
    const auto& real = made.real()->events;
    if (at < events.size() &&
        (events[at].added() || events[at].moved || (events[at].edited && events[at].real.value == at + 1))) {
        departure.what = events[at].added() ? "added" : events[at].moved ? "moved" : "edited";
        departure.event = made.history()->events[at];
        return departure;
    }
    departure.event = real[at];
    const bool elsewhere = std::ranges::any_of(events, [at](const auto& each) { return each.real.value == at + 1; });
    if (elsewhere) departure.what = "moved";
    return departure;
}

class BranchPrinter {
public:
    BranchPrinter(Desk& desk, replay::RecordFeed& feed, const BranchHistory& made) : desk_(desk), feed_(feed), made_(made) {}

    [[nodiscard]] std::string stateJson(const replay::StateAt& at) const
    {
        JsonLine line;
        line.number("version", static_cast<std::int64_t>(at.version.value)).number("of", static_cast<std::int64_t>(at.of.value));
        if (at.alive)
            line.value("state", at.document);
        else
            line.null("state");
        line.boolean("alive", at.alive);
        if (at.error) line.raw("error", errorJson(*at.error));
        return line.done();
    }

    [[nodiscard]] std::string departsJson(const Departure& departure) const
    {
        JsonLine line;
        line.number("version", static_cast<std::int64_t>(departure.version.value)).text("what", departure.what);
        line.text("type", feed_.typeName(departure.event.type)).time("time", departure.event.time);
        const EventId id = originOf(departure.event.id);
        if (const auto position = replay::isStored(id) ? desk_.reader().position(id) : std::nullopt)
            line.raw("position", positionJson(*position));
        else
            line.null("position");
        return line.done();
    }

    [[nodiscard]] std::string eventsJson() const
    {
        std::string list = "[";
        for (std::size_t i = 0; i < made_.events().size(); ++i) {
            const replay::BranchEvent& event = made_.events()[i];
            JsonLine line;
            line.number("version", static_cast<std::int64_t>(i + 1));
            if (event.added())
                line.null("real");
            else
                line.number("real", static_cast<std::int64_t>(event.real.value));
            std::string what = event.added() ? "added" : event.moved ? "moved" : event.edited ? "" : "same";
            if (event.edited) what += what.empty() ? "edited" : " and edited";
            line.text("what", what);
            if (event.skippedBefore > 0) line.number("skipped_before", event.skippedBefore);
            const replay::HistoryEvent& shown = made_.history()->events[i];
            line.text("type", feed_.typeName(shown.type)).time("time", shown.time);
            if (const auto position = event.added() ? std::nullopt : desk_.reader().position(event.origin))
                line.raw("position", positionJson(*position));
            if (list.size() > 1) list += ',';
            list += line.done();
        }
        return list + "]";
    }

private:
    [[nodiscard]] EventId originOf(EventId id) const
    {
        const auto* substitute = made_.substitute(id);
        return substitute != nullptr ? substitute->origin : id;
    }

    Desk& desk_;
    replay::RecordFeed& feed_;
    const BranchHistory& made_;
};

/// The branch's events in its order, as a record dump.
Result<void> exportBranch(const std::string& path, const BranchHistory& made, replay::RecordFeed& feed, PayloadSource& payloads)
{
    const auto close = [](std::FILE* file) {
        if (file != nullptr && file != stdout) std::fclose(file);
    };
    const std::unique_ptr<std::FILE, decltype(close)> out(path == "-" ? stdout : std::fopen(path.c_str(), "wb"), close);
    if (out == nullptr) return fail("cannot write " + path, std::strerror(errno), "choose another place", Error::Kind::NoSpace);
    bool whole = true;
    const auto written = replay::dumpBranch(made, feed, payloads, [&](std::string_view line) {
        whole = std::fwrite(line.data(), 1, line.size(), out.get()) == line.size();
        return whole;
    });
    if (!written) return std::unexpected(written.error());
    if (!whole || std::fflush(out.get()) != 0)
        return fail("cannot write all of " + path, std::strerror(errno), "make room and export again", Error::Kind::NoSpace);
    if (path != "-") fmt::print(stderr, "{} events written to {}\n", grouped(*written), path);
    if (replay::dumpLosesOrder(made))
        fmt::print(stderr,
                   "hindcast-cli: rows are ordered by their database's own positions: moved and added events may stand elsewhere "
                   "when this is imported\n");
    return {};
}

}  // namespace

int branch(const Common& common, const std::string& entity, const BranchOptions& options)
{
    auto desk = Desk::open(common.workspace, store::Mode::ReadOnly);
    if (!desk) return tell(desk.error());
    auto id = desk->entity(entity);
    if (!id) return tell(id.error());
    auto history = desk->history(*id);
    if (!history) return tell(history.error());
    auto edits = branchOf(**history, options);
    if (!edits) return tell(edits.error());
    auto types = desk->reader().types();
    if (!types) return tell(types.error());
    const auto known = std::make_shared<replay::BranchTypes>(*types);
    const auto made = BranchHistory::apply(*edits, *history, *known);
    for (const replay::NotApplied& each : made->notApplied())
        fmt::print(stderr, "hindcast-cli: an edit does nothing: {}\n", each.why);

    auto real = desk->replay(*history, options.model);
    if (!real) return tell(real.error());
    auto reducer = desk->reducer(**history, options.model);
    if (!reducer) return tell(reducer.error());
    const replay::BranchLog log(made, known);
    const auto feed = log.feed(replay::feedFrom(desk->reader()));
    replay::EntityReplay whatIf(log.feed(replay::feedFrom(desk->reader())), made->history(), std::move(*reducer),
                                log.payloads(desk->payloads()));
    auto compared = replay::compareBranch(**real, whatIf, *made, (*history)->last(), common.stop);
    if (!compared) return tell(compared.error());
    auto course = replay::courseOf(**real, whatIf, *made, common.stop);
    if (!course) return tell(course.error());
    if (!options.out.empty())
        if (auto done = exportBranch(options.out, *made, *feed, *log.payloads(desk->payloads())); !done)
            return tell(done.error());

    const BranchPrinter printer(*desk, *feed, *made);
    const auto departure = departureOf(*made);
    const int ended = std::max<int>(withError(compared->branch.error), made->notApplied().empty() ? kDone : kInPart);
    if (options.out == "-") return ended;  // standard output is the dump's
    if (common.json) {
        JsonLine line;
        line.text("entity", (*history)->key.text());
        line.raw("real", printer.stateJson(compared->real)).raw("branch", printer.stateJson(compared->branch));
        if (departure)
            line.raw("departs", printer.departsJson(*departure));
        else
            line.null("departs");
        if (course->differs) line.number("differs_from", static_cast<std::int64_t>(course->differs->value));
        if (course->meets) line.number("same_again_from", static_cast<std::int64_t>(course->meets->value));
        line.value("patch", toPatch(compared->difference)).raw("events", printer.eventsJson());
        std::string idle = "[";
        for (const replay::NotApplied& each : made->notApplied()) {
            if (idle.size() > 1) idle += ',';
            quoteInto(idle, each.why);
        }
        line.raw("not_applied", idle + "]");
        addCompleteness(line, (*history)->completeness);
        fmt::print("{}\n", line.text("model", whatIf.reducer().describe()).done());
        return ended;
    }
    fmt::print("{}  what if: {} events beside {} real ones; {}\n", (*history)->key.text(), made->history()->events.size(),
               (*history)->events.size(), whatIf.reducer().describe());
    if (departure)
        fmt::print("departs at v{} ({} {}, {})\n", departure->version.value, feed->typeName(departure->event.type),
                   departure->what, timeText(departure->event.time));
    else
        fmt::print("does not depart from the real history\n");
    if (departure && !course->differs) fmt::print("the states are the same all the way\n");
    if (course->differs) fmt::print("the states differ from v{} on\n", course->differs->value);
    if (course->meets) fmt::print("and are the same again from v{} on\n", course->meets->value);
    for (const Change& change : compared->difference) fmt::print("{}\n", describeChange(change));
    fmt::print("{}\n", compared->branch.alive ? toText(compared->branch.document, 2) : "(does not live)");
    return ended;
}

}  // namespace hindcast::cli
