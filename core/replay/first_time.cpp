#include "core/replay/first_time.h"

#include "core/replay/first_time_follower.h"
#include "core/replay/fold_by_model.h"

#include <utility>

namespace hindcast::replay {

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
    const bool readsStates = !search.expression->statePaths().empty();
    if (readsStates) within.categories = search.models->categories(scope.categories);
    auto done = sweep(source, within, options, foldsByModel<FirstTimeFollower>(search, readsStates));
    if (!done) return std::unexpected(done.error());
    search.summary.looked = *done;
    if (done->events > 0) search.summary.absentPaths = search.met->absentPaths(*search.expression);
    return std::move(search.summary);
}

}  // namespace hindcast::replay
