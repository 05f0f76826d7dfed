#include "core/event/decimal.h"
#include "core/model/short_decimal.h"
#include "tests/unit/model/model_test.h"

#include <QObject>

using namespace hindcast;
using namespace hindcast::test;

namespace {

std::unique_ptr<model::Reducer> rules(std::string_view text)
{
    auto made = model::setRules(json(text));
    if (!made) qFatal("the rules of a test are wrong: %s", made.error().text().c_str());
    return std::move(*made);
}

std::unique_ptr<model::Reducer> on(std::string_view handlers)
{
    return rules(R"({"entity":"user","on":)" + std::string(handlers) + "}");
}

std::string errorOf(std::string_view text)
{
    const auto made = model::setRules(json(text));
    return made ? std::string() : made.error().why;
}

}  // namespace

class SetRulesTest : public QObject {
    Q_OBJECT

private slots:
    void theExampleOfTheContractWorks()
    {
        Fold fold(rules(R"({"entity":"user","initial":{},"on":{
            "OrderPlaced":[{"add":"/spent","value":{"at":"/total"}},{"append":"/orders","value":{"at":"/order_id"}}],
            "UserDeleted":[{"end":true}],
            "*":[{"set":"/seen","value":{"meta":"time"}}]}})"));
        fold.on({"OrderPlaced", R"({"order_id":"o-1","total":62.00})"});
        COMPARE_TEXT(fold.now(), std::string(R"({"spent":62.00,"orders":["o-1"],"seen":"2023-11-14T22:13:21Z"})"));
        fold.on({"OrderPlaced", R"({"order_id":"o-2","total":119.90})"});
        COMPARE_TEXT(
            line(fold.changes),
            std::string(
                R"(replace /spent 62.00->181.90; add /orders/1 "o-2"; replace /seen "2023-11-14T22:13:21Z"->"2023-11-14T22:13:22Z")"));
        fold.on({"Viewed", R"({})"});
        COMPARE_TEXT(fold.now(), std::string(R"({"spent":181.90,"orders":["o-1","o-2"],"seen":"2023-11-14T22:13:23Z"})"));
        fold.on({.type = "Viewed", .payload = R"({})", .timed = false});
        COMPARE_TEXT(fold.now(), std::string(R"({"spent":181.90,"orders":["o-1","o-2"],"seen":null})"));
        fold.on({"UserDeleted", R"({})"});
        QVERIFY(!fold.state.alive);
    }

    void everyOperationDoesItsWork()
    {
        Fold fold(rules(R"({"entity":"cart","initial":{"items":[]},"on":{
            "Added":[{"append":"/items","value":{"object":{"sku":{"at":"/sku"},"by":{"meta":"entity"},"note":{"at":"/none"}}}}],
            "Tagged":[{"append":"/tags","value":{"at":"/tag"}}],
            "Untagged":[{"remove":"/tags","value":{"at":"/tag"}}],
            "Cleared":[{"remove":"/items/0"},{"remove":"/nothing"}],
            "Moved":[{"merge":"/address"},{"set":"/moved","value":{"const":{"yes":true}}}],
            "Facts":[{"set":"/facts","value":{"object":{"type":{"meta":"type"},"kind":{"meta":"kind"},"version":{"meta":"version"},
                     "category":{"meta":"category"},"id":{"meta":"id"},"offset":{"meta":"offset"}}}}]}})"));
        fold.on({"Added", R"({"sku":"a"})"});
        COMPARE_TEXT(fold.now(), std::string(R"({"items":[{"sku":"a","by":"user/user-1"}]})"));
        fold.on({"Cleared", ""});
        fold.on({"Tagged", R"({"tag":1})"}).on({"Tagged", R"({"tag":"x"})"}).on({"Tagged", R"({"tag":1})"});
        fold.on({"Untagged", R"({"tag":1.0})"}).on({"Untagged", R"({"tag":"zzz"})"});
        COMPARE_TEXT(fold.now(), std::string(R"({"items":[],"tags":["x",1]})"));
        fold.on({"Moved", R"({"city":"Rome","zip":null})"});
        COMPARE_TEXT(fold.now(), std::string(R"({"items":[],"tags":["x",1],"address":{"city":"Rome"},"moved":{"yes":true}})"));
        fold.on({"Facts", ""});
        COMPARE_TEXT(text(fold.state.document["facts"]),
                     std::string(R"({"type":"Facts","kind":"plain","version":9,"category":"user","id":"user-1","offset":109})"));
    }

    void whatThePayloadDoesNotTellIsPassedOver()
    {
        Fold fold(on(
            R"({"E":[{"set":"/a","value":{"at":"/a"}},{"add":"/n","value":{"at":"/n"}},{"merge":"/m","value":{"at":"/m"}}]})"));
        fold.on({"E", R"({})"});
        COMPARE_TEXT(fold.now(), std::string("{}"));
        QVERIFY(fold.error.empty());
        fold.on({"E", ""});
        QVERIFY(fold.error.empty());
    }

    void anEventThatFailsHalfwayLeavesTheStateAsItWas()
    {
        Fold fold(on(
            R"({"E":[{"set":"/a/b","value":{"at":"/a"}},{"append":"/list","value":{"at":"/a"}},{"merge":"","value":{"at":"/m"}},
                             {"remove":"/first"},{"add":"/n","value":{"at":"/n"}}]})"));
        fold.on({"E", R"({"a":1,"m":{"first":1},"n":1})"});
        fold.on({"E", R"({"a":1,"m":{"first":"kept","second":2}})"});
        const std::string before = fold.now();
        fold.on({"E", R"({"a":2,"m":{"a":{"b":7},"first":9},"n":"1"})"});
        COMPARE_TEXT(fold.error, std::string("E[4] add: the value at '/n' is text, not a number"));
        COMPARE_TEXT(fold.now(), before);
        fold.on({"E", R"({"m":{"n":"text"},"n":1})"});
        COMPARE_TEXT(fold.error, std::string("E[4] add: '/n' is text in the state, not a number"));
        COMPARE_TEXT(fold.now(), before);
        fold.on({"E", R"({"a":[1})"});
        QVERIFY(!fold.error.empty());
        COMPARE_TEXT(fold.now(), before);
        Fold unborn(on(R"({"E":[{"set":"/a","value":{"const":1}},{"add":"/a/b","value":{"const":1}}]})"));
        unborn.on({"E", ""});
        QVERIFY(!unborn.state.alive && unborn.state.document.is_discarded());
    }

    void randomHandlersLeaveTheStateAloneWhenTheyFail()
    {
        // Operations on few places, so that one often stands in the way of another; payloads that often do not fit.
        RandomJson random(21);
        int failures = 0;
        for (int round = 0; round < 400; ++round) {
            const auto operation = [&] {
                std::string pointer;
                for (std::size_t i = random.below(4); i > 0; --i) pointer += "/" + random.name();
                const std::string value = "{\"at\":\"/" + random.name() + "\"}";
                const auto made = [&](const char* what, const std::string& target, bool valued) {
                    return std::string("{\"") + what + "\":\"" + target + "\"" + (valued ? ",\"value\":" + value : "") + "}";
                };
                switch (random.below(6)) {
                    case 0: return made("set", pointer, true);
                    case 1: return made("add", pointer, true);
                    case 2: return made("append", pointer, true);
                    case 3: return made("remove", pointer + "/x", true);
                    case 4: return made("merge", pointer, false);
                    default: return made("set", "/" + random.name(), true);
                }
            };
            const auto list = [&] {
                std::string all = "[";
                for (std::size_t i = random.below(4); i > 0; --i) all += operation() + (i > 1 ? "," : "");
                return all + "]";
            };
            const std::string file = "{\"E\":" + list() + ",\"*\":" + list() + "}";
            Fold fold(on(file));
            for (int i = 0; i < 20; ++i) {
                const std::string before = fold.now();
                const bool alive = fold.state.alive;
                fold.on({"E", toText(random.object(3))});
                if (fold.error.empty()) continue;
                ++failures;
                COMPARE_TEXT(fold.now(), before);
                QCOMPARE(fold.state.alive, alive);
            }
        }
        QVERIFY(failures > 500);
    }

    void sumsAreExact()
    {
        Fold fold(on(R"({"E":[{"add":"/n","value":{"at":"/n"}}]})"));
        for (const char* n : {"0.1", "0.2", "-1", "9223372036854775807", "9223372036854775807", "1e3"})
            fold.on({"E", R"({"n":)" + std::string(n) + "}"});
        COMPARE_TEXT(fold.now(), std::string(R"({"n":18446744073709552613.3})"));
        Fold whole(on(R"({"E":[{"add":"/n","value":{"at":"/n"}}]})"));
        for (const char* n : {"18446744073709551615", "1", "-18446744073709551616", "-5"})
            whole.on({"E", R"({"n":)" + std::string(n) + "}"});
        COMPARE_TEXT(whole.now(), std::string(R"({"n":-5})"));
        whole.on({"E", R"({"n":1e99999})"});
        QVERIFY(!whole.error.empty());
    }

    void shortSumsAreWrittenAsLongOnesAre()
    {
        std::mt19937 random(3);
        const auto number = [&] {
            std::string text = random() % 3 == 0 ? "-" : "";
            text += random() % 4 == 0 ? "0" : std::to_string(1 + random() % 100'000'000) + (random() % 3 == 0 ? "00000000" : "");
            if (random() % 2 == 0) text += "." + std::to_string(random() % 10'000) + (random() % 2 == 0 ? "0" : "");
            return text;
        };
        int shortOnes = 0;
        for (int i = 0; i < 20'000; ++i) {
            const std::string a = number();
            const std::string b = i % 7 == 0 ? (a.front() == '-' ? a.substr(1) : "-" + a) : number();
            const auto total = model::addShortDecimals(numberFromText(a), b);
            if (!total) continue;
            ++shortOnes;
            QVERIFY2(numberText(*total) == addDecimals(a, b), (a + " + " + b + " = " + numberText(*total)).c_str());
        }
        QVERIFY(shortOnes > 10'000);
        QVERIFY(!model::addShortDecimals(numberFromText("1e3"), "1"));
        QVERIFY(!model::addShortDecimals(numberFromText("123456789012345678"), "1"));
    }

    void anOperationRunsOnlyWhereItsConditionHolds()
    {
        Fold fold(on(R"({"status":[
            {"set":"/installed","value":{"const":true},"when":{"at":"/state","equals":"installed"}},
            {"set":"/odd","value":{"const":1},"when":{"at":"/state","not":"installed"}},
            {"set":"/few","value":{"const":1},"when":{"at":"/n","in":[1,2]}},
            {"set":"/again","value":{"const":1},"when":{"state":"/few","exists":true}},
            {"set":"/without","value":{"const":1},"when":{"at":"/n","exists":false}}]})"));
        fold.on({"status", R"({"state":"installed","n":2.0})"});
        COMPARE_TEXT(fold.now(), std::string(R"({"installed":true,"few":1,"again":1})"));
        fold.on({"status", R"({"state":"other"})"});
        COMPARE_TEXT(fold.now(), std::string(R"({"installed":true,"few":1,"again":1,"odd":1,"without":1})"));
    }

    void deletesEndALifeUnlessARuleSaysOtherwise()
    {
        Fold fold(on(R"({"delete":[{"set":"/deleted","value":{"const":true}}]})"));
        fold.on({"create", "{}", EventKind::Create}).on({"delete", "{}", EventKind::Delete});
        COMPARE_TEXT(fold.now(), std::string(R"({"deleted":true})"));
        fold.on({"delete", "", EventKind::Tombstone});
        QVERIFY(!fold.state.alive);
        fold.on({"create", "{}", EventKind::Create}).on({"truncate", "{}", EventKind::Truncate});
        QVERIFY(!fold.state.alive);
    }

    void typesWithoutRulesDoWhatStandsUnderOtherwise()
    {
        Fold fold(rules(
            R"({"entity":"user","on":{"Paid":[{"add":"/paid","value":{"at":"/total"}}],"*":[{"add":"/n","value":{"const":1}}]},
                            "otherwise":[{"merge":"","except":["/paid","/a/secret","/none/at/all"]}]})"));
        fold.on({"Other", R"({"paid":99,"a":{"secret":1,"open":2.50},"z":null})"}).on({"Paid", R"({"total":1.50,"a":7})"});
        COMPARE_TEXT(fold.now(), std::string(R"({"a":{"open":2.50},"n":2,"paid":1.50})"));
        fold.on({"delete", "{}", EventKind::Delete});  // no rule of its own: it ends the life
        QVERIFY(!fold.state.alive);
    }

    void aWrongFileIsToldWithRuleAndOperation_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* name, const char* on, const char* why) {
            QTest::newRow(name) << QStringLiteral(R"({"entity":"u","on":%1})").arg(QString::fromUtf8(on))
                                << QString::fromUtf8(why);
        };
        QTest::newRow("no object") << "[]" << "the file must be a JSON object";
        QTest::newRow("no entity") << R"({"on":{}})" << "'entity' is missing";
        QTest::newRow("no on") << R"({"entity":"u"})" << "'on' is missing";
        QTest::newRow("unknown member") << R"({"entity":"u","on":{},"of":1})" << "unknown member 'of'";
        QTest::newRow("initial") << R"({"entity":"u","on":{},"initial":[]})" << "'initial' must be an object";
        row("no array", R"({"E":{"set":"/a"}})", "E: must be an array of operations");
        row("nothing to do", R"({"E":[{"value":{"const":1}}]})",
            "E[0]: an operation needs one of set, add, append, remove, merge, end");
        row("two things", R"({"E":[{"set":"/a","add":"/b","value":{"const":1}}]})",
            "E[0] set: an operation does one thing, and this one has two of set, add, append, remove, merge, end");
        row("no value", R"({"E":[{"end":true},{"set":"/a"}]})", "E[1] set: 'value' is missing");
        row("bad pointer", R"({"E":[{"set":"a","value":{"const":1}}]})",
            "E[0] set: 'a' is no JSON Pointer: it must be empty or begin with '/'");
        row("bad value", R"({"E":[{"set":"/a","value":{"from":"/x"}}]})",
            R"(E[0] set: 'value' must be {"at": pointer}, {"const": …}, {"meta": name} or {"object": {…}})");
        row("bad meta", R"({"E":[{"set":"/a","value":{"meta":"moon"}}]})",
            "E[0] set: 'meta' must be one of time, type, kind, version, entity, category, id, offset");
        row("extra member", R"({"E":[{"set":"/a","value":{"const":1},"if":1}]})", "E[0] set: unknown member 'if'");
        row("except without merge", R"({"E":[{"set":"/a","value":{"const":1},"except":["/b"]}]})",
            "E[0] set: only 'merge' takes 'except'");
        row("end false", R"({"E":[{"end":false}]})", "E[0] end: 'end' must be true");
        row("end with value", R"({"E":[{"end":true,"value":{"const":1}}]})", "E[0] end: 'end' takes no value");
        row("remove all", R"({"E":[{"remove":""}]})", R"(E[0] remove: the whole state cannot be removed: use {"end": true})");
        row("when nowhere", R"({"E":[{"end":true,"when":{"equals":1}}]})", "E[0] end: 'when' needs 'at' or 'state'");
        row("when untested", R"({"E":[{"end":true,"when":{"at":"/a"}}]})",
            "E[0] end: 'when' needs one of equals, not, in, exists");
        row("when unknown", R"({"E":[{"end":true,"when":{"at":"/a","like":1}}]})",
            "E[0] end: 'when' has an unknown member 'like'");
    }
    void aWrongFileIsToldWithRuleAndOperation()
    {
        QFETCH(QString, file);
        QFETCH(QString, why);
        QCOMPARE(QString::fromStdString(errorOf(file.toStdString())), why);
    }

    void theHashTellsVersionsOfAFileApart()
    {
        const auto a = on(R"({"E":[{"end":true}]})");
        const auto b = on(R"({"E":[]})");
        QVERIFY(a->hash() != b->hash());
        COMPARE_TEXT(a->hash(), a->clone()->hash());
        COMPARE_TEXT(a->name(), std::string("set rules: user"));
    }

    void theSchemaIsJson() { QVERIFY(parseJson(model::setRulesSchema())); }
};

QTEST_APPLESS_MAIN(SetRulesTest)
#include "test_set_rules.moc"
