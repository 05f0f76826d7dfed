#pragma once
#include "core/event/change.h"
#include "core/expression/expression.h"
#include "core/model/runtime.h"
#include "core/replay/sweep.h"
#include "core/replay/sweep_models.h"
#include "ui/session/over_all_views.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace hindcast::ui {

// What is looked at over all entities of an open workspace. Not in the GUI thread.

/// Where a sweep reads, with the mappings that the workspace has then.
[[nodiscard]] replay::SweepSource sweepSource(std::shared_ptr<store::Store> store);

/// How a request of the user's is swept: by all threads, within the memory that the settings give to sweeps.
[[nodiscard]] replay::SweepOptions sweepOptions(const model::Runtime& runtime, std::stop_token stop,
                                                std::function<void(const replay::SweepProgress&)> progress);

/// The models that the workspace has now.
struct ModelsInForce {
    std::map<CategoryId, std::shared_ptr<const model::Reducer>> models;
    QStringList troubles;  ///< those that cannot be used, whose categories are passed over: whole sentences

    [[nodiscard]] replay::ModelOf modelOf() const;
};
/// Those of some categories; absent: of all.
[[nodiscard]] Result<ModelsInForce> modelsInForce(store::Store& store, const std::shared_ptr<model::Runtime>& runtime,
                                                  const std::optional<std::vector<CategoryId>>& categories);

/// Of the types that the expression names those that no event has, a sentence each: then it can hardly mean what it says.
[[nodiscard]] Result<QStringList> unknownTypes(store::Store& store, const expression::Expression& expression);

/// "the model failed at 3 events of 2 entities, …"; empty where it did not.
[[nodiscard]] QString failuresText(const replay::SweepFailures& failures);

/// The names with the highest counts, the highest first.
using NameCounts = std::vector<std::pair<QString, std::uint64_t>>;
[[nodiscard]] NameCounts mostFrequent(const std::map<std::string, std::uint64_t>& counts);

[[nodiscard]] ValueText valueTextOf(const Json& value);
/// "/balance 6.00 → -14.00, /tier "gold" → "blocked"": the first few, on one line; empty: nothing changed.
[[nodiscard]] std::string changesInBrief(const Changes& changes);

}  // namespace hindcast::ui
