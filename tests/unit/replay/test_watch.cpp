#include "core/replay/watch.h"
#include "tests/unit/replay/test_log.h"

#include <QElapsedTimer>
#include <QObject>

#include <array>
#include <cmath>

using namespace hindcast;
using namespace hindcast::test;
using hindcast::replay::Watch;
using hindcast::replay::WatchPointer;
using hindcast::replay::WatchRuns;
using hindcast::replay::WatchValue;

namespace {

Watch watchOf(const std::string& pointer) { return Watch(*WatchPointer::parse(pointer)); }

/// What a run is to say of a value, in text: two values that differ in it are two runs.
std::string told(const Json* value)
{
    if (!value || value->is_discarded()) return "-";
    if (value->is_array()) return "[" + std::to_string(value->size());
    if (value->is_object()) return "{" + std::to_string(value->size());
    return toText(*value);
}
std::string told(const WatchValue& value)
{
    switch (value.kind) {
        case WatchValue::Kind::Absent: return "-";
        case WatchValue::Kind::Array: return "[" + std::to_string(value.size);
        case WatchValue::Kind::Object: return "{" + std::to_string(value.size);
        default: return toText(value.value);
    }
}

/// "1:-  2:5  4:"a"": a run each, from its version on.
std::string printed(const WatchRuns& runs)
{
    std::string text;
    for (std::size_t i = 0; i < runs.size(); ++i)
        text += (i > 0 ? " " : "") + std::to_string(runs.from(i).value) + ":" + told(runs.value(i));
    return text;
}

std::string naive(const std::vector<model::FoldState>& states, const WatchPointer& pointer)
{
    std::string text;
    std::string before;
    for (std::size_t v = 1; v < states.size(); ++v) {
        const Json& document = states[v].document;
        const std::string now = told(document.is_discarded() ? nullptr : pointer.find(document));
        if (v == 1 || now != before) text += (v > 1 ? " " : "") + std::to_string(v) + ":" + now;
        before = now;
    }
    return text;
}

}  // namespace

class WatchTest : public QObject {
    Q_OBJECT

private slots:
    void aFieldsValuesAreRunsWithTheirExactText()
    {
        TestLog log;
        log.add(R"({"name":"Ann"})");
        log.add(R"({"balance":119.90})");
        log.add(R"({"balance":119.90,"name":"Bea"})");
        log.add(R"({"balance":119.9})");
        log.add(R"({"balance":null})");
        log.add("", EventKind::Tombstone);
        log.add(R"({"balance":-1e400})");
        auto replay = replayOf(log, log.history(), model::builtIn("merge"));
        std::array watches{watchOf("/balance"), watchOf("/name"), watchOf("")};
        QVERIFY(replay::extend(replay, watches, {}));
        COMPARE_TEXT(printed(*watches[0].share()), std::string("1:- 2:119.90 4:119.9 5:- 7:-1e400"));
        COMPARE_TEXT(printed(*watches[1].share()), std::string(R"(1:"Ann" 3:"Bea" 6:-)"));
        const auto balance = watches[0].share();
        QVERIFY(balance->isNumeric());
        QVERIFY(!watches[1].share()->isNumeric());
        QVERIFY(std::isfinite(balance->range()->first));
        QCOMPARE(balance->range()->second, 119.9);
        QCOMPARE(*balance->at(Version{3}), std::size_t{1});
        QVERIFY(!balance->at(Version{0}));
        QVERIFY(!balance->at(Version{8}));
        QCOMPARE(balance->last(1), Version{3});
        QCOMPARE(balance->last(4), Version{7});
        QCOMPARE(balance->valueId(0), balance->valueId(3));  // what is absent is one value
    }

    void anItemIsFoundByItsIndexFromTheEndOrByAMember()
    {
        const Json document = *parseJson(R"({"items":[{"sku":"A-17","qty":2},{"sku":"B/1","qty":5},{"n":7,"qty":1}],
                                             "-1":"member","[a=b]":"too","matrix":[[1,2],[3]]})");
        const auto at = [&](const char* pointer) { return told(WatchPointer::parse(pointer)->find(document)); };
        COMPARE_TEXT(at("/items/0/qty"), std::string("2"));
        COMPARE_TEXT(at("/items/-1/qty"), std::string("1"));
        COMPARE_TEXT(at("/items/-3/qty"), std::string("2"));
        COMPARE_TEXT(at("/items/-4/qty"), std::string("-"));
        COMPARE_TEXT(at("/items/[sku=A-17]/qty"), std::string("2"));
        COMPARE_TEXT(at("/items/[sku=B~11]/qty"), std::string("5"));
        COMPARE_TEXT(at("/items/[n=7]/qty"), std::string("1"));
        COMPARE_TEXT(at("/items/[n=8]/qty"), std::string("-"));
        COMPARE_TEXT(at("/items/[=8]/qty"), std::string("-"));
        COMPARE_TEXT(at("/-1"), std::string("\"member\""));  // in an object every token is a name
        COMPARE_TEXT(at("/[a=b]"), std::string("\"too\""));
        COMPARE_TEXT(at("/matrix/-2/-1"), std::string("2"));
        COMPARE_TEXT(at("/items/-/qty"), std::string("-"));
        COMPARE_TEXT(at("/items/qty"), std::string("-"));
        COMPARE_TEXT(at(""), std::string("{4"));
        QVERIFY(!WatchPointer::parse("balance"));
        QVERIFY(WatchPointer::parse("balance").error().kind == Error::Kind::BadInput);
    }

    void anItemKeepsItsRunsWhileOthersChangePlaces()
    {
        TestLog log;
        log.add(R"({"items":[{"sku":"A","qty":1}]})");
        log.add(R"({"items":[{"sku":"B","qty":9},{"sku":"A","qty":1}]})");
        log.add(R"({"items":[{"sku":"B","qty":9},{"sku":"C","qty":4},{"sku":"A","qty":2}]})");
        log.add(R"({"items":[{"sku":"C","qty":4}]})");
        auto replay = replayOf(log, log.history(), model::builtIn("merge"));
        std::array watches{watchOf("/items/[sku=A]/qty"), watchOf("/items/0/qty"), watchOf("/items"), watchOf("/items/-1/sku")};
        QVERIFY(replay::extend(replay, watches, {}));
        COMPARE_TEXT(printed(*watches[0].share()), std::string("1:1 3:2 4:-"));
        COMPARE_TEXT(printed(*watches[1].share()), std::string("1:1 2:9 4:4"));
        COMPARE_TEXT(printed(*watches[2].share()), std::string("1:[1 2:[2 3:[3 4:[1"));
        COMPARE_TEXT(printed(*watches[3].share()), std::string(R"(1:"A" 4:"C")"));
    }

    void aPlaceInAnArrayIsToldByWhatStandsThere()
    {
        const Json document =
            *parseJson(R"({"items":[{"sku":"A","qty":1},{"sku":"B","qty":1},{"sku":"B","lineId":4}],"tags":["x"]})");
        const auto by = [&](const char* pointer) {
            return replay::byIdentity(document, *Pointer::parse(pointer)).value_or("no");
        };
        COMPARE_TEXT(by("/items/0/qty"), std::string("/items/[sku=A]/qty"));
        COMPARE_TEXT(by("/items/1/qty"), std::string("no"));  // there are two of them
        COMPARE_TEXT(by("/items/2/lineId"), std::string("/items/[lineId=4]/lineId"));
        COMPARE_TEXT(by("/tags/0"), std::string("no"));
        COMPARE_TEXT(by("/items"), std::string("no"));
    }

    void randomHistoriesAgreeWithLookingAtEveryState()
    {
        RandomJson random(2025);
        for (int round = 0; round < 80; ++round) {
            TestLog log;
            const std::size_t events = 1 + random.below(60);
            for (std::size_t i = 0; i < events; ++i) {
                if (random.below(15) == 0)
                    log.add("", EventKind::Tombstone);
                else
                    log.add(toText(random.object(3)));
            }
            const auto history = log.history();
            const auto states = naiveStates(log, *history, *model::builtIn("merge"));
            std::vector<std::string> pointers{"", "/never"};
            for (const model::FoldState& state : states)
                if (state.document.is_object())
                    for (const auto& [key, value] : state.document.get_ref<const Json::object_t&>()) {
                        std::string pointer;
                        appendToken(pointer, key);
                        if (std::ranges::find(pointers, pointer) == pointers.end()) pointers.push_back(pointer);
                        if (value.is_array() && random.below(2) == 0) pointers.push_back(pointer + "/-1");
                    }
            std::vector<Watch> watches;
            for (const std::string& pointer : pointers) watches.push_back(watchOf(pointer));
            // The history grows, and a watch comes later than the others.
            auto shorter = std::make_shared<replay::History>(*history);
            shorter->events.resize(random.below(events + 1));
            auto replay = replayOf(log, shorter, model::builtIn("merge"));
            QVERIFY(replay::extend(replay, std::span(watches).first(watches.size() - 1), {}));
            for (Watch& watch : watches) (void)watch.share();
            replay.setHistory(history);
            QVERIFY(replay::extend(replay, watches, {}));
            for (Watch& watch : watches) COMPARE_TEXT(printed(*watch.share()), naive(states, watch.pointer()));
        }
    }

    void whatIsStoppedGoesOnFromThere()
    {
        TestLog log;
        for (int i = 0; i < 20'000; ++i) log.add("{\"n\":" + std::to_string(i / 3) + "}");
        auto replay = replayOf(log, log.history(), model::builtIn("merge"));
        std::array watches{watchOf("/n")};
        std::stop_source stop;
        std::vector<std::uint64_t> progress;
        const auto stopped = replay::extend(replay, watches, stop.get_token(), [&](Version version) {
            progress.push_back(version.value);
            if (progress.size() == 2) stop.request_stop();
        });
        QVERIFY(!stopped && stopped.error().kind == Error::Kind::Cancelled);
        QVERIFY(watches[0].builtTo().value >= progress.back() && watches[0].builtTo().value < 20'000);
        const auto part = watches[0].share();
        const std::uint64_t readThen = log.read;
        QVERIFY(replay::extend(replay, watches, {}));
        QVERIFY(log.read - readThen < 20'000);  // not from the beginning
        QCOMPARE(watches[0].share()->size(), std::size_t{6'667});
        QVERIFY(part->size() < 6'667);  // what was shared stays as it was
    }

    void extremesOfAnyStretchAreThoseOfItsRuns()
    {
        RandomJson random(5);
        Watch watch = watchOf("/n");
        std::vector<std::optional<double>> values;
        for (std::uint64_t v = 1; v <= 9'000; ++v) {
            const auto number = static_cast<std::int64_t>(random.below(1'000'000)) - 500'000;
            const bool absent = random.below(20) == 0;
            Json document = Json::object();
            if (!absent) document["n"] = number;
            watch.add(Version{v}, document);
        }
        const auto runs = watch.share();
        for (std::size_t i = 0; i < runs->size(); ++i)
            values.push_back(runs->value(i).kind == WatchValue::Kind::Number ? std::optional(runs->value(i).number)
                                                                             : std::nullopt);
        for (int round = 0; round < 500; ++round) {
            std::size_t first = random.below(values.size());
            std::size_t end = random.below(values.size() + 1);
            if (first > end) std::swap(first, end);
            std::optional<std::pair<double, double>> expected;
            for (std::size_t i = first; i < end; ++i) {
                if (!values[i]) continue;
                if (!expected) expected = {*values[i], *values[i]};
                expected->first = std::min(expected->first, *values[i]);
                expected->second = std::max(expected->second, *values[i]);
            }
            QVERIFY(runs->extremes(first, end) == expected);
        }
    }

    void longTextsAreKeptByTheirBeginningAndStillToldApart()
    {
        Watch watch = watchOf("/t");
        const std::string common(1'000, 'x');
        auto add = [&, v = std::uint64_t{0}](const std::string& text) mutable {
            Json document = Json::object();
            document["t"] = text;
            watch.add(Version{++v}, document);
        };
        add(common + "a");
        add(common + "b");
        add(common + "b");
        add(common + "a");
        const auto runs = watch.share();
        QCOMPARE(runs->size(), std::size_t{3});
        QCOMPARE(runs->valueId(0), runs->valueId(2));
        QVERIFY(runs->value(0).cut);
        QCOMPARE(runs->value(0).size, std::uint64_t{1'001});
        QVERIFY(toText(runs->value(0).value).size() < 300);
    }

    void aMillionVersionsTakeLittleTimeAndMemory()
    {
        Watch watch = watchOf("/n");
        Json document = Json::object();
        QElapsedTimer timer;
        timer.start();
        for (std::uint64_t v = 1; v <= 1'000'000; ++v) {
            document["n"] = static_cast<std::int64_t>(v * 7919 % 1'000);
            watch.add(Version{v}, document);
        }
        const auto gathered = timer.restart();
        const auto runs = watch.share();
        qInfo("1 M runs in %lld ms, shared in %lld ms", static_cast<long long>(gathered),
              static_cast<long long>(timer.elapsed()));
        QCOMPARE(runs->size(), std::size_t{1'000'000});
        QCOMPARE(runs->valueCount(), std::size_t{1'000});
        QCOMPARE(runs->at(Version{777'777}), std::optional<std::size_t>(777'776));
        QCOMPARE(runs->extremes(10, 999'990)->second, 999.0);
    }
};

QTEST_APPLESS_MAIN(WatchTest)
#include "test_watch.moc"
