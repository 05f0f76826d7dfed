#include "core/platform/file_lock.h"

#include "core/platform/paths.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <utility>

namespace hindcast::platform {

namespace {

std::string readHolder(int descriptor)
{
    char text[256];
    const ssize_t got = ::pread(descriptor, text, sizeof text - 1, 0);
    if (got <= 0) return {};
    text[got] = '\0';
    std::string holder(text);
    while (!holder.empty() && holder.back() == '\n') holder.pop_back();
    return holder;
}

std::string self()
{
    char host[128] = "this computer";
    ::gethostname(host, sizeof host - 1);
    return programName() + ", process " + std::to_string(::getpid()) + " on " + host;
}

}  // namespace

Result<FileLock> FileLock::acquire(const std::string& path)
{
    for (int attempt = 0; attempt < 8; ++attempt) {
        const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (descriptor < 0) {
            const bool full = errno == ENOSPC || errno == EROFS || errno == EACCES;
            return fail("cannot lock " + path, std::strerror(errno), "choose a folder that can be written to",
                        full ? Error::Kind::NoSpace : Error::Kind::Failed);
        }
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            const std::string holder = readHolder(descriptor);
            ::close(descriptor);
            return fail("cannot write here", "it is open in " + (holder.empty() ? "another program" : holder),
                        "close it there, or open it to read", Error::Kind::Retry);
        }
        // The one before us removes the file when it lets go: make sure that what we hold is still the file of that name.
        struct stat held{};
        struct stat named{};
        if (::fstat(descriptor, &held) == 0 && ::stat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino) {
            const std::string text = self() + "\n";
            if (::ftruncate(descriptor, 0) == 0) [[maybe_unused]]
                const auto written = ::pwrite(descriptor, text.data(), text.size(), 0);
            return FileLock(descriptor, path);
        }
        ::close(descriptor);
    }
    return fail("cannot lock " + path, "the lock file keeps changing hands", "try again", Error::Kind::Retry);
}

std::string FileLock::holder(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return {};
    std::string holder;
    if (::flock(descriptor, LOCK_SH | LOCK_NB) != 0) {
        holder = readHolder(descriptor);
        if (holder.empty()) holder = "another program";
    }
    ::close(descriptor);
    return holder;
}

bool FileLock::heldElsewhere(const std::string& path)
{
    const std::string now = holder(path);
    return !now.empty() && now != self();
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_))
{
}

FileLock& FileLock::operator=(FileLock&& other) noexcept
{
    if (this != &other) {
        release();
        descriptor_ = std::exchange(other.descriptor_, -1);
        path_ = std::move(other.path_);
    }
    return *this;
}

FileLock::~FileLock() { release(); }

void FileLock::release()
{
    if (descriptor_ < 0) return;
    ::unlink(path_.c_str());
    ::close(descriptor_);
    descriptor_ = -1;
}

}  // namespace hindcast::platform
