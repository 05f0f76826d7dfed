#pragma once
#include "core/event/change.h"
#include "core/event/event.h"
#include "core/event/json.h"

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::model {

/// One event as a reducer sees it. Views live during the call; `payload` is followed by at least 64 readable bytes.
struct Input {
    EventId id;
    Version version;
    std::string_view category;
    std::string_view entity;  ///< its id
    std::string_view type;
    EventKind kind = EventKind::Plain;
    Timestamp time;
    std::string_view payload;  ///< JSON text; empty: none (tombstone, bytes)
};

/// What a fold carries: the document, and whether the entity lives. A dead or unborn entity has a discarded document.
struct FoldState {
    Json document = Json(Json::value_t::discarded);
    bool alive = false;
    /// What of the state JSON has no word for (NaN, undefined, -0), in words of the process that made it, which needs them to go on;
    /// empty: nothing. The document has null, nothing or 0 there.
    std::string beyond{};
};

/// Why a reducer could not take an event. The state before it stands.
struct EvolveError {
    std::string message;
    std::string handler;  ///< "OrderPlaced[1] add"; of a script "account.evolve.Deposited"
    std::string file{};   ///< of a script: as the model is called
    int line = 0;         ///< of a script: 1-based; 0: not known
    int column = 0;
};

class Run;
class RunSink;
struct RunOptions;

/// evolve(state, event) → state, with initial(). Pure: the same events give the same state.
/// Threads: one at a time; clone() for another thread.
class Reducer {
public:
    Reducer() = default;
    Reducer(const Reducer&) = delete;
    Reducer& operator=(const Reducer&) = delete;
    virtual ~Reducer() = default;

    [[nodiscard]] virtual std::string name() const = 0;      ///< "merge", "set rules: user"
    [[nodiscard]] virtual std::string describe() const = 0;  ///< one line to show: "last seen values, no model"
    /// Changes when the outcome could change: snapshots are kept by it.
    [[nodiscard]] virtual std::string hash() const = 0;
    [[nodiscard]] virtual std::unique_ptr<Reducer> clone() const = 0;
    [[nodiscard]] virtual Json initial() const = 0;

    /// Applies one event in place. On error `state` is as it was. Where `changes` is given, what the event wrote is appended to
    /// it, leaf by leaf, in order, with old values; rewritten equal values as Change::Op::Same.
    /// One that runs in another process pays a round trip for it: fold by start().
    [[nodiscard]] virtual std::expected<void, EvolveError> evolve(FoldState& state, const Input& input, Changes* changes) = 0;

    /// Whether it runs in another process. Then evolve() is slow and initial() is discarded: a state starts in its first event.
    [[nodiscard]] virtual bool isRemote() const { return false; }
    /// A run of this model. `sink` must outlive it. An error where the model cannot be started: what, why, with file and line.
    [[nodiscard]] virtual Result<std::unique_ptr<Run>> start(RunSink& sink, RunOptions options) const;
    /// Names of the invariants that the model declares.
    [[nodiscard]] virtual std::vector<std::string> invariants() const { return {}; }
};

/// The built-in models by name: merge, patch, latest, debezium, fields (`new_x`/`old_x`). Null where there is no such name.
[[nodiscard]] std::unique_ptr<Reducer> builtIn(std::string_view name);
/// A set-rules file (contracts 3). The error names the rule and the operation.
[[nodiscard]] Result<std::unique_ptr<Reducer>> setRules(const Json& rules);
[[nodiscard]] const char* setRulesSchema();

/// What is used where nobody chose: debezium for table rows; fields where events carry `new_x`; else merge.
[[nodiscard]] std::unique_ptr<Reducer> defaultReducer(bool tableRows);

}  // namespace hindcast::model
