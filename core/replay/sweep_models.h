#pragma once
#include "core/model/run.h"
#include "core/replay/sweep.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace hindcast::replay {

/// By which model the entities of a category are folded. Null: they are passed over.
using ModelOf = std::function<Result<std::shared_ptr<const model::Reducer>>(const store::Category& category)>;

/// The models of a sweep, by category. Threads: any, once made.
class SweepModels {
public:
    /// Asks for each category's model, in the calling thread.
    [[nodiscard]] static Result<std::shared_ptr<const SweepModels>> choose(store::Store& store, const ModelOf& modelOf);
    /// Null: none.
    [[nodiscard]] const model::Reducer* of(CategoryId category) const
    {
        return category.value < byCategory_.size() ? byCategory_[category.value].get() : nullptr;
    }
    [[nodiscard]] Result<std::unique_ptr<model::Run>> start(const model::Reducer& reducer, model::RunSink& sink,
                                                            model::RunOptions options) const;
    /// Those that have a model: of `wanted`, where that is given.
    [[nodiscard]] std::vector<CategoryId> categories(const std::optional<std::vector<CategoryId>>& wanted) const;

private:
    std::vector<std::shared_ptr<const model::Reducer>> byCategory_;
    mutable std::mutex starting_;
};

/// Where models failed during a sweep. The folds went on with the states before those events.
struct SweepFailures {
    struct Example {
        EntityKey key;
        Version version;
        EventId event;
        std::string type;
        model::EvolveError error;
    };
    std::uint64_t events = 0;
    std::uint64_t entities = 0;
    std::vector<Example> first;  ///< of each message one, at most kMostExamples

    static constexpr std::size_t kMostExamples = 16;
    void add(const SweepBatch& batch, std::size_t entity, Version version, const model::EvolveError& error);
    void add(const SweepFailures& other);

private:
    std::optional<EntityKey> last_;  ///< the entity counted last
};

}  // namespace hindcast::replay
