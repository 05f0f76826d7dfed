#include "core/model/remote_reducer.h"
#include "core/model/script.h"
#include "core/model/script_peer.h"

namespace hindcast::model {

namespace {

class ScriptReducer final : public RemoteReducer {
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

protected:
    std::string whereItFails() const override { return name(); }

private:
    std::shared_ptr<Runtime> runtime_;
    std::shared_ptr<const Script> script_;
    std::shared_ptr<const ScriptFacts> facts_;
    std::string category_;
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

bool isModule(const std::shared_ptr<Runtime>& runtime, const Script& script)
{
    const auto facts = runtime->scripts().facts(script.name, script.source);
    return facts && *facts && !(*facts)->projection;
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
