#include "tests/unit/model/far_reducer.h"

#include <QObject>

using namespace hindcast;
using namespace hindcast::test;
using model::Detail;

namespace {

/// Writes down what a run tells, one line each.
class Lines final : public model::RunSink {
public:
    std::vector<std::string> all;
    void failed(std::uint64_t tag, Version version, const model::EvolveError& error) override
    {
        add("failed", tag, version, error.message);
    }
    void state(std::uint64_t tag, Version version, const model::GivenState& state) override
    {
        add("state", tag, version, state.alive() ? toText(state.document()) : "none");
    }
    void changes(std::uint64_t tag, Version version, const Changes& changes) override
    {
        add("changes", tag, version, line(changes));
    }
    void fields(std::uint64_t tag, Version version, std::span<const Json> values) override
    {
        std::string list;
        for (const Json& value : values) list += text(value) + ";";
        add("fields", tag, version, list);
    }

private:
    void add(const char* what, std::uint64_t tag, Version version, const std::string& rest)
    {
        all.push_back(std::string(what) + " " + std::to_string(tag) + "." + std::to_string(version.value) + " " + rest);
    }
};

struct Fed {
    std::string payload;
    EventKind kind = EventKind::Plain;
};

void feed(model::Run& run, const std::vector<Fed>& events, std::uint64_t from = 0, std::uint64_t to = UINT64_MAX)
{
    for (std::uint64_t i = from; i < std::min<std::uint64_t>(to, events.size()); ++i) {
        std::string payload = events[i].payload;
        payload.reserve(payload.size() + 64);
        QVERIFY(run.feed({.id = {},
                          .version = Version{i + 1},
                          .category = "user",
                          .entity = "1",
                          .type = "Changed",
                          .kind = events[i].kind,
                          .time = Timestamp{},
                          .payload = payload}));
    }
}

std::vector<Fed> history(std::uint32_t seed, int count, int deadly = 0)
{
    RandomJson random(seed);
    std::vector<Fed> events;
    for (int i = 0; i < count; ++i) {
        if (random.below(30) == 0) {
            events.push_back({"", EventKind::Tombstone});
        } else if (random.below(30) == 0) {
            events.push_back({"{broken"});
        } else {
            events.push_back({toText(random.object(2))});
        }
    }
    for (int i = 0; i < deadly; ++i) events[random.below(static_cast<int>(events.size()))] = {R"({"a":"deadly"})"};
    return events;
}

/// What a native run tells of the same fold, where the deadly events are passed over.
std::vector<std::string> nearby(const std::vector<Fed>& events, Detail detail)
{
    Lines lines;
    auto run = model::nativeRun(model::builtIn("merge"), lines, {});
    (void)run->begin(7, {"user", "1"}, Version{0}, nullptr, detail);
    for (std::uint64_t i = 0; i < events.size(); ++i) {
        if (events[i].payload.find("deadly") != std::string::npos) {
            lines.failed(7, Version{i + 1}, {"it died", ""});
            (void)run->pass(Version{i + 1});
        } else {
            feed(*run, events, i, i + 1);
        }
    }
    (void)run->askState();
    return lines.all;
}

void compare(const std::vector<std::string>& got, const std::vector<std::string>& wanted)
{
    for (std::size_t i = 0; i < std::min(got.size(), wanted.size()); ++i) COMPARE_TEXT(got[i], wanted[i]);
    QCOMPARE(got.size(), wanted.size());
}

}  // namespace

class RemoteRunTest : public QObject {
    Q_OBJECT

private slots:
    void tellsWhatANativeRunTells()
    {
        const auto events = history(1, 3000);
        for (const Detail detail : {Detail::Nothing, Detail::States}) {
            for (const std::size_t packet : {1u, 7u, 1000u}) {
                FarWorld world;
                world.packet = packet;
                Lines lines;
                auto run = FarReducer(world).start(lines, {});
                QVERIFY(run);
                QVERIFY((*run)->begin(7, {"user", "1"}, Version{0}, nullptr, detail));
                feed(**run, events);
                QVERIFY((*run)->askState());
                QVERIFY((*run)->drain());
                compare(lines.all, nearby(events, detail));
                QCOMPARE(world.restarts, 1);
            }
        }
    }

    void anEventThatKillsFailsAloneAndTheFoldGoesOn_data()
    {
        QTest::addColumn<bool>("knowsWhere");
        QTest::addColumn<int>("packet");
        for (const int packet : {1, 10, 1000})
            for (const bool knows : {true, false})
                QTest::addRow("%s, packets of %d", knows ? "it is known which" : "it is not known which", packet)
                    << knows << packet;
    }
    void anEventThatKillsFailsAloneAndTheFoldGoesOn()
    {
        QFETCH(bool, knowsWhere);
        QFETCH(int, packet);
        for (std::uint32_t seed = 1; seed <= 10; ++seed) {
            // Where it is not known, each guilty event takes two deaths: one that it is looked for, one that it is found.
            const auto events = history(seed, 300, knowsWhere ? 4 : 2);
            for (const Detail detail : {Detail::Nothing, Detail::States}) {
                FarWorld world;
                world.knowsWhere = knowsWhere;
                world.packet = static_cast<std::size_t>(packet);
                Lines lines;
                auto run = FarReducer(world).start(lines, {});
                QVERIFY((*run)->begin(7, {"user", "1"}, Version{0}, nullptr, detail));
                feed(**run, events);
                QVERIFY((*run)->askState());
                QVERIFY((*run)->drain());
                compare(lines.all, nearby(events, detail));
                QVERIFY(world.deaths > 0);
            }
        }
    }

    void aFoldGoesOnFromAStateThatItIsGiven()
    {
        FarWorld world;
        Lines lines;
        auto run = FarReducer(world).start(lines, {});
        const model::FoldState from{json(R"({"a":1})"), true};
        QVERIFY((*run)->begin(1, {"user", "1"}, Version{1}, &from, Detail::Changes));
        feed(**run, {{"{}"}, {R"({"b":2})"}, {R"({"b":"deadly"})"}, {R"({"a":null})"}}, 1);
        QVERIFY((*run)->begin(2, {"user", "2"}, Version{0}, nullptr, Detail::Nothing));
        feed(**run, {{R"({"c":3})"}});
        QVERIFY((*run)->askState());
        QVERIFY((*run)->drain());
        compare(lines.all,
                {"changes 1.2 add /b 2", "failed 1.3 it died", "changes 1.3 ", "changes 1.4 remove /a 1", "state 2.1 {\"c\":3}"});
    }

    void littleIsFoldedAgainAfterADeath()
    {
        std::vector<Fed> events(100'000, Fed{R"({"a":1})"});
        events[90'000] = {R"({"a":"deadly"})"};
        FarWorld world;
        Lines lines;
        auto run = FarReducer(world).start(lines, {});
        QVERIFY((*run)->begin(1, {"user", "1"}, Version{0}, nullptr, Detail::Nothing));
        feed(**run, events);
        QVERIFY((*run)->askState());
        QVERIFY((*run)->drain());
        compare(lines.all, {"failed 1.90001 it died", "state 1.100000 {\"a\":1}"});
        QVERIFY2(world.events < 125'000, std::to_string(world.events).c_str());
    }

    void aModelThatDiesTooOftenIsGivenUp()
    {
        FarWorld world;
        Lines lines;
        auto run = FarReducer(world).start(lines, {});
        QVERIFY((*run)->begin(1, {"user", "1"}, Version{0}, nullptr, Detail::Nothing));
        feed(**run, std::vector<Fed>(50, Fed{R"({"a":"deadly"})"}));
        const auto done = (*run)->drain();
        QVERIFY(!done);
        QVERIFY2(done.error().text().find("given up") != std::string::npos, done.error().text().c_str());
        QVERIFY2(done.error().text().find("it died") != std::string::npos, done.error().text().c_str());
        QCOMPARE(lines.all.size(), std::size_t{model::kMostDeaths});
        QVERIFY(!(*run)->askState());
    }

    void deathsAreCountedForEachFold()
    {
        FarWorld world;
        Lines lines;
        auto run = FarReducer(world).start(lines, {});
        // Three lives, and one of them once more: three guilty events each.
        for (std::uint64_t tag = 1; tag <= 4; ++tag) {
            QVERIFY((*run)->begin(tag, {"user", std::to_string(std::min<std::uint64_t>(tag, 3))}, Version{0}, nullptr,
                                  Detail::Nothing));
            feed(**run, std::vector<Fed>(3, Fed{R"({"a":"deadly"})"}));
            const auto done = (*run)->drain();
            QVERIFY2(done, done ? "" : done.error().text().c_str());
        }
        QCOMPARE(lines.all.size(), std::size_t{12});
        // Folds of one life that have one tag, as the check for determinism makes them.
        for (int time = 0; time < 4; ++time) {
            QVERIFY((*run)->begin(9, {"user", "9"}, Version{0}, nullptr, Detail::Nothing));
            feed(**run, std::vector<Fed>(3, Fed{R"({"a":"deadly"})"}));
        }
        const auto done = (*run)->drain();
        QVERIFY2(done, done ? "" : done.error().text().c_str());
    }

    void ofManyLivesOneThatIsGivenUpIsPassedOverFromThere()
    {
        FarWorld world;
        Lines lines;
        auto run = FarReducer(world).start(lines, {.fields = {}, .stop = {}, .manyLives = true});
        std::vector<std::string> wanted;
        for (std::uint64_t tag = 1; tag <= 30; ++tag) {
            const std::string text = "state " + std::to_string(tag) + ".";
            const bool bad = tag % 3 == 0;
            std::vector<Fed> events(20'000, Fed{R"({"a":1})"});
            if (bad)
                for (std::size_t i = 100; i < 150; ++i) events[i] = {R"({"a":"deadly"})"};
            if (bad) events[19'999] = {R"({"b":2})"};
            QVERIFY((*run)->begin(tag, {"user", std::to_string(tag)}, Version{0}, nullptr, Detail::Nothing));
            feed(**run, events);
            const auto asked = (*run)->askState();
            QVERIFY2(asked, asked ? "" : asked.error().text().c_str());
            if (bad)
                for (std::uint64_t version = 101; version <= 106; ++version)
                    wanted.push_back("failed " + std::to_string(tag) + "." + std::to_string(version) + " it died" +
                                     (version < 106 ? "" : "; that was 6 times in this life: it is passed over from here on"));
            wanted.push_back(text + R"(20000 {"a":1})");
        }
        const auto done = (*run)->drain();
        QVERIFY2(done, done ? "" : done.error().text().c_str());
        compare(lines.all, wanted);
        QVERIFY(world.deaths > 50);
    }

    void aStopEndsTheRun()
    {
        FarWorld world;
        Lines lines;
        std::stop_source stop;
        auto run = FarReducer(world).start(lines, {.fields = {}, .stop = stop.get_token()});
        QVERIFY((*run)->begin(1, {"user", "1"}, Version{0}, nullptr, Detail::Nothing));
        stop.request_stop();
        const auto done = (*run)->askState();
        QVERIFY(!done && done.error().kind == Error::Kind::Cancelled);
    }
};

QTEST_APPLESS_MAIN(RemoteRunTest)
#include "test_remote_run.moc"
