#pragma once
#include "core/event/change.h"
#include "core/event/entity.h"
#include "core/event/pointer.h"
#include "core/model/reducer.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::model {

/// What a run tells of each event that it is fed, beside errors.
enum class Detail : std::uint8_t {
    Nothing,  ///< only the states that are asked for
    States,   ///< the state after each event
    Changes,  ///< what each event changed; of models in another process by structural difference
    Fields,   ///< RunOptions::fields, after each event by which one of them came to another value
};

/// A state as a model gave it: a native one's document, or the text that another process wrote. A view: lives during the call.
class GivenState {
public:
    GivenState(const FoldState& state) : state_(&state) {}  // NOLINT(google-explicit-constructor): it is the same thing
    /// `text`: JSON, and behind kBeyond what JSON has no word for; empty: the entity does not live.
    explicit GivenState(std::string_view text) : text_(text.substr(0, text.find(kBeyond))), whole_(text) {}

    /// A character that stands nowhere in a JSON text.
    static constexpr char kBeyond = '\x1f';

    [[nodiscard]] bool alive() const { return state_ ? state_->alive : !text_.empty(); }
    /// REQUIRES: alive(), for both.
    [[nodiscard]] Json document() const;
    [[nodiscard]] std::string text() const;
    /// With what JSON has no word for: what the model goes on from.
    [[nodiscard]] std::string wholeText() const;
    /// Deep copy, dead or alive.
    [[nodiscard]] FoldState foldState() const;
    /// The document in place; null where it is a text, or the entity does not live.
    [[nodiscard]] const Json* inPlace() const { return state_ && state_->alive ? &state_->document : nullptr; }
    /// Whether both show the same to the letter, the order of members aside. Quick where both are the same text.
    [[nodiscard]] bool sameAs(const GivenState& other) const;
    /// Whether both show the same values, however their numbers are written (119.90 and 119.9).
    [[nodiscard]] bool sameValueAs(const GivenState& other) const;

private:
    [[nodiscard]] bool same(const GivenState& other, bool (*documents)(const Json&, const Json&)) const;

    const FoldState* state_ = nullptr;
    std::string_view text_;
    std::string_view whole_;
};

/// Takes what a run tells, in the order of what was fed; on the thread that feeds, within begin(), feed(), ask…() or drain(). `tag`
/// is the fold's, as begin() had it. References live during the call.
class RunSink {
public:
    RunSink() = default;
    RunSink(const RunSink&) = delete;
    RunSink& operator=(const RunSink&) = delete;
    virtual ~RunSink() = default;

    /// The model failed at this event; the fold goes on with the state before it. Told before anything else of that event.
    virtual void failed(std::uint64_t tag, Version version, const EvolveError& error) = 0;
    /// Detail::States, or asked for. `version`: the last event that was fed.
    virtual void state(std::uint64_t /*tag*/, Version /*version*/, const GivenState& /*state*/) {}
    virtual void changes(std::uint64_t /*tag*/, Version /*version*/, const Changes& /*changes*/) {}
    /// In the order of RunOptions::fields; discarded: not there.
    virtual void fields(std::uint64_t /*tag*/, Version /*version*/, std::span<const Json> /*values*/) {}
    /// After this event an invariant does not hold that did after the one before, or there was none before in this life; one that
    /// compares the state with the one before it does not hold for this event.
    virtual void broken(std::uint64_t /*tag*/, Version /*version*/, std::string_view /*invariant*/, std::string_view /*message*/)
    {
    }
    /// The answer to askAccepted(): whether some command of the model's would have made this event in the state before it. Empty
    /// `refusal`: yes, or no command makes events of that type.
    virtual void accepted(std::uint64_t /*tag*/, Version /*version*/, std::string_view /*refusal*/) {}
    /// The answer to askDecision(): events as a JSON array of {type, payload}, or the reason of a refusal.
    virtual void decided(std::uint64_t /*tag*/, const std::expected<Json, EvolveError>& /*events*/) {}
    /// The answer to askResult(): null where there is nothing to show of that state.
    virtual void result(std::uint64_t /*tag*/, Version /*version*/, const Json& /*result*/) {}
    /// Something that a model did and that is no failure: it changed the event that it was given, it logged a line.
    virtual void remark(std::uint64_t /*tag*/, Version /*version*/, std::string_view /*message*/) {}
};

struct RunOptions {
    std::vector<Pointer> fields;  ///< for Detail::Fields
    bool invariants = false;      ///< check the model's, tell by RunSink::broken()
    /// Looks closer and takes longer: tells where an event was changed by the model, and values that JSON cannot hold (NaN).
    bool careful = false;
    std::stop_token stop;  ///< calls end with Error::Kind::Cancelled soon after
    /// Many lives are folded: one at which the process dies too often is passed over from that event on, and the run goes on with the next.
    bool manyLives = false;
};

/// A model at work: folds one entity after the other, many events to a call or a packet. What is fed may be folded later; what it
/// tells comes in order, at the latest by drain().
/// Threads: one at a time; another run for another thread. May outlive the reducer that started it, not the sink.
class Run {
public:
    Run() = default;
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;
    virtual ~Run() = default;

    /// Starts a fold, and with that ends the one before it. `version`: how many events `from` holds already; `from` null: unborn.
    /// An error of any of these calls is the run's own (the process cannot be started, too many deaths, cancelled); it is of no
    /// use then.
    [[nodiscard]] virtual Result<void> begin(std::uint64_t tag, const EntityKey& entity, Version version, const FoldState* from,
                                             Detail detail) = 0;
    /// The next event; `input.version` is one more than the last. Copies what it needs.
    [[nodiscard]] virtual Result<void> feed(const Input& input) = 0;
    /// An event that cannot be folded, since its record is gone: it is told of by the detail, with the state as it is.
    [[nodiscard]] virtual Result<void> pass(Version version) = 0;
    /// From the next event on.
    [[nodiscard]] virtual Result<void> setDetail(Detail detail) = 0;
    /// The state after what was fed, by RunSink::state().
    [[nodiscard]] virtual Result<void> askState() = 0;
    /// Would a command of the model's have made this event now? By RunSink::accepted(); does not feed it.
    [[nodiscard]] virtual Result<void> askAccepted(const Input& input) = 0;
    /// What the model's decide makes of a command now, by RunSink::decided().
    [[nodiscard]] virtual Result<void> askDecision(std::string_view command, const Json& arguments) = 0;
    /// What the model shows of the state now, where that is another document (a projection's transforms), by RunSink::result();
    /// nothing is told where models of the kind have no such thing.
    [[nodiscard]] virtual Result<void> askResult() { return {}; }
    /// All has been told when this returns.
    [[nodiscard]] virtual Result<void> drain() = 0;
};

/// A run of a native reducer, on the caller's thread.
[[nodiscard]] std::unique_ptr<Run> nativeRun(std::unique_ptr<Reducer> reducer, RunSink& sink, RunOptions options);

}  // namespace hindcast::model
