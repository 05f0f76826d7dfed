#include "app/bench/figures.h"

#include "core/ingest/decoders.h"
#include "core/replay/replay.h"
#include "core/store/store.h"

#include <fmt/core.h>
#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <random>
#include <vector>

namespace hindcast::bench {

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds(Clock::time_point began) { return std::chrono::duration<double, std::milli>(Clock::now() - began).count(); }

/// Sums amounts and counts events: what a small account model does.
constexpr const char* kRules = R"({"entity": "account", "initial": {"events": 0}, "on": {
  "Deposited": [{"add": "/balance", "value": {"at": "/amount"}}],
  "Withdrawn": [{"set": "/last_withdrawal", "value": {"at": "/amount"}}],
  "*": [{"add": "/events", "value": {"const": 1}}, {"set": "/branch", "value": {"at": "/branch"}}]}})";

}  // namespace

void replayFigures(const Setup& setup, const Report& report)
{
    const std::string workspace = makeWorkspace(setup, makeJsonLines(setup), nullptr);
    ::sync();  // what making it left to write is not what is measured
    const auto began = Clock::now();
    auto store = store::Store::open(workspace, store::Mode::ReadOnly);
    if (!store) stop(store.error().text());
    auto reader = (*store)->reader();
    if (!reader) stop(reader.error().text());
    auto saved = ingest::loadMappings(**reader);
    if (!saved) stop(saved.error().text());
    auto decoders = std::make_shared<ingest::Decoders>(std::move(*saved));
    if (auto done = decoders->refresh(**reader); !done) stop(done.error().text());
    const double opened = milliseconds(began);
    auto found = (*reader)->findById(kLargeEntity);
    if (!found || found->empty()) stop("the large entity is missing");
    auto history = replay::loadHistory(**reader, found->front());
    if (!history) stop(history.error().text());
    const double listed = milliseconds(began);
    auto rules = model::setRules(*parseJson(kRules));
    if (!rules) stop(rules.error().text());
    replay::EntityReplay replay(**reader, *history, (*rules)->clone(), ingest::payloadsOf(decoders));
    auto last = replay.at((*history)->last());
    if (!last) stop(last.error().text());
    const double first = milliseconds(began);
    const std::string size = fmt::format("an entity of {} events among {}", (*history)->events.size(), setup.events);
    if (setup.wanted("first-state-ms"))
        report({"first-state-ms", first, "ms",
                fmt::format("{}: {:.0f} ms to open, {:.0f} ms for the history, {:.0f} ms to replay", size, opened,
                            listed - opened, first - listed)});
    if (setup.wanted("any-version-p99-ms")) {
        std::mt19937_64 random(11);
        std::vector<double> times;
        for (int i = 0; i < 1000; ++i) {
            const auto at = Clock::now();
            auto state = replay.at(Version{random() % (*history)->events.size() + 1});
            if (!state) stop(state.error().text());
            times.push_back(milliseconds(at));
        }
        std::ranges::sort(times);
        report(
            {"any-version-p99-ms", times[989], "ms", fmt::format("random versions of {}; median {:.2f} ms", size, times[499])});
    }
    if (setup.wanted("replay-native-events-per-second")) {
        replay::EntityReplay fresh(**reader, *history, (*rules)->clone(), ingest::payloadsOf(decoders));
        const auto at = Clock::now();
        if (auto done = fresh.at((*history)->last()); !done) stop(done.error().text());
        report({"replay-native-events-per-second", static_cast<double>((*history)->events.size()) / milliseconds(at) * 1000,
                "events/s", "set rules, read from the store"});
    }
}

}  // namespace hindcast::bench
