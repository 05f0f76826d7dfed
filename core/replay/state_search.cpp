#include "core/replay/state_search.h"

#include "core/replay/state_asker.h"

#include <map>
#include <utility>

namespace hindcast::replay {

namespace {

class StateSearchFold final : public SweepFold {
public:
    StateSearchFold(StateSearching& search, std::stop_token stop) : search_(search), stop_(std::move(stop)) {}

    Result<void> fold(SweepBatch& batch) override
    {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (batch.history(i).events.empty()) continue;
            auto asker = askerOf(batch.history(i).category);
            if (!asker) return std::unexpected(asker.error());
            if (auto folded = (*asker)->fold(batch, i); !folded) return folded;
        }
        for (const auto& [reducer, asker] : askers_)
            if (auto finished = asker->finish(); !finished) return finished;
        return {};
    }

private:
    Result<StateAsker*> askerOf(CategoryId category)
    {
        const model::Reducer* reducer = search_.query.usesState() ? search_.models->of(category) : nullptr;
        auto& asker = askers_[reducer];
        if (asker == nullptr) {
            asker = std::make_unique<StateAsker>(search_);
            if (reducer)
                if (auto started = asker->start(*reducer, stop_); !started) return std::unexpected(started.error());
        }
        return asker.get();
    }

    StateSearching& search_;
    std::stop_token stop_;
    std::map<const model::Reducer*, std::unique_ptr<StateAsker>> askers_;
};

}  // namespace

Result<StateSearchSummary> searchStates(const SweepSource& source, const SweepScope& scope, const StateQuery& query,
                                        const ModelOf& models, SweepOptions options,
                                        const std::function<void(const StateHit&)>& hit)
{
    auto chosen = SweepModels::choose(*source.store, models);
    if (!chosen) return std::unexpected(chosen.error());
    auto reader = source.store->reader();
    if (!reader) return std::unexpected(reader.error());
    auto parts = PartNames::load(**reader);
    if (!parts) return std::unexpected(parts.error());
    StateSearching search{.query = query, .models = std::move(*chosen), .hit = hit};
    search.parts = std::move(*parts);
    if (query.expression) {
        search.wantsRecord = query.expression->usesPayload() || query.expression->usesRecord();
        search.met.emplace(*query.expression);
        options.records = query.expression->usesRecord();
    }
    options.until = query.moment;
    SweepScope within = scope;
    if (query.usesState()) within.categories = search.models->categories(scope.categories);
    auto done = sweep(source, within, options, [&search](const std::stop_token& stop) -> Result<std::unique_ptr<SweepFold>> {
        return std::make_unique<StateSearchFold>(search, stop);
    });
    if (!done) return std::unexpected(done.error());
    search.summary.looked = *done;
    if (search.met && search.summary.asked > 0) search.summary.absentPaths = search.met->absentPaths(*query.expression);
    return std::move(search.summary);
}

}  // namespace hindcast::replay
