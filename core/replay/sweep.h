#pragma once
#include "core/replay/sweep_batch.h"
#include "core/store/store.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace hindcast::replay {

/// Where a sweep reads.
struct SweepSource {
    std::shared_ptr<store::Store> store;
    /// One for each thread, called in the thread that called sweep(); `reader` is that thread's own and outlives what is made.
    std::function<Result<std::unique_ptr<PayloadSource>>(store::Reader& reader)> payloads;
};

/// Which entities.
struct SweepScope {
    std::optional<std::vector<CategoryId>> categories{};  ///< absent: all
    std::optional<std::vector<EntityId>> entities{};      ///< absent: all; any order; those of other categories are left out
};

/// How far a sweep has come. Entities are counted when all that was to be told of them was told.
struct SweepProgress {
    std::uint64_t entities = 0;
    std::uint64_t entitiesTotal = 0;
    std::uint64_t events = 0;
    std::uint64_t eventsTotal = 0;
};

struct SweepOptions {
    unsigned threads = 0;              ///< 0: as many as the machine has
    std::size_t memory = 256u << 20;   ///< bytes that all of them together may hold of the log, about
    bool records = false;              ///< keys and headers of records too
    std::optional<Timestamp> until{};  ///< events after this instant are not read, and count as looked at
    std::stop_token stop{};
    /// From any of the threads, one at a time; results of a fold may be told by another thread meanwhile.
    std::function<void(const SweepProgress&)> progress{};
};

/// What is done with the entities: one for each thread, used by that thread alone.
class SweepFold {
public:
    SweepFold() = default;
    SweepFold(const SweepFold&) = delete;
    SweepFold& operator=(const SweepFold&) = delete;
    virtual ~SweepFold() = default;
    /// All that is to be told of the batch has been told when this returns.
    [[nodiscard]] virtual Result<void> fold(SweepBatch& batch) = 0;
};

/// Called in the thread that called sweep(), once for each. `stop`: the sweep's own, which also ends where another thread failed.
using MakeFold = std::function<Result<std::unique_ptr<SweepFold>>(const std::stop_token& stop)>;

/// Reads the histories and events of many entities in parallel and hands them to folds. Each thread has a reader of its own and takes
/// some entities at a time, of which it reads the events in the order of the log. A life too long to be held in memory is read as it
/// is walked; threads that do so leave one for all others.
/// Entities that come while it runs are not looked at; events that come may be. The first error of any thread ends all, and is
/// returned; Error::Kind::Cancelled where asked to stop, Kind::Retry where everything was decoded anew meanwhile.
[[nodiscard]] Result<SweepProgress> sweep(const SweepSource& source, const SweepScope& scope, const SweepOptions& options,
                                          const MakeFold& make);

}  // namespace hindcast::replay
