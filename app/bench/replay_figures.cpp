#include "app/bench/long_life.h"

#include <fmt/core.h>

namespace hindcast::bench {

namespace {

/// Sums amounts and counts events: what a small account model does.
constexpr const char* kRules = R"({"entity": "account", "initial": {"events": 0}, "on": {
  "Deposited": [{"add": "/balance", "value": {"at": "/amount"}}],
  "Withdrawn": [{"set": "/last_withdrawal", "value": {"at": "/amount"}}],
  "*": [{"add": "/events", "value": {"const": 1}}, {"set": "/branch", "value": {"at": "/branch"}}]}})";

/// Events per second of the rules alone, over payloads that are in memory.
double bareLoop(const LongLife& life, model::Reducer& rules)
{
    constexpr std::size_t kMost = 100'000;
    std::vector<EventId> ids;
    for (const auto& event : life.history->events) {
        ids.push_back(event.id);
        if (ids.size() == kMost) break;
    }
    struct Kept {
        model::Input input;
        std::string type;
        std::string payload;
    };
    std::vector<Kept> events(ids.size());
    std::size_t at = 0;
    auto read = life.reader->records(ids, [&](EventId id, const RawRecord& record, std::span<const Header>) {
        Kept& kept = events[at];
        kept.payload = record.value.value_or("");
        kept.payload.reserve(kept.payload.size() + 64);
        kept.type = life.reader->typeName(life.history->events[at].type);
        kept.input = {.id = id,
                      .version = Version{at + 1},
                      .category = life.history->key.category,
                      .entity = life.history->key.id,
                      .type = kept.type,
                      .kind = EventKind::Plain,
                      .time = life.history->events[at].time,
                      .payload = kept.payload};
        ++at;
        return true;
    });
    if (!read) stop(read.error().text());
    model::FoldState state;
    const auto began = BenchClock::now();
    for (const Kept& kept : events)
        if (auto done = rules.evolve(state, kept.input, nullptr); !done) stop(done.error().message);
    return static_cast<double>(events.size()) / millisecondsSince(began) * 1000;
}

}  // namespace

void replayFigures(const Setup& setup, const Report& report)
{
    const LongLife life = LongLife::open(setup);
    auto rules = model::setRules(*parseJson(kRules));
    if (!rules) stop(rules.error().text());
    const auto began = BenchClock::now();
    auto replay = life.replay((*rules)->clone());
    auto last = replay->at(life.history->last());
    if (!last) stop(last.error().text());
    const double replayed = millisecondsSince(began);
    const auto events = static_cast<double>(life.history->events.size());
    if (setup.wanted("first-state-ms"))
        report({"first-state-ms", life.openMs + life.historyMs + replayed, "ms",
                fmt::format("an entity of {} events: {:.0f} ms to open, {:.0f} ms for the history, {:.0f} ms to replay", events,
                            life.openMs, life.historyMs, replayed)});
    if (setup.wanted("any-version-p99-ms")) {
        const auto times = anyVersions(*replay, 1000);
        report({"any-version-p99-ms", times[989], "ms",
                fmt::format("random versions of an entity of {} events; median {:.2f} ms", events, times[499])});
    }
    if (setup.wanted("replay-native-events-per-second") || setup.wanted("replay-native-ratio")) {
        auto fresh = life.replay((*rules)->clone());
        const auto at = BenchClock::now();
        if (auto done = fresh->at(life.history->last()); !done) stop(done.error().text());
        const double rate = events / millisecondsSince(at) * 1000;
        const double bare = bareLoop(life, **rules);
        if (setup.wanted("replay-native-events-per-second"))
            report({"replay-native-events-per-second", rate, "events/s", "set rules, read from the store"});
        if (setup.wanted("replay-native-ratio"))
            report({"replay-native-ratio", rate / bare, "",
                    fmt::format("the rules alone, over payloads in memory: {:.0f} events/s", bare)});
    }
}

}  // namespace hindcast::bench
