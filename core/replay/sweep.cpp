#include "core/replay/sweep.h"

#include <algorithm>
#include <mutex>
#include <thread>

namespace hindcast::replay {

namespace {

constexpr std::size_t kPerEvent = 160;         // bytes beside the payload: posting, history, place, slot
constexpr std::uint64_t kLeastEvents = 2'000;  // of a batch
constexpr unsigned kMostThreads = 64;

using Entities = std::vector<EntityId>;

/// Shares the entities out among the threads.
class Shares {
public:
    Shares(const store::Directory& directory, const Entities& entities, std::uint64_t eventsPerBatch, unsigned threads)
        : threads_(threads)
    {
        std::uint64_t events = 0;
        for (const EntityId id : entities) {
            const std::uint64_t count = directory.counts[id.value];
            if (count >= eventsPerBatch) {
                long_.push_back({id});
                continue;
            }
            if (short_.empty() || events + count > eventsPerBatch) {
                short_.emplace_back();
                events = 0;
            }
            short_.back().push_back(id);
            events += count;
        }
        // The longest first, so that it is not what all wait for in the end.
        std::ranges::sort(long_, {}, [&](const Entities& each) { return directory.counts[each.front().value]; });
        std::ranges::reverse(short_);
    }

    struct Share {
        Entities entities;
        bool isLong = false;
    };
    /// Long lives keep one thread free for the others, as long as there are others.
    std::optional<Share> next()
    {
        const std::scoped_lock lock(mutex_);
        const bool takeLong = !long_.empty() && (short_.empty() || atLong_ + 1 < threads_);
        auto& from = takeLong ? long_ : short_;
        if (from.empty()) return std::nullopt;
        Share share{std::move(from.back()), takeLong};
        from.pop_back();
        if (takeLong) ++atLong_;
        return share;
    }
    void done(const Share& share)
    {
        const std::scoped_lock lock(mutex_);
        if (share.isLong) --atLong_;
    }

private:
    std::mutex mutex_;
    std::vector<Entities> long_, short_;  // taken from the end
    unsigned threads_;
    unsigned atLong_ = 0;
};

class Meter {
public:
    Meter(const SweepOptions& options, SweepProgress start) : options_(options), now_(start) {}
    void add(std::uint64_t entities, std::uint64_t events)
    {
        if (entities == 0 && events == 0) return;
        const std::scoped_lock lock(mutex_);
        now_.entities += entities;
        now_.events += events;
        if (options_.progress) options_.progress(now_);
    }
    [[nodiscard]] const SweepProgress& now() const { return now_; }

private:
    const SweepOptions& options_;
    std::mutex mutex_;
    SweepProgress now_;
};

struct Sweeping {
    const SweepOptions& options;
    std::shared_ptr<const store::Directory> directory;
    Shares shares;
    Meter meter;
    std::size_t bytesPerThread = 0;
    std::stop_source stop{};
    std::mutex mutex{};
    std::optional<Error> error{};

    void failed(Error why)
    {
        {
            const std::scoped_lock lock(mutex);
            // That the others were stopped for it is no news.
            if (!error) error = std::move(why);
        }
        stop.request_stop();
    }
};

/// One thread with what is its own.
class Worker {
public:
    Worker(Sweeping& all, std::unique_ptr<store::Reader> reader, std::unique_ptr<PayloadSource> payloads,
           std::unique_ptr<SweepFold> fold)
        : all_(all),
          reader_(std::move(reader)),
          payloads_(std::move(payloads)),
          fold_(std::move(fold)),
          histories_(*reader_),
          directory_(all.directory)
    {
    }

    void run()
    {
        while (!all_.stop.stop_requested()) {
            const auto share = all_.shares.next();
            if (!share) return;
            auto done = take(*share);
            all_.shares.done(*share);
            if (!done) {
                all_.failed(done.error());
                return;
            }
        }
    }

private:
    Result<void> take(const Shares::Share& share)
    {
        auto histories = histories_.load(share.entities, *all_.directory);
        if (!histories) return std::unexpected(histories.error());
        auto directory = reader_->directory(directory_);
        if (!directory) return std::unexpected(directory.error());
        directory_ = std::move(*directory);
        if (directory_->madeAnew != all_.directory->madeAnew)
            return fail("cannot look at all entities", "everything was decoded anew meanwhile", "ask again", Error::Kind::Retry);
        if (all_.options.until)
            for (BareHistory& each : *histories) each.cutAfter(*all_.options.until);
        if (share.isLong) return stream(std::move(histories->front()));
        return hold(std::move(*histories));
    }

    Result<void> hold(std::vector<BareHistory> histories)
    {
        std::vector<BareHistory> rest;
        {
            SweepBatch batch(*reader_, *payloads_, all_.options.records, all_.stop.get_token());
            auto held = batch.hold(std::move(histories), all_.bytesPerThread);
            if (!held) return std::unexpected(held.error());
            if (*held) return fold(batch);
            rest = batch.release();
        }
        // Their payloads are larger than most: in halves.
        if (rest.size() == 1) return stream(std::move(rest.front()));
        const auto middle = rest.begin() + static_cast<std::ptrdiff_t>(rest.size() / 2);
        std::vector<BareHistory> second(std::make_move_iterator(middle), std::make_move_iterator(rest.end()));
        rest.erase(middle, rest.end());
        if (auto done = hold(std::move(rest)); !done) return done;
        return hold(std::move(second));
    }

    Result<void> stream(BareHistory history)
    {
        SweepBatch batch(*reader_, *payloads_, all_.options.records, all_.stop.get_token());
        batch.stream(std::move(history));
        return fold(batch);
    }

    Result<void> fold(SweepBatch& batch)
    {
        batch.onWalked = [this](std::uint64_t events) { all_.meter.add(0, events); };
        if (auto done = fold_->fold(batch); !done) return done;
        std::uint64_t events = 0;
        for (std::size_t i = 0; i < batch.size(); ++i) events += batch.history(i).events.size() + batch.history(i).later;
        all_.meter.add(batch.size(), events - batch.walked());
        return {};
    }

    Sweeping& all_;
    std::unique_ptr<store::Reader> reader_;
    std::unique_ptr<PayloadSource> payloads_;
    std::unique_ptr<SweepFold> fold_;
    BareHistories histories_;
    std::shared_ptr<const store::Directory> directory_;
};

/// Those of the scope that have events, in ascending order.
Entities entitiesOf(const SweepScope& scope, const store::Directory& directory)
{
    const auto wanted = [&](EntityId id) {
        if (id.value >= directory.size() || directory.counts[id.value] == 0) return false;
        return !scope.categories || std::ranges::find(*scope.categories, directory.category[id.value]) != scope.categories->end();
    };
    Entities entities;
    if (scope.entities) {
        std::ranges::copy_if(*scope.entities, std::back_inserter(entities), wanted);
        std::ranges::sort(entities);
        entities.erase(std::unique(entities.begin(), entities.end()), entities.end());
        return entities;
    }
    for (std::uint32_t id = 0; id < directory.size(); ++id)
        if (wanted(EntityId{id})) entities.emplace_back(id);
    return entities;
}

}  // namespace

Result<SweepProgress> sweep(const SweepSource& source, const SweepScope& scope, const SweepOptions& options, const MakeFold& make)
{
    auto reader = source.store->reader();
    if (!reader) return std::unexpected(reader.error());
    const auto directory = (*reader)->directory();
    if (!directory) return std::unexpected(directory.error());
    const auto counts = (*reader)->counts();
    if (!counts) return std::unexpected(counts.error());
    const Entities entities = entitiesOf(scope, **directory);
    SweepProgress start;
    start.entitiesTotal = entities.size();
    for (const EntityId id : entities) start.eventsTotal += (*directory)->counts[id.value];
    if (options.progress) options.progress(start);

    unsigned threads = options.threads == 0 ? std::max(1u, std::thread::hardware_concurrency()) : options.threads;
    threads = std::min({threads, kMostThreads, static_cast<unsigned>(std::min<std::uint64_t>(entities.size(), kMostThreads))});
    threads = std::max(threads, 1u);
    const std::size_t bytesPerThread = options.memory / threads;
    const std::size_t bytesPerEvent = kPerEvent + (counts->records > 0 ? counts->payloadBytes / counts->records : 0);
    // Each batch opens most chunks of the log again where entities live as long as it: few batches, but some for each thread.
    const std::uint64_t eventsPerBatch =
        std::max(kLeastEvents, std::min<std::uint64_t>(bytesPerThread / bytesPerEvent, start.eventsTotal / (2 * threads) + 1));
    Sweeping all{.options = options,
                 .directory = *directory,
                 .shares = Shares(**directory, entities, eventsPerBatch, threads),
                 .meter = Meter(options, start),
                 .bytesPerThread = bytesPerThread};
    const std::stop_callback stopped(options.stop, [&all] { all.stop.request_stop(); });

    std::vector<std::unique_ptr<Worker>> workers;
    for (unsigned i = 0; i < threads; ++i) {
        auto own = i == 0 ? std::move(reader) : source.store->reader();
        if (!own) return std::unexpected(own.error());
        auto payloads = source.payloads(**own);
        if (!payloads) return std::unexpected(payloads.error());
        auto fold = make(all.stop.get_token());
        if (!fold) return std::unexpected(fold.error());
        workers.push_back(std::make_unique<Worker>(all, std::move(*own), std::move(*payloads), std::move(*fold)));
    }
    {
        std::vector<std::jthread> running;
        for (std::size_t i = 1; i < workers.size(); ++i) running.emplace_back([&worker = *workers[i]] { worker.run(); });
        workers.front()->run();
    }
    if (options.stop.stop_requested() && (!all.error || all.error->kind == Error::Kind::Cancelled))
        return fail("the replay was stopped", "", "", Error::Kind::Cancelled);
    if (all.error) return std::unexpected(std::move(*all.error));
    return all.meter.now();
}

}  // namespace hindcast::replay
