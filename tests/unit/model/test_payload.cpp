#include "core/model/payload.h"
#include "tests/unit/model/model_test.h"

#include <QObject>

using namespace hindcast;
using namespace hindcast::test;
using hindcast::model::Payload;
using hindcast::model::ValueView;

class PayloadTest : public QObject {
    Q_OBJECT

private slots:
    void aPayloadReadsAsTheSameDocumentAsParseJson()
    {
        RandomJson random(7);
        Payload payload;
        for (int i = 0; i < 2000; ++i) {
            const Json document = random.value(4);
            const std::string written = toText(document, i % 3 == 0 ? 2 : -1);
            QVERIFY(payload.parse(written));
            const ValueView view(payload, Payload::kRoot);
            QVERIFY2(sameText(view.json(), document), written.c_str());
            QVERIFY(view.sameAs(document));
            QCOMPARE(view.levels(), depthOf(document));
            Json other = random.value(4);
            const bool same = sameText(other, document);
            QCOMPARE(view.sameAs(other), same);
            view.assignTo(other);
            QVERIFY(sameText(other, document));
        }
    }

    void textWithEscapesIsUnescapedInKeysAndValues()
    {
        Payload payload;
        QVERIFY(payload.parse("{\"a\\n\\\"b\":\"\\u00e9\\ud83d\\ude00\\\\\",\"plain\":\"x\",\"c\":\"\\t\"}"));
        const ValueView view(payload, Payload::kRoot);
        COMPARE_TEXT(std::string(view.member("a\n\"b")->text()), std::string("é😀\\"));
        COMPARE_TEXT(std::string(view.member("plain")->text()), std::string("x"));
        COMPARE_TEXT(std::string(view.member("c")->text()), std::string("\t"));
    }

    void numbersKeepTheirText()
    {
        Payload payload;
        QVERIFY(payload.parse(R"([119.90,1e400,123456789012345678901234567890,-0])"));
        COMPARE_TEXT(text(ValueView(payload, Payload::kRoot).json()),
                     std::string("[119.90,1e400,123456789012345678901234567890,-0]"));
    }

    void ofDuplicateKeysTheLastOneCounts()
    {
        Payload payload;
        QVERIFY(payload.parse(R"({"a":{"x":1},"b":2,"a":{"y":2},"b":null})"));
        const ValueView view(payload, Payload::kRoot);
        QVERIFY(sameText(view.json(), json(R"({"a":{"y":2},"b":null})")));
        std::string many = "{";
        for (int i = 0; i < 100; ++i)
            many += (i ? "," : "") + std::string("\"k") + std::to_string(i % 40) + "\":" + std::to_string(i);
        many += "}";
        QVERIFY(payload.parse(many));
        QVERIFY(sameText(ValueView(payload, Payload::kRoot).json(), json(many)));
    }

    void membersThatNobodyAskedForAreLeftOut()
    {
        Payload payload;
        const std::vector<std::string> only{"b", "c"};
        QVERIFY(payload.parse(R"({"a":{"b":1},"b":{"a":[1,{"z":2}]},"d":"x","c":2,"e":[{"b":3}]})", &only));
        COMPARE_TEXT(text(ValueView(payload, Payload::kRoot).json()), std::string(R"({"b":{"a":[1,{"z":2}]},"c":2})"));
        QVERIFY(payload.parse(R"({"a":1})", &only));
        COMPARE_TEXT(text(ValueView(payload, Payload::kRoot).json()), std::string("{}"));
    }

    void aPointerFindsMembersAndItems()
    {
        Payload payload;
        QVERIFY(payload.parse(R"({"a":[{"b":5},7],"":1})"));
        const ValueView view(payload, Payload::kRoot);
        const auto at = [&](std::string_view pointer) { return view.at(Pointer::parse(pointer)->tokens()); };
        COMPARE_TEXT(at("/a/0/b")->number(), std::string("5"));
        COMPARE_TEXT(at("/a/1")->number(), std::string("7"));
        COMPARE_TEXT(at("/")->number(), std::string("1"));
        QVERIFY(!at("/a/2"));
        QVERIFY(!at("/a/-"));
        QVERIFY(!at("/a/0/b/c"));
        QVERIFY(!at("/x"));
    }

    void whatIsNoJsonIsRefusedInWords()
    {
        Payload payload;
        for (const char* bad :
             {"", " ", "{", "{\"a\":1,}", "[1 2]", "{\"a\" 1}", "nul", "01", "{} {}", "\"a", "{\"a\":tru}", "NaN"}) {
            const auto read = payload.parse(bad);
            QVERIFY2(!read, bad);
            QVERIFY(read.error().starts_with("the payload is no valid JSON"));
        }
        QVERIFY(!payload.parse(std::string(300, '[') + std::string(300, ']')));
        QVERIFY(payload.parse(std::string(256, '[') + std::string(256, ']')));
        QCOMPARE(payload.levels(), std::size_t{256});
    }
};

QTEST_APPLESS_MAIN(PayloadTest)
#include "test_payload.moc"
