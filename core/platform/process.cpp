#include "core/platform/process.h"

#include "core/platform/process_start.h"

#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <mutex>

namespace hindcast::platform {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLookAtStop{10};
constexpr std::size_t kReadBytes = 256u << 10;
constexpr std::size_t kMostIncoming = 512u << 20;  // of a program that writes and writes while we send
constexpr std::size_t kLastWords = 4096;

/// Bytes that wait to be taken, in one piece.
class Inbox {
public:
    [[nodiscard]] std::string_view view() const { return {bytes_.get() + begin_, end_ - begin_}; }
    [[nodiscard]] std::size_t size() const { return end_ - begin_; }
    void take(std::size_t count)
    {
        begin_ += count;
        if (begin_ == end_) begin_ = end_ = 0;
    }
    /// Room for `count` bytes more, to be filled and then counted by added().
    char* room(std::size_t count)
    {
        if (room_ - end_ < count) {
            const std::size_t held = size();
            if (held + count > room_ / 2) {
                const std::size_t more = std::max(2 * (held + count), 4 * kReadBytes);
                auto bytes = std::make_unique_for_overwrite<char[]>(more);
                if (held > 0) std::memcpy(bytes.get(), bytes_.get() + begin_, held);
                bytes_ = std::move(bytes);
                room_ = more;
            } else {
                std::memmove(bytes_.get(), bytes_.get() + begin_, held);
            }
            begin_ = 0;
            end_ = held;
        }
        return bytes_.get() + end_;
    }
    void added(std::size_t count) { end_ += count; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t room_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

/// Keeps a write to a pipe without a reader from ending us, whatever the rest of the process does with SIGPIPE.
class NoBrokenPipe {
public:
    NoBrokenPipe()
    {
        sigset_t pending;
        sigemptyset(&pending);
        ::sigpending(&pending);
        if (sigismember(&pending, SIGPIPE) == 1) return;  // blocked already, and somebody else's
        sigemptyset(&only_);
        sigaddset(&only_, SIGPIPE);
        blocked_ = ::pthread_sigmask(SIG_BLOCK, &only_, &before_) == 0;
    }
    NoBrokenPipe(const NoBrokenPipe&) = delete;
    NoBrokenPipe& operator=(const NoBrokenPipe&) = delete;
    ~NoBrokenPipe()
    {
        if (!blocked_) return;
        if (broken) {
            const timespec now{};
            while (::sigtimedwait(&only_, nullptr, &now) < 0 && errno == EINTR) {
            }
        }
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

    bool broken = false;

private:
    sigset_t only_{};
    sigset_t before_{};
    bool blocked_ = false;
};

std::string seconds(std::chrono::milliseconds time)
{
    if (time.count() % 1000 != 0) return std::to_string(time.count()) + " ms";
    return std::to_string(time.count() / 1000) + " s";
}

}  // namespace

struct Process::Impl {
    std::string name;
    StartedProcess child;
    bool socket = false;
    std::size_t sharedBytes = 0;
    Inbox inbox;
    std::string errors;  ///< the last of them
    bool inputClosed = false;
    std::string words;        ///< how it ended; empty: not waited for yet
    mutable std::mutex life;  ///< over `reaped`: no signal goes to a number that may be another process's by now
    bool reaped = false;

    enum class Wait { Ready, Over, Stopped };
    enum class Read { Some, Nothing, Closed };

    [[nodiscard]] int writeEnd() const { return socket ? child.output.get() : child.input.get(); }

    Read readInto(Inbox& to, Descriptor& from)
    {
        if (!from.open()) return Read::Closed;
        const ssize_t got = ::read(from.get(), to.room(kReadBytes), kReadBytes);
        if (got > 0) {
            to.added(static_cast<std::size_t>(got));
            return Read::Some;
        }
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return Read::Nothing;
        return Read::Closed;  // its end, or ECONNRESET of a socket, which is the same to us
    }

    void readErrors()
    {
        std::array<char, 16384> bytes;
        // Not for ever: one that writes faster than we read must not keep us here.
        for (int rounds = 0; rounds < 64 && child.errors.open(); ++rounds) {
            const ssize_t got = ::read(child.errors.get(), bytes.data(), bytes.size());
            if (got < 0 && errno == EINTR) continue;
            if (got < 0 && errno == EAGAIN) return;
            if (got <= 0) {
                child.errors.close();
                return;
            }
            errors.append(bytes.data(), static_cast<std::size_t>(got));
            // More than is told, which begins at a line.
            if (errors.size() > 4 * kLastWords) errors.erase(0, errors.size() - 2 * kLastWords);
            if (got < static_cast<ssize_t>(bytes.size())) return;
        }
    }

    /// Until there is something to read, or room to write where `writing`. What it writes to standard error is taken in meanwhile.
    Wait wait(bool reading, bool writing, Clock::time_point until, const std::stop_token& stop)
    {
        for (;;) {
            if (stop.stop_requested()) return Wait::Stopped;
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
            const bool mayStop = stop.stop_possible();
            const auto slice = mayStop ? std::min(left, kLookAtStop) : left;
            std::array<pollfd, 3> wanted{};
            wanted[0] = {reading && child.output.open() ? child.output.get() : -1, POLLIN, 0};
            wanted[1] = {writing ? writeEnd() : -1, POLLOUT, 0};
            wanted[2] = {child.errors.open() ? child.errors.get() : -1, POLLIN, 0};
            const int ready = ::poll(wanted.data(), wanted.size(), static_cast<int>(std::max<std::int64_t>(slice.count(), 0)));
            if (ready > 0 && wanted[2].revents != 0) readErrors();
            if (ready > 0 && (wanted[0].revents != 0 || wanted[1].revents != 0)) return Wait::Ready;
            if (left.count() <= 0) return Wait::Over;
        }
    }

    std::unexpected<Error> over(std::chrono::milliseconds most) const
    {
        return fail(name + " does not answer", "it took more than " + seconds(most), "", Error::Kind::Retry);
    }
    std::unexpected<Error> stopped() const
    {
        return fail("waiting for " + name + " was stopped", "", "", Error::Kind::Cancelled);
    }

    void kill() const
    {
        const std::scoped_lock lock(life);
        if (reaped) return;
        ::kill(-child.id, SIGKILL);  // with what it started
        ::kill(child.id, SIGKILL);
    }

    /// Whether it has ended; then `words` tell how.
    bool reap(bool blocking)
    {
        if (!words.empty()) return true;
        siginfo_t how{};
        const int options = WEXITED | WNOWAIT | (blocking ? 0 : WNOHANG);
        while (::waitid(P_PID, static_cast<id_t>(child.id), &how, options) != 0)
            if (errno != EINTR) break;
        if (how.si_pid == 0) return false;
        const std::scoped_lock lock(life);
        ::kill(-child.id, SIGKILL);  // what it left behind; the number is its until we take its end
        while (::waitpid(child.id, nullptr, 0) < 0 && errno == EINTR) {
        }
        reaped = true;
        if (how.si_code == CLD_EXITED) {
            words = "ended with " + std::to_string(how.si_status);
        } else {
            const char* meaning = ::strsignal(how.si_status);
            words = "was killed by signal " + std::to_string(how.si_status) +
                    (meaning != nullptr ? " (" + std::string(meaning) + ")" : "");
        }
        return true;
    }
};

Process::Process(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Process::~Process()
{
    impl_->kill();
    (void)impl_->reap(true);
    if (impl_->child.shared != nullptr) ::munmap(impl_->child.shared, impl_->sharedBytes);
}

Result<std::unique_ptr<Process>> Process::start(const Options& options)
{
    auto started = startProcess(options);
    if (!started) return std::unexpected(std::move(started.error()));
    auto impl = std::make_unique<Impl>();
    impl->name = options.command.front();
    impl->child = std::move(*started);
    impl->socket = options.socket;
    impl->sharedBytes = options.sharedBytes;
    return std::unique_ptr<Process>(new Process(std::move(impl)));
}

Result<void> Process::send(std::string_view bytes, std::chrono::milliseconds most, const std::stop_token& stop)
{
    Impl& our = *impl_;
    const auto until = Clock::now() + most;
    NoBrokenPipe guard;
    bool reading = true;
    while (!bytes.empty()) {
        if (stop.stop_requested()) return our.stopped();
        if (our.inputClosed) return fail("cannot write to " + our.name, "it has closed its input");
        const ssize_t sent = our.socket ? ::send(our.writeEnd(), bytes.data(), bytes.size(), MSG_NOSIGNAL)
                                        : ::write(our.writeEnd(), bytes.data(), bytes.size());
        if (sent > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
            continue;
        }
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && errno != EAGAIN) {
            guard.broken = errno == EPIPE;
            our.inputClosed = true;
            continue;
        }
        switch (our.wait(reading, true, until, stop)) {
            case Impl::Wait::Stopped: return our.stopped();
            case Impl::Wait::Over: return our.over(most);
            case Impl::Wait::Ready: break;
        }
        // Its end does not matter here: a program may have said all and still listen.
        if (reading) reading = our.readInto(our.inbox, our.child.output) != Impl::Read::Closed;
        if (our.inbox.size() > kMostIncoming)
            return fail("cannot write to " + our.name, "it has written more than 512 MB and nobody asked for it");
    }
    return {};
}

Result<bool> Process::receive(std::chrono::milliseconds most, const std::stop_token& stop)
{
    Impl& our = *impl_;
    const auto until = Clock::now() + most;
    for (;;) {
        if (stop.stop_requested()) return our.stopped();
        switch (our.readInto(our.inbox, our.child.output)) {
            case Impl::Read::Some: return true;
            case Impl::Read::Closed: our.readErrors(); return false;
            case Impl::Read::Nothing: break;
        }
        switch (our.wait(true, false, until, stop)) {
            case Impl::Wait::Stopped: return our.stopped();
            case Impl::Wait::Over: return our.over(most);
            case Impl::Wait::Ready: break;
        }
    }
}

std::string_view Process::incoming() const { return impl_->inbox.view(); }
void Process::take(std::size_t bytes) { impl_->inbox.take(bytes); }

std::string Process::lastWords()
{
    impl_->readErrors();
    std::string_view words = impl_->errors;
    if (words.size() > kLastWords) {
        words.remove_prefix(words.size() - kLastWords);
        if (const auto line = words.find('\n'); line != std::string_view::npos && line + 1 < words.size())
            words.remove_prefix(line + 1);
    }
    while (!words.empty() && (words.back() == '\n' || words.back() == '\r')) words.remove_suffix(1);
    return std::string(words);
}

void Process::kill() { impl_->kill(); }

std::string Process::end(std::chrono::milliseconds most)
{
    Impl& our = *impl_;
    if (!our.words.empty()) return our.words;
    our.inputClosed = true;
    our.child.input.close();
    if (our.socket) ::shutdown(our.writeEnd(), SHUT_WR);
    const auto until = Clock::now() + most;
    Inbox unwanted;
    bool reading = true;
    while (!our.reap(false)) {
        if (Clock::now() >= until) {
            our.kill();
            (void)our.reap(true);
            our.readErrors();
            our.words = "did not end and was killed";
            return our.words;
        }
        // What it still has to say must not keep it from ending.
        if (our.wait(reading, false, std::min(until, Clock::now() + kLookAtStop), {}) == Impl::Wait::Ready && reading) {
            const bool full = our.inbox.size() > kMostIncoming;
            reading = our.readInto(full ? unwanted : our.inbox, our.child.output) != Impl::Read::Closed;
            unwanted.take(unwanted.size());
        }
    }
    our.readErrors();
    return our.words;
}

std::size_t Process::residentBytes() const
{
    const std::scoped_lock lock(impl_->life);
    if (impl_->reaped) return 0;
    std::ifstream sizes("/proc/" + std::to_string(impl_->child.id) + "/statm");
    std::size_t all = 0;
    std::size_t resident = 0;
    sizes >> all >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

void* Process::shared() const { return impl_->child.shared; }

std::string programBeside(std::string_view name)
{
    std::error_code error;
    const auto here = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) return {};
    const std::string path = (here.parent_path() / name).string();
    return ::access(path.c_str(), X_OK) == 0 ? path : std::string();
}

}  // namespace hindcast::platform
