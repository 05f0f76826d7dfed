#include "core/platform/process_start.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

extern char** environ;  // NOLINT(readability-identifier-naming): POSIX calls it that

namespace hindcast::platform {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept
{
    if (this != &other) {
        close();
        number_ = std::exchange(other.number_, -1);
    }
    return *this;
}

void Descriptor::close()
{
    if (number_ >= 0) ::close(number_);
    number_ = -1;
}

namespace {

constexpr int kFirstFree = 5;            // what a child may be given stands below
constexpr int kPipeBytes = 1 << 20;      // as much as Linux lets anybody have
constexpr rlim_t kFilesOfHarmless = 32;  // the loader and an engine's own start need some; it holds few at a time

/// What the child does between its start and its program, ready made: nothing there may allocate or lock.
struct Plan {
    std::string path;
    std::string folder;
    std::vector<char*> arguments;
    std::vector<char*> environment;
    std::array<int, kFirstFree> descriptors{-1, -1, -1, -1, -1};  ///< by their number in the child; all of ours are above
    int report = -1;                                              ///< where a Failure is written
    pid_t parent = 0;
    bool harmless = false;
};

struct Failure {
    enum class Step : int { Folder, Descriptors, Program };
    Step step = Step::Program;
    int error = 0;
};

[[noreturn]] void giveUp(const Plan& plan, Failure::Step step)
{
    const Failure failure{step, errno};
    [[maybe_unused]] const auto written = ::write(plan.report, &failure, sizeof failure);
    ::_exit(127);
}

void limit(decltype(RLIMIT_CORE) what, rlim_t most)
{
    const rlimit value{most, most};
    ::setrlimit(what, &value);
}

/// It may make threads, which engines do, and become its program, but start no other process. Where the kernel does not know of this it
/// goes without.
void startsNothing()
{
#if defined(__x86_64__) || defined(__aarch64__)
#ifdef __x86_64__
    constexpr std::uint32_t kMachine = AUDIT_ARCH_X86_64;
    constexpr std::uint32_t kFork = SYS_fork;
    constexpr std::uint32_t kVfork = SYS_vfork;
#else
    constexpr std::uint32_t kMachine = AUDIT_ARCH_AARCH64;
    constexpr std::uint32_t kFork = SYS_clone3;
    constexpr std::uint32_t kVfork = SYS_clone3;
#endif
    // What a filter cannot look into, a structure in memory, is "not there": libraries then use what it can.
    sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kMachine, 0, 8),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 5, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kFork, 6, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kVfork, 5, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args)),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 2),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
    };
    const sock_fprog filter{sizeof steps / sizeof *steps, steps};
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, &filter);
#endif
}

/// Only calls that are safe in a signal handler from here to execve().
[[noreturn]] void becomeProgram(const Plan& plan)
{
    ::setpgid(0, 0);  // so that what it starts ends with it, and Ctrl+C in a terminal is ours alone
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != plan.parent) ::_exit(127);
    struct sigaction standard{};
    standard.sa_handler = SIG_DFL;
    for (int signal = 1; signal < NSIG; ++signal) ::sigaction(signal, &standard, nullptr);
    if (plan.harmless) {
        if (const int score = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC); score >= 0) {
            [[maybe_unused]] const auto written = ::write(score, "1000", 4);
            ::close(score);
        }
        limit(RLIMIT_CORE, 0);
        limit(RLIMIT_FSIZE, 0);
    }
    if (!plan.folder.empty() && ::chdir(plan.folder.c_str()) != 0) giveUp(plan, Failure::Step::Folder);
    for (int number = 0; number < kFirstFree; ++number) {
        const int ours = plan.descriptors[static_cast<std::size_t>(number)];
        if (ours >= 0 ? ::dup2(ours, number) < 0 : (::close(number) != 0 && errno != EBADF))
            giveUp(plan, Failure::Step::Descriptors);
    }
    // Outside libraries open what they open; none of it is the child's.
#ifdef SYS_close_range
    constexpr unsigned kOnExec = 1U << 2;  // CLOSE_RANGE_CLOEXEC, which older headers lack
    if (::syscall(SYS_close_range, static_cast<unsigned>(kFirstFree), ~0U, kOnExec) != 0)
#endif
        for (int number = kFirstFree; number < 4096; ++number) ::fcntl(number, F_SETFD, FD_CLOEXEC);
    if (plan.harmless) {
        limit(RLIMIT_NOFILE, kFilesOfHarmless);
        startsNothing();
    }
    sigset_t none;
    sigemptyset(&none);
    ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
    ::execve(plan.path.c_str(), plan.arguments.data(), plan.environment.data());
    giveUp(plan, Failure::Step::Program);
}

/// The memory of a large process is not copied for the moment until execve(): the child borrows it, and this thread waits. The frame
/// that called vfork() must not return in the child, so it is this small one.
[[gnu::noinline]] pid_t startChild(const Plan& plan)
{
    const pid_t child = ::vfork();  // NOLINT(bugprone-unsafe-functions,clang-analyzer-security.insecureAPI.vfork): see above
    if (child == 0) becomeProgram(plan);  // NOLINT(clang-analyzer-unix.Vfork): that is made for it
    return child;
}

/// The one thread that starts programs. The kernel ends a child with the *thread* that started it (PR_SET_PDEATHSIG), and those that
/// ask for one come and go; this one stays until the process ends.
class Starter {
public:
    static Starter& instance()
    {
        static auto* const only = new Starter;  // never destroyed: children may be asked for until the very end
        return *only;
    }

    pid_t start(const Plan& plan, int& error)
    {
        std::packaged_task<pid_t()> task([&] {
            const pid_t child = startChild(plan);
            if (child < 0) error = errno;
            return child;
        });
        std::future<pid_t> started = task.get_future();
        {
            const std::scoped_lock lock(mutex_);
            tasks_.push_back(std::move(task));
        }
        more_.notify_one();
        return started.get();
    }

private:
    Starter()
    {
        // Nobody's signal handler may run in the child, where it would work on our memory; and signals are other threads' business.
        sigset_t all;
        sigset_t before;
        sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before);
        std::thread([this] { run(); }).detach();
        ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    }

    void run()
    {
        for (;;) {
            std::unique_lock lock(mutex_);
            more_.wait(lock, [&] { return !tasks_.empty(); });
            std::packaged_task<pid_t()> task = std::move(tasks_.front());
            tasks_.pop_front();
            lock.unlock();
            task();
        }
    }

    std::mutex mutex_;
    std::condition_variable more_;
    std::deque<std::packaged_task<pid_t()>> tasks_;
};

std::unexpected<Error> noMeans(const std::string& name, int error)
{
    return fail("cannot start " + name, std::strerror(error), "close other programs or files", Error::Kind::Retry);
}

/// Above all numbers that a child is given, so that no dup2() steps on another.
Descriptor moveUp(int number)
{
    Descriptor low(number);
    return Descriptor(::fcntl(number, F_DUPFD_CLOEXEC, kFirstFree));
}

struct Ends {
    Descriptor ours;
    Descriptor theirs;
};

enum class Way { In, Out, Both };

/// Empty-handed with errno set where the system has no more.
Ends makeEnds(Way way)
{
    int both[2];
    if (way == Way::Both ? ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both) != 0 : ::pipe2(both, O_CLOEXEC) != 0)
        return {};
    const int ours = way == Way::In ? 1 : 0;
    Ends ends{moveUp(both[ours]), moveUp(both[1 - ours])};
    if (!ends.ours.open()) return ends;
    ::fcntl(ends.ours.get(), F_SETFL, ::fcntl(ends.ours.get(), F_GETFL) | O_NONBLOCK);
    if (way != Way::Both) {
        ::fcntl(ends.ours.get(), F_SETPIPE_SZ, kPipeBytes);  // less will do
    } else {
        for (const int end : {ends.ours.get(), ends.theirs.get()})
            ::setsockopt(end, SOL_SOCKET, SO_SNDBUF, &kPipeBytes, sizeof kPipeBytes);
    }
    return ends;
}

std::vector<std::string> environmentOf(const Process::Options& options)
{
    std::vector<std::string> all;
    if (!options.onlyThatEnvironment)
        for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
            const std::string_view line(*each);
            if (!options.environment.contains(std::string(line.substr(0, line.find('='))))) all.emplace_back(line);
        }
    for (const auto& [name, value] : options.environment) all.emplace_back(name).append("=").append(value);
    return all;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts)
{
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (std::string& each : texts) pointers.push_back(each.data());
    pointers.push_back(nullptr);
    return pointers;
}

bool isFile(const std::string& path)
{
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
}

bool isFolder(const std::string& path)
{
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

/// Where the program is; the name itself where it holds a `/`. Empty: in no folder of PATH.
std::string findProgram(const std::string& name)
{
    if (name.find('/') != std::string::npos) return name;
    const char* folders = std::getenv("PATH");
    std::string_view rest = folders == nullptr ? "/usr/local/bin:/usr/bin:/bin" : folders;
    std::string there;
    while (!rest.empty()) {
        const std::string_view folder = rest.substr(0, rest.find(':'));
        rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
        if (folder.empty()) continue;
        std::string path = std::string(folder) + "/" + name;
        if (!isFile(path)) continue;
        if (::access(path.c_str(), X_OK) == 0) return path;
        if (there.empty()) there = std::move(path);
    }
    return there;
}

std::unexpected<Error> failure(const std::string& name, const Plan& plan, const Failure& told)
{
    const std::string what = "cannot start " + name;
    if (told.step == Failure::Step::Folder)
        return fail(what, "cannot work in the folder " + plan.folder + ": " + std::strerror(told.error), "choose another folder",
                    Error::Kind::BadInput);
    if (told.step == Failure::Step::Descriptors) return noMeans(name, told.error);
    switch (told.error) {
        case ENOENT:
        case ENOTDIR: {
            const std::string from = plan.path.starts_with('/') || plan.folder.empty() ? "" : plan.folder + "/";
            if (isFile(from + plan.path))
                return fail(what, "the interpreter that its first line names is not there", "install it, or correct that line",
                            Error::Kind::BadInput);
            return fail(what, "no such file", "check the path, or install it", Error::Kind::BadInput);
        }
        case EACCES:
            if (isFolder(plan.path.starts_with('/') || plan.folder.empty() ? plan.path : plan.folder + "/" + plan.path))
                return fail(what, "it is a folder", "name the program in it", Error::Kind::BadInput);
            return fail(what, "it may not be run as a program", "chmod +x " + plan.path, Error::Kind::BadInput);
        case ENOEXEC:
            return fail(what, "it is no program for this machine",
                        "a script's first line tells what runs it, such as #!/usr/bin/env python3", Error::Kind::BadInput);
        case EAGAIN:
        case ENOMEM:
        case EMFILE:
        case ENFILE: return noMeans(name, told.error);
        default: return fail(what, std::strerror(told.error), "", Error::Kind::BadInput);
    }
}

}  // namespace

Result<StartedProcess> startProcess(const Process::Options& options)
{
    if (options.command.empty() || options.command.front().empty())
        return fail("cannot start a program", "no program is named", "", Error::Kind::BadInput);
    const std::string& name = options.command.front();
    Plan plan;
    plan.path = findProgram(name);
    if (plan.path.empty())
        return fail("cannot start " + name, "no such file in any folder of PATH",
                    name.find(' ') == std::string::npos ? "install it, or give its whole path"
                                                        : "a command with arguments is written as a list, each a text of its own",
                    Error::Kind::BadInput);
    std::vector<std::string> arguments = options.command;
    std::vector<std::string> environment = environmentOf(options);
    plan.arguments = pointersTo(arguments);
    plan.environment = pointersTo(environment);
    plan.folder = options.folder;
    plan.parent = ::getpid();
    plan.harmless = options.harmless;

    Ends input = options.socket ? Ends{} : makeEnds(Way::In);
    Ends output = makeEnds(options.socket ? Way::Both : Way::Out);
    Ends errors = makeEnds(Way::Out);
    Ends report = makeEnds(Way::Out);
    Descriptor nothing = moveUp(::open("/dev/null", O_RDWR | O_CLOEXEC));
    Descriptor memory;
    if (options.sharedBytes > 0) memory = moveUp(::memfd_create("hindcast", MFD_CLOEXEC));
    for (const Descriptor* each : {&output.theirs, &errors.theirs, &report.theirs, &nothing})
        if (!each->open()) return noMeans(name, errno);
    if ((!options.socket && !input.theirs.open()) || (options.sharedBytes > 0 && !memory.open())) return noMeans(name, errno);

    StartedProcess started;
    if (memory.open()) {
        if (::ftruncate(memory.get(), static_cast<off_t>(options.sharedBytes)) != 0) return noMeans(name, errno);
        void* mapped = ::mmap(nullptr, options.sharedBytes, PROT_READ | PROT_WRITE, MAP_SHARED, memory.get(), 0);
        if (mapped == MAP_FAILED) return noMeans(name, errno);
        started.shared = mapped;
    }
    plan.descriptors = {options.socket ? nothing.get() : input.theirs.get(), options.socket ? nothing.get() : output.theirs.get(),
                        errors.theirs.get(), options.socket ? output.theirs.get() : -1, memory.get()};
    plan.report = report.theirs.get();

    const auto undo = [&] {
        if (started.shared != nullptr) ::munmap(started.shared, options.sharedBytes);
    };
    int error = 0;
    started.id = Starter::instance().start(plan, error);
    if (started.id < 0) {
        undo();
        return noMeans(name, error);
    }
    report.theirs.close();
    ::fcntl(report.ours.get(), F_SETFL, 0);  // the child has ended or become its program: this does not wait for long
    Failure told;
    ssize_t got = 0;
    do got = ::read(report.ours.get(), &told, sizeof told);
    while (got < 0 && errno == EINTR);
    if (got != 0) {
        while (::waitpid(started.id, nullptr, 0) < 0 && errno == EINTR) {
        }
        undo();
        return failure(name, plan, told);
    }
    started.input = std::move(input.ours);
    started.output = std::move(output.ours);
    started.errors = std::move(errors.ours);
    return started;
}

}  // namespace hindcast::platform
