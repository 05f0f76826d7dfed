#include "core/model/script_pool.h"

#include "core/event/json.h"
#include "core/model/script_protocol.h"

#include <algorithm>
#include <cstring>

namespace hindcast::model {

namespace {

using std::chrono::milliseconds;

constexpr const char* kHelper = "hindcast-script";

std::string textOf(const Json& json, const char* name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

int numberOf(const Json& json, const char* name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_number_integer() ? found->get<int>() : 0;
}

std::vector<std::string> textsOf(const Json& json, const char* name)
{
    std::vector<std::string> texts;
    if (const auto found = json.find(name); found != json.end() && found->is_array())
        for (const Json& each : *found)
            if (each.is_string()) texts.push_back(each.get<std::string>());
    return texts;
}

Error unusable(std::string why) { return {"cannot run JavaScript models", std::move(why), {}}; }

}  // namespace

const ScriptEntity* ScriptFacts::find(std::string_view category) const
{
    const auto found = std::ranges::find(entities, category, &ScriptEntity::category);
    return found == entities.end() ? nullptr : &*found;
}

Error ScriptFault::error() const
{
    std::string where = at.file;
    if (at.line > 0) where += ":" + std::to_string(at.line);
    if (at.line > 0 && at.column > 0) where += ":" + std::to_string(at.column);
    return {"cannot use the model " + where, at.message, {}, Error::Kind::BadInput};
}

void appendFrame(std::string& out, std::uint8_t kind, std::string_view body)
{
    const auto length = static_cast<std::uint32_t>(body.size() + 1);
    char head[5];
    std::memcpy(head, &length, sizeof length);
    head[4] = static_cast<char>(kind);
    out.append(head, sizeof head);
    out += body;
}

std::optional<FrameView> frameIn(std::string_view bytes)
{
    std::uint32_t length = 0;
    if (bytes.size() < sizeof length + 1) return std::nullopt;
    std::memcpy(&length, bytes.data(), sizeof length);
    if (length == 0 || bytes.size() < sizeof length + length) return std::nullopt;
    return FrameView{static_cast<std::uint8_t>(bytes[4]), bytes.substr(5, length - 1), sizeof length + length};
}

Result<std::unique_ptr<ScriptProcess>> ScriptProcess::start(const Limits& limits)
{
    const std::string program = platform::programBeside(kHelper);
    if (program.empty()) return std::unexpected(unusable("the program hindcast-script is not beside this one, where it belongs"));
    platform::Process::Options options;
    options.command = {program};
    options.environment = {{"TZ", "UTC"}, {"LC_ALL", "C.UTF-8"}};
    options.socket = true;
    options.sharedBytes = sizeof(ScriptProgress);
    options.harmless = true;
    auto process = platform::Process::start(options);
    if (!process) return std::unexpected(unusable(process.error().text()));
    return std::unique_ptr<ScriptProcess>(new ScriptProcess(std::move(*process), limits));
}

Result<LoadedScript> ScriptProcess::load(const Load& load, const std::stop_token& stop)
{
    Json body = Json::object();
    body["protocol"] = kScriptProtocol;
    body["name"] = load.name;
    body["source"] = load.source;
    body["invariants"] = load.invariants;
    body["careful"] = load.careful;
    body["fields"] = Json::array();
    for (const std::string& field : load.fields) body["fields"].push_back(field);
    body["perHandlerMs"] = static_cast<std::int64_t>(limits_.perHandler.count());
    body["memoryBytes"] = static_cast<std::uint64_t>(limits_.memoryBytes);
    std::string frame;
    appendFrame(frame, static_cast<std::uint8_t>(ScriptFrame::Load), toText(body));
    const auto gone = [&](const std::string& why) {
        spent_ = true;
        const std::string words = process_->lastWords();
        return std::unexpected(unusable("hindcast-script " + why + (words.empty() ? "" : ": " + words)));
    };
    if (auto sent = process_->send(frame, limits_.start, stop); !sent) {
        if (sent.error().kind == Error::Kind::Cancelled) return std::unexpected(sent.error());
        return gone(process_->end(milliseconds(100)));
    }
    // A model's top level may loop as any handler may.
    const auto deadline = std::chrono::steady_clock::now() + limits_.start + limits_.perHandler;
    std::optional<FrameView> answer;
    while (!(answer = frameIn(process_->incoming()))) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now());
        auto more = process_->receive(std::max(left, milliseconds(0)), stop);
        if (more && *more) continue;
        if (!more && more.error().kind == Error::Kind::Cancelled) return std::unexpected(more.error());
        const auto* progress = static_cast<const ScriptProgress*>(process_->shared());
        const bool memory = progress != nullptr && progress->reason == 1;
        const bool slow = !more;
        const std::string end = process_->end(milliseconds(100));
        spent_ = true;
        if (memory || slow)
            return LoadedScript(
                std::unexpect,
                ScriptFault{{memory ? "loading it took more than " + std::to_string(limits_.memoryBytes >> 20) + " MB"
                                    : "loading it took too long: its top level does not come to an end",
                             "", load.name}});
        return gone(end);
    }
    auto json = parseJson(answer->body);
    const std::uint8_t kind = answer->kind;
    process_->take(answer->size);
    if (!json || !json->is_object()) return gone("answered something that is no JSON");
    if (kind == static_cast<std::uint8_t>(ScriptFrame::Wrong))
        return LoadedScript(std::unexpect, ScriptFault{{textOf(*json, "message"), "", textOf(*json, "file"),
                                                        numberOf(*json, "line"), numberOf(*json, "column")}});
    if (kind != static_cast<std::uint8_t>(ScriptFrame::Loaded)) return gone("answered out of turn");
    ScriptFacts facts;
    if (const auto found = json->find("projection"); found != json->end() && found->is_boolean())
        facts.projection = found->get<bool>();
    if (const auto found = json->find("transforms"); found != json->end() && found->is_boolean())
        facts.transforms = found->get<bool>();
    facts.remarks = textsOf(*json, "remarks");
    if (const auto found = json->find("entities"); found != json->end() && found->is_object())
        for (const auto& [category, entity] : found->get_ref<const Json::object_t&>())
            facts.entities.push_back(
                {category, textsOf(entity, "handlers"), textsOf(entity, "decide"), textsOf(entity, "invariants")});
    return LoadedScript(std::move(facts));
}

void ScriptProcess::rest()
{
    std::string frame;
    appendFrame(frame, static_cast<std::uint8_t>(ScriptFrame::Bye), {});
    // Where it is dead already, that is met at the next load.
    [[maybe_unused]] const auto sent = process_->send(frame, milliseconds(1000));
}

Result<std::unique_ptr<ScriptProcess>> ScriptPool::take()
{
    Limits limits;
    {
        const std::scoped_lock lock(mutex_);
        if (!idle_.empty()) {
            auto process = std::move(idle_.back());
            idle_.pop_back();
            return process;
        }
        limits = limits_;
    }
    return ScriptProcess::start(limits);
}

void ScriptPool::setLimits(const Limits& limits)
{
    std::vector<std::unique_ptr<ScriptProcess>> dropped;  // they end outside of the lock: that takes a moment
    const std::scoped_lock lock(mutex_);
    limits_ = limits;
    dropped.swap(idle_);
}

void ScriptPool::give(std::unique_ptr<ScriptProcess> process)
{
    if (process->spent()) return;
    process->rest();
    const std::scoped_lock lock(mutex_);
    if (idle_.size() < kMostIdle && process->limits() == limits_) idle_.push_back(std::move(process));
}

Result<LoadedScript> ScriptPool::facts(const std::string& name, const std::string& source, const std::stop_token& stop)
{
    const std::string key = name + '\n' + source;
    {
        const std::scoped_lock lock(mutex_);
        if (const auto known = std::ranges::find(facts_, key, [](const auto& each) { return each.first; }); known != facts_.end())
            return known->second;
    }
    bool lasting = false;  // a fault that a busy machine may have made is looked for again
    auto loaded = [&]() -> Result<LoadedScript> {
        for (int attempt = 0;; ++attempt) {
            auto process = take();
            if (!process) return std::unexpected(process.error());
            auto facts = (*process)->load({name, source, {}, false, false}, stop);
            if (facts) lasting = !(*process)->spent();
            if (facts || (*process)->spent()) give(std::move(*process));
            // One that waited may have died meanwhile; a new one tells the truth.
            if (facts || attempt > 0 || facts.error().kind == Error::Kind::Cancelled) return facts;
        }
    }();
    if (!loaded || !lasting) return loaded;
    const std::scoped_lock lock(mutex_);
    if (facts_.size() >= kMostFacts) facts_.erase(facts_.begin());
    facts_.emplace_back(key, *loaded);
    return loaded;
}

}  // namespace hindcast::model
