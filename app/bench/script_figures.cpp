// Replay by a JavaScript model in the helper, from the store, and beside it the model's own evolve in a loop.
#include "app/bench/long_life.h"
#include "core/model/script.h"

#include <fmt/core.h>

namespace hindcast::bench {

namespace {

/// What a small account model does.
constexpr const char* kAccount = R"js(
export const entities = {
  account: {
    initial: () => ({ events: 0, balance: 0 }),
    evolve: {
      Deposited: (state, event) =>
        ({ ...state, events: state.events + 1, balance: state.balance + event.payload.amount, branch: event.payload.branch }),
      Withdrawn: (state, event) =>
        ({ ...state, events: state.events + 1, last_withdrawal: event.payload.amount, branch: event.payload.branch }),
      $any: (state, event) => ({ ...state, events: state.events + 1, branch: event.payload.branch }),
    },
  },
};
)js";

/// The same handlers in a loop of their own, over as many events as its first one is told; nothing crosses to anywhere.
constexpr const char* kBare = R"js(
const types = ["Deposited", "Withdrawn", "FeeCharged", "AddressChanged", "LimitRaised"];
const model = entities.account;
const events = Array.from({ length: 1000 }, (_, i) => ({
  type: types[i % 5],
  version: i + 1,
  payload: { event_type: types[i % 5], account_id: "account-large", timestamp: 1700000000000 + i, amount: i + 0.25,
             currency: "EUR", balance: i * 7, branch: "b-" + (i % 400), note: "0123456789abcdef", channel: "online", seq: i },
}));
export const bare = null;
)js";
constexpr const char* kBareLoop = R"js(
let state = model.initial();
for (let i = 0; i < ROUNDS; ++i)
  for (const event of events) {
    const handler = model.evolve[event.type] ?? model.evolve.$any;
    state = handler(state, event);
  }
)js";

/// Milliseconds until a source is loaded, best of three.
double loadMs(const std::shared_ptr<model::Runtime>& runtime, const std::string& source)
{
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
        const std::string once = source + "// " + std::to_string(i) + "\n";
        const auto began = BenchClock::now();
        if (auto made = model::scriptReducer(runtime, {"account.mjs", once}, "account"); !made) stop(made.error().text());
        best = std::min(best, millisecondsSince(began));
    }
    return best;
}

}  // namespace

void scriptFigures(const Setup& setup, const Report& report)
{
    auto runtime = std::make_shared<model::Runtime>();
    auto reducer = model::scriptReducer(runtime, {"account.mjs", kAccount}, "account");
    if (!reducer) {
        fmt::print(stderr, "hindcast-bench: the figures of JavaScript models are left out: {}\n", reducer.error().text());
        return;
    }
    const LongLife life = LongLife::open(setup);
    const auto events = static_cast<double>(life.history->events.size());
    auto replay = life.replay((*reducer)->clone());
    if (auto first = replay->at(Version{1}); !first) stop(first.error().text());  // the helper is there and warm
    const auto began = BenchClock::now();
    auto last = replay->at(life.history->last());
    if (!last) stop(last.error().text());
    if (last->error) stop(last->error->error.message);
    const double rate = events / millisecondsSince(began) * 1000;
    if (setup.wanted("replay-script-events-per-second"))
        report({"replay-script-events-per-second", rate, "events/s", "a JavaScript model in the helper, read from the store"});
    if (setup.wanted("replay-script-ratio")) {
        // A top level may run as long as a handler may, so the loop runs there, and what loading costs is taken off.
        constexpr int kRounds = 400;
        std::string loop = kBareLoop;
        loop.replace(loop.find("ROUNDS"), 6, std::to_string(kRounds));
        const double loading = loadMs(runtime, std::string(kAccount) + kBare);
        const double looped = loadMs(runtime, std::string(kAccount) + kBare + loop) - loading;
        const double bare = kRounds * 1000.0 / looped * 1000;
        report({"replay-script-ratio", rate / bare, "",
                fmt::format("the same handlers in a loop, over events in memory: {:.0f} events/s", bare)});
    }
    if (setup.wanted("any-version-script-p99-ms")) {
        const auto times = anyVersions(*replay, 1000);
        report({"any-version-script-p99-ms", times[989], "ms",
                fmt::format("random versions of an entity of {} events, JavaScript; median {:.2f} ms", events, times[499])});
    }
}

}  // namespace hindcast::bench
