#include "tests/unit/model/program_test.h"

#include <QObject>
#include <QTemporaryDir>

#include <sys/stat.h>
#include <chrono>
#include <fstream>
#include <thread>

using namespace hindcast;
using namespace hindcast::test;
using namespace std::chrono_literals;

namespace {

model::Limits quick() { return {.perHandler = 1500ms, .memoryBytes = 80u << 20, .start = 60s}; }

std::unique_ptr<model::Run> startRun(const model::Program& program, model::RunSink& sink, model::Limits limits = quick(),
                                     model::RunOptions options = {})
{
    auto run = model::programReducer(runtimeForPrograms(limits), program)->start(sink, std::move(options));
    if (!run) qFatal("%s", run.error().text().c_str());
    return std::move(*run);
}

std::string startError(const model::Program& program, model::Limits limits = quick())
{
    Told told;
    auto run = model::programReducer(runtimeForPrograms(limits), program)->start(told, {});
    return run ? "it started" : run.error().text();
}

/// Two entities of 20 events each, with a state asked for at the end of each.
bool foldTwo(model::Run& run, model::Detail detail = model::Detail::Nothing)
{
    for (std::uint64_t tag = 1; tag <= 2; ++tag) {
        const std::string id = "user-" + std::to_string(tag);
        const std::uint64_t first = tag == 1 ? 1 : 21;  // so that a version is one event's
        if (!well(run.begin(tag, {"user", id}, Version{first - 1}, nullptr, detail))) return false;
        for (std::uint64_t i = 0; i < 20; ++i) {
            const std::string payload = "{\"i\":" + std::to_string(i) + "}";
            if (!well(run.feed(inputOf({.payload = payload, .entity = id}, first + i)))) return false;
        }
        if (!well(run.askState())) return false;
    }
    return well(run.drain());
}

std::string counted(std::uint64_t n, std::uint64_t last, std::uint64_t i)
{
    return std::to_string(last) + " {\"n\":" + std::to_string(n) + ",\"last\":" + std::to_string(last) +
           ",\"payload\":{\"i\":" + std::to_string(i) + "}}";
}

}  // namespace

class ProgramFaultsTest : public QObject {
    Q_OBJECT

private slots:
    void aProgramFolds()
    {
        Told told;
        auto run = startRun(odd(), told);
        QVERIFY(foldTwo(*run));
        QCOMPARE(told.of('s'), (std::vector<std::string>{counted(20, 20, 19), counted(20, 40, 19)}));
        QVERIFY(told.errors.empty());
    }

    void whatEndsAProgramFailsOneEventAlone_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* what, const char* words) { QTest::newRow(what) << QString(what) << QString(words); };
        row("dies", "its process ended with 1; its last words: `KeyError: 'name'`");
        row("exits", "its process ended with 3");
        row("is-killed", "its process was killed by signal 11 (Segmentation fault)");
        row("hangs", "it did not answer within 1500 ms");
        row("prints-rubbish", "it wrote a line that is no answer: `debug: got here` (standard output is for answers alone");
        row("prints-other-json",
            "it wrote a line that is no answer: `{\"debug\":\"got here\"}` (\"ask\" or \"error\" is missing)");
        row("answers-out-of-order", "it answered out of order: `{\"ask\":99999,\"state\":{\"n\":1}}` came where the answer to");
        row("answers-without-state", "it answered without \"state\": `{\"ask\":1}`");
        row("closes-stdout", "it closed its output");
        row("prints-a-gigantic-line", "it wrote a line of more than 64 MB, which begins `{\"ask\":1,\"state\":\"xxx");
        row("prints-half-a-line", "its process ended with 0 within the line `{\"ask\":1,\"sta`");
        row("says-nan", "it wrote an answer that is no JSON: ");
        row("eats-memory", "it used more than 80 MB");
        row("tells-another-version", "it told an error of a version that it was not given");
        row("tells-no-version", "it told an error without the event's \"version\"");
    }
    void whatEndsAProgramFailsOneEventAlone()
    {
        QFETCH(QString, what);
        QFETCH(QString, words);
        const model::Limits limits{.perHandler = what == "hangs" ? 1500ms : 10s,
                                   .memoryBytes = what == "eats-memory" ? 80u << 20 : 1u << 30};
        Told told;
        auto run = startRun(odd(what.toStdString(), 7), told, limits);
        QVERIFY(foldTwo(*run));
        QCOMPARE(told.errors.size(), std::size_t{1});
        const QString message = q(told.errors.front().message);
        QVERIFY2(message.startsWith(words), qPrintable(message));
        QVERIFY2(message.size() < 700, qPrintable(message));
        QCOMPARE(told.of('e').front().substr(0, 2), std::string("7 "));
        // All other events were folded, by a new process; the other entity noticed nothing.
        QCOMPARE(told.of('s'), (std::vector<std::string>{counted(19, 20, 19), counted(20, 40, 19)}));
    }

    void withAStateAfterEachEventTheGuiltyOneIsStillTheOne_data() { whatEndsAProgramFailsOneEventAlone_data(); }
    void withAStateAfterEachEventTheGuiltyOneIsStillTheOne()
    {
        QFETCH(QString, what);
        if (what == "prints-a-gigantic-line" || what == "answers-without-state") return;  // the one above shows it
        const model::Limits limits{.perHandler = what == "hangs" ? 1500ms : 10s,
                                   .memoryBytes = what == "eats-memory" ? 80u << 20 : 1u << 30};
        Told told;
        auto run = startRun(odd(what.toStdString(), 7), told, limits);
        QVERIFY(foldTwo(*run, model::Detail::States));
        QCOMPARE(told.errors.size(), std::size_t{1});
        QCOMPARE(told.of('e').front().substr(0, 2), std::string("7 "));
        const auto states = told.of('s');
        QCOMPARE(states.size(), std::size_t{42});
        QCOMPARE(states[5], counted(6, 6, 5));
        QCOMPARE(states[6].substr(1), counted(6, 6, 5).substr(1));  // the state before it
        QCOMPARE(states[7], counted(7, 8, 7));
        QCOMPARE(states[41], counted(20, 40, 19));
    }

    void anErrorThatAProgramTellsIsOfItsEvent()
    {
        Told told;
        auto run = startRun(odd("refuses", 27), told);
        QVERIFY(foldTwo(*run, model::Detail::Changes));
        QCOMPARE(told.errors.size(), std::size_t{1});
        const model::EvolveError& error = told.errors.front();
        COMPARE_TEXT(error.message, std::string("not this one"));
        COMPARE_TEXT(error.handler + " " + error.file, std::string("on odd.py"));
        QCOMPARE(error.line, 7);
        QCOMPARE(error.column, 3);
        QCOMPARE(told.of('e'), std::vector<std::string>{"27 not this one"});
        const auto changes = told.of('c');
        QCOMPARE(changes.size(), std::size_t{40});
        COMPARE_TEXT(changes[25], std::string("26 replace /n 5->6; replace /last 25->26; replace /payload/i 4->5"));
        COMPARE_TEXT(changes[26], std::string("27 "));
        COMPARE_TEXT(changes[27], std::string("28 replace /n 6->7; replace /last 26->28; replace /payload/i 5->7"));
    }

    void moreErrorsThanOneAreToldInOrder()
    {
        Told told;
        auto run = startRun(odd(), told);
        // The same version twice, in two folds of one packet; and payloads that are no JSON, which the program never sees.
        for (std::uint64_t tag = 1; tag <= 2; ++tag) {
            QVERIFY(well(run->begin(tag, {"user", "a"}, Version{0}, nullptr, model::Detail::Nothing)));
            QVERIFY(well(run->feed(inputOf({.payload = "{\"i\":0}"}, 1))));
            QVERIFY(well(run->feed(inputOf({.payload = tag == 2 ? "{\"i\":" : "{\"i\":1}"}, 2))));
            QVERIFY(well(run->feed(inputOf({.payload = "{\"i\":\r\n\n2}"}, 3))));
        }
        QVERIFY(well(run->askState()));
        QVERIFY(well(run->drain()));
        QCOMPARE(told.lines.size(), std::size_t{2});
        QCOMPARE(told.lines[0].tag, std::uint64_t{2});
        COMPARE_TEXT(told.of('e').front(), std::string("2 the payload is no valid JSON: unexpected end of the text at byte 5"));
        COMPARE_TEXT(told.of('s').front(), counted(2, 3, 2));
    }

    void aProgramThatKeepsDyingIsGivenUp()
    {
        Told told;
        auto run = startRun(odd("dies", 1), told);
        Result<void> done;
        for (std::uint64_t tag = 1; done && tag < 100; ++tag) {
            done = run->begin(tag, {"user", "a"}, Version{0}, nullptr, model::Detail::Nothing);
            if (done) done = run->feed(inputOf({.payload = "{}"}, 1));
            if (done) done = run->drain();
        }
        QVERIFY(!done);
        COMPARE_TEXT(done.error().what, std::string("the model was given up"));
        QVERIFY(done.error().why.contains("KeyError: 'name'"));
        QVERIFY(!told.errors.empty() && told.errors.size() <= model::kMostDeathsOfRun);
    }

    void megabytesOnStandardErrorDoNoHarm()
    {
        Told told;
        auto run = startRun(odd("floods-stderr"), told);
        QVERIFY(foldTwo(*run));
        QVERIFY(told.errors.empty());
        QCOMPARE(told.of('s').back(), counted(20, 40, 19));
    }

    void whatKeepsAProgramFromStartingIsSaid()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath("model.sh").toStdString();
        std::ofstream(path) << "#!/bin/sh\n";
        ::chmod(path.c_str(), 0644);
        QVERIFY(startError({{"/no/such/model"}}).starts_with("cannot start /no/such/model: no such file"));
        QVERIFY(startError({{path}}).contains("it may not be run as a program"));
        QVERIFY(startError({{"python3", "odd.py"}, "/no/such/folder"}).contains("cannot work in the folder /no/such/folder"));
        const std::string refused = startError(odd("refuses-to-start"));
        QVERIFY2(
            refused.starts_with("cannot use the program python3 odd.py refuses-to-start 0: its process ended with 1; its last "
                                "words: `ModuleNotFoundError: No module named 'shop'` (it must answer the line {\"ask\":0}"),
            refused.c_str());
        QVERIFY(startError(odd("greets")).contains("it wrote a line that is no answer: `Hello, I am a model`"));
        QVERIFY(startError(odd("ends-at-once")).contains("its process ended with 0"));
        model::Limits hurried = quick();
        hurried.start = 300ms;
        QVERIFY(startError(odd("never-answers"), hurried).contains("it did not answer within 300 ms"));
        QVERIFY(startError(odd("never-flushes"), hurried).contains("flush its output"));
    }

    void aProgramThatTakesNothingInIsNotWaitedForWithoutEnd()
    {
        Told told;
        auto run = startRun(odd("swallows"), told, {.perHandler = 50ms, .start = 60s});
        QVERIFY(well(run->begin(1, {"user", "a"}, Version{0}, nullptr, model::Detail::Nothing)));
        const std::string payload = "{\"text\":\"" + std::string(200'000, 'x') + "\"}";
        Result<void> done;
        for (std::uint64_t i = 1; done && i < 200; ++i) done = run->feed(inputOf({.payload = payload}, i));
        if (done) done = run->drain();
        QVERIFY(!done);
        QVERIFY2(done.error().text().contains("did not answer within 50 ms"), done.error().text().c_str());
    }

    void aStopEndsAFoldSoon()
    {
        std::stop_source stop;
        model::RunOptions options;
        options.stop = stop.get_token();
        Told told;
        auto run = startRun(odd("hangs", 3), told, {.perHandler = 600s, .start = 60s}, options);
        QVERIFY(well(run->begin(1, {"user", "a"}, Version{0}, nullptr, model::Detail::Nothing)));
        for (std::uint64_t i = 1; i < 10; ++i) QVERIFY(well(run->feed(inputOf({.payload = "{}"}, i))));
        std::thread other([&] { stop.request_stop(); });
        const auto done = run->drain();
        other.join();
        QVERIFY(!done);
        QVERIFY(done.error().kind == Error::Kind::Cancelled);
    }

    void programsAreStartedOnlyWhereTheyMayBe()
    {
        Told told;
        const auto reducer = model::programReducer(std::make_shared<model::Runtime>(), odd());
        const auto run = reducer->start(told, {});
        QVERIFY(!run);
        QVERIFY(run.error().kind == Error::Kind::Denied);
        QVERIFY(run.error().text().contains("models of this workspace may not start programs"));
        Fold fold(model::programReducer(std::make_shared<model::Runtime>(), odd()));
        fold.payload("{}");
        QVERIFY(fold.error.contains("may not start programs"));
    }

    void oneEventAtATimeWorksToo()
    {
        Fold fold(model::programReducer(runtimeForPrograms(), odd("refuses", 3)));
        fold.payload("{\"i\":1.50}").payload("{\"i\":2}");
        COMPARE_TEXT(fold.now(), std::string(R"({"n":2,"last":2,"payload":{"i":2}})"));
        COMPARE_TEXT(line(fold.changes), std::string("replace /n 1->2; replace /last 1->2; replace /payload/i 1.5->2"));
        fold.payload("{}");
        QVERIFY(fold.error.contains("not this one"));
        COMPARE_TEXT(fold.now(), std::string(R"({"n":2,"last":2,"payload":{"i":2}})"));
        fold.on({"Gone", "", EventKind::Delete});
        QVERIFY(!fold.state.alive);
        fold.payload("{}");
        COMPARE_TEXT(fold.now(), std::string(R"({"n":1,"last":5,"payload":{}})"));
    }

    void fieldsAndWhatIsNoProgramsBusiness()
    {
        Told told;
        model::RunOptions options;
        options.fields = {*Pointer::parse("/payload/i"), *Pointer::parse("/none")};
        auto run = startRun(odd(), told, quick(), options);
        QVERIFY(well(run->begin(5, {"user", "a"}, Version{0}, nullptr, model::Detail::Fields)));
        const char* payloads[] = {R"({"i":1})", R"({"i":1})", R"({"i":"é"})", R"({})", R"({"i":"é"})"};
        for (std::uint64_t i = 0; i < 5; ++i) QVERIFY(well(run->feed(inputOf({.payload = payloads[i]}, i + 1))));
        QVERIFY(well(run->pass(Version{6})));
        QVERIFY(well(run->askAccepted(inputOf({.payload = "{}"}, 7))));
        QVERIFY(well(run->askDecision("Rename", Json::object())));
        // From nothing to changes, in the middle of a fold.
        QVERIFY(well(run->setDetail(model::Detail::Changes)));
        QVERIFY(well(run->feed(inputOf({.payload = R"({"i":2})"}, 7))));
        QVERIFY(well(run->drain()));
        QCOMPARE(told.of('f'), (std::vector<std::string>{"1 1,(none)", "3 \"é\",(none)", "4 (none),(none)", "5 \"é\",(none)"}));
        QCOMPARE(told.of('a'), std::vector<std::string>{"7 "});
        QCOMPARE(told.of('d'), std::vector<std::string>{"0 a program decides no commands"});
        QCOMPARE(told.of('c'), std::vector<std::string>{"7 replace /n 5->6; replace /last 5->7; replace /payload/i \"é\"->2"});
    }

    void theNextRunGoesOnWithTheProcessOfTheLast()
    {
        const auto runtime = runtimeForPrograms();
        const auto fold = [&](std::uint64_t at, bool dropped = false) {
            Told told;
            auto run = model::programReducer(runtime, odd("tells-its-number", at))->start(told, {});
            if (!run || !well((*run)->begin(1, {"user", "a"}, Version{0}, nullptr, model::Detail::Nothing)) ||
                !well((*run)->feed(inputOf({.payload = "{}"}, 1))) || !well((*run)->askState()))
                return std::string("it failed");
            if (!dropped && !well((*run)->drain())) return std::string("it failed");
            return dropped ? std::string() : told.of('s').back();
        };
        const std::string first = fold(0);
        QVERIFY(first.contains("\"process\""));
        COMPARE_TEXT(fold(0), first);
        QVERIFY(fold(1) != first);  // another command is another program
        COMPARE_TEXT(fold(0), first);
        (void)fold(0, true);  // nobody waited for its answers
        const std::string other = fold(0);
        QVERIFY(other.contains("\"process\""));
    }

    void theSettingIsReadAndWritten()
    {
        const auto runtime = runtimeForPrograms();
        const Json document = json(R"({"program":{"command":["python3","odd.py"],"folder":"/models"}})");
        QVERIFY(model::isProgram(document));
        QVERIFY(!model::isProgram(json(R"({"builtIn":"merge"})")));
        COMPARE_TEXT(toText(model::documentOf(model::Program{{"python3", "odd.py"}, "/models"})), toText(document));
        const auto made = model::programFrom(runtime, document);
        QVERIFY(made.has_value());
        COMPARE_TEXT((*made)->name(), std::string("program: python3 odd.py"));
        COMPARE_TEXT((*made)->describe(), std::string("the program python3 odd.py in /models"));
        QVERIFY((*made)->isRemote());
        QVERIFY((*made)->initial().is_discarded());
        const auto wrong = [&](const char* text) { return model::programFrom(runtime, json(text)).error().why; };
        COMPARE_TEXT(wrong(R"({"program":"user.py"})"), std::string("\"program\" is no object"));
        COMPARE_TEXT(wrong(R"({"program":{}})"), std::string("\"command\" is missing"));
        COMPARE_TEXT(wrong(R"({"program":{"command":[]}})"), std::string("\"command\" names no program"));
        COMPARE_TEXT(wrong(R"({"program":{"command":[1]}})"), std::string("\"command\" holds something else than text"));
        COMPARE_TEXT(wrong(R"({"program":{"command":"x","folder":1}})"), std::string("\"folder\" is no text"));
        QVERIFY(model::programFrom(runtime, json(R"({"program":{"command":"./model"}})")).has_value());
    }

    void anotherFileIsAnotherModel()
    {
        const QTemporaryDir folder;
        const auto write = [&](const char* name, const char* text) {
            std::ofstream(folder.filePath(name).toStdString()) << text;
        };
        const model::Program program{{"python3", "user.py"}, folder.path().toStdString()};
        const auto hash = [&] { return model::programReducer(nullptr, program)->hash(); };
        write("user.py", "print(1)\n");
        const std::string first = hash();
        COMPARE_TEXT(hash(), first);
        write("notes.txt", "nothing to do with it");
        COMPARE_TEXT(hash(), first);
        write("user.py", "print(2)\n");
        const std::string second = hash();
        QVERIFY(second != first);
        write("imported.py", "x = 1\n");
        QVERIFY(hash() != second);
        QVERIFY(model::programReducer(nullptr, {{"python3", "user.py", "--other"}, program.folder})->hash() != hash());
    }
};

QTEST_APPLESS_MAIN(ProgramFaultsTest)
#include "test_program_faults.moc"
