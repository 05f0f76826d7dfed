#include "core/replay/provenance.h"
#include "tests/unit/replay/test_log.h"

#include <QElapsedTimer>
#include <QObject>

#include <set>

using namespace hindcast;
using namespace hindcast::test;
using hindcast::replay::Provenance;

namespace {

void flatten(const Json& value, const std::string& pointer, std::map<std::string, std::string>& leaves)
{
    if (value.is_discarded()) return;
    if (value.is_object() && !value.empty()) {
        for (const auto& [key, member] : value.get_ref<const Json::object_t&>()) {
            std::string below = pointer;
            appendToken(below, key);
            flatten(member, below, leaves);
        }
    } else if (value.is_array() && !value.empty()) {
        for (std::size_t i = 0; i < value.size(); ++i) flatten(value[i], pointer + "/" + std::to_string(i), leaves);
    } else {
        leaves[pointer] = toText(value);
    }
}

/// For every pointer the versions in which a leaf at or below it differs from the version before: by comparing whole states.
std::map<std::string, std::set<std::uint64_t>> naiveChanges(const std::vector<model::FoldState>& states)
{
    std::map<std::string, std::set<std::uint64_t>> changed;
    std::map<std::string, std::string> before;
    for (std::size_t v = 1; v < states.size(); ++v) {
        std::map<std::string, std::string> now;
        flatten(states[v].document, "", now);
        const auto tell = [&](std::string pointer) {
            for (;;) {
                changed[pointer].insert(v);
                if (pointer.empty()) break;
                pointer.resize(pointer.rfind('/'));
            }
        };
        for (const auto& [pointer, text] : now) {
            const auto old = before.find(pointer);
            if (old == before.end() || old->second != text) tell(pointer);
        }
        for (const auto& [pointer, text] : before)
            if (!now.contains(pointer)) tell(pointer);
        before = std::move(now);
    }
    return changed;
}

void compareWithNaive(TestLog& log, const std::function<std::unique_ptr<model::Reducer>()>& make)
{
    const auto history = log.history();
    const auto states = naiveStates(log, *history, *make());
    const auto expected = naiveChanges(states);
    auto replay = replayOf(log, history, make());
    const auto built = replay.provenance();
    QVERIFY(built);
    const Provenance& provenance = **built;
    for (const auto& [pointer, versions] : expected) {
        std::set<std::uint64_t> told;
        for (const Provenance::Write& write : provenance.writes(pointer))
            if (write.changed) told.insert(write.version.value);
        QVERIFY2(told == versions, pointer.c_str());
        for (std::uint64_t v = 0; v <= history->events.size(); ++v) {
            const auto after = versions.upper_bound(v);
            const auto setBy = provenance.setBy(pointer, Version{v});
            QCOMPARE(setBy ? setBy->value : 0, after == versions.begin() ? 0 : *std::prev(after));
            const auto next = provenance.nextChange(pointer, Version{v});
            QCOMPARE(next ? next->value : 0, after == versions.end() ? 0 : *after);
            const auto from = versions.lower_bound(v);
            const auto previous = provenance.previousChange(pointer, Version{v});
            QCOMPARE(previous ? previous->value : 0, from == versions.begin() ? 0 : *std::prev(from));
        }
    }
    QVERIFY(provenance.writes("/never").empty());
    QVERIFY(!provenance.setBy("/never", Version{5}));
    // The changes of each event lead from one state to the next.
    Json document(Json::value_t::discarded);
    const auto done = replay.changes(Version{1}, history->last(), {}, [&](Version version, const Changes& changes) {
        document = applied(std::move(document), changes);
        if (!sameText(document, states[version.value].document)) qFatal("the changes do not lead to the state");
        return true;
    });
    QVERIFY(done);
}

}  // namespace

class ProvenanceTest : public QObject {
    Q_OBJECT

private slots:
    void everyLeafKnowsWhoWroteIt()
    {
        TestLog log;
        log.add(R"({"name":"Ann","address":{"city":"Rome","zip":"1"}})");
        log.add(R"({"name":"Ann","address":{"zip":"2"}})");
        log.add(R"({"address":5})");
        log.add("", EventKind::Tombstone);
        auto replay = replayOf(log, log.history(), model::builtIn("merge"));
        const auto provenance = *replay.provenance();
        const auto setBy = [&](std::string_view pointer, std::uint64_t v) {
            const auto found = provenance->setBy(pointer, Version{v});
            return found ? found->value : 0;
        };
        QCOMPARE(setBy("/name", 3), 1u);
        QCOMPARE(setBy("/address/zip", 2), 2u);
        QCOMPARE(setBy("/address/city", 2), 1u);
        QCOMPARE(setBy("/address", 2), 2u);
        QCOMPARE(setBy("/address/city", 3), 3u);  // what replaced the container took it away
        QCOMPARE(setBy("/name", 4), 4u);
        QCOMPARE(setBy("", 3), 3u);
        std::string writes;
        for (const auto& write : provenance->writes("/name"))
            writes += std::to_string(write.version.value) + (write.changed ? "! " : "= ");
        COMPARE_TEXT(writes, std::string("1! 2= 4! "));
        QCOMPARE(provenance->nextChange("/name", Version{1})->value, 4u);
        QCOMPARE(provenance->previousChange("/address", Version{3})->value, 2u);
    }

    void randomMergesAgreeWithComparingWholeStates()
    {
        RandomJson random(31);
        for (int round = 0; round < 60; ++round) {
            TestLog log;
            for (int i = 0; i < 40; ++i) {
                const bool end = random.below(12) == 0;
                log.add(end ? std::string() : toText(random.object(3)), end ? EventKind::Tombstone : EventKind::Plain);
            }
            compareWithNaive(log, [] { return model::builtIn("merge"); });
        }
    }

    void randomSetRulesAgreeWithComparingWholeStates()
    {
        const Json file = json(R"({"entity":"user","initial":{"n":0,"list":[]},"on":{
            "A":[{"add":"/n","value":{"at":"/a"}},{"append":"/list","value":{"at":"/b"}}],
            "B":[{"remove":"/list/0"},{"set":"/deep/er","value":{"at":"/c"}}],
            "C":[{"remove":"/list","value":{"at":"/b"}},{"merge":"/deep","value":{"at":"/c"}},{"append":"/tags","value":{"at":"/d"}}],
            "D":[{"end":true}],
            "*":[{"set":"/last","value":{"at":"/e"}}]}})");
        RandomJson random(77);
        for (int round = 0; round < 60; ++round) {
            TestLog log;
            log.types = {"A", "B", "C", "D"};
            for (int i = 0; i < 40; ++i) {
                const std::size_t type = random.below(12) == 0 ? 3 : random.below(3);
                log.add(toText(random.object(2)), EventKind::Plain, TypeId{static_cast<std::uint32_t>(type)});
            }
            compareWithNaive(log, [&] { return std::move(*model::setRules(file)); });
        }
    }

    void aMillionEventsTakeLittleMemory()
    {
        Provenance provenance;
        Changes changes;
        for (const char* name : {"/a", "/b", "/c", "/d", "/e"}) changes.push_back({Change::Op::Replace, name, Json(1), Json(2)});
        QElapsedTimer timer;
        timer.start();
        for (std::uint64_t v = 1; v <= 1'000'000; ++v) provenance.add(Version{v}, changes);
        qInfo("5 M writes in %lld ms", static_cast<long long>(timer.elapsed()));
        QCOMPARE(provenance.setBy("/c", Version{777'777})->value, 777'777u);
        QCOMPARE(provenance.writes("/c").size(), std::size_t{1'000'000});
    }
};

QTEST_APPLESS_MAIN(ProvenanceTest)
#include "test_provenance.moc"
