#include "ui/look/format.h"
#include "ui/look/json_text.h"

#include <QTest>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

Json json(const char* text) { return *parseJson(text); }

}  // namespace

class TestJsonText final : public QObject {
    Q_OBJECT
private slots:
    void valuesAreWrittenAsTheyCame()
    {
        QCOMPARE(valueText(json("181.90")), QStringLiteral("181.90"));
        QCOMPARE(valueText(json("123456789012345678901234567890")), QStringLiteral("123456789012345678901234567890"));
        QCOMPARE(valueText(json("1e400")), QStringLiteral("1e400"));
        QCOMPARE(valueText(json("\"a\\nb\\\"\"")), QStringLiteral("\"a\\nb\\\"\""));
        QCOMPARE(valueText(json("{\"a\":[1,null,true],\"b\":{}}")), QStringLiteral("{\"a\": [1, null, true], \"b\": {}}"));
    }

    void whatIsEmptyIsToldApart()
    {
        QCOMPARE(valueText(json("null")), QStringLiteral("null"));
        QCOMPARE(valueText(json("\"\"")), QStringLiteral("\"\""));
        QCOMPARE(valueText(json("\"null\"")), QStringLiteral("\"null\""));
        QCOMPARE(containerText(json("{}")), QStringLiteral("{ }"));
        QCOMPARE(containerText(json("[]")), QStringLiteral("[ ]"));
        QCOMPARE(valueText(Json(Json::value_t::discarded)), QString());
    }

    void aTextThatReadsAsAnotherValueKeepsItsQuotes()
    {
        for (const char* text : {"\"null\"", "\"true\"", "\"1\"", "\"-0.5e3\"", "\"{}\"", "\"\""})
            QCOMPARE(plainText(json(text)), QString::fromLatin1(text));
        for (const char* text : {"\"nil\"", "\"1a\"", "\"2025-11-04\"", "\"-\"", "\"a null\""})
            QCOMPARE(plainText(json(text)), QString::fromLatin1(text).remove(QLatin1Char('"')));
    }

    void whatWouldTurnTheTextAroundItIsWrittenOut()
    {
        QCOMPARE(valueText(json("\"ab\\u202eevil\\u007f\"")), QStringLiteral("\"ab\\u202eevil\\u007f\""));
        QCOMPARE(plainText(json("\"ab\\u202eevil\"")), QStringLiteral("ab\\u202eevil"));
    }

    void dataIsNoHtmlInATip()
    {
        QCOMPARE(asTip(QStringLiteral("a < b\nc")), QStringLiteral("a < b\nc"));
        QVERIFY(asTip(QStringLiteral("<i>Made</i>")).contains(QStringLiteral("&lt;i&gt;Made&lt;/i&gt;")));
    }

    void longValuesAreCutAndCostWhatIsShown()
    {
        std::string twentyMegabytes;
        twentyMegabytes.resize(20'000'000, 'x');
        const Json large = std::move(twentyMegabytes);
        const QString text = valueText(large, 100);
        QCOMPARE(text.size(), 101);
        QVERIFY(text.endsWith(QChar(0x2026)));
    }

    void whatIsCutEndsWithAWholeCharacter()
    {
        // Beyond U+FFFF a character is two of a QString's.
        const QString two = QStringLiteral("\"\U0001F600\U0001F600");
        const Json faces = json("\"\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00\"");
        QCOMPARE(valueText(faces, 5), two + QChar(0x2026));
        QCOMPARE(valueText(faces, 6), two + QChar(0x2026));
        const std::string bytes = "a\xf0\x9f\x98\x80\xf0\x9f\x98\x80";
        QCOMPARE(bytesAsText(bytes, 4), QStringLiteral("a\U0001F600\u2026"));
        QCOMPARE(bytesAsText(bytes, 5), QStringLiteral("a\U0001F600\U0001F600"));
    }

    void runningTextNamesObjectsByTheirId()
    {
        QCOMPARE(plainText(json("{\"total\":1,\"id\":8841}")), QStringLiteral("8841"));
        QCOMPARE(plainText(json("{\"order_id\":\"o-1\",\"total\":1}")), QStringLiteral("o-1"));
        QCOMPARE(plainText(json("{\"x\":1,\"y\":2}")), QStringLiteral("{2 fields}"));
        QCOMPARE(plainText(json("[{\"id\":8841,\"total\":1}]")), QStringLiteral("[8841]"));
        QCOMPARE(plainText(json("[1,[2],\"x\"]")), QStringLiteral("[1, 1 item, x]"));
        QCOMPARE(plainText(json("[1,2,3,4]")), QStringLiteral("[4 items]"));
        QCOMPARE(plainText(json("\"456 Oak Ave\"")), QStringLiteral("456 Oak Ave"));
        QCOMPARE(plainText(json("\"\"")), QStringLiteral("\"\""));
        QCOMPARE(plainText(json("\" x\"")), QStringLiteral("\" x\""));
    }

    void closedContainersSayWhatTheyHold()
    {
        QCOMPARE(containerText(json("{\"id\":8838,\"total\":20.00}")), QStringLiteral("8838 · 20.00"));
        QCOMPARE(containerText(json("[1,2,3]")), QStringLiteral("3 items"));
        QCOMPARE(containerText(json("{\"a\":{},\"b\":1}")), QStringLiteral("2 fields"));
    }

    void jsonIsSetInLinesWithoutBeingRead()
    {
        const JsonLayout layout = layoutJson("{\"a\":1.50,\"a\":[ ],\"b\":{\"c\":\"x,\\\"{\"}}", 1000);
        QCOMPARE(layout.text, QStringLiteral("{\n  \"a\": 1.50,\n  \"a\": [],\n  \"b\": {\n    \"c\": \"x,\\\"{\"\n  }\n}"));
        QVERIFY(!layout.cut);
        QStringList names;
        for (const JsonLayout::Span& span : layout.spans)
            if (span.part == JsonPart::Name) names << layout.text.mid(span.from, span.length);
        QCOMPARE(names, QStringList({QStringLiteral("\"a\""), QStringLiteral("\"a\""), QStringLiteral("\"b\""),
                                     QStringLiteral("\"c\"")}));
    }

    void aLayoutStopsAtItsLimit()
    {
        std::string large = "[";
        for (int i = 0; i < 3'000'000; ++i) large += "1,";
        large += "1]";
        const JsonLayout layout = layoutJson(large, 4000);
        QVERIFY(layout.cut);
        QVERIFY(layout.text.size() < 4200);
        QVERIFY(layout.spans.size() < 4200);
        // What lies beyond the limit is not even looked at.
        large.replace(100'000, 1, "\"");
        QCOMPARE(layoutJson(large, 4000).text, layout.text);
    }

    void whatIsNoJsonStaysReadable_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        for (const char* text : {"", "{", "}}}}", "\"abc", "{\"a\"", "nul", "[1,", "\\", "\"\\", "\xff\xfe", "{\"a\":\x01}"})
            QTest::newRow(text) << QByteArray(text);
        QTest::newRow("deep") << QByteArray(100'000, '[');
    }
    void whatIsNoJsonStaysReadable()
    {
        QFETCH(QByteArray, bytes);
        const JsonLayout layout = layoutJson(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())), 2000);
        QVERIFY(layout.text.size() <= 2300);
    }

    void bytesBecomeTextWithSigns()
    {
        QCOMPARE(bytesAsText("a\nb", 10), QStringLiteral("a↵b"));
        QCOMPARE(bytesAsText(std::string_view("\0x", 2), 10), QStringLiteral("\uFFFDx"));
        QCOMPARE(bytesAsText("abcdef", 3), QStringLiteral("abc…"));
    }
};

QTEST_APPLESS_MAIN(TestJsonText)
#include "test_json_text.moc"
