#include "core/model/program_reducer.h"
#include "core/model/runtime.h"
#include "core/model/script.h"
#include "core/replay/failures.h"
#include "tests/unit/replay/test_log.h"

#include <QObject>

using namespace hindcast;
using namespace hindcast::test;
using hindcast::replay::EntityReplay;

namespace {

// All three count what they take, and fail at an event whose "n" is no number.
constexpr const char* kRules = R"({"entity":"user","initial":{"sum":0},"on":{"*":[{"add":"/sum","value":{"at":"/n"}}]}})";
constexpr const char* kScript = R"(export const entities = { user: { initial: () => ({ sum: 0 }), evolve: {
  $any: (state, event) => { if (typeof event.payload.n !== "number") throw new Error("no number"); return { sum: state.sum + event.payload.n }; } } } };)";
constexpr const char* kProgram = R"(
import json, sys
state = None
for line in sys.stdin:
    message = json.loads(line)
    if "event" in message:
        if isinstance(message["payload"]["n"], int):
            state = {"sum": (state or {"sum": 0})["sum"] + message["payload"]["n"]}
        else:
            print(json.dumps({"error": "no number", "version": message["version"]}))
    elif "ask" in message:
        print(json.dumps({"ask": message["ask"], "state": state}), flush=True)
    else:
        state = message["state"]
)";

}  // namespace

/// Where a model fails, and the state of who stops there: of native models, scripts and programs alike.
class FailuresTest : public QObject {
    Q_OBJECT

    std::shared_ptr<model::Runtime> runtime_ = std::make_shared<model::Runtime>();

    std::unique_ptr<model::Reducer> reducer(const QString& kind)
    {
        Result<std::unique_ptr<model::Reducer>> made = kind == QStringLiteral("native") ? model::setRules(json(kRules))
                                                       : kind == QStringLiteral("script")
                                                           ? model::scriptReducer(runtime_, {"sum.mjs", kScript, {}}, "user")
                                                           : model::programReducer(runtime_, {{"python3", "-c", kProgram}, {}});
        if (!made) qFatal("%s", made.error().text().c_str());
        return std::move(*made);
    }
    /// `count` events, of which those have no number.
    static TestLog log(int count, const std::vector<int>& failing)
    {
        TestLog log;
        for (int version = 1; version <= count; ++version)
            log.add(std::ranges::find(failing, version) == failing.end() ? R"({"n":1})" : R"({"n":"one"})");
        return log;
    }
    static void kinds()
    {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"native", "script", "program"}) QTest::newRow(kind) << QString::fromLatin1(kind);
    }

private slots:
    void initTestCase() { runtime_->allowPrograms(true); }

    void whoStopsSeesTheStateBeforeTheFirstErrorAndWhoGoesOnTheStateWithoutIt_data() { kinds(); }
    void whoStopsSeesTheStateBeforeTheFirstErrorAndWhoGoesOnTheStateWithoutIt()
    {
        QFETCH(QString, kind);
        TestLog events = log(12, {5, 9});
        EntityReplay replay = replayOf(events, events.history(), reducer(kind));
        for (const std::uint64_t version : {12u, 4u, 5u, 8u, 9u, 12u, 1u}) {
            const auto stopped = replay::atOrStopped(replay, Version{version});
            QVERIFY2(stopped, stopped ? "" : stopped.error().text().c_str());
            QCOMPARE(replay::isStopped(*stopped), version >= 5);
            QCOMPARE(stopped->version.value, std::min<std::uint64_t>(version, 4));
            COMPARE_TEXT(toText(stopped->document), "{\"sum\":" + std::to_string(stopped->version.value) + "}");
            if (version >= 5) QCOMPARE(stopped->error->version, Version{5});
            const auto past = replay.at(Version{version});
            QVERIFY(past && !replay::isStopped(*past));
            const std::uint64_t lost = version >= 9 ? 2 : version >= 5 ? 1 : 0;
            COMPARE_TEXT(toText(past->document), "{\"sum\":" + std::to_string(version - lost) + "}");
        }
    }

    void everyFailingEventIsTold_data() { kinds(); }
    void everyFailingEventIsTold()
    {
        QFETCH(QString, kind);
        TestLog events = log(3000, {1, 7, 1500, 3000});
        EntityReplay replay = replayOf(events, events.history(), reducer(kind));
        const auto all = replay::failures(replay, Version{3000});
        QVERIFY2(all, all ? "" : all.error().text().c_str());
        std::vector<std::uint64_t> versions;
        for (const replay::ReplayError& one : *all) {
            versions.push_back(one.version.value);
            QVERIFY(!one.error.message.empty());
        }
        QCOMPARE(versions, (std::vector<std::uint64_t>{1, 7, 1500, 3000}));
        QCOMPARE(replay::failures(replay, Version{7})->size(), std::size_t{2});
        QCOMPARE((*replay::firstFailure(replay, Version{3000}))->version, Version{1});
        QVERIFY(!*replay::firstFailure(replay, Version{0}));
        const auto before = replay::atOrStopped(replay, Version{40});
        QVERIFY(before && before->version.value == 0 && !before->alive);
    }

    void aWalkOfWhoStopsGoesOnWithTheLastState_data() { kinds(); }
    void aWalkOfWhoStopsGoesOnWithTheLastState()
    {
        QFETCH(QString, kind);
        TestLog events = log(8, {4});
        EntityReplay replay = replayOf(events, events.history(), reducer(kind));
        std::string sums;
        const auto visit = [&](Version version, const model::FoldState& state) {
            sums += std::to_string(version.value) + ":" + (state.alive ? toText(state.document["sum"]) : "-") + " ";
            return version.value < 7;
        };
        QVERIFY(replay::walkTo(replay, Version{2}, Version{8}, Version{3}, {}, visit));
        COMPARE_TEXT(sums, std::string("2:2 3:3 4:3 5:3 6:3 7:3 "));
        sums.clear();
        QVERIFY(replay::walkTo(replay, Version{5}, Version{6}, Version{3}, {}, visit));
        QVERIFY(replay::walkTo(replay, Version{1}, Version{2}, Version{3}, {}, visit));
        COMPARE_TEXT(sums, std::string("5:3 6:3 1:1 2:2 "));
    }

    void anEventThatComesInBetweenMovesTheErrorWithIt()
    {
        TestLog events = log(8, {6});
        const auto before = events.history();
        EntityReplay replay = replayOf(events, before, reducer(QStringLiteral("native")));
        QCOMPARE((*replay::firstFailure(replay, Version{8}))->version, Version{6});
        auto after = std::make_shared<replay::History>(*before);
        after->events.erase(after->events.begin() + 2);
        replay.setHistory(after);
        QCOMPARE((*replay::firstFailure(replay, Version{7}))->version, Version{5});
        QCOMPARE(replay::atOrStopped(replay, Version{7})->version, Version{4});
    }

    void aProgramThatIsNotAllowedIsNotStartedAndOneThatIsIs()
    {
        const auto runtime = std::make_shared<model::Runtime>();
        const model::Program program{{"python3", "-c", kProgram}, {}};
        TestLog events = log(3, {});
        const auto state = [&] {
            EntityReplay replay = replayOf(events, events.history(), model::programReducer(runtime, program));
            return replay.at(Version{3});
        };
        QVERIFY(!state() && state().error().kind == Error::Kind::Denied);
        runtime->allowProgram({{"python3", "-c", "pass"}, {}});
        QVERIFY(!state());
        runtime->allowProgram(program);
        QVERIFY2(state(), "it was allowed");
        QVERIFY(!runtime->allows({program.command, "/elsewhere"}));
        runtime->withdrawPrograms();
        QVERIFY(!state() && state().error().kind == Error::Kind::Denied);
    }

    void otherLimitsAreThoseOfTheNextRun()
    {
        const auto runtime = std::make_shared<model::Runtime>();
        constexpr const char* kEndless =
            "export const entities = { user: { initial: () => ({}), evolve: { $any: (s, e) => { for (;;); } } } };";
        TestLog events = log(1, {});
        const auto message = [&] {
            auto made = model::scriptReducer(runtime, {"endless.mjs", kEndless, {}}, "user");
            EntityReplay replay = replayOf(events, events.history(), std::move(*made));
            const auto at = replay.at(Version{1});
            return at && at->error ? at->error->error.message : std::string();
        };
        model::Limits limits = runtime->limits();
        for (const int ms : {60, 90}) {
            limits.perHandler = std::chrono::milliseconds(ms);
            runtime->setLimits(limits);
            const std::string said = message();
            QVERIFY2(said.find(std::to_string(ms) + " ms") != std::string::npos, said.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(FailuresTest)
#include "test_failures.moc"
