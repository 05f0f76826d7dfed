#pragma once
#include "core/event/error.h"

#include <memory>
#include <string>

namespace hindcast::platform {

/// The right to write a workspace: an advisory lock on the file `path`, which names its holder ("hindcast, process 4711 on desk").
/// Freed when the object or the process dies. POSIX: flock.
class FileLock {
public:
    /// Kind::Retry with the holder's name in `why` where another has it.
    [[nodiscard]] static Result<FileLock> acquire(const std::string& path);
    /// Who holds it now; empty where nobody does.
    [[nodiscard]] static std::string holder(const std::string& path);

    /// Whether another process than this one holds it.
    [[nodiscard]] static bool heldElsewhere(const std::string& path);

    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    ~FileLock();

private:
    FileLock(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
    void release();
    int descriptor_ = -1;
    std::string path_;
};

}  // namespace hindcast::platform
