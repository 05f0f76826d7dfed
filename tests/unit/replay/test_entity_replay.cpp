#include "core/replay/snapshots.h"
#include "tests/unit/replay/test_log.h"

#include <QObject>

using namespace hindcast;
using namespace hindcast::test;
using hindcast::replay::EntityReplay;
using hindcast::replay::SnapshotCache;

namespace {

TestLog randomLog(std::uint32_t seed, int events)
{
    RandomJson random(seed);
    TestLog log;
    for (int i = 0; i < events; ++i) {
        switch (random.below(25)) {
            case 0: log.add("", EventKind::Tombstone); break;
            case 1: log.add("{broken"); break;
            default: log.add(toText(random.object(3))); break;
        }
    }
    return log;
}

std::string order(std::size_t number)
{
    return R"({"order_id":"order-)" + std::to_string(number) + R"(","total":)" + std::to_string(number % 900) +
           R"(.90,"currency":"EUR","status":"placed","customer":{"name":"Ann Other","city":"Rome"},"items":)" +
           std::to_string(number % 7) + R"(,"note":"a note of some length, number )" + std::to_string(number) + R"("})";
}

}  // namespace

class EntityReplayTest : public QObject {
    Q_OBJECT

private slots:
    void anyVersionInAnyOrderIsWhatFoldingFromTheStartGives()
    {
        TestLog log = randomLog(3, 400);
        const auto history = log.history();
        const auto states = naiveStates(log, *history, *model::builtIn("merge"));
        for (const std::size_t budget : {std::size_t{64} << 20, std::size_t{20'000}, std::size_t{0}}) {
            EntityReplay replay = replayOf(log, history, model::builtIn("merge"), budget);
            std::mt19937 random(9);
            for (int i = 0; i < 300; ++i) {
                const Version version{random() % states.size()};
                const auto state = replay.at(version);
                QVERIFY(state);
                COMPARE_TEXT(text(state->document), text(states[version.value].document));
                QCOMPARE(state->alive, states[version.value].alive);
                QCOMPARE(state->of.value, 400u);
                if (version.value == 0) continue;
                const auto changes = replay.changesOf(version);
                QVERIFY(changes);
                QVERIFY(sameText(applied(states[version.value - 1].document, *changes), states[version.value].document));
            }
        }
    }

    void aWalkVisitsEveryStateAndStopsWhenTold()
    {
        TestLog log = randomLog(4, 100);
        const auto history = log.history();
        const auto states = naiveStates(log, *history, *model::builtIn("merge"));
        EntityReplay replay = replayOf(log, history, model::builtIn("merge"));
        std::uint64_t next = 0;
        QVERIFY(replay.walk(Version{0}, Version{100}, {}, [&](Version version, const model::FoldState& state) {
            if (version.value != next++ || !sameText(state.document, states[version.value].document)) qFatal("a wrong state");
            return true;
        }));
        QCOMPARE(next, 101u);
        next = 40;
        QVERIFY(replay.walk(Version{40}, Version{90}, {}, [&](Version version, const model::FoldState&) {
            if (version.value != next++) qFatal("a wrong version");
            return version.value < 50;
        }));
        QCOMPARE(next, 51u);
        QVERIFY(!replay.walk(Version{1}, Version{101}, {}, [](Version, const model::FoldState&) { return true; }));
        QVERIFY(!replay.changes(Version{0}, Version{1}, {}, [](Version, const Changes&) { return true; }));
        QVERIFY(!replay.at(Version{101}));
    }

    void oneStepForwardReplaysOneEventAndItsChangesCostNothing()
    {
        TestLog log = randomLog(5, 200);
        EntityReplay replay = replayOf(log, log.history(), model::builtIn("merge"));
        QVERIFY(replay.at(Version{100}));
        log.read = 0;
        const auto next = replay.at(Version{101});
        QCOMPARE(next->eventsReplayed, 1u);
        QCOMPARE(log.read, 1u);
        QVERIFY(replay.changesOf(Version{101}));
        QVERIFY(replay.at(Version{101}));
        QCOMPARE(log.read, 1u);
    }

    void aModelsErrorIsLocalAndTheFoldGoesOn()
    {
        TestLog log;
        log.add(R"({"a":1})");
        log.add("{broken");
        log.add(R"({"b":2})");
        EntityReplay replay = replayOf(log, log.history(), model::builtIn("merge"));
        const auto last = replay.at(Version{3});
        COMPARE_TEXT(text(last->document), std::string(R"({"a":1,"b":2})"));
        QVERIFY(last->error);
        QCOMPARE(last->error->version.value, 2u);
        QVERIFY(!replay.at(Version{1})->error);
        QCOMPARE(replay.at(Version{2})->error->version.value, 2u);
        QVERIFY(replay.changesOf(Version{2})->empty());
    }

    void aRecordThatIsGoneIsAnErrorOfItsVersion()
    {
        TestLog log = randomLog(6, 10);
        const auto history = log.history();
        log.entries.erase(history->events[4].id);
        log.entries.erase(history->events[9].id);
        EntityReplay replay = replayOf(log, history, model::builtIn("merge"));
        const auto last = replay.at(Version{10});
        QVERIFY(last);
        QCOMPARE(last->error->version.value, 10u);
        COMPARE_TEXT(last->error->error.message, std::string("the record is not in the workspace any more"));
        QCOMPARE(replay.at(Version{5})->error->version.value, 5u);
    }

    void anInsertedEventDropsLaterSnapshots()
    {
        TestLog log = randomLog(7, 300);
        log.slow = std::chrono::microseconds(50);
        auto shorter = log.history();
        // The history as it was before one event in the middle had come, and before the last ones.
        shorter->events.erase(shorter->events.begin() + 150);
        shorter->events.resize(280);
        const auto full = log.history();
        EntityReplay replay = replayOf(log, shorter, model::builtIn("merge"));
        QVERIFY(replay.at(Version{280}));
        const auto oldProvenance = replay.provenance();
        QVERIFY(oldProvenance);
        replay.setHistory(full);
        const auto states = naiveStates(log, *full, *model::builtIn("merge"));
        log.read = 0;
        const auto after = replay.at(Version{300});
        COMPARE_TEXT(text(after->document), text(states[300].document));
        QVERIFY(after->fromSnapshot && after->fromSnapshot->value <= 150 && after->fromSnapshot->value > 50);
        QVERIFY(log.read < 250);
        for (const std::uint64_t v : {149u, 150u, 151u, 152u, 280u})
            COMPARE_TEXT(text(replay.at(Version{v})->document), text(states[v].document));
        QVERIFY(*replay.provenance() != *oldProvenance);
    }

    void aHistoryThatGrowsAtItsEndKeepsEverything()
    {
        TestLog log = randomLog(8, 300);
        const auto full = log.history();
        auto shorter = log.history();
        shorter->events.resize(250);
        EntityReplay replay = replayOf(log, shorter, model::builtIn("merge"));
        QVERIFY(replay.at(Version{250}));
        const auto before = *replay.provenance();
        replay.setHistory(full);
        log.read = 0;
        QCOMPARE(replay.at(Version{300})->eventsReplayed, 50u);
        const auto after = *replay.provenance();
        QCOMPARE(log.read, 100u);
        EntityReplay fresh = replayOf(log, full, model::builtIn("merge"));
        const auto reference = *fresh.provenance();
        for (const char* pointer : {"", "/a", "/b", "/c/d", "/e"}) {
            QCOMPARE(after->writes(pointer).size(), reference->writes(pointer).size());
            QCOMPARE(before->setBy(pointer, Version{250}), reference->setBy(pointer, Version{250}));
        }
    }

    void aReplayStopsWhenAskedAndGoesOnLater()
    {
        TestLog log = randomLog(10, 5000);
        EntityReplay replay = replayOf(log, log.history(), model::builtIn("merge"));
        std::stop_source stop;
        std::uint64_t seen = 0;
        const auto walked =
            replay.walk(Version{1}, Version{5000}, stop.get_token(), [&](Version version, const model::FoldState&) {
                seen = version.value;
                if (seen == 1000) stop.request_stop();
                return true;
            });
        QVERIFY(!walked);
        QVERIFY(walked.error().kind == Error::Kind::Cancelled);
        QVERIFY(seen >= 1000 && seen <= 1256);
        QVERIFY(!replay.at(Version{4000}, stop.get_token()));
        QVERIFY(!replay.provenance(stop.get_token()));
        log.read = 0;
        QVERIFY(replay.at(Version{5000}));
        QVERIFY(log.read <= 4000);
        QVERIFY(replay.provenance());
    }

    void slowEventsGetSnapshotsNearEachOther()
    {
        TestLog log = randomLog(12, 200);
        log.slow = std::chrono::microseconds(500);
        EntityReplay replay = replayOf(log, log.history(), model::builtIn("merge"));
        QVERIFY(replay.at(Version{200}));
        // 2 ms of replay are four of them; the machine may have been busy with other things, so some more are let pass.
        std::uint64_t most = 0;
        for (std::uint64_t v = 199; v > 40; v -= 3) most = std::max(most, replay.at(Version{v})->eventsReplayed);
        QVERIFY2(most <= 24, std::to_string(most).c_str());
    }

    void snapshotsStayWithinTheirBudgetAndEven()
    {
        SnapshotCache cache(100'000);
        const model::FoldState state{json(R"({"a":"text","b":[1,2,3],"c":{"d":1}})"), true};
        cache.setFocus(5000);
        for (std::uint64_t v = 1; v <= 10'000; ++v) cache.add(v, state, std::chrono::milliseconds(2 * v));
        QVERIFY(cache.bytes() <= 100'000);
        QVERIFY(cache.count() > 50);
        std::uint64_t last = 0;
        std::uint64_t widest = 0;
        while (const auto next = cache.after(last)) {
            widest = std::max(widest, *next - last);
            last = *next;
        }
        QVERIFY2(widest < 20 * 10'000 / cache.count(), std::to_string(widest).c_str());
        QVERIFY(5000 - cache.atOrBefore(5000)->first < 10'000 / cache.count());
        cache.dropAfter(100);
        QVERIFY(!cache.after(100));
        cache.dropAfter(0);
        QCOMPARE(cache.bytes(), std::size_t{0});
    }

    void ofAHundredThousandEventsOnlyThoseSinceASnapshotAreFolded()
    {
        TestLog log;
        for (std::size_t i = 0; i < 100'000; ++i) log.add(order(i));
        EntityReplay replay = replayOf(log, log.history(), model::builtIn("merge"));
        QVERIFY(replay.at(Version{100'000}));
        std::mt19937 random(1);
        std::vector<std::uint64_t> folded;
        for (int i = 0; i < 200; ++i) {
            const auto state = replay.at(Version{random() % 100'001});
            QVERIFY(state);
            folded.push_back(state->eventsReplayed);
        }
        std::sort(folded.begin(), folded.end());
        qInfo("events folded for any version: p50 %llu, p99 %llu", static_cast<unsigned long long>(folded[100]),
              static_cast<unsigned long long>(folded[198]));
        QVERIFY(folded[100] < 20'000);
        QVERIFY(replay.provenance());
    }
};

QTEST_APPLESS_MAIN(EntityReplayTest)
#include "test_entity_replay.moc"
