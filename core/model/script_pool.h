#pragma once
#include "core/event/error.h"
#include "core/model/reducer.h"
#include "core/model/runtime.h"
#include "core/model/script_packet.h"
#include "core/platform/process.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::model {

/// What a model file says of one category.
struct ScriptEntity {
    std::string category;
    std::vector<std::string> handlers;  ///< event types; empty where evolve is one function
    std::vector<std::string> commands;  ///< that it decides
    std::vector<std::string> invariants;
};

/// What a model file is, as the helper read it.
struct ScriptFacts {
    std::vector<ScriptEntity> entities;
    bool projection = false;  ///< an EventStoreDB-style file: for one category, or for all
    bool transforms = false;  ///< what it shows of a state is another document: Run::askResult()
    std::vector<std::string> remarks;
    [[nodiscard]] const ScriptEntity* find(std::string_view category) const;
};

/// A place where a model file is wrong.
struct ScriptFault {
    EvolveError at;
    /// What, why, and what to do; with file and line.
    [[nodiscard]] Error error() const;
};

using LoadedScript = std::expected<ScriptFacts, ScriptFault>;

/// One helper process, with what it has been told of types and shapes. Threads: one at a time.
class ScriptProcess {
public:
    /// Error where the helper program is not there or does not answer.
    [[nodiscard]] static Result<std::unique_ptr<ScriptProcess>> start(const Limits& limits);

    struct Load {
        std::string name;
        std::string source;
        std::vector<std::string> fields;
        bool invariants = false;
        bool careful = false;
    };
    /// Loads a model; whatever was before is forgotten. The outer error: the process is of no use.
    [[nodiscard]] Result<LoadedScript> load(const Load& load, const std::stop_token& stop = {});
    /// Nothing is at work: it drops the model.
    void rest();
    /// It was ended, or did not answer: of no use any more.
    [[nodiscard]] bool spent() const { return spent_; }
    void spend() { spent_ = true; }

    [[nodiscard]] platform::Process& process() { return *process_; }
    [[nodiscard]] ScriptPacket& packets() { return packets_; }
    [[nodiscard]] std::uint64_t framesSent() const { return framesSent_; }
    void countFrame() { ++framesSent_; }
    [[nodiscard]] const Limits& limits() const { return limits_; }

private:
    ScriptProcess(std::unique_ptr<platform::Process> process, const Limits& limits)
        : process_(std::move(process)), limits_(limits)
    {
    }
    std::unique_ptr<platform::Process> process_;
    Limits limits_;
    ScriptPacket packets_;
    std::uint64_t framesSent_ = 0;  ///< Ops frames
    bool spent_ = false;
};

/// Helper processes that wait for work, and what is known of the model files that were loaded.
/// Threads: any.
class ScriptPool {
public:
    explicit ScriptPool(const Limits& limits) : limits_(limits) {}

    /// An idle one, or a new one.
    [[nodiscard]] Result<std::unique_ptr<ScriptProcess>> take();
    /// For others to use; dropped where it is spent or enough are idle. REQUIRES: it answered all that it was sent, or is spent.
    void give(std::unique_ptr<ScriptProcess> process);

    /// What a model file says; remembered for the last few sources. The inner error: the file is wrong.
    [[nodiscard]] Result<LoadedScript> facts(const std::string& name, const std::string& source,
                                             const std::stop_token& stop = {});
    /// For processes that start from now on; those that are idle end.
    void setLimits(const Limits& limits);

private:
    static constexpr std::size_t kMostIdle = 4;
    static constexpr std::size_t kMostFacts = 16;

    Limits limits_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<ScriptProcess>> idle_;
    std::vector<std::pair<std::string, LoadedScript>> facts_;  ///< by name and source; the latest last
};

// One frame of script_protocol.h.
void appendFrame(std::string& out, std::uint8_t kind, std::string_view body);
struct FrameView {
    std::uint8_t kind = 0;
    std::string_view body;
    std::size_t size = 0;  ///< of the whole frame
};
/// The first frame of what came in; empty where it is not whole.
[[nodiscard]] std::optional<FrameView> frameIn(std::string_view bytes);

}  // namespace hindcast::model
