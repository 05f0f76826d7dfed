#pragma once
#include "core/event/error.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::platform {

/// A program of ours or the user's, run as a child: bytes go in and come out, and it can be killed. It ends with this object, and
/// with the process that started it. POSIX; the room's only place that starts one.
/// Threads: one at a time; kill() and residentBytes() from any.
class Process {
public:
    struct Options {
        std::vector<std::string> command;  ///< program (looked up in PATH where it holds no `/`) and its arguments
        std::string folder{};              ///< to work in; empty: ours
        std::map<std::string, std::string> environment{};  ///< added to ours
        bool onlyThatEnvironment = false;
        /// Standard output and input are pipes; where set, one socket is both, as file descriptor 3, and standard input and output
        /// are empty.
        bool socket = false;
        /// Bytes of memory that both see, as file descriptor 4; zeroed. 0: none.
        std::size_t sharedBytes = 0;
        bool harmless = false;  ///< may open no more files, start no processes, and goes first where memory is short
    };

    [[nodiscard]] static Result<std::unique_ptr<Process>> start(const Options& options);
    ~Process();  ///< kills what still runs, and waits for its end

    /// Sends all of `bytes`, and meanwhile takes in what comes, so that two that write at once do not wait for each other.
    /// An error where the program has closed its end, the time is over (Error::Kind::Retry) or one asks to stop (Cancelled).
    [[nodiscard]] Result<void> send(std::string_view bytes, std::chrono::milliseconds most, const std::stop_token& stop = {});
    /// Waits for more bytes to come in, at most so long. False: the program has closed its end and nothing is left. The time being
    /// over is an error (Retry).
    [[nodiscard]] Result<bool> receive(std::chrono::milliseconds most, const std::stop_token& stop = {});
    /// What has come in and was not taken yet. Valid until the next call.
    [[nodiscard]] std::string_view incoming() const;
    void take(std::size_t bytes);  ///< REQUIRES: as many are there

    /// The last lines that it wrote to standard error, at most some kilobytes.
    [[nodiscard]] std::string lastWords();
    void kill();
    /// Waits for its end: "ended with 3", "was killed by signal 11 (Segmentation fault)". Kills it where it does not end within `most`.
    [[nodiscard]] std::string end(std::chrono::milliseconds most);
    [[nodiscard]] std::size_t residentBytes() const;  ///< 0: not known
    [[nodiscard]] void* shared() const;

private:
    struct Impl;
    explicit Process(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// A program that belongs to ours, beside it on disk: "hindcast-script". Empty: it is not there.
[[nodiscard]] std::string programBeside(std::string_view name);

}  // namespace hindcast::platform
