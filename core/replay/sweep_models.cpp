#include "core/replay/sweep_models.h"

#include <algorithm>

namespace hindcast::replay {

Result<std::shared_ptr<const SweepModels>> SweepModels::choose(store::Store& store, const ModelOf& modelOf)
{
    auto reader = store.reader();
    if (!reader) return std::unexpected(reader.error());
    const auto categories = (*reader)->categories();
    if (!categories) return std::unexpected(categories.error());
    auto models = std::make_shared<SweepModels>();
    for (const store::Category& category : *categories) {
        auto model = modelOf(category);
        if (!model) return std::unexpected(model.error());
        models->byCategory_.resize(category.id.value + std::size_t{1});
        models->byCategory_[category.id.value] = std::move(*model);
    }
    return models;
}

Result<std::unique_ptr<model::Run>> SweepModels::start(const model::Reducer& reducer, model::RunSink& sink,
                                                       model::RunOptions options) const
{
    options.manyLives = true;
    const std::scoped_lock lock(starting_);  // a reducer is used by one thread at a time
    return reducer.start(sink, std::move(options));
}

std::vector<CategoryId> SweepModels::categories(const std::optional<std::vector<CategoryId>>& wanted) const
{
    std::vector<CategoryId> found;
    for (std::uint32_t i = 0; i < byCategory_.size(); ++i)
        if (byCategory_[i] && (!wanted || std::ranges::find(*wanted, CategoryId{i}) != wanted->end())) found.emplace_back(i);
    return found;
}

void SweepFailures::add(const SweepBatch& batch, std::size_t entity, Version version, const model::EvolveError& error)
{
    const BareHistory& history = batch.history(entity);
    ++events;
    if (!last_ || *last_ != history.key) {
        ++entities;
        last_ = history.key;
    }
    if (first.size() >= kMostExamples) return;
    const auto same = [&](const Example& each) {
        return each.error.message == error.message && each.error.handler == error.handler;
    };
    if (std::ranges::any_of(first, same)) return;
    const HistoryEvent& event = history.events[version.value - 1];
    first.push_back({history.key, version, event.id, std::string(batch.typeName(event.type)), error});
}

void SweepFailures::add(const SweepFailures& other)
{
    events += other.events;
    entities += other.entities;
    for (const Example& each : other.first) {
        if (first.size() >= kMostExamples) return;
        const auto same = [&](const Example& known) {
            return known.error.message == each.error.message && known.error.handler == each.error.handler;
        };
        if (std::ranges::none_of(first, same)) first.push_back(each);
    }
}

}  // namespace hindcast::replay
