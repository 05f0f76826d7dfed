#include "core/expression/payload_scan.h"
#include "tests/unit/event/random_json.h"
#include "tests/unit/expression/expression_test.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace hindcast;
using namespace hindcast::expression;
using namespace hindcast::expression::test;

class TestPayload : public QObject {
    Q_OBJECT
private slots:
    void valuesStandAsTheyCame_data();
    void valuesStandAsTheyCame();
    void everyPathIsFoundAsInAParsedDocument();
    void brokenTextsDoNoHarm();
    void anEvaluatorForgetsTheEventBefore();
};

void TestPayload::valuesStandAsTheyCame_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* name, const char* payload, const char* text, const char* value) {
        QTest::newRow(name) << QByteArray(payload) << QByteArray(text) << QByteArray(value);
    };
    row("a number", R"({"a":1})", "payload.a", "1");
    row("white space", " \n{ \"a\" :\t1.50 \r\n, \"b\" : \"x\" } ", "[payload.a, payload.b]", R"([1.50,"x"])");
    row("the last of the same keys wins", R"({"a":1,"b":2,"a":3})", "payload.a", "3");
    row("a later key takes away what lay below", R"({"a":{"b":1},"a":2})", "has(payload.a.b)", "false");
    row("a later key takes the place of what lay below", R"({"a":{"b":1},"a":{"c":2}})", "has(payload.a.b) || payload.a.c == 1",
        "false");
    row("a later key twice below", R"({"a":{"b":1,"b":5},"c":0,"a":{"b":7}})", "payload.a.b", "7");
    row("an escaped key", R"({"\u0061":1,"q\"q":2})", "payload.a + payload['q\"q']", "3");
    row("keys that begin alike", R"({"ab":1,"a":2,"abc":3,"":4})", "[payload.a, payload.ab, payload.abc, payload['']]",
        "[2,1,3,4]");
    row("escapes in a text", R"({"a":"\u00e9\ud83d\ude00\n\/"})", "payload.a == 'é😀\\n/'", "true");
    row("brackets in texts", R"({"x":"}]{[","y":["]}",{"z":"\"}"}],"a":1})", "payload.a", "1");
    row("a path and one below it", R"({"a":{"b":1,"c":[1,2]}})", "[payload.a, payload.a.b, payload.a.c[1]]",
        R"([{"b":1,"c":[1,2]},1,2])");
    row("items", R"([[1,2],[3,[4]],{"0":5}])", "[payload[0][1], payload[1][1][0], payload[2]['0']]", "[2,4,5]");
    row("an item that is not there", R"({"a":[1]})", "has(payload.a[1])", "false");
    row("the payload itself", R"([1,"x"])", "payload", R"([1,"x"])");
    row("a payload that is no container", "42", "payload + 1", "43");
    row("a text as a payload", R"("hello")", "payload.startsWith('he')", "true");
    row("large numbers", R"({"a":1234567890123456789012345678901234567890})", "payload.a + 1",
        "1234567890123456789012345678901234567891");
    row("numbers in a container", R"({"a":[1.10,1e400]})", "payload.a[0] == 1.1 && payload.a.exists(x, x > 1e399)", "true");
    row("words", R"({"a":true,"b":false,"c":null})", "[payload.a, payload.b, payload.c]", "[true,false,null]");
    row("empty containers", R"({"a":{},"b":[],"c":1})", "[payload.a, payload.b, payload.c, size(payload.a)]", "[{},[],1,0]");
    row("an empty payload text", "", "payload", "null");
    row("no object at all", "[]", "has(payload.a)", "false");
}

void TestPayload::valuesStandAsTheyCame()
{
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, value);
    Sample sample;
    sample.payload = payload.toStdString();
    QCOMPARE(QByteArray::fromStdString(valueOf(text.toStdString(), sample)), value);
}

static void collect(const Json& json, const Pointer& at, std::vector<Pointer>& out)
{
    out.push_back(at);
    if (json.is_array()) {
        for (std::size_t i = 0; i < json.size(); ++i) collect(json[i], at.child(std::to_string(i)), out);
    } else if (json.is_object()) {
        for (const auto& [name, value] : json.get_ref<const Json::object_t&>()) collect(value, at.child(name), out);
    }
}

void TestPayload::everyPathIsFoundAsInAParsedDocument()
{
    hindcast::test::RandomJson make(4);
    std::mt19937_64 random(4);
    for (int i = 0; i < 3000; ++i) {
        const Json document = make.value(4);
        const std::string text = toText(document, static_cast<int>(random() % 3) - 1);
        std::vector<Pointer> all;
        collect(document, Pointer(), all);
        std::vector<Pointer> paths{Pointer({"not", "there"}), Pointer({"0", "0", "0", "0"})};
        for (auto count = 1 + random() % 4; count > 0; --count) {
            const Pointer& path = all[random() % all.size()];
            if (std::ranges::find(paths, path) == paths.end()) paths.push_back(path);
        }
        PayloadScan scan(paths);
        for (int run = 0; run < 2; ++run) {
            scan.run(text);
            for (std::size_t path = 0; path < paths.size(); ++path) {
                const Json* expected = valueAt(document, paths[path]);
                QCOMPARE(scan[path].empty(), expected == nullptr);
                if (expected != nullptr) QVERIFY(sameText(parseJson(scan[path]).value(), *expected));
            }
        }
    }
}

void TestPayload::brokenTextsDoNoHarm()
{
    const std::vector<Pointer> paths{*Pointer::parse("/a"), *Pointer::parse("/items/1/qty"), *Pointer::parse("/address/geo/lat"),
                                     Pointer()};
    PayloadScan scan(paths);
    std::mt19937_64 random(3);
    const std::string whole(kPayload);
    for (std::size_t cut = 0; cut < whole.size(); ++cut) scan.run(std::string_view(whole).substr(0, cut));
    for (int i = 0; i < 50'000; ++i) {
        std::string text = whole.substr(0, 1 + random() % whole.size());
        for (auto changes = random() % 8; changes > 0; --changes)
            text[random() % text.size()] = "{}[]\",:\\ 0a\x01\xff"[random() % 13];
        const std::string exact(text.begin(), text.end());
        scan.run(exact);
        for (std::size_t path = 0; path < paths.size(); ++path) {
            const std::string_view found = scan[path];
            if (found.empty()) continue;
            QVERIFY(found.data() >= exact.data() && found.data() + found.size() <= exact.data() + exact.size());
        }
        Sample sample;
        sample.payload = text;
        if (i % 10 == 0) (void)valueOf("[payload.a, payload.items[1].qty, payload.text, payload.address]", sample);
    }
}

void TestPayload::anEvaluatorForgetsTheEventBefore()
{
    const auto parsed = Expression::parse("payload.a == 'x' && payload.b.exists(i, i == 2)");
    QVERIFY(parsed.has_value());
    Evaluator evaluator(*parsed);
    const auto ask = [&](const char* payload) {
        Sample sample;
        sample.payload = payload;
        return sample.with(**parsed, [&](const Facts& facts) { return evaluator(facts); });
    };
    for (int i = 0; i < 3; ++i) {
        QVERIFY(ask(R"({"a":"\u0078","b":[1,2]})") == Verdict::True);
        QVERIFY(ask(R"({"a":"x","b":[1]})") == Verdict::False);
        QVERIFY(ask(R"({"a":"x"})") == Verdict::Absent);
        QVERIFY(ask("") == Verdict::Absent);
    }
}

QTEST_APPLESS_MAIN(TestPayload)
#include "test_payload.moc"
