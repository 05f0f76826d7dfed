#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace hindcast::model {

/// Limits for models that run in other processes.
struct Limits {
    std::chrono::milliseconds perHandler{1000};  ///< of a script: for one event; of a program: for one packet
    std::size_t memoryBytes = 512u << 20;        ///< resident, of one process
    std::chrono::milliseconds start{10'000};     ///< for a program to be there
};

class ProgramPool;
class ScriptPool;

/// What models need of the place they run in: limits, and processes that are kept ready. Share one among all that run models.
/// Threads: any.
class Runtime {
public:
    explicit Runtime(Limits limits = {});
    ~Runtime();
    [[nodiscard]] const Limits& limits() const { return limits_; }
    [[nodiscard]] ScriptPool& scripts() { return *scripts_; }
    [[nodiscard]] ProgramPool& programs() { return *programs_; }
    /// Whether models of a workspace may start programs of the user's (a workspace may have come by mail). Off at first.
    [[nodiscard]] bool programsAllowed() const { return programsAllowed_; }
    void allowPrograms(bool on) { programsAllowed_ = on; }

private:
    Limits limits_;
    std::unique_ptr<ScriptPool> scripts_;
    std::unique_ptr<ProgramPool> programs_;
    bool programsAllowed_ = false;
};

}  // namespace hindcast::model
