#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace hindcast::model {

/// Limits for models that run in other processes, and for what a replay by any model may hold.
struct Limits {
    std::chrono::milliseconds perHandler{1000};  ///< of a script: for one event; of a program: for one packet
    std::size_t memoryBytes = 512u << 20;        ///< resident, of one process
    std::chrono::milliseconds start{10'000};     ///< for a program to be there
    std::size_t snapshotBytes = 64u << 20;       ///< of states of the entity that is looked at (EntityReplay)
    std::size_t sweepBytes = 256u << 20;         ///< of the log, while many entities are looked at (SweepOptions::memory)
    bool operator==(const Limits&) const = default;
};

class ProgramPool;
class ScriptPool;
struct Program;

/// What models need of the place they run in: limits, and processes that are kept ready. Share one among all that run models.
/// Threads: any.
class Runtime {
public:
    explicit Runtime(const Limits& limits = {});
    ~Runtime();
    [[nodiscard]] Limits limits() const;
    /// For runs that start from now on: one that is at work keeps those that it began with. Processes that wait end.
    void setLimits(const Limits& limits);
    [[nodiscard]] ScriptPool& scripts() { return *scripts_; }
    [[nodiscard]] ProgramPool& programs() { return *programs_; }

    /// Models of a workspace may start no programs of the user's (a workspace may have come by mail), but those that are allowed here.
    void allowPrograms(bool all);
    void allowProgram(const Program& program);
    /// None any more. Those that wait for work end; a run that is at work goes on to its end.
    void withdrawPrograms();
    [[nodiscard]] bool allows(const Program& program) const;

private:
    mutable std::mutex mutex_;
    Limits limits_;
    bool allPrograms_ = false;
    std::set<std::string> allowed_;  ///< by Program::key()
    std::unique_ptr<ScriptPool> scripts_;
    std::unique_ptr<ProgramPool> programs_;
};

}  // namespace hindcast::model
