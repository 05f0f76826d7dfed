#include "core/replay/first_time.h"

#include "core/replay/first_time_follower.h"

#include <map>
#include <utility>

namespace hindcast::replay {

namespace {

class FirstTimeFold final : public SweepFold {
public:
    FirstTimeFold(FirstTimeSearch& search, std::stop_token stop) : search_(search), stop_(std::move(stop)) {}

    Result<void> fold(SweepBatch& batch) override
    {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            auto follower = followerOf(batch.history(i).category);
            if (!follower) return std::unexpected(follower.error());
            if (auto folded = (*follower)->fold(batch, i); !folded) return folded;
        }
        for (const auto& [reducer, follower] : followers_)
            if (auto finished = follower->finish(); !finished) return finished;
        return {};
    }

private:
    Result<FirstTimeFollower*> followerOf(CategoryId category)
    {
        const model::Reducer* reducer = !search_.expression->statePaths().empty() ? search_.models->of(category) : nullptr;
        auto& follower = followers_[reducer];
        if (follower == nullptr) {
            follower = std::make_unique<FirstTimeFollower>(search_);
            if (reducer)
                if (auto started = follower->start(*reducer, stop_); !started) return std::unexpected(started.error());
        }
        return follower.get();
    }

    FirstTimeSearch& search_;
    std::stop_token stop_;
    std::map<const model::Reducer*, std::unique_ptr<FirstTimeFollower>> followers_;
};

}  // namespace

Result<FirstTimeSummary> firstTime(const SweepSource& source, const SweepScope& scope,
                                   std::shared_ptr<const expression::Expression> expression, const ModelOf& models,
                                   SweepOptions options, const std::function<void(const FirstHit&)>& hit)
{
    auto chosen = SweepModels::choose(*source.store, models);
    if (!chosen) return std::unexpected(chosen.error());
    auto reader = source.store->reader();
    if (!reader) return std::unexpected(reader.error());
    auto parts = PartNames::load(**reader);
    if (!parts) return std::unexpected(parts.error());
    FirstTimeSearch search{.expression = std::move(expression), .models = std::move(*chosen), .hit = hit};
    search.wantsRecord = search.expression->usesPayload() || search.expression->usesRecord();
    search.everyEvent = search.expression->usesEvent();
    search.parts = std::move(*parts);
    search.met.emplace(*search.expression);
    options.records = search.expression->usesRecord();
    SweepScope within = scope;
    if (!search.expression->statePaths().empty()) within.categories = search.models->categories(scope.categories);
    auto done = sweep(source, within, options, [&search](const std::stop_token& stop) -> Result<std::unique_ptr<SweepFold>> {
        return std::make_unique<FirstTimeFold>(search, stop);
    });
    if (!done) return std::unexpected(done.error());
    search.summary.looked = *done;
    if (done->events > 0) search.summary.absentPaths = search.met->absentPaths(*search.expression);
    return std::move(search.summary);
}

}  // namespace hindcast::replay
