#pragma once
#include "core/event/error.h"
#include "core/platform/process.h"

#include <sys/types.h>
#include <cstddef>
#include <utility>

namespace hindcast::platform {

/// A file descriptor that closes with this object.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor() { close(); }

    void close();
    [[nodiscard]] int get() const { return number_; }
    [[nodiscard]] bool open() const { return number_ >= 0; }

private:
    int number_ = -1;
};

/// A child that runs, with our ends of what leads to it. They do not block and are closed on exec.
struct StartedProcess {
    pid_t id = 0;      ///< of the process, which leads a group of its own
    Descriptor input;  ///< not open where one socket is both
    Descriptor output;
    Descriptor errors;
    void* shared = nullptr;  ///< to be unmapped
};

/// Starts a program as Process::start() tells. Thread safe.
[[nodiscard]] Result<StartedProcess> startProcess(const Process::Options& options);

}  // namespace hindcast::platform
