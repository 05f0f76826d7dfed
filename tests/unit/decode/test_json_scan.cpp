#include "core/decode/json_scan.h"
#include "core/decode/json_text.h"
#include "core/event/json.h"

#include <QTest>

#include <memory>
#include <random>

using namespace hindcast;
using namespace hindcast::decode;

namespace {

/// The text on a heap block of its exact size.
struct Exact {
    explicit Exact(std::string_view text) : block(std::make_unique<char[]>(text.size())), view(block.get(), text.size())
    {
        text.copy(block.get(), text.size());
    }
    std::unique_ptr<char[]> block;
    std::string_view view;
};

QString rawAt(const char* json, const char* pointer)
{
    PointerTrie trie;
    const auto node = trie.add(*Pointer::parse(pointer));
    JsonScan scan(trie);
    const Exact text(json);
    if (!scan.run(text.view)) return QString::fromStdString(scan.reason());
    const std::string_view raw = scan[node].raw;
    return scan[node].missing() ? QStringLiteral("missing") : QString::fromUtf8(raw.data(), static_cast<qsizetype>(raw.size()));
}

}  // namespace

class TestJsonScan : public QObject {
    Q_OBJECT
private slots:
    void valuesAtPointersAreFoundInOnePass_data();
    void valuesAtPointersAreFoundInOnePass();
    void errorsNameTheByte_data();
    void errorsNameTheByte();
    void nestingEndsAt256Levels();
    void everyPrefixOfADocumentIsRefused();
    void randomDamageIsJudgedAsTheParserJudgesIt();
    void membersAreWalkedInOrder();
    void aScanForgetsTheDocumentBefore();
};

void TestJsonScan::valuesAtPointersAreFoundInOnePass_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("raw");
    QTest::newRow("member") << R"({"a":1,"b":"x"})" << "/b" << R"("x")";
    QTest::newRow("nested") << R"( { "a" : { "b" : [ true , {"c":-1.50e+3} ] } } )" << "/a/b/1/c" << "-1.50e+3";
    QTest::newRow("the whole document, without the space around it") << " [1, 2]\n" << "" << "[1, 2]";
    QTest::newRow("container") << R"({"a":{"b":[1,{}]},"c":0})" << "/a" << R"({"b":[1,{}]})";
    QTest::newRow("item") << "[10,20,30]" << "/2" << "30";
    QTest::newRow("item beyond the end") << "[10]" << "/1" << "missing";
    QTest::newRow("a number as a member's name") << R"({"0":"zero"})" << "/0" << R"("zero")";
    QTest::newRow("no such member") << R"({"a":1})" << "/b" << "missing";
    QTest::newRow("a member of a scalar") << R"({"a":1})" << "/a/b" << "missing";
    QTest::newRow("null is there") << R"({"a":null})" << "/a" << "null";
    QTest::newRow("an escaped name") << R"({"\u0061\/b":7})" << "/a~1b" << "7";
    QTest::newRow("an empty name") << R"({"":7})" << "/" << "7";
    QTest::newRow("the last duplicate wins") << R"({"a":1,"a":2})" << "/a" << "2";
    QTest::newRow("what the first duplicate held is gone") << R"({"a":{"b":1},"a":{"c":2}})" << "/a/b" << "missing";
    QTest::newRow("also where the last is a scalar") << R"({"a":{"b":1},"a":5})" << "/a/b" << "missing";
    QTest::newRow("20 digits") << R"({"n":12345678901234567890123})" << "/n" << "12345678901234567890123";
    QTest::newRow("beyond ASCII") << R"({"straße":"Łucja 😀"})" << "/straße" << R"("Łucja 😀")";
}

void TestJsonScan::valuesAtPointersAreFoundInOnePass()
{
    QFETCH(QString, json);
    QFETCH(QString, pointer);
    QFETCH(QString, raw);
    QCOMPARE(rawAt(json.toUtf8().constData(), pointer.toUtf8().constData()), raw);
}

void TestJsonScan::errorsNameTheByte_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("reason");
    QTest::newRow("cut") << QByteArray(R"({"a":1,"b":)") << "not JSON: unexpected end at byte 11";
    QTest::newRow("cut in a string") << QByteArray(R"({"a":"xy)") << "not JSON: unexpected end at byte 8";
    QTest::newRow("NaN") << QByteArray(R"({"a":NaN})") << "not JSON: unexpected character 'N' at byte 5";
    QTest::newRow("trailing comma") << QByteArray(R"([1,])") << "not JSON: unexpected character ']' at byte 3";
    QTest::newRow("leading zero") << QByteArray(R"([01])") << "not JSON: unexpected character '1' at byte 2";
    QTest::newRow("plus") << QByteArray(R"(+1)") << "not JSON: unexpected character '+' at byte 0";
    QTest::newRow("invalid UTF-8") << QByteArray("[\"ab\xff\"]") << "not JSON: invalid UTF-8 at byte 4";
    QTest::newRow("overlong UTF-8") << QByteArray("[\"\xc0\xaf\"]") << "not JSON: invalid UTF-8 at byte 2";
    QTest::newRow("an encoded surrogate") << QByteArray("[\"\xed\xa0\x80\"]") << "not JSON: invalid UTF-8 at byte 2";
    QTest::newRow("cut UTF-8") << QByteArray("\"\xf0\x9f\x98") << "not JSON: invalid UTF-8 at byte 1";
    QTest::newRow("control character") << QByteArray("[\"a\nb\"]") << "not JSON: a control character in a string at byte 3";
    QTest::newRow("escape") << QByteArray(R"(["\x"])") << "not JSON: an invalid escape in a string at byte 2";
    QTest::newRow("a second document") << QByteArray("{} {}") << "not JSON: more text after the end of the document at byte 3";
    QTest::newRow("a byte order mark") << QByteArray("\xef\xbb\xbf{}") << "not JSON: unexpected byte 0xef at byte 0";
    QTest::newRow("only space") << QByteArray("  ") << "not JSON: unexpected end at byte 2";
}

void TestJsonScan::errorsNameTheByte()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, reason);
    const PointerTrie trie;
    JsonScan scan(trie);
    const Exact text(json.toStdString());
    QVERIFY(!scan.run(text.view));
    QCOMPARE(QString::fromStdString(scan.reason()), reason);
}

void TestJsonScan::nestingEndsAt256Levels()
{
    const PointerTrie trie;
    JsonScan scan(trie);
    QVERIFY(scan.run(std::string(256, '[') + std::string(256, ']')));
    QVERIFY(!scan.run(std::string(257, '[') + std::string(257, ']')));
    QCOMPARE(QString::fromStdString(scan.reason()), "not JSON: nested deeper than 256 levels at byte 256");
    QVERIFY(!scan.run(std::string(100'000, '[')));
}

void TestJsonScan::everyPrefixOfADocumentIsRefused()
{
    const std::string document = R"({"a\u00e4":[1.5e-3,true,false,null,{"ö":"x\\\"y"}],"b":{}})";
    PointerTrie trie;
    trie.add(*Pointer::parse("/b"));
    JsonScan scan(trie);
    QVERIFY(scan.run(document));
    for (std::size_t length = 0; length < document.size(); ++length) {
        const Exact prefix(std::string_view(document).substr(0, length));
        QVERIFY(!scan.run(prefix.view));
        QVERIFY(scan.errorOffset() <= length);
    }
}

void TestJsonScan::randomDamageIsJudgedAsTheParserJudgesIt()
{
    const std::string document =
        R"({"event_type":"OrderPlaced","items":[{"sku":"A\u00e9","qty":-2.50e+1},[],{}],"note":"Łódź \"x\"","ok":[true,null,false]})";
    std::mt19937 random(20251104);
    PointerTrie trie;
    trie.add(*Pointer::parse("/items/0/sku"));
    JsonScan scan(trie);
    int accepted = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string damaged = document;
        for (unsigned edits = random() % 3 + 1; edits > 0; --edits) {
            const std::size_t at = random() % damaged.size();
            switch (random() % 3) {
                case 0: damaged[at] = static_cast<char>(random() % 256); break;
                case 1: damaged.erase(at, 1); break;
                default: damaged.insert(at, 1, document[random() % document.size()]);
            }
        }
        const Exact text(damaged);
        const bool good = scan.run(text.view);
        QCOMPARE(good, parseJson(damaged).has_value());
        accepted += good ? 1 : 0;
    }
    QVERIFY(accepted > 500);
}

void TestJsonScan::membersAreWalkedInOrder()
{
    std::string seen;
    for (Members members(R"({ "a" : {"x":[1,"]}"]} , "\u0062":"t\"x", "c":-1.5 ,"d":null})"); members.next();)
        seen += members.name() + "=" + std::string(members.value().raw) + ";";
    QCOMPARE(QString::fromStdString(seen), R"(a={"x":[1,"]}"]};b="t\"x";c=-1.5;d=null;)");
    Members none("{ }");
    QVERIFY(!none.next());
}

void TestJsonScan::aScanForgetsTheDocumentBefore()
{
    PointerTrie trie;
    const auto a = trie.add(*Pointer::parse("/a"));
    JsonScan scan(trie);
    QVERIFY(scan.run(R"({"a":1})"));
    QVERIFY(!scan[a].missing());
    QVERIFY(scan.run(R"({"b":1})"));
    QVERIFY(scan[a].missing());
}

QTEST_GUILESS_MAIN(TestJsonScan)
#include "test_json_scan.moc"
