// hindcast-script: runs JavaScript models for Hindcast, in a process that can be killed. It speaks the frames of
// core/model/script_protocol.h on file descriptor 3 and is of no use by hand.
#include "app/script/engine.h"
#include "app/script/frames.h"
#include "app/script/watch.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>

namespace {

using hindcast::model::ScriptFrame;
using hindcast::model::ScriptProgress;
using Json = nlohmann::json;

constexpr int kFrames = 3;
constexpr int kShared = 4;
constexpr int kExitProtocol = 65;

bool isSocket(int descriptor)
{
    struct stat about{};
    return ::fstat(descriptor, &about) == 0 && S_ISSOCK(about.st_mode);
}

std::string wrong(const std::string& message)
{
    return Json{{"message", message}, {"file", ""}, {"line", 0}, {"column", 0}}.dump(-1, ' ', false,
                                                                                     Json::error_handler_t::replace);
}

class Helper {
public:
    explicit Helper(ScriptProgress* progress)
        : progress_(progress), watch_(progress, kFrames), engine_(progress), frames_(kFrames)
    {
    }

    int serve()
    {
        watch_.start();
        std::string reuse;
        while (auto frame = frames_.read(std::move(reuse))) {
            bool told = true;
            switch (frame->kind) {
                case ScriptFrame::Load: told = load(frame->body); break;
                case ScriptFrame::Ops: {
                    progress_->op = 0;
                    ++progress_->frames;
                    const auto answer = engine_.run(frame->body);
                    if (!answer) {
                        std::fprintf(stderr, "hindcast-script: a packet of no use: %s\n", answer.error().c_str());
                        return kExitProtocol;
                    }
                    told = frames_.write(ScriptFrame::Told, *answer);
                    break;
                }
                case ScriptFrame::Bye: engine_.forget(); break;
                default: return kExitProtocol;
            }
            if (!told) break;
            reuse = std::move(frame->body);
        }
        return 0;
    }

private:
    bool load(const std::string& body)
    {
        const Json given = Json::parse(body, nullptr, false);
        if (!given.is_object()) return frames_.write(ScriptFrame::Wrong, wrong("the load frame is no JSON object"));
        const auto number = [&](const char* name, std::uint64_t otherwise) {
            const auto found = given.find(name);
            return found != given.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : otherwise;
        };
        const auto text = [&](const char* name) {
            const auto found = given.find(name);
            return found != given.end() && found->is_string() ? found->get<std::string>() : std::string();
        };
        const auto flag = [&](const char* name) {
            const auto found = given.find(name);
            return found != given.end() && found->is_boolean() && found->get<bool>();
        };
        if (number("protocol", 0) != hindcast::model::kScriptProtocol)
            return frames_.write(ScriptFrame::Wrong,
                                 wrong("hindcast-script is of another build than the program that started it"));
        const std::uint64_t memory = number("memoryBytes", 0);
        watch_.limit(memory);
        const auto fields = given.find("fields");
        Json options{{"invariants", flag("invariants")}, {"careful", flag("careful")}, {"fields", Json::array()}};
        if (fields != given.end() && fields->is_array()) options["fields"] = *fields;
        hindcast::script::Engine::Load load{text("name"), text("source"),
                                            options.dump(-1, ' ', false, Json::error_handler_t::replace),
                                            std::chrono::milliseconds(number("perHandlerMs", 1000))};
        // While a state is told it is there several times: itself, as text in two encodings, and as what is read of that again.
        if (memory > 0) load.largestState = memory / 64;
        const auto loaded = engine_.load(load);
        return loaded ? frames_.write(ScriptFrame::Loaded, *loaded) : frames_.write(ScriptFrame::Wrong, loaded.error());
    }

    ScriptProgress* progress_;
    hindcast::script::Watch watch_;
    hindcast::script::Engine engine_;
    hindcast::script::Frames frames_;
};

}  // namespace

int main(int argc, char** argv)
{
    if (argc == 2 && std::strcmp(argv[1], "--version") == 0) {
        std::puts("hindcast-script " HINDCAST_VERSION);
        return 0;
    }
    if (argc != 1 || !isSocket(kFrames)) {
        std::fputs(
            "hindcast-script runs JavaScript models for Hindcast, which starts it; there is nothing to do with it by hand.\n"
            "Try: hindcast-cli state WORKSPACE ENTITY --model FILE.mjs\n",
            stderr);
        return 2;
    }
    // The same answers everywhere: no time zone, no language of the user's.
    ::setenv("TZ", "UTC", 1);
    for (const char* name : {"LC_ALL", "LANG", "LANGUAGE"}) ::setenv(name, "en_US.UTF-8", 1);
    // Otherwise code that was optimised is stopped by way of signals, and an empty loop in it sometimes not at all.
    ::setenv("JSC_usePollingTraps", "1", 1);
    static ScriptProgress own{};
    void* shared = ::mmap(nullptr, sizeof(ScriptProgress), PROT_READ | PROT_WRITE, MAP_SHARED, kShared, 0);
    return Helper(shared == MAP_FAILED ? &own : static_cast<ScriptProgress*>(shared)).serve();
}
