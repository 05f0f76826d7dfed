#pragma once
#include "core/model/peer.h"
#include "core/model/runtime.h"

#include <memory>
#include <string>
#include <vector>

namespace hindcast::model {

/// A program of the user's that folds: in any language, by JSON lines on standard input and output.
struct Program {
    std::vector<std::string> command;  ///< program and arguments
    std::string folder{};              ///< to work in; empty: ours

    /// As one would type it.
    [[nodiscard]] std::string text() const;
    /// Differs where the command or the folder does in any way.
    [[nodiscard]] std::string key() const;
};

/// One process of it. Starts nothing before restart(), and whoever calls has made sure that programs may be started.
/// restart() with a process that is fresh does nothing. `key` is what the program is, its files included: at first one that is idle
/// is taken from the runtime's pool, and at the end given back.
[[nodiscard]] std::unique_ptr<Peer> programPeer(std::shared_ptr<Runtime> runtime, Program program, std::string key,
                                                const RunOptions& options);

}  // namespace hindcast::model
