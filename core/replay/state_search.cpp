#include "core/replay/state_search.h"

#include "core/replay/fold_by_model.h"
#include "core/replay/state_asker.h"

#include <utility>

namespace hindcast::replay {

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
    auto done = sweep(source, within, options, foldsByModel<StateAsker>(search, query.usesState()));
    if (!done) return std::unexpected(done.error());
    search.summary.looked = *done;
    if (search.met && search.summary.asked > 0) search.summary.absentPaths = search.met->absentPaths(*query.expression);
    return std::move(search.summary);
}

}  // namespace hindcast::replay
