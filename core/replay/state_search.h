#pragma once
#include "core/expression/expression.h"
#include "core/replay/sought_value.h"
#include "core/replay/sweep_models.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hindcast::replay {

/// What is looked for in the states of many entities as of one moment. With neither an expression nor a value: all that live then.
struct StateQuery {
    /// Null: none. Asked of the state, of `previous`, the state before the entity's last event by then, and of that event.
    std::shared_ptr<const expression::Expression> expression{};
    std::optional<SoughtValue> value{};  ///< has to stand in the state, too
    std::optional<Timestamp> moment{};   ///< inclusive; empty: after all events
    bool withDead = false;               ///< else those that do not live then are left out, where states are looked at at all

    /// Whether states are looked at: not where an expression is all, and it asks of events alone.
    [[nodiscard]] bool usesState() const { return value || !expression || !expression->statePaths().empty(); }
};

/// An entity whose state is what was looked for.
struct StateHit {
    static constexpr std::size_t kMostFound = 20;

    EntityId entity;
    EntityKey key;
    Version version;  ///< as of the moment
    Version of;       ///< length of the whole history
    EventId event;    ///< that made this version
    std::string type;
    Timestamp time;
    std::optional<bool> alive;  ///< empty: no state was looked at
    struct Found {
        Pointer at;
        Json value;
    };
    /// Parts of the state that the expression looked at, as far as they are there; then where the value stands, at most kMostFound.
    std::vector<Found> found;
    std::uint64_t places = 0;    ///< at which the value stands, with those that `found` has no room for
    std::uint64_t failures = 0;  ///< events at which the model failed: the state lacks them
    std::shared_ptr<const Completeness> completeness;
};

struct StateSearchSummary {
    std::uint64_t hits = 0;
    std::uint64_t asked = 0;                       ///< entities that had an event by then, and lived where that matters
    SweepProgress looked;                          ///< events behind the moment count as looked at
    std::vector<expression::Mismatch> mismatches;  ///< counts are of entities, each of which is asked once
    /// Paths of the expression at which nothing stood in any of those asked: "state.balanse", "payload.totl".
    std::vector<std::string> absentPaths;
    SweepFailures failures;
};

/// Finds the entities of the scope whose state as of a moment is what is looked for. Each is folded up to that moment; where no state
/// is looked at nothing is folded, and no model is asked for.
/// `hit` is called from any of the sweep's threads, one at a time, as they are found: in no order. Errors as sweep(); what was
/// told before stays true.
[[nodiscard]] Result<StateSearchSummary> searchStates(const SweepSource& source, const SweepScope& scope, const StateQuery& query,
                                                      const ModelOf& models, SweepOptions options,
                                                      const std::function<void(const StateHit&)>& hit);

}  // namespace hindcast::replay
