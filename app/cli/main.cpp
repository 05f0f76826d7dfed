// hindcast-cli: the engine without a window (contracts 4). This file only reads the command line.
#include "app/cli/commands.h"
#include "core/event/pointer.h"
#include "core/event/time.h"
#include "core/platform/stop_on_signal.h"

#include <fmt/core.h>
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <stop_token>
#include <system_error>

namespace {

/// Checks of the command line: an empty text, or what is wrong (exit 2, before anything is opened).
std::string checkTime(const std::string& text)
{
    const auto time = hindcast::timestampFromUser(text, hindcast::Timestamp::now());
    return time ? std::string() : time.error().text();
}

std::string checkVersionOrTime(const std::string& text)
{
    const bool digits = !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos;
    return digits ? std::string() : checkTime(text);
}

std::string checkPointer(const std::string& text)
{
    return hindcast::Pointer::parse(text) ? std::string()
                                          : "cannot use " + text + ": it is no JSON pointer, such as /field/0/name";
}

}  // namespace

int main(int argc, char** argv)
{
    using namespace hindcast::cli;
    std::stop_source stop;
    const hindcast::platform::StopOnSignal signals(stop);

    CLI::App app{"See what an entity looked like at any moment, and which event made it so", "hindcast-cli"};
    app.require_subcommand(1);
    app.set_version_flag("--version", HINDCAST_VERSION);
    Common common;
    common.stop = stop.get_token();
    int ended = kDone;

    const auto command = [&](const char* name, const char* description) {
        CLI::App* each = app.add_subcommand(name, description);
        each->add_option("WS", common.workspace, "the workspace, a *.hindcast file")->required();
        each->add_flag("--json", common.json, "one JSON document for one thing, JSON lines for many");
        return each;
    };
    std::string entity, other, model, mapping, category, pointer, a, b;
    When when;
    std::uint64_t limit = UINT64_MAX;
    std::uint64_t version = 0;
    // What the parser takes for a number of this type, "-1" would pass as the largest there is.
    const CLI::Validator whole(
        [](const std::string& text) { return text.starts_with('-') ? text + " is no whole number of 0 or more" : std::string(); },
        "0 or more");
    bool withDeleted = false;
    bool stopAtError = false;

    ImportOptions importing;
    CLI::App* each = command("import", "bring files in");
    each->add_option("FILE", importing.files, "JSON lines, or record dumps")->required();
    each->add_option("--format", importing.format, "auto, jsonl or records")
        ->check(CLI::IsMember({"auto", "jsonl", "records", "csv", "sqlite", "ocel"}));
    each->add_option("--mapping", importing.mapping, "a mapping file: how records become events");
    each->add_option("--stream", importing.stream, "the topic's name, for files that name none");
    each->add_option("--disk-limit", importing.diskLimit, "stop when the workspace is this large (20M, 2G)");
    each->callback([&] { ended = importFiles(common, importing); });

    IngestOptions ingesting;
    each = command("ingest", "bring Kafka topics in; reads only, resumes where it stopped");
    each->add_option("--brokers", ingesting.brokers, "host:port, …")->required();
    each->add_option("--topic", ingesting.topics, "a topic; may be given several times")->required();
    each->add_option("--from", ingesting.from, "earliest, latest, an offset, a time, or -24h");
    each->add_option("--until", ingesting.until, "end (as of now), a time, or never");
    each->add_option("--property", ingesting.properties, "K=V for librdkafka, or @FILE, a properties file; kept in memory only");
    each->add_option("--mapping", ingesting.mapping, "a mapping file: how records become events");
    each->add_option("--disk-limit", ingesting.diskLimit, "stop when the workspace is this large (20M, 2G)");
    each->add_option("--memory-limit", ingesting.memoryLimit, "bytes to hold while reading (default 192M)");
    each->add_option("--rate", ingesting.rate, "read no faster than this many bytes a second (20M)");
    each->add_option("--timeout", ingesting.timeoutSeconds, "seconds to wait for a broker's answer")->check(CLI::PositiveNumber);
    each->add_flag("--uncommitted", ingesting.uncommitted, "read records of open and aborted transactions as well");
    each->callback([&] {
        std::signal(SIGPIPE, SIG_IGN);  // a broker that hangs up is no reason to die
        ended = ingestTopics(common, ingesting);
    });

    DemoOptions demoing;
    each = command("demo", "make the demo workspace from its seed");
    each->add_option("--seed", demoing.seed, "another seed, another shop");
    each->add_option("--events", demoing.events, "about how many events");
    each->callback([&] { ended = makeDemo(common, demoing); });

    each = command("remap", "decode what is stored anew, with another mapping, without reading the source again");
    each->add_option("--mapping", mapping, "a mapping file")->required();
    each->callback([&] { ended = decodeAnew(common, mapping); });

    each = command("info", "what the workspace holds");
    each->callback([&] { ended = info(common); });

    EntitiesOptions listing;
    each = command("entities", "the entities, with counts and times; or those whose states as of a moment are as asked");
    each->add_option("--match", listing.match, "only those whose name holds this text");
    each->add_option("--where", listing.where, "an expression that holds for the state then, such as: state.balance < 0");
    each->add_option(
        "--contains", listing.contains,
        "a value that stands anywhere in the state then: a number exactly, or part of a text; \"42\" in quotes: a text");
    each->add_option("--at", listing.at, "as of this time, inclusive: ISO 8601, an epoch, or -2h; default: now")
        ->check(checkTime);
    each->add_option("--category", listing.category, "only entities of this category");
    each->add_flag("--with-deleted", listing.withDeleted, "with --where or --at, the dead ones as well");
    each->add_option("--model", listing.model, "as for `state`");
    each->add_option("--limit", limit, "at most so many")->check(whole);
    each->callback([&] {
        listing.limit = limit;
        ended = entities(common, listing);
    });

    each = command("events", "an entity's history in order, or the whole log");
    each->add_option("ENTITY", entity, "category/id, or a bare id");
    each->add_option("--limit", limit, "at most so many")->check(whole);
    each->callback([&] { ended = events(common, entity, limit); });

    each = command("rejects", "records that could not be decoded, with their reasons");
    each->add_option("--limit", limit, "at most so many")->check(whole);
    each->callback([&] { ended = rejects(common, limit); });

    const auto moment = [&](CLI::App* to) {
        auto* byVersion =
            to->add_option("--version", version, "after so many events")->check(whole)->each([&](const std::string&) {
                when.version = 0;
            });
        to->add_option("--time", when.time, "as of this time: ISO 8601, an epoch, or -2h")->excludes(byVersion)->check(checkTime);
    };
    const auto modelled = [&](CLI::App* to) {
        to->add_option("--model", model,
                       "merge, patch, latest, debezium, fields, or a file: set rules, a script (.mjs), a program; default: the "
                       "workspace's choice");
    };

    each = command("state", "an entity's state, rebuilt by replaying its events");
    each->add_option("ENTITY", entity, "category/id, or a bare id")->required();
    each->add_flag("--stop-at-error", stopAtError, "no further than to the first event at which the model fails");
    moment(each);
    modelled(each);
    each->callback([&] {
        if (when.version) when.version = version;
        ended = state(common, entity, when, model, stopAtError);
    });

    each = command("states", "every entity of a category with its state at that time");
    each->add_option("CATEGORY", category, "as `info` lists them")->required();
    each->add_option("--time", when.time, "as of this time; default: now")->check(checkTime);
    each->add_flag("--with-deleted", withDeleted, "the dead ones as well");
    modelled(each);
    each->callback([&] { ended = states(common, category, when.time, model, withDeleted); });

    each = command("diff", "how two versions or moments of an entity, or two entities, differ: RFC 6902 with old values");
    each->add_option("ENTITY", entity, "category/id, or a bare id")->required();
    each->add_option("A", a, "a version or a time")->required()->check(checkVersionOrTime);
    each->add_option("B", b, "a version or a time; of the other entity where --with names one")
        ->required()
        ->check(checkVersionOrTime);
    each->add_option("--with", other, "another entity, category/id or a bare id: A is of ENTITY, B of this one");
    modelled(each);
    each->callback([&] { ended = diff(common, entity, other, a, b, model); });

    each = command("blame", "which event set each field, and which ever wrote one");
    each->add_option("ENTITY", entity, "category/id, or a bare id")->required();
    each->add_option("POINTER", pointer, "a field, as a JSON pointer")->check(checkPointer);
    moment(each);
    modelled(each);
    each->callback([&] {
        if (when.version) when.version = version;
        ended = blame(common, entity, pointer, when, model);
    });

    each = command("history", "one field over time: each version at which it changed");
    each->add_option("ENTITY", entity, "category/id, or a bare id")->required();
    each->add_option("POINTER", pointer, "a field, as a JSON pointer")->required()->check(checkPointer);
    modelled(each);
    each->callback([&] { ended = fieldHistory(common, entity, pointer, model); });

    BranchOptions branching;
    each = command("branch", "what if: the state, and where it departs from the real history; changes nothing");
    each->add_option("ENTITY", entity, "category/id, or a bare id")->required();
    each->add_option("--skip", branching.skip, "N,… or N-M: versions to leave out")->allow_extra_args(false);
    each->add_option("--edit", branching.edit, "N=JSON: another payload for version N")->allow_extra_args(false);
    each->add_option("--move", branching.move, "N=M: version N to behind version M; 0: to the beginning")
        ->allow_extra_args(false);
    each->add_option("--insert", branching.insert, "N={\"type\":…,\"payload\":…}: a new event behind version N")
        ->allow_extra_args(false);
    each->add_option("--export", branching.out, "writes the branch's events as a record dump, or - for standard output");
    modelled(each);
    each->callback([&] {
        branching.model = model;
        ended = branch(common, entity, branching);
    });

    ReduceOptions reducing;
    each = command("reduce", "the fewest of an entity's events that still show a fault");
    each->add_option("ENTITY", entity, "category/id, or a bare id")->required();
    CLI::Option_group* symptom = each->add_option_group("symptom", "what they have to show");
#ifdef HINDCAST_EXPRESSIONS
    symptom->add_option("--when", reducing.when, "an expression over the state holds: state.balance < 0");
#endif
    symptom->add_option("--invariant", reducing.invariant, "an invariant of the model's is broken");
    symptom->add_flag("--error", reducing.error, "the model fails");
    symptom->require_option(1);
    each->add_option("--format", reducing.format,
                     "gwt (given, when, then), js (a test for node:test), or jsonl (import reads it)")
        ->check(CLI::IsMember({"gwt", "js", "jsonl"}));
    each->add_option("--out", reducing.out, "the file to write");
    each->add_option("--folds", reducing.mostFolds, "at most so many attempts (10000)")->check(CLI::PositiveNumber);
    modelled(each);
    each->callback([&] {
        reducing.model = model;
        ended = reduce(common, entity, reducing);
    });
    FirstOptions finding;
    each = command("first", "the first event after which an expression holds, for one entity or for all");
    each->add_option("ENTITY", finding.entity, "category/id, or a bare id; default: all");
    each->add_option("--when", finding.when, "an expression over the state, such as: state.balance < 0")->required();
    each->add_option("--model", finding.model, "as for `state`");
    each->add_option("--category", finding.category, "only entities of this category");
    each->callback([&] { ended = first(common, finding); });

    each = command("compare-models", "entities whose states differ by two models, each with the first event at which they part");
    each->add_option("M1", a, "a model, as --model takes it")->required();
    each->add_option("M2", b, "another one")->required();
    each->add_option("--category", category, "only entities of this category");
    each->callback([&] { ended = compareModels(common, a, b, category); });

    AuditOptions auditing;
    each = command("audit", "where the model's invariants do not hold");
    each->add_option("--model", auditing.model, "as for `state`");
    each->add_option("--category", auditing.category, "only entities of this category");
    each->add_flag("--determinism", auditing.determinism, "replay everything twice and from snapshots, and compare the states");
    each->callback([&] { ended = audit(common, auditing); });

    ExportOptions exporting;
    each = command("export", "everything, streamed to a file");
    each->add_option("--out", exporting.out, "the file, or - for standard output")->required();
    each->add_option("--format", exporting.format, "jsonl, records (reads back with import), or csv")
        ->check(CLI::IsMember({"jsonl", "records", "csv"}));
    each->callback([&] { ended = exportTo(common, exporting); });

    // What was printed may still stand in a buffer: a full disk must not pass for success.
    const auto flushed = [] { return std::fflush(stdout) == 0; };
    try {
        app.parse(argc, argv);
        if (!flushed()) throw std::system_error(errno, std::generic_category());
    } catch (const std::system_error& error) {
        return tell({"cannot write the results", error.code().message(), "the output is not whole"});
    } catch (const CLI::Success& success) {
        return app.exit(success);
    } catch (const CLI::ParseError& error) {
        std::string what = error.what();
        if (argc > 1 && argv[1][0] != '-' && app.get_subcommands().empty()) what = "there is no command " + std::string(argv[1]);
        for (char& c : what)
            if (c == '\n') c = ' ';
        fmt::print(stderr, "hindcast-cli: {} (hindcast-cli --help tells more)\n", what);
        return kUsage;
    }
    return ended;
}
