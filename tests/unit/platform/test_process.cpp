#include "core/platform/process.h"

#include <QCoreApplication>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

using namespace hindcast;
using namespace std::chrono_literals;
using platform::Process;

namespace {

constexpr auto kLong = 60s;

std::unique_ptr<Process> start(const Process::Options& options)
{
    auto started = Process::start(options);
    if (!started) qFatal("%s", started.error().text().c_str());
    return std::move(*started);
}

std::unique_ptr<Process> shell(const std::string& script) { return start({.command = {"/bin/sh", "-c", script}}); }

std::string errorOf(const Process::Options& options)
{
    auto started = Process::start(options);
    return started ? "it started" : started.error().text();
}

/// All that comes until the program closes its end.
std::string readAll(Process& process)
{
    for (;;) {
        auto more = process.receive(kLong);
        if (!more) qFatal("%s", more.error().text().c_str());
        if (!*more) break;
    }
    std::string all(process.incoming());
    process.take(all.size());
    return all;
}

std::string line(Process& process)
{
    while (process.incoming().find('\n') == std::string_view::npos) {
        auto more = process.receive(kLong);
        if (!more || !*more) return "(nothing)";
    }
    std::string text(process.incoming().substr(0, process.incoming().find('\n')));
    process.take(text.size() + 1);
    return text;
}

void makeFile(const QString& path, const char* text, mode_t mode)
{
    std::ofstream(path.toStdString()) << text;
    ::chmod(path.toUtf8().constData(), mode);
}

/// Waits until the process of that number is gone, or a zombie that nobody waits for.
bool isGone(pid_t process)
{
    return QTest::qWaitFor([process] {
        std::ifstream status("/proc/" + std::to_string(process) + "/stat");
        std::string text((std::istreambuf_iterator<char>(status)), std::istreambuf_iterator<char>());
        return text.empty() || text.find(") Z ") != std::string::npos;
    });
}

int openFiles()
{
    int count = 0;
    for (int number = 0; number < 1024; ++number) count += ::fcntl(number, F_GETFD) >= 0 ? 1 : 0;
    return count;
}

}  // namespace

class ProcessTest : public QObject {
    Q_OBJECT

private slots:
    void fiftyMegabytesGoThroughBothWaysAtOnce_data()
    {
        QTest::addColumn<bool>("socket");
        QTest::newRow("pipes") << false;
        QTest::newRow("a socket") << true;
    }
    void fiftyMegabytesGoThroughBothWaysAtOnce()
    {
        QFETCH(bool, socket);
        auto cat =
            socket ? start({.command = {"/bin/sh", "-c", "exec cat <&3 >&3"}, .socket = true}) : start({.command = {"cat"}});
        std::string bytes(50u << 20, '\0');
        for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 2654435761u >> 13);
        const auto sent = cat->send(bytes, kLong);
        QVERIFY2(sent.has_value(), sent ? "" : sent.error().text().c_str());
        while (cat->incoming().size() < bytes.size()) QVERIFY(cat->receive(kLong).value_or(false));
        QVERIFY(cat->incoming() == bytes);
        cat->take(bytes.size());
        QVERIFY(cat->incoming().empty());
        QCOMPARE(cat->end(10s), std::string("ended with 0"));
    }

    void takingLeavesWhatCameAfter()
    {
        auto cat = start({.command = {"cat"}});
        QVERIFY(cat->send("first\nsecond\nthird", kLong).has_value());
        QCOMPARE(line(*cat), std::string("first"));
        QCOMPARE(line(*cat), std::string("second"));
        while (cat->incoming().size() < 5) QVERIFY(cat->receive(kLong).value_or(false));
        QCOMPARE(std::string(cat->incoming()), std::string("third"));
    }

    void aDeathIsToldInWords()
    {
        QCOMPARE(shell("exit 3")->end(10s), std::string("ended with 3"));
        QCOMPARE(shell("kill -SEGV $$")->end(10s), std::string("was killed by signal 11 (Segmentation fault)"));
        auto process = shell("read line; echo bye; exit 0");
        QCOMPARE(process->end(10s), std::string("ended with 0"));
        QCOMPARE(process->end(10s), std::string("ended with 0"));
        QCOMPARE(std::string(process->incoming()), std::string("bye\n"));
    }

    void aProgramThatDoesNotEndIsKilled()
    {
        QCOMPARE(shell("trap '' TERM; while :; do sleep 100; done")->end(50ms), std::string("did not end and was killed"));
    }

    void aProgramThatIsBusyTalkingCanEnd()
    {
        auto process = shell("head -c 20000000 /dev/zero; head -c 20000000 /dev/zero >&2; exit 4");
        QCOMPARE(process->end(kLong), std::string("ended with 4"));
    }

    void waitingForAnAnswerHasAnEnd()
    {
        auto process = shell("exec sleep 1000");
        const auto more = process->receive(30ms);
        QVERIFY(!more);
        QVERIFY(more.error().kind == Error::Kind::Retry);
        QCOMPARE(more.error().text(), std::string("/bin/sh does not answer: it took more than 30 ms"));
        const std::string much(8u << 20, 'x');
        const auto sent = process->send(much, 30ms);
        QVERIFY(!sent && sent.error().kind == Error::Kind::Retry);
    }

    void aStopEndsAWaitSoon()
    {
        auto process = shell("exec sleep 1000");
        std::stop_source stop;
        std::atomic<bool> waiting = false;
        std::thread other([&] {
            while (!waiting) std::this_thread::yield();
            stop.request_stop();
        });
        waiting = true;
        const auto began = std::chrono::steady_clock::now();
        const auto more = process->receive(kLong, stop.get_token());
        other.join();
        QVERIFY(!more && more.error().kind == Error::Kind::Cancelled);
        QVERIFY(std::chrono::steady_clock::now() - began < 5s);
        const auto sent = process->send("x", kLong, stop.get_token());
        QVERIFY(!sent && sent.error().kind == Error::Kind::Cancelled);
    }

    void anotherThreadCanKillIt()
    {
        auto process = shell("echo ready; exec sleep 1000");
        QCOMPARE(line(*process), std::string("ready"));
        std::thread([&] { process->kill(); }).join();
        QVERIFY(!process->receive(kLong).value_or(true));
        QCOMPARE(process->end(10s), std::string("was killed by signal 9 (Killed)"));
        process->kill();
        QCOMPARE(process->residentBytes(), std::size_t{0});
    }

    void aProgramThatIsGoneTakesNothingMore()
    {
        auto process = shell("exec <&-; echo closed; exec sleep 1000");
        QCOMPARE(line(*process), std::string("closed"));
        const std::string much(8u << 20, 'x');
        const auto sent = process->send(much, kLong);
        QVERIFY(!sent);
        QCOMPARE(sent.error().text(), std::string("cannot write to /bin/sh: it has closed its input"));
        auto socket = start({.command = {"/bin/sh", "-c", "exit 0"}, .socket = true});
        QVERIFY(!socket->receive(kLong).value_or(true));
        QVERIFY(!socket->send(much, kLong));
    }

    void itsLastWordsAreKeptAndBounded()
    {
        auto process = shell("i=0; while [ $i -lt 20000 ]; do echo \"line number $i of many\" >&2; i=$((i+1)); done; exit 1");
        QCOMPARE(readAll(*process), std::string());
        QCOMPARE(process->end(kLong), std::string("ended with 1"));
        const std::string words = process->lastWords();
        QVERIFY(words.size() <= 4096);
        QVERIFY(words.starts_with("line number "));
        QVERIFY(words.ends_with("line number 19999 of many"));
        auto endless = shell("while :; do echo noise >&2; done");
        QVERIFY(!endless->receive(100ms));
        QVERIFY(endless->lastWords().size() <= 4096);
    }

    void memoryIsSharedWithIt()
    {
        auto process =
            start({.command = {"/bin/sh", "-c", "head -c 5 <&4; printf Aloha 1<>/dev/fd/4; echo"}, .sharedBytes = 4096});
        auto* shared = static_cast<char*>(process->shared());
        QVERIFY(shared != nullptr);
        QCOMPARE(line(*process), std::string(5, '\0'));
        QCOMPARE(std::string(shared, 5), std::string("Aloha"));
    }

    void oneSocketIsBothWays()
    {
        auto process = start({.command = {"/bin/sh", "-c", "read a <&3; read b; echo \"$a and [$b]\" >&3"}, .socket = true});
        QVERIFY(process->send("asked\n", kLong).has_value());
        QCOMPARE(line(*process), std::string("asked and []"));
    }

    void folderAndEnvironmentAreWhatWasAsked()
    {
        const QTemporaryDir folder;
        const std::string path = std::filesystem::canonical(folder.path().toStdString()).string();
        qputenv("HINDCAST_TEST_OURS", "ours");
        auto process = start({.command = {"/bin/sh", "-c", "pwd; echo $HINDCAST_TEST_OURS-$HINDCAST_TEST_MORE"},
                              .folder = path,
                              .environment = {{"HINDCAST_TEST_MORE", "more"}}});
        QCOMPARE(line(*process), path);
        QCOMPARE(line(*process), std::string("ours-more"));
        auto bare = start({.command = {"/usr/bin/env"}, .environment = {{"ONLY", "1"}}, .onlyThatEnvironment = true});
        QCOMPARE(readAll(*bare), std::string("ONLY=1\n"));
    }

    void whatCannotBeStartedIsSaid()
    {
        const QTemporaryDir folder;
        const QString text = folder.filePath("text");
        const QString script = folder.filePath("script");
        const QString program = folder.filePath("program");
        makeFile(text, "hello", 0644);
        makeFile(script, "#!/no/such/interpreter\n", 0755);
        makeFile(program,
                 "\x7f"
                 "ELF is something else",
                 0755);
        QVERIFY(errorOf({.command = {"/no/such/program"}}).starts_with("cannot start /no/such/program: no such file"));
        QVERIFY(errorOf({.command = {"no-such-program-hindcast"}})
                    .starts_with("cannot start no-such-program-hindcast: no such file in any folder of PATH"));
        QVERIFY(errorOf({.command = {text.toStdString()}}).contains("it may not be run as a program"));
        QVERIFY(errorOf({.command = {script.toStdString()}}).contains("the interpreter that its first line names is not there"));
        QVERIFY(errorOf({.command = {program.toStdString()}}).contains("it is no program for this machine"));
        QVERIFY(errorOf({.command = {"cat"}, .folder = "/no/such/folder"}).contains("cannot work in the folder /no/such/folder"));
        QVERIFY(errorOf({}).contains("no program is named"));
        QVERIFY(errorOf({.command = {folder.path().toStdString()}}).contains("it is a folder"));
        QVERIFY(errorOf({.command = {"python3 user.py"}}).contains("a command with arguments is written as a list"));
    }

    void aProgramInItsFolderIsFound()
    {
        const QTemporaryDir folder;
        makeFile(folder.filePath("mine"), "#!/bin/sh\necho mine\n", 0755);
        auto process = start({.command = {"./mine"}, .folder = folder.path().toStdString()});
        QCOMPARE(line(*process), std::string("mine"));
    }

    void itEndsWithThisObjectAndWithWhatItStarted()
    {
        auto process = shell("sleep 1000 & echo $!; echo $$; wait");
        const pid_t grandchild = std::stoi(line(*process));
        const pid_t child = std::stoi(line(*process));
        process.reset();
        QVERIFY(isGone(child));
        QVERIFY(isGone(grandchild));
        auto ended = shell("sleep 1000 >/dev/null 2>&1 & echo $!; exit 0");
        const pid_t left = std::stoi(line(*ended));
        QCOMPARE(ended->end(10s), std::string("ended with 0"));
        QVERIFY(isGone(left));
    }

    void itOutlivesTheThreadThatStartedIt()
    {
        std::unique_ptr<Process> cat;
        std::thread([&] { cat = start({.command = {"cat"}}); }).join();
        QVERIFY(cat->send("still here\n", kLong).has_value());
        QCOMPARE(line(*cat), std::string("still here"));
    }

    void itEndsWithTheProcessThatStartedIt()
    {
        // This test program once more, as the one that starts; it is killed, and cannot clean up.
        const std::string self = QCoreApplication::applicationFilePath().toStdString();
        auto parent = start({.command = {self}, .environment = {{"HINDCAST_TEST_PARENT", "1"}}});
        const pid_t grandchild = std::stoi(line(*parent));
        QVERIFY(::kill(grandchild, 0) == 0);
        const pid_t itself = std::stoi(line(*parent));
        ::kill(itself, SIGKILL);  // it alone, not its group
        QVERIFY(isGone(grandchild));
    }

    void ourSignalsAndFilesAreNotItsOwn()
    {
        const int file = ::open("/dev/null", O_RDONLY);  // as an outside library would, without close-on-exec
        struct sigaction ignored{};
        struct sigaction before{};
        ignored.sa_handler = SIG_IGN;
        ::sigaction(SIGPIPE, &ignored, &before);
        auto process =
            shell("ls /proc/self/fd | tr '\\n' ' '; echo; grep SigIgn /proc/self/status; grep SigBlk /proc/self/status");
        ::sigaction(SIGPIPE, &before, nullptr);
        ::close(file);
        QCOMPARE(line(*process), std::string("0 1 2 3 "));  // 3 is the folder that ls reads
        QCOMPARE(line(*process), std::string("SigIgn:\t0000000000000000"));
        QCOMPARE(line(*process), std::string("SigBlk:\t0000000000000000"));
    }

    void aHarmlessOneHasTightLimits()
    {
        auto process = start(
            {.command = {"/bin/sh", "-c", "ulimit -n; ulimit -c; ulimit -f; read score < /proc/self/oom_score_adj; echo $score"},
             .harmless = true});
        QCOMPARE(line(*process), std::string("32"));
        QCOMPARE(line(*process), std::string("0"));
        QCOMPARE(line(*process), std::string("0"));
        QCOMPARE(line(*process), std::string("1000"));
        auto starting = start({.command = {"/bin/sh", "-c", "echo ready; /bin/ls /; echo started"}, .harmless = true});
        QCOMPARE(line(*starting), std::string("ready"));
        QCOMPARE(line(*starting), std::string("(nothing)"));
        QVERIFY(starting->lastWords().contains("fork"));
    }

    void itsMemoryIsKnown()
    {
        auto process = shell("echo ready; read line");
        QCOMPARE(line(*process), std::string("ready"));
        QVERIFY(process->residentBytes() > 50'000);
    }

    void nothingOfItStaysOpen()
    {
        (void)shell("exit 0")->end(10s);
        const int before = openFiles();
        for (int i = 0; i < 20; ++i) {
            (void)start({.command = {"cat"}, .socket = i % 2 == 0, .sharedBytes = 4096});
            (void)errorOf({.command = {"/no/such/program"}, .sharedBytes = 4096});
        }
        QCOMPARE(openFiles(), before);
    }
};

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsSet("HINDCAST_TEST_PARENT")) {
        auto child = shell("echo $$; exec sleep 1000");
        const std::string text = line(*child) + "\n" + std::to_string(::getpid()) + "\n";
        [[maybe_unused]] const auto written = ::write(1, text.data(), text.size());
        for (;;) ::pause();
    }
    const QCoreApplication application(argc, argv);
    ProcessTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_process.moc"
