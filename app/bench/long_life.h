#pragma once
#include "app/bench/figures.h"
#include "core/ingest/decoders.h"
#include "core/replay/replay.h"
#include "core/store/store.h"

#include <chrono>
#include <memory>

namespace hindcast::bench {

/// The workspace of makeLongLife(), opened as a program opens one that it is to show.
struct LongLife {
    std::shared_ptr<store::Store> store;
    std::unique_ptr<store::Reader> reader;
    std::shared_ptr<ingest::Decoders> decoders;
    std::shared_ptr<const replay::History> history;
    double openMs = 0;     ///< to open it
    double historyMs = 0;  ///< then for the history

    [[nodiscard]] static LongLife open(const Setup& setup);
    [[nodiscard]] std::unique_ptr<replay::EntityReplay> replay(std::unique_ptr<model::Reducer> reducer) const;
};

/// Milliseconds that random versions take, sorted. Stops the program where one fails.
[[nodiscard]] std::vector<double> anyVersions(replay::EntityReplay& replay, int count);

using BenchClock = std::chrono::steady_clock;
[[nodiscard]] double millisecondsSince(BenchClock::time_point began);

}  // namespace hindcast::bench
