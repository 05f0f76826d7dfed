#pragma once
// Private to core/replay: how firstTime() goes through the entities of one model.
#include "core/replay/first_time.h"
#include "core/replay/sweep_facts.h"

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace hindcast::replay {

/// What all threads share.
struct FirstTimeSearch {
    std::shared_ptr<const expression::Expression> expression;
    std::shared_ptr<const SweepModels> models;
    const std::function<void(const FirstHit&)>& hit;
    bool everyEvent = false;
    bool wantsRecord = false;  ///< payload, key or headers
    PartNames parts{};

    std::mutex mutex{};
    FirstTimeSummary summary{};
    std::optional<Met> met{};
};

/// Folds the entities of one model and asks the expression as their fields are told. What is told may come later than what is fed;
/// it comes in order.
class FirstTimeFollower final : public model::RunSink {
public:
    explicit FirstTimeFollower(FirstTimeSearch& search);
    ~FirstTimeFollower() override;  ///< gives what it counted to the search

    /// Without it no state is looked at.
    [[nodiscard]] Result<void> start(const model::Reducer& reducer, const std::stop_token& stop);
    [[nodiscard]] Result<void> fold(SweepBatch& batch, std::size_t entity);
    /// All that was fed is told.
    [[nodiscard]] Result<void> finish();

    void failed(std::uint64_t tag, Version version, const model::EvolveError& error) override;
    void fields(std::uint64_t tag, Version version, std::span<const Json> values) override;

private:
    struct Fed {
        std::size_t entity = 0;
        std::uint64_t fed = 0;  ///< events
    };

    void reset();
    void endFront();
    /// What is told now is of `entity`: those before it are complete.
    void goTo(std::size_t entity);
    /// Events up to `to` left the values as they are.
    void advance(std::uint64_t to);
    /// Of the event that made version `known_`.
    void ask(const std::vector<Json>& before);
    void addRecord(expression::Facts& facts, std::size_t entity) const;
    void tell(const BareHistory& history, const HistoryEvent& event, const std::vector<Json>& before);

    FirstTimeSearch& search_;
    expression::Evaluator evaluator_;
    std::unique_ptr<model::Run> run_;  ///< null: no state is looked at
    bool atOnce_ = true;               ///< all is told before feed() returns
    SweepBatch* batch_ = nullptr;
    std::deque<Fed> order_;     ///< folds of which not all is told; at the front the one that is told of
    std::vector<Json> values_;  ///< after event `known_` of it
    std::vector<Json> before_;
    std::uint64_t known_ = 0;  ///< its events whose verdict is known
    bool fresh_ = false;       ///< the values came with event `known_`
    bool done_ = false;        ///< it had its hit
    std::deque<KeptEvent> kept_;
    std::vector<const Json*> now_, previous_;
    Met met_;
    model::Payload parsed_;
    SweepFailures failures_;
};

}  // namespace hindcast::replay
