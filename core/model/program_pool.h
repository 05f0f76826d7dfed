#pragma once
#include "core/platform/process.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace hindcast::model {

/// Programs that have answered all they were asked, kept so that the next run need not start one: a replay of a thousand entities would
/// start a thousand.
/// Threads: any.
class ProgramPool {
public:
    struct Idle {
        std::unique_ptr<platform::Process> process;
        std::uint64_t nextAsk = 0;
    };

    /// `key`: what the program is, its files included. Empty: none is there.
    [[nodiscard]] std::optional<Idle> take(const std::string& key);
    void give(std::string key, Idle idle);
    /// Ends all that are idle.
    void clear();

private:
    static constexpr std::size_t kMost = 2;
    std::mutex mutex_;
    std::deque<std::pair<std::string, Idle>> idle_;  ///< the oldest first
};

}  // namespace hindcast::model
