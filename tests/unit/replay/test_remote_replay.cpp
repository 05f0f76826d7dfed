#include "tests/unit/model/far_reducer.h"
#include "tests/unit/replay/test_log.h"

#include <QObject>

using namespace hindcast;
using namespace hindcast::test;
using hindcast::replay::EntityReplay;

namespace {

TestLog randomLog(std::uint32_t seed, int events, int deadly = 0)
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
    for (int i = 0; i < deadly; ++i) {
        auto at = log.entries.begin();
        std::advance(at, random.below(events));
        at->second.payload = "{\"deadly\":1}";
    }
    return log;
}

/// The states where deadly events are passed over.
std::vector<model::FoldState> statesOf(TestLog log, const replay::History& history)
{
    for (auto& [id, entry] : log.entries)
        if (entry.payload.find("deadly") != std::string::npos) entry.payload = "{broken";
    return naiveStates(log, history, *model::builtIn("merge"));
}

bool same(const model::FoldState& a, const model::FoldState& b)
{
    return a.alive == b.alive && (!a.alive || sameText(a.document, b.document));
}

}  // namespace

/// EntityReplay with a model that runs elsewhere gives what it gives with one that runs here.
class RemoteReplayTest : public QObject {
    Q_OBJECT

private slots:
    void anyVersionInAnyOrderIsWhatFoldingHereGives_data()
    {
        QTest::addColumn<qulonglong>("budget");
        QTest::addColumn<int>("packet");
        QTest::addColumn<int>("deadly");
        QTest::newRow("snapshots, large packets") << qulonglong{64u << 20} << 1000 << 0;
        QTest::newRow("few snapshots") << qulonglong{20'000} << 100 << 0;
        QTest::newRow("no snapshots, an event a packet") << qulonglong{0} << 1 << 0;
        QTest::newRow("an event that kills") << qulonglong{64u << 20} << 50 << 1;
    }
    void anyVersionInAnyOrderIsWhatFoldingHereGives()
    {
        QFETCH(qulonglong, budget);
        QFETCH(int, packet);
        QFETCH(int, deadly);
        TestLog log = randomLog(3, 400, deadly);
        const auto history = log.history();
        const auto states = statesOf(log, *history);
        FarWorld world;
        world.packet = static_cast<std::size_t>(packet);
        EntityReplay replay = replayOf(log, history, std::make_unique<FarReducer>(world), budget);
        std::mt19937 random(9);
        // Each time that it folds past the deadly event costs a death, and of those a run takes only so many.
        for (int i = 0; i < (deadly ? 3 : 200); ++i) {
            const Version version{deadly ? states.size() - 1 - static_cast<std::size_t>(i) : random() % states.size()};
            const auto state = replay.at(version);
            QVERIFY2(state, state ? "" : state.error().text().c_str());
            QVERIFY(same({state->document, state->alive}, states[version.value]));
            if (version.value == 0) continue;
            const auto changes = replay.changesOf(version);
            QVERIFY(changes);
            QVERIFY(sameText(applied(states[version.value - 1].document, *changes), states[version.value].document));
        }
        if (deadly) QVERIFY(replay.at(history->last())->error.has_value());
    }

    void aWalkAndItsChangesTellEveryVersion()
    {
        TestLog log = randomLog(5, 700);
        const auto history = log.history();
        const auto states = statesOf(log, *history);
        FarWorld world;
        EntityReplay replay = replayOf(log, history, std::make_unique<FarReducer>(world));
        for (const std::uint64_t first : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{333}}) {
            std::uint64_t next = first;
            QVERIFY(replay.walk(Version{first}, history->last(), {}, [&](Version version, const model::FoldState& state) {
                const bool right = version.value == next++ && same(state, states[version.value]);
                if (!right) qWarning("version %llu", static_cast<unsigned long long>(version.value));
                return right;
            }));
            QCOMPARE(next, states.size());
        }
        std::uint64_t next = 1;
        Json state(Json::value_t::discarded);
        QVERIFY(replay.changes(Version{1}, history->last(), {}, [&](Version version, const Changes& changes) {
            state = applied(std::move(state), changes);
            return version.value == next++ && sameText(state, states[version.value].document);
        }));
        QCOMPARE(next, states.size());
    }

    void aWalkThatIsLeftEarlyLeavesTheReplayWhole()
    {
        TestLog log = randomLog(6, 500);
        const auto history = log.history();
        const auto states = statesOf(log, *history);
        FarWorld world;
        EntityReplay replay = replayOf(log, history, std::make_unique<FarReducer>(world));
        for (const std::uint64_t end : {std::uint64_t{7}, std::uint64_t{120}, std::uint64_t{499}}) {
            std::uint64_t seen = 0;
            QVERIFY(replay.walk(Version{1}, history->last(), {}, [&](Version version, const model::FoldState&) {
                seen = version.value;
                return seen < end;
            }));
            QCOMPARE(seen, end);
            for (const std::uint64_t version : {end - 1, end, end + 1})
                QVERIFY(same({replay.at(Version{version})->document, replay.at(Version{version})->alive}, states[version]));
        }
    }

    void provenanceIsThatOfAModelHere()
    {
        TestLog log = randomLog(8, 300);
        const auto history = log.history();
        FarWorld world;
        EntityReplay there = replayOf(log, history, std::make_unique<FarReducer>(world));
        EntityReplay here = replayOf(log, history, model::builtIn("merge"));
        const auto a = there.provenance();
        const auto b = here.provenance();
        QVERIFY(a && b);
        const auto last = here.at(history->last());
        if (!last->alive) QSKIP("the last state is none");
        for (const auto& [name, value] : last->document.items()) {
            std::string pointer;
            appendToken(pointer, name);
            // A model elsewhere does not tell of values that were written again.
            const auto changed = [&](const replay::Provenance& from) {
                std::vector<std::uint64_t> versions;
                for (const auto& write : from.writes(pointer))
                    if (write.changed) versions.push_back(write.version.value);
                return versions;
            };
            QCOMPARE(changed(**a), changed(**b));
        }
    }

    void aStepFeedsOneEvent()
    {
        TestLog log = randomLog(10, 2000);
        const auto history = log.history();
        FarWorld world;
        EntityReplay replay = replayOf(log, history, std::make_unique<FarReducer>(world));
        QVERIFY(replay.at(Version{1000}));
        const std::uint64_t before = world.events;
        for (std::uint64_t version = 1001; version <= 1100; ++version) QVERIFY(replay.at(Version{version}));
        QVERIFY2(world.events - before <= 100, std::to_string(world.events - before).c_str());
        QCOMPARE(world.restarts, 1);
    }

    void aLongerHistoryIsGoneOnWith()
    {
        TestLog log = randomLog(12, 200);
        const auto shorter = log.history();
        FarWorld world;
        EntityReplay replay = replayOf(log, shorter, std::make_unique<FarReducer>(world));
        QVERIFY(replay.at(shorter->last()));
        for (int i = 0; i < 50; ++i) log.add("{\"more\":" + std::to_string(i) + "}");
        const auto longer = log.history();
        const auto states = statesOf(log, *longer);
        replay.setHistory(longer);
        const std::uint64_t before = world.events;
        const auto state = replay.at(longer->last());
        QVERIFY(state && same({state->document, state->alive}, states.back()));
        QVERIFY(world.events - before <= 50);
    }
};

QTEST_APPLESS_MAIN(RemoteReplayTest)
#include "test_remote_replay.moc"
