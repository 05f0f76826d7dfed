#include "core/replay/model_diff.h"

#include <deque>
#include <map>
#include <mutex>
#include <utility>

namespace hindcast::replay {

namespace {

/// What all threads share.
struct Comparing {
    std::shared_ptr<const SweepModels> models[2];
    const std::function<void(const ModelDifference&)>& differs;
    std::mutex mutex{};
    ModelDiffSummary summary{};
};

class Pair;

/// What one of the two models tells.
class Side final : public model::RunSink {
public:
    Side(Pair& pair, int number) : pair_(pair), number_(number) {}
    void failed(std::uint64_t tag, Version version, const model::EvolveError& error) override;
    void state(std::uint64_t tag, Version version, const model::GivenState& state) override;

private:
    Pair& pair_;
    int number_;
};

/// Two runs that are fed the same. The states of the one that tells first wait until the other has told.
class Pair {
public:
    explicit Pair(Comparing& all) : all_(all) {}
    ~Pair()
    {
        const std::scoped_lock lock(all_.mutex);
        all_.summary.firstFailures.add(failures_[0]);
        all_.summary.secondFailures.add(failures_[1]);
    }

    Result<void> start(const model::Reducer& first, const model::Reducer& second, const std::stop_token& stop)
    {
        const model::Reducer* reducers[] = {&first, &second};
        for (int i = 0; i < 2; ++i) {
            model::RunOptions options;
            options.stop = stop;
            auto run = all_.models[i]->start(*reducers[i], sides_[i], std::move(options));
            if (!run) return std::unexpected(run.error());
            runs_[i] = std::move(*run);
        }
        return {};
    }

    Result<void> fold(SweepBatch& batch, std::size_t entity)
    {
        batch_ = &batch;
        for (auto& run : runs_) {
            auto begun = run->begin(entity, batch.history(entity).key, Version{}, nullptr, model::Detail::States);
            if (!begun) return begun;
        }
        return batch.walk(entity, Version{}, [&](const SweptEvent& swept) -> Result<bool> {
            const model::Input input = batch.input(entity, swept);
            for (auto& run : runs_)
                if (auto fed = run->feed(input); !fed) return std::unexpected(fed.error());
            if (waiting_.size() >= kMostWaiting || waitingBytes_ >= kMostBytes)
                if (auto told = drain(); !told) return std::unexpected(told.error());
            return parted_ != entity;
        });
    }

    Result<void> finish()
    {
        auto told = drain();
        parted_.reset();
        return told;
    }

    void failed(int side, std::uint64_t tag, Version version, const model::EvolveError& error)
    {
        failures_[side].add(*batch_, tag, version, error);
    }

    void state(int side, std::uint64_t tag, Version version, const model::GivenState& state)
    {
        if (parted_ == tag) return;
        if (!waiting_.empty() && waiting_.front().side != side) {
            const Waiting other = std::move(waiting_.front());
            waiting_.pop_front();
            waitingBytes_ -= other.text.size();
            // Both tell of each event that both were fed, in the same order.
            const model::GivenState theirs = other.inText ? model::GivenState(other.text) : model::GivenState(other.state);
            if (!state.sameValueAs(theirs)) part(tag, version, side == 0 ? state : theirs, side == 0 ? theirs : state);
            return;
        }
        Waiting& mine = waiting_.emplace_back();
        mine.side = side;
        mine.tag = tag;
        mine.inText = state.alive() && state.inPlace() == nullptr;
        if (mine.inText)
            mine.text = state.text();
        else
            mine.state = state.foldState();
        waitingBytes_ += mine.text.size();
    }

private:
    struct Waiting {
        int side = 0;
        std::uint64_t tag = 0;
        bool inText = false;
        model::FoldState state;
        std::string text;
    };
    static constexpr std::size_t kMostWaiting = 5'000;
    static constexpr std::size_t kMostBytes = 16u << 20;

    Result<void> drain()
    {
        for (auto& run : runs_)
            if (auto told = run->drain(); !told) return told;
        return {};
    }

    void part(std::uint64_t tag, Version version, const model::GivenState& first, const model::GivenState& second)
    {
        // Of this entity no more is wanted; what one of the two has told ahead of the other is let go.
        parted_ = tag;
        std::erase_if(waiting_, [&](const Waiting& each) {
            if (each.tag != tag) return false;
            waitingBytes_ -= each.text.size();
            return true;
        });
        const BareHistory& history = batch_->history(tag);
        const HistoryEvent& event = history.events[version.value - 1];
        ModelDifference difference;
        difference.entity = history.entity;
        difference.key = history.key;
        difference.version = version;
        difference.of = history.last();
        difference.event = event.id;
        difference.type = batch_->typeName(event.type);
        difference.time = event.time;
        difference.changes = hindcast::difference(first.foldState().document, second.foldState().document);
        std::erase_if(difference.changes, [](const Change& change) {
            return change.op == Change::Op::Replace && sameValue(change.before, change.after);
        });
        difference.completeness = history.completeness;
        const std::scoped_lock lock(all_.mutex);
        ++all_.summary.differing;
        all_.differs(difference);
    }

    Comparing& all_;
    SweepBatch* batch_ = nullptr;
    Side sides_[2] = {{*this, 0}, {*this, 1}};
    std::unique_ptr<model::Run> runs_[2];
    std::deque<Waiting> waiting_;  ///< all of one side
    std::size_t waitingBytes_ = 0;
    std::optional<std::uint64_t> parted_;  ///< the fold told of last whose states differ
    SweepFailures failures_[2];
};

void Side::failed(std::uint64_t tag, Version version, const model::EvolveError& error)
{
    pair_.failed(number_, tag, version, error);
}

void Side::state(std::uint64_t tag, Version version, const model::GivenState& state)
{
    pair_.state(number_, tag, version, state);
}

class ModelDiffFold final : public SweepFold {
public:
    ModelDiffFold(Comparing& all, std::stop_token stop) : all_(all), stop_(std::move(stop)) {}

    Result<void> fold(SweepBatch& batch) override
    {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            auto pair = pairOf(batch.history(i).category);
            if (!pair) return std::unexpected(pair.error());
            if (auto folded = (*pair)->fold(batch, i); !folded) return folded;
        }
        for (const auto& [reducers, pair] : pairs_)
            if (auto finished = pair->finish(); !finished) return finished;
        return {};
    }

private:
    Result<Pair*> pairOf(CategoryId category)
    {
        const model::Reducer* first = all_.models[0]->of(category);
        const model::Reducer* second = all_.models[1]->of(category);
        auto& pair = pairs_[{first, second}];
        if (pair == nullptr) {
            pair = std::make_unique<Pair>(all_);
            if (auto started = pair->start(*first, *second, stop_); !started) return std::unexpected(started.error());
        }
        return pair.get();
    }

    Comparing& all_;
    std::stop_token stop_;
    std::map<std::pair<const model::Reducer*, const model::Reducer*>, std::unique_ptr<Pair>> pairs_;
};

}  // namespace

Result<ModelDiffSummary> modelDifference(const SweepSource& source, const SweepScope& scope, const ModelOf& first,
                                         const ModelOf& second, const SweepOptions& options,
                                         const std::function<void(const ModelDifference&)>& differs)
{
    Comparing all{.models = {}, .differs = differs};
    SweepScope within = scope;
    for (int i = 0; i < 2; ++i) {
        auto chosen = SweepModels::choose(*source.store, i == 0 ? first : second);
        if (!chosen) return std::unexpected(chosen.error());
        all.models[i] = std::move(*chosen);
        within.categories = all.models[i]->categories(within.categories);
    }
    auto done = sweep(source, within, options, [&all](const std::stop_token& stop) -> Result<std::unique_ptr<SweepFold>> {
        return std::make_unique<ModelDiffFold>(all, stop);
    });
    if (!done) return std::unexpected(done.error());
    all.summary.looked = *done;
    return std::move(all.summary);
}

}  // namespace hindcast::replay
