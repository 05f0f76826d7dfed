#include "app/bench/figures.h"

#include "core/expression/expression.h"
#include "core/ingest/decoders.h"
#include "core/model/runtime.h"
#include "core/model/script.h"
#include "core/replay/first_time.h"
#include "core/replay/model_diff.h"
#include "core/replay/state_search.h"
#include "core/store/store.h"

#include <fmt/core.h>
#include <unistd.h>
#include <chrono>
#include <thread>

namespace hindcast::bench {

namespace {

using Clock = std::chrono::steady_clock;

double seconds(Clock::time_point began) { return std::chrono::duration<double>(Clock::now() - began).count(); }

/// A small account model: what comes in and goes out, and how often.
constexpr const char* kRules = R"({"entity": "account", "initial": {"events": 0, "balance": 0}, "on": {
  "Deposited": [{"add": "/balance", "value": {"at": "/amount"}}],
  "Withdrawn": [{"set": "/last_withdrawal", "value": {"at": "/amount"}}],
  "FeeCharged": [{"add": "/fees", "value": {"at": "/amount"}}],
  "*": [{"add": "/events", "value": {"const": 1}}, {"set": "/branch", "value": {"at": "/branch"}}]}})";
/// The same in another wording: every state of every entity has to be compared.
constexpr const char* kOtherRules = R"({"entity": "account", "initial": {"events": 0, "balance": 0}, "on": {
  "FeeCharged": [{"add": "/fees", "value": {"at": "/amount"}}],
  "Withdrawn": [{"set": "/last_withdrawal", "value": {"at": "/amount"}}],
  "Deposited": [{"add": "/balance", "value": {"at": "/amount"}}],
  "*": [{"set": "/branch", "value": {"at": "/branch"}}, {"add": "/events", "value": {"const": 1}}]}})";

/// The same as a script, and in another wording.
constexpr const char* kScript = R"js(
export const entities = { account: { initial: () => ({ events: 0, balance: 0 }), evolve: {
  Deposited: (s, e) => ({ ...s, events: s.events + 1, branch: e.payload.branch, balance: s.balance + e.payload.amount }),
  Withdrawn: (s, e) => ({ ...s, events: s.events + 1, branch: e.payload.branch, last_withdrawal: e.payload.amount }),
  FeeCharged: (s, e) => ({ ...s, events: s.events + 1, branch: e.payload.branch, fees: (s.fees ?? 0) + e.payload.amount }),
  $any: (s, e) => ({ ...s, events: s.events + 1, branch: e.payload.branch }) } } };
)js";
constexpr const char* kOtherScript = R"js(
const seen = (s, e) => { s.events += 1; s.branch = e.payload.branch; };
export const entities = { account: { initial: () => ({ events: 0, balance: 0 }), evolve: {
  Deposited: (s, e) => { seen(s, e); s.balance += e.payload.amount; },
  Withdrawn: (s, e) => { seen(s, e); s.last_withdrawal = e.payload.amount; },
  FeeCharged: (s, e) => { seen(s, e); s.fees = (s.fees ?? 0) + e.payload.amount; },
  $any: seen } } };
)js";

/// Goes through all events and does nothing with them: what reading and ordering alone take.
class Reading final : public replay::SweepFold {
public:
    Result<void> fold(replay::SweepBatch& batch) override
    {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            auto walked = batch.walk(i, Version{}, [](const replay::SweptEvent&) -> Result<bool> { return true; });
            if (!walked) return walked;
        }
        return {};
    }
};

std::shared_ptr<const model::Reducer> rulesOf(const char* text)
{
    auto rules = model::setRules(*parseJson(text));
    if (!rules) stop(rules.error().text());
    return std::move(*rules);
}

/// Null where scripts cannot be run here: `why` says it.
std::shared_ptr<const model::Reducer> scriptOf(const std::shared_ptr<model::Runtime>& runtime, const char* source,
                                               std::string& why)
{
    auto script = model::scriptReducer(runtime, {"account.mjs", source}, "account");
    if (script) return std::move(*script);
    why = script.error().text();
    return nullptr;
}

replay::ModelOf always(std::shared_ptr<const model::Reducer> reducer)
{
    return [reducer = std::move(reducer)](const store::Category&) -> Result<std::shared_ptr<const model::Reducer>> {
        return reducer;
    };
}

}  // namespace

void timeTravelFigures(const Setup& setup, const Report& report)
{
    const std::string workspace = makeWorkspace(setup, makeJsonLines(setup), nullptr);
    ::sync();  // what making it left to write is not what is measured
    auto store = store::Store::open(workspace, store::Mode::ReadOnly);
    if (!store) stop(store.error().text());
    replay::SweepSource source;
    source.store = *store;
    source.payloads = [](store::Reader& reader) -> Result<std::unique_ptr<PayloadSource>> {
        auto saved = ingest::loadMappings(reader);
        if (!saved) return std::unexpected(saved.error());
        auto decoders = std::make_shared<ingest::Decoders>(std::move(*saved));
        if (auto done = decoders->refresh(reader); !done) return std::unexpected(done.error());
        return ingest::payloadsOf(std::move(decoders));
    };

    const auto beganReading = Clock::now();
    auto read = replay::sweep(source, {}, {}, [](const std::stop_token&) -> Result<std::unique_ptr<replay::SweepFold>> {
        return std::make_unique<Reading>();
    });
    if (!read) stop(read.error().text());
    const double reading = seconds(beganReading);
    const std::string size =
        fmt::format("{} events in {} entities, {} threads; reading and ordering alone {:.2f} s", read->events, read->entities,
                    std::max(1u, std::thread::hardware_concurrency()), reading);
    const auto rules = rulesOf(kRules);
    const auto otherRules = rulesOf(kOtherRules);
    const auto runtime = std::make_shared<model::Runtime>();
    std::string why;
    const auto script = scriptOf(runtime, kScript, why);
    const auto otherScript = scriptOf(runtime, kOtherScript, why);
    // The figure is JavaScript's where that can be run; what the built-in model takes stands beside it.
    const auto figure = [&](const char* name, const std::string& what, const auto& run) {
        const auto [native, found] = run(rules, otherRules);
        if (!script || !otherScript) {
            report({name, native, "s", fmt::format("set rules ({}); {}; {}: {}", why, what, size, found)});
            return;
        }
        const auto [scripted, foundByScript] = run(script, otherScript);
        report({name, scripted, "s",
                fmt::format("JavaScript; {}; {}: {} found; set rules {:.2f} s: {}", what, size, foundByScript, native, found)});
    };
    using Model = std::shared_ptr<const model::Reducer>;
    if (setup.wanted("first-time-when-s")) {
        const auto expression = expression::Expression::parse("state.balance > 4000 && state.fees > 1000");
        if (!expression) stop(expression.error().message);
        figure("first-time-when-s", (*expression)->text(), [&](const Model& model, const Model&) {
            const auto began = Clock::now();
            const auto found = replay::firstTime(source, {}, *expression, always(model), {}, [](const replay::FirstHit&) {});
            if (!found) stop(found.error().text());
            return std::pair(seconds(began), found->hits);
        });
    }
    if (setup.wanted("state-search-s")) {
        // A value that stands nowhere: every value of every state is looked at.
        replay::StateQuery query;
        query.value = *replay::SoughtValue::fromText("nowhere in any state");
        figure("state-search-s", "a text in the states as of now", [&](const Model& model, const Model&) {
            const auto began = Clock::now();
            const auto found = replay::searchStates(source, {}, query, always(model), {}, [](const replay::StateHit&) {});
            if (!found) stop(found.error().text());
            return std::pair(seconds(began), found->asked);
        });
    }
    if (setup.wanted("model-diff-s"))
        figure("model-diff-s", "two that agree", [&](const Model& model, const Model& other) {
            const auto began = Clock::now();
            const auto compared =
                replay::modelDifference(source, {}, always(model), always(other), {}, [](const replay::ModelDifference&) {});
            if (!compared) stop(compared.error().text());
            return std::pair(seconds(began), compared->differing);
        });
}

}  // namespace hindcast::bench
