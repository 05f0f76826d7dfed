#include "core/model/program_reducer.h"

#include "core/model/program_files.h"
#include "core/model/remote_reducer.h"

#include <utility>

namespace hindcast::model {

namespace {

constexpr const char* kWhat = "cannot use the program of the model";

class ProgramReducer final : public RemoteReducer {
public:
    ProgramReducer(std::shared_ptr<Runtime> runtime, Program program, std::string hash)
        : runtime_(std::move(runtime)), program_(std::move(program)), hash_(std::move(hash))
    {
    }

    std::string name() const override { return "program: " + program_.text(); }
    std::string describe() const override
    {
        return "the program " + program_.text() + (program_.folder.empty() ? "" : " in " + program_.folder);
    }
    std::string hash() const override { return hash_; }
    std::unique_ptr<Reducer> clone() const override { return std::make_unique<ProgramReducer>(runtime_, program_, hash_); }

    Result<std::unique_ptr<Run>> start(RunSink& sink, RunOptions options) const override
    {
        if (!runtime_ || !runtime_->allows(program_))
            return fail("cannot run " + describe(), "models of this workspace may not start programs",
                        "allow it if you know where the workspace comes from", Error::Kind::Denied);
        auto peer = programPeer(runtime_, program_, hash_, options);
        // What keeps it from starting is told here; the run finds the process as fresh as one of its own.
        if (auto started = peer->restart(); !started) return std::unexpected(std::move(started.error()));
        return remoteRun(std::move(peer), sink, std::move(options));
    }

private:
    std::shared_ptr<Runtime> runtime_;
    Program program_;
    std::string hash_;
};

}  // namespace

bool isProgram(const Json& document) { return document.is_object() && document.contains("program"); }

Json documentOf(const Program& program)
{
    Json document = Json::object();
    Json& inner = document["program"] = Json::object();
    Json& command = inner["command"] = Json::array();
    for (const std::string& each : program.command) command.push_back(each);
    if (!program.folder.empty()) inner["folder"] = program.folder;
    return document;
}

std::unique_ptr<Reducer> programReducer(const std::shared_ptr<Runtime>& runtime, Program program)
{
    std::string hash = "program:1 " + hashOf(program);
    return std::make_unique<ProgramReducer>(runtime, std::move(program), std::move(hash));
}

Result<Program> programIn(const Json& document)
{
    static constexpr const char* kForm =
        R"(it is written {"program": {"command": ["python3", "user.py"], "folder": "/where/it/is"}})";
    const auto wrong = [](std::string why) { return fail(kWhat, std::move(why), kForm, Error::Kind::BadInput); };
    if (!isProgram(document)) return wrong("there is no \"program\"");
    const Json& inner = document.at("program");
    if (!inner.is_object()) return wrong("\"program\" is no object");
    for (const auto& [name, value] : inner.items())
        if (name != "command" && name != "folder") return wrong("\"" + name + "\" is not known there");
    Program program;
    const auto command = inner.find("command");
    if (command == inner.end()) return wrong("\"command\" is missing");
    if (command->is_string()) {
        program.command.push_back(command->get<std::string>());
    } else if (command->is_array()) {
        for (const Json& each : *command) {
            if (!each.is_string()) return wrong("\"command\" holds something else than text");
            program.command.push_back(each.get<std::string>());
        }
    } else {
        return wrong("\"command\" is no list of texts");
    }
    if (program.command.empty() || program.command.front().empty()) return wrong("\"command\" names no program");
    for (const std::string& each : program.command)
        if (each.find('\0') != std::string::npos) return wrong("\"command\" holds a zero byte");
    if (const auto folder = inner.find("folder"); folder != inner.end()) {
        if (!folder->is_string()) return wrong("\"folder\" is no text");
        program.folder = folder->get<std::string>();
    }
    return program;
}

Result<std::unique_ptr<Reducer>> programFrom(const std::shared_ptr<Runtime>& runtime, const Json& document)
{
    auto program = programIn(document);
    if (!program) return std::unexpected(std::move(program.error()));
    return programReducer(runtime, std::move(*program));
}

}  // namespace hindcast::model
