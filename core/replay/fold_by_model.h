#pragma once
#include "core/replay/sweep_models.h"

#include <map>
#include <memory>
#include <stop_token>
#include <utility>

namespace hindcast::replay {

/// A sweep's fold that leaves the entities of each model to a Checker of its own, which is made when the first of them comes.
/// `Shared` is what all threads share; it has the `models`. A Checker has
///   Checker(Shared&), Result<void> start(const model::Reducer&, const std::stop_token&),
///   Result<void> fold(SweepBatch&, std::size_t entity), and Result<void> finish(), after which all of a batch has been told.
template <class Checker, class Shared>
class FoldByModel final : public SweepFold {
public:
    /// `readsStates` false: one Checker for all, which is never started.
    FoldByModel(Shared& shared, bool readsStates, std::stop_token stop)
        : shared_(shared), readsStates_(readsStates), stop_(std::move(stop))
    {
    }

    Result<void> fold(SweepBatch& batch) override
    {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (batch.history(i).events.empty()) continue;
            auto checker = checkerOf(batch.history(i).category);
            if (!checker) return std::unexpected(checker.error());
            if (auto folded = (*checker)->fold(batch, i); !folded) return folded;
        }
        for (const auto& [reducer, checker] : checkers_)
            if (auto finished = checker->finish(); !finished) return finished;
        return {};
    }

private:
    Result<Checker*> checkerOf(CategoryId category)
    {
        const model::Reducer* reducer = readsStates_ ? shared_.models->of(category) : nullptr;
        auto& checker = checkers_[reducer];
        if (checker == nullptr) {
            checker = std::make_unique<Checker>(shared_);
            if (reducer)
                if (auto started = checker->start(*reducer, stop_); !started) return std::unexpected(started.error());
        }
        return checker.get();
    }

    Shared& shared_;
    bool readsStates_;
    std::stop_token stop_;
    std::map<const model::Reducer*, std::unique_ptr<Checker>> checkers_;
};

/// For sweep(). `shared` must outlive it.
template <class Checker, class Shared>
[[nodiscard]] MakeFold foldsByModel(Shared& shared, bool readsStates = true)
{
    return [&shared, readsStates](const std::stop_token& stop) -> Result<std::unique_ptr<SweepFold>> {
        return std::make_unique<FoldByModel<Checker, Shared>>(shared, readsStates, stop);
    };
}

}  // namespace hindcast::replay
