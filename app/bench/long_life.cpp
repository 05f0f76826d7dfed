#include "app/bench/long_life.h"

#include <unistd.h>
#include <algorithm>
#include <random>

namespace hindcast::bench {

double millisecondsSince(BenchClock::time_point began)
{
    return std::chrono::duration<double, std::milli>(BenchClock::now() - began).count();
}

LongLife LongLife::open(const Setup& setup)
{
    const std::string workspace = makeLongLife(setup);
    ::sync();  // what making it left to write is not what is measured
    LongLife life;
    const auto began = BenchClock::now();
    auto store = store::Store::open(workspace, store::Mode::ReadOnly);
    if (!store) stop(store.error().text());
    life.store = std::move(*store);
    auto reader = life.store->reader();
    if (!reader) stop(reader.error().text());
    life.reader = std::move(*reader);
    auto saved = ingest::loadMappings(*life.reader);
    if (!saved) stop(saved.error().text());
    life.decoders = std::make_shared<ingest::Decoders>(std::move(*saved));
    if (auto done = life.decoders->refresh(*life.reader); !done) stop(done.error().text());
    life.openMs = millisecondsSince(began);
    auto found = life.reader->findById(kLargeEntity);
    if (!found || found->empty()) stop("the large entity is missing");
    auto history = replay::loadHistory(*life.reader, found->front());
    if (!history) stop(history.error().text());
    life.history = std::move(*history);
    life.historyMs = millisecondsSince(began) - life.openMs;
    return life;
}

std::unique_ptr<replay::EntityReplay> LongLife::replay(std::unique_ptr<model::Reducer> reducer) const
{
    return std::make_unique<replay::EntityReplay>(*reader, history, std::move(reducer), ingest::payloadsOf(decoders));
}

std::vector<double> anyVersions(replay::EntityReplay& replay, int count)
{
    std::mt19937_64 random(11);
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        const Version version{random() % replay.history().events.size() + 1};
        const auto began = BenchClock::now();
        auto state = replay.at(version);
        if (!state) stop(state.error().text());
        times.push_back(millisecondsSince(began));
    }
    std::ranges::sort(times);
    return times;
}

}  // namespace hindcast::bench
