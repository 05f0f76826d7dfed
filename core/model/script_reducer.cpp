#include "core/event/change.h"
#include "core/model/script.h"
#include "core/model/script_peer.h"

#include <algorithm>

namespace hindcast::model {

namespace {

/// Remembers what is told of one event.
class OneEvent final : public RunSink {
public:
    void failed(std::uint64_t, Version, const EvolveError& error) override { failure = error; }
    void state(std::uint64_t, Version, const GivenState& given) override { after = given.foldState(); }
    std::optional<EvolveError> failure;
    FoldState after;
};

class ScriptReducer final : public Reducer {
public:
    ScriptReducer(std::shared_ptr<Runtime> runtime, std::shared_ptr<const Script> script,
                  std::shared_ptr<const ScriptFacts> facts, std::string category)
        : runtime_(std::move(runtime)), script_(std::move(script)), facts_(std::move(facts)), category_(std::move(category))
    {
    }

    std::string name() const override { return script_->name; }
    std::string describe() const override { return (facts_->projection ? "projection " : "script ") + script_->name; }
    std::string hash() const override { return "script:1 " + category_ + "\n" + script_->source; }
    std::unique_ptr<Reducer> clone() const override
    {
        return std::make_unique<ScriptReducer>(runtime_, script_, facts_, category_);
    }
    Json initial() const override { return Json(Json::value_t::discarded); }
    bool isRemote() const override { return true; }
    std::vector<std::string> invariants() const override
    {
        const ScriptEntity* entity = facts_->find(category_);
        return entity ? entity->invariants : std::vector<std::string>();
    }

    Result<std::unique_ptr<Run>> start(RunSink& sink, RunOptions options) const override
    {
        auto peer = scriptPeer(runtime_, *script_, options);
        return remoteRun(std::move(peer), sink, std::move(options));
    }

    std::expected<void, EvolveError> evolve(FoldState& state, const Input& input, Changes* changes) override
    {
        if (!run_) {
            auto run = start(sink_, {});
            if (!run) return std::unexpected(EvolveError{run.error().text(), name()});
            run_ = std::move(*run);
        }
        sink_.failure.reset();
        const EntityKey key{std::string(input.category), std::string(input.entity)};
        auto done = run_->begin(0, key, Version{input.version.value - 1}, state.alive ? &state : nullptr, Detail::Nothing);
        if (done) done = run_->feed(input);
        if (done) done = run_->askState();
        if (done) done = run_->drain();
        if (!done) {
            run_.reset();
            return std::unexpected(EvolveError{done.error().text(), name()});
        }
        if (sink_.failure) return std::unexpected(*sink_.failure);
        if (changes) {
            const Json nothing(Json::value_t::discarded);
            Changes made = difference(state.alive ? state.document : nothing, sink_.after.alive ? sink_.after.document : nothing);
            changes->insert(changes->end(), std::make_move_iterator(made.begin()), std::make_move_iterator(made.end()));
        }
        state = sink_.after;
        return {};
    }

private:
    std::shared_ptr<Runtime> runtime_;
    std::shared_ptr<const Script> script_;
    std::shared_ptr<const ScriptFacts> facts_;
    std::string category_;
    OneEvent sink_;
    std::unique_ptr<Run> run_;
};

}  // namespace

std::optional<Script> scriptFrom(const Json& document)
{
    if (!document.is_object()) return std::nullopt;
    const auto script = document.find("script");
    if (script == document.end() || !script->is_object()) return std::nullopt;
    const auto text = [&](const char* name) {
        const auto found = script->find(name);
        return found != script->end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    return Script{text("name"), text("source"), text("file")};
}

Json documentOf(const Script& script)
{
    Json document = Json::object();
    Json& inner = document["script"] = Json::object();
    inner["name"] = script.name;
    inner["source"] = script.source;
    if (!script.file.empty()) inner["file"] = script.file;
    return document;
}

Result<std::unique_ptr<Reducer>> scriptReducer(const std::shared_ptr<Runtime>& runtime, const Script& script,
                                               std::string_view category)
{
    auto facts = runtime->scripts().facts(script.name, script.source);
    if (!facts) return std::unexpected(facts.error());
    if (!*facts) return std::unexpected(facts->error().error());
    const ScriptFacts& known = **facts;
    const bool all = known.projection && (known.entities.empty() || known.find("*") != nullptr);
    if (!all && known.find(category) == nullptr) {
        std::string names;
        for (const ScriptEntity& entity : known.entities) names += (names.empty() ? "" : ", ") + entity.category;
        return fail("the model " + script.name + " has nothing for " + std::string(category),
                    names.empty() ? "it exports no entities" : "it has " + names, "name the category in its entities",
                    Error::Kind::BadInput);
    }
    return std::make_unique<ScriptReducer>(runtime, std::make_shared<const Script>(script),
                                           std::make_shared<const ScriptFacts>(known), std::string(category));
}

}  // namespace hindcast::model
