#pragma once
// Private to core/replay: how searchStates() goes through the entities of one model.
#include "core/replay/state_search.h"
#include "core/replay/sweep_facts.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hindcast::replay {

/// What all threads share.
struct StateSearching {
    const StateQuery& query;
    std::shared_ptr<const SweepModels> models;
    const std::function<void(const StateHit&)>& hit;
    bool wantsRecord = false;  ///< payload, key or headers
    PartNames parts{};

    std::mutex mutex{};
    StateSearchSummary summary{};
    std::optional<Met> met{};
};

/// Folds entities of one model up to the moment and judges the states that they come to. What a run tells may come later than what
/// it is fed; it comes in order.
class StateAsker final : public model::RunSink {
public:
    explicit StateAsker(StateSearching& search);
    ~StateAsker() override;  ///< gives what it counted to the search

    /// Without it no state is looked at.
    [[nodiscard]] Result<void> start(const model::Reducer& reducer, const std::stop_token& stop);
    /// REQUIRES: the entity has events.
    [[nodiscard]] Result<void> fold(SweepBatch& batch, std::size_t entity);
    /// All that was fed is told.
    [[nodiscard]] Result<void> finish();

    void failed(std::uint64_t tag, Version version, const model::EvolveError& error) override;
    void state(std::uint64_t tag, Version version, const model::GivenState& state) override;

private:
    /// A state in place; what is parsed of a text lives in `parsed`. Null: it does not live.
    [[nodiscard]] static const Json* documentOf(const model::GivenState& state, Json& parsed);
    /// Of events alone: only the last one is read.
    [[nodiscard]] Result<void> askEvent(std::size_t entity);
    void judge(std::size_t entity, const Json* state, std::optional<bool> alive);
    [[nodiscard]] bool holds(std::size_t entity, const Json* state, StateHit& hit);
    [[nodiscard]] bool stands(const Json* state, StateHit& hit);
    void tell(std::size_t entity, StateHit& hit);

    StateSearching& search_;
    std::optional<expression::Evaluator> evaluator_;
    std::optional<Met> met_;
    std::unique_ptr<model::Run> run_;  ///< null: no state is looked at
    SweepBatch* batch_ = nullptr;
    std::optional<KeptEvent> kept_;  ///< the last event of the one entity of a batch that is not held
    Json previous_;                  ///< before the last event of `previousOf_`
    std::optional<std::uint64_t> previousOf_;
    std::pair<std::uint64_t, std::uint64_t> failing_{UINT64_MAX,
                                                     0};  ///< the entity at which the model failed last, and how often
    std::vector<const Json*> now_, before_;
    std::string scratch_;
    model::Payload payload_;
    std::uint64_t asked_ = 0;
    SweepFailures failures_;
};

}  // namespace hindcast::replay
