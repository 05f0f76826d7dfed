// Replay by a program of the user's, from the store, and beside it the program's own loop over the same lines.
#include "app/bench/figures.h"

#include "core/ingest/decoders.h"
#include "core/model/program_reducer.h"
#include "core/model/runtime.h"
#include "core/platform/process.h"
#include "core/replay/replay.h"
#include "core/store/store.h"

#include <fmt/core.h>
#include <chrono>
#include <fstream>
#include <string>

namespace hindcast::bench {

namespace {

using Clock = std::chrono::steady_clock;

/// What a small account model does, as resources/examples/programs/python does it. With --keep it writes the events' lines to a file
/// as well; with --bare it folds such a file from memory: once with reading the lines as JSON, once without.
constexpr const char* kAccount = R"py(
import json, sys, time

decode = json.JSONDecoder().raw_decode
encode = json.JSONEncoder(separators=(",", ":")).encode


class Account:
    def __init__(self, state=None):
        self.state = state or {"events": 0}

    def apply(self, event):
        state = self.state
        payload = event["payload"]
        kind = event["event"]
        if kind == "Deposited":
            state["cents"] = state.get("cents", 0) + round(payload["amount"] * 100)
        elif kind == "Withdrawn":
            state["last_withdrawal"] = payload["amount"]
        state["events"] += 1
        state["branch"] = payload["branch"]


def bare(path):
    with open(path, "rb") as file:
        lines = file.readlines()
    account = Account()
    began = time.perf_counter()
    for line in lines:
        account.apply(decode(line.decode())[0])
    read = time.perf_counter() - began
    events = [decode(line.decode())[0] for line in lines]
    account = Account()
    began = time.perf_counter()
    for event in events:
        account.apply(event)
    print(len(lines) / read, len(lines) / (time.perf_counter() - began))


def main():
    keep = open(sys.argv[2], "wb") if sys.argv[1:2] == ["--keep"] else None
    inbox, outbox = sys.stdin.buffer, sys.stdout.buffer
    account = None
    for line in inbox:
        message = decode(line.decode())[0]
        if "event" in message:
            if keep:
                keep.write(line)
            account = account or Account()
            account.apply(message)
        elif "ask" in message:
            outbox.write(encode({"ask": message["ask"], "state": account and account.state}).encode() + b"\n")
            if "flush" in message:
                outbox.flush()
                if keep:
                    keep.flush()
        else:
            account = None if message["state"] is None else Account(message["state"])


if sys.argv[1:2] == ["--bare"]:
    bare(sys.argv[2])
else:
    main()
)py";

}  // namespace

void programFigures(const Setup& setup, const Report& report)
{
    const std::string script = setup.folder + "/account.py";
    const std::string kept = setup.folder + "/account-lines";
    std::ofstream(script) << kAccount;
    auto version = platform::Process::start({.command = {"python3", "--version"}});
    if (!version) {
        fmt::print(stderr, "hindcast-bench: replay-program-events-per-second is left out: {}\n", version.error().text());
        return;
    }
    while ((*version)->receive(std::chrono::seconds(10)).value_or(false)) {
    }
    std::string language((*version)->incoming());
    while (language.ends_with('\n')) language.pop_back();

    const std::string workspace = makeWorkspace(setup, makeJsonLines(setup), nullptr);
    auto store = store::Store::open(workspace, store::Mode::ReadOnly);
    if (!store) stop(store.error().text());
    auto reader = (*store)->reader();
    if (!reader) stop(reader.error().text());
    auto saved = ingest::loadMappings(**reader);
    if (!saved) stop(saved.error().text());
    auto decoders = std::make_shared<ingest::Decoders>(std::move(*saved));
    if (auto done = decoders->refresh(**reader); !done) stop(done.error().text());
    auto found = (*reader)->findById(kLargeEntity);
    if (!found || found->empty()) stop("the large entity is missing");
    auto history = replay::loadHistory(**reader, found->front());
    if (!history) stop(history.error().text());
    const auto events = static_cast<double>((*history)->events.size());

    auto runtime = std::make_shared<model::Runtime>();
    runtime->allowPrograms(true);
    /// Events per second from the first state, so that the start of the program is not in it, to the last.
    const auto measure = [&](std::vector<std::string> command) {
        replay::EntityReplay replay(**reader, *history, model::programReducer(runtime, {std::move(command)}),
                                    ingest::payloadsOf(decoders));
        if (auto done = replay.at(Version{1}); !done) stop(done.error().text());
        const auto began = Clock::now();
        auto done = replay.at((*history)->last());
        if (!done) stop(done.error().text());
        if (done->error) stop(done->error->error.message);
        return events / std::chrono::duration<double>(Clock::now() - began).count();
    };
    const double replayed = measure({"python3", script});
    (void)measure({"python3", script, "--keep", kept});
    auto bare = platform::Process::start({.command = {"python3", script, "--bare", kept}});
    if (!bare) stop(bare.error().text());
    while ((*bare)->receive(std::chrono::minutes(10)).value_or(false)) {
    }
    double parsed = 0;
    double evolved = 0;
    if (std::sscanf(std::string((*bare)->incoming()).c_str(), "%lf %lf", &parsed, &evolved) != 2)
        stop("the bare loop said nothing: " + (*bare)->lastWords());
    if (setup.wanted("replay-program-events-per-second"))
        report({"replay-program-events-per-second", replayed, "events/s", language + ", read from the store"});
    if (setup.wanted("replay-program-ratio"))
        report({"replay-program-ratio", replayed / parsed, "",
                fmt::format("{}'s own loop over the same lines: {:.0f} events/s; its evolve alone, without reading JSON: {:.0f}",
                            language, parsed, evolved)});
}

}  // namespace hindcast::bench
