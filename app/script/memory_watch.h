#pragma once
#include "core/model/script_protocol.h"

#include <atomic>
#include <cstddef>

namespace hindcast::script {

/// Ends the process (exit 77, ScriptProgress::reason 1) when it holds more memory than it may. By resident memory: the engine reserves
/// far more addresses than it uses, so a limit of those would be no limit.
/// Threads: start() once; limit() from any.
class MemoryWatch {
public:
    explicit MemoryWatch(volatile model::ScriptProgress* progress) : progress_(progress) {}
    MemoryWatch(const MemoryWatch&) = delete;
    MemoryWatch& operator=(const MemoryWatch&) = delete;

    /// A thread that looks every 20 ms, as long as the process lives; it touches nothing but `this`, which must live as long.
    void start();
    /// 0: none.
    void limit(std::size_t bytes) { limit_ = bytes; }
    /// Resident bytes now; 0: cannot be told.
    [[nodiscard]] static std::size_t resident();

private:
    volatile model::ScriptProgress* progress_;
    std::atomic<std::size_t> limit_ = 0;
};

inline constexpr int kExitMemory = 77;

}  // namespace hindcast::script
