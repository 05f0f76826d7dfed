#include "core/event/json.h"

#include "tests/unit/event/random_json.h"
#include "tests/unit/event/samples.h"

#include <QTest>

#include <charconv>

using namespace hindcast;
using hindcast::test::json;

class TestJson : public QObject {
    Q_OBJECT
private slots:
    void theParsingSuiteIsObeyed_data();
    void theParsingSuiteIsObeyed();
    void theDecisionsOfAnIndependentParserAreShared();
    void whatIsPrintedReadsBackToTheLetter();
    void numbersKeepTheirText_data();
    void numbersKeepTheirText();
    void aDoubleIsKeptOnlyWhereItPrintsBack();
    void duplicateKeysKeepTheLastValueInTheFirstPlace();
    void depthIsBounded();
    void stringsAreEscapedAsFarAsNeeded();
    void invalidUtf8IsReplacedOnPrinting();
    void indentedTextHasItsUsualForm();
    void valuesAreComparedByValueOrByText();
    void depthAndMemoryAreTold();
    void errorsSayWhereAndWhat();
};

void TestJson::theParsingSuiteIsObeyed_data()
{
    const QDir folder = test::samples("conf-json-parsing/test_parsing");
    SKIP_WITHOUT(folder);
    QTest::addColumn<QString>("path");
    for (const QString& name : folder.entryList(QDir::Files)) QTest::newRow(name.toUtf8()) << folder.filePath(name);
}

void TestJson::theParsingSuiteIsObeyed()
{
    QFETCH(QString, path);
    const char kind = QTest::currentDataTag()[0];
    const auto parsed = parseJson(test::readAll(path));
    if (kind == 'y') QVERIFY2(parsed, parsed ? "" : parsed.error().message.c_str());
    if (kind == 'n') QVERIFY(!parsed);
    if (!parsed) return;
    const auto again = parseJson(toText(*parsed));
    QVERIFY(again);
    QVERIFY(sameText(*parsed, *again));
}

void TestJson::theDecisionsOfAnIndependentParserAreShared()
{
    test::RandomJson random(11);
    int refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string text = toText(random.value(4), static_cast<int>(random.below(3)) - 1);
        for (std::size_t cuts = random.below(4); cuts > 0 && !text.empty(); --cuts) {
            static constexpr std::string_view kBytes = "[]{},:\"0-.e+ \n1tnlx/";
            const std::size_t at = random.below(text.size());
            switch (random.below(3)) {
                case 0: text.erase(at, 1); break;
                case 1: text.insert(at, 1, kBytes[random.below(kBytes.size())]); break;
                default: text[at] = kBytes[random.below(kBytes.size())];
            }
        }
        // The reference has no numbers beyond a double, nor half surrogates.
        if (text.find('e') != std::string::npos && text.find_first_of("0123456789") != std::string::npos) continue;
        const bool expected = nlohmann::json::accept(text);
        const auto parsed = parseJson(text);
        QVERIFY2(parsed.has_value() == expected, text.c_str());
        if (!expected) ++refused;
    }
    QVERIFY(refused > 1'000);
}

void TestJson::whatIsPrintedReadsBackToTheLetter()
{
    test::RandomJson random(12);
    for (int i = 0; i < 5'000; ++i) {
        const Json document = random.value(5);
        const std::string text = toText(document);
        const auto again = parseJson(text);
        QVERIFY2(again, text.c_str());
        QVERIFY2(sameText(document, *again), text.c_str());
        QCOMPARE(toText(*again), text);
        QVERIFY(sameText(document, json(toText(document, 2))));
    }
}

void TestJson::numbersKeepTheirText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("type");
    const auto row = [](const char* text, Json::value_t type) { QTest::newRow(text) << QByteArray(text) << int(type); };
    row("0", Json::value_t::number_unsigned);
    row("18446744073709551615", Json::value_t::number_unsigned);
    row("-9223372036854775808", Json::value_t::number_integer);
    row("18446744073709551616", Json::value_t::binary);
    row("-9223372036854775809", Json::value_t::binary);
    row("-0", Json::value_t::binary);
    row("0.0", Json::value_t::number_float);
    row("-0.0", Json::value_t::number_float);
    row("0.00", Json::value_t::binary);
    row("119.9", Json::value_t::number_float);
    row("119.90", Json::value_t::binary);
    row("62.0", Json::value_t::number_float);
    row("62.00", Json::value_t::binary);
    row("0.0001", Json::value_t::number_float);
    row("0.00001", Json::value_t::binary);
    row("0.000123456789012345", Json::value_t::number_float);
    row("0.0001234567890123456", Json::value_t::binary);
    row("123456789012345.0", Json::value_t::number_float);
    row("1234567890123456.0", Json::value_t::binary);
    row("12345678901234.5", Json::value_t::number_float);
    row("123456789012345.6", Json::value_t::binary);
    row("0.1000000000000000055511151231257827", Json::value_t::binary);
    row("1e5", Json::value_t::binary);
    row("1E+2", Json::value_t::binary);
    row("1e400", Json::value_t::binary);
    row("-1.5e-400", Json::value_t::binary);
}

void TestJson::numbersKeepTheirText()
{
    QFETCH(QByteArray, text);
    QFETCH(int, type);
    const Json number = json(text.toStdString());
    QCOMPARE(int(number.type()), type);
    QVERIFY(isNumber(number));
    QCOMPARE(isNumberText(number), number.is_binary());
    QCOMPARE(numberText(number), text.toStdString());
    QCOMPARE(toText(number), text.toStdString());
}

void TestJson::aDoubleIsKeptOnlyWhereItPrintsBack()
{
    std::mt19937_64 random(13);
    int doubles = 0;
    for (int i = 0; i < 200'000; ++i) {
        std::string text = random() % 2 == 0 ? "" : "-";
        std::string whole;
        for (std::size_t digits = 1 + random() % 12; digits > 0; --digits) whole += static_cast<char>('0' + random() % 10);
        whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
        text += whole + '.';
        for (std::size_t digits = 1 + random() % 12; digits > 0; --digits) text += static_cast<char>('0' + random() % 10);
        const Json number = numberFromText(text);
        QCOMPARE(numberText(number), text);
        if (!number.is_number_float()) continue;
        ++doubles;
        double back = 0;
        std::from_chars(text.data(), text.data() + text.size(), back);
        QCOMPARE(number.get<double>(), back);
    }
    QVERIFY(doubles > 20'000);
}

void TestJson::duplicateKeysKeepTheLastValueInTheFirstPlace()
{
    bool duplicates = false;
    const auto parsed = parseJson(R"({"a":1,"b":{"c":[1]},"a":{"d":2},"\u0062":3})", &duplicates);
    QVERIFY(parsed);
    QVERIFY(duplicates);
    QCOMPARE(toText(*parsed), std::string(R"({"a":{"d":2},"b":3})"));
    QVERIFY(parseJson(R"({"a":{"a":1}})", &duplicates));
    QVERIFY(!duplicates);
}

void TestJson::depthIsBounded()
{
    const auto nested = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
    const auto deepest = parseJson(nested(kMaxJsonDepth));
    QVERIFY(deepest);
    QCOMPARE(depthOf(*deepest), kMaxJsonDepth);
    QCOMPARE(toText(*deepest), nested(kMaxJsonDepth));
    const auto deeper = parseJson(nested(kMaxJsonDepth + 1));
    QVERIFY(!deeper);
    QCOMPARE(deeper.error().offset, kMaxJsonDepth);
    QVERIFY(!parseJson(nested(100'000)));
    QVERIFY(!parseJson(std::string(100'000, '[')));
    QVERIFY(parseJson("[" + nested(200) + "," + nested(200) + "]"));
}

void TestJson::stringsAreEscapedAsFarAsNeeded()
{
    const Json text(std::string("\"\\/\b\f\n\r\t\x01\x1f\x7f \0 caf\xC3\xA9 \xF0\x9F\x98\x80", 24));
    const std::string printed = toText(text);
    QCOMPARE(printed, std::string("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f \\u0000 caf\xC3\xA9 \xF0\x9F\x98\x80\""));
    QVERIFY(sameText(json(printed), text));
    QCOMPARE(json(R"("\ud83d\ude00 \u00e9\/\u0041")").get<std::string>(), std::string("\xF0\x9F\x98\x80 \xC3\xA9/A"));
    QCOMPARE(json(R"("\ud83d-\udc00\ud800\ud800\udc00")").get<std::string>(),
             std::string("\xEF\xBF\xBD-\xEF\xBF\xBD\xEF\xBF\xBD\xF0\x90\x80\x80"));
    for (const char* wrong : {R"("\x41")", R"("\u12")", R"("\u12g4")", R"("\ud800\u12")", R"("\")", "\"\x01\""})
        QVERIFY2(!parseJson(wrong), wrong);
}

void TestJson::invalidUtf8IsReplacedOnPrinting()
{
    const std::string replaced = "\xEF\xBF\xBD";
    const auto printed = [](std::string text) { return toText(Json(std::move(text))); };
    QCOMPARE(printed("a\xFFz"), "\"a" + replaced + "z\"");
    QCOMPARE(printed("\xC0\xAF"), '"' + replaced + replaced + '"');
    QCOMPARE(printed("\xED\xA0\x80"), '"' + replaced + replaced + replaced + '"');
    QCOMPARE(printed("x\xE2\x82"), "\"x" + replaced + replaced + '"');
    QCOMPARE(printed("\xF4\x90\x80\x80"), '"' + replaced + replaced + replaced + replaced + '"');
    QCOMPARE(printed("\xE2\x82\xAC"), std::string("\"\xE2\x82\xAC\""));
}

void TestJson::indentedTextHasItsUsualForm()
{
    QCOMPARE(toText(json(R"({"a":[1,{}],"b":[],"c":{"d":null}})"), 2),
             std::string("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": [],\n  \"c\": {\n    \"d\": null\n  }\n}"));
    QCOMPARE(toText(json("7"), 2), std::string("7"));
}

void TestJson::valuesAreComparedByValueOrByText()
{
    const auto value = [](const char* a, const char* b) { return sameValue(json(a), json(b)); };
    const auto text = [](const char* a, const char* b) { return sameText(json(a), json(b)); };
    QVERIFY(value("1", "1.0"));
    QVERIFY(value("10e-1", "1"));
    QVERIFY(value("1e400", "10e399"));
    QVERIFY(value("-0", "0"));
    QVERIFY(!value("18446744073709551616", "18446744073709551615"));
    QVERIFY(!value("9007199254740993", "9007199254740992.0"));
    QVERIFY(!value("-1", "18446744073709551615"));
    QVERIFY(!value("1", "\"1\""));
    QVERIFY(!value("0", "false"));
    QVERIFY(!value("null", "{}"));
    QVERIFY(!value("[]", "{}"));
    QVERIFY(value(R"({"a":1,"b":[2]})", R"({"b":[2.0],"a":1e0})"));
    QVERIFY(!value(R"({"a":1})", R"({"b":1})"));
    QVERIFY(!value(R"([1,2])", R"([2,1])"));
    QVERIFY(text(R"({"a":1,"b":2})", R"({"b":2,"a":1})"));
    QVERIFY(!text("1", "1.0"));
    QVERIFY(!text("119.9", "119.90"));
    QVERIFY(text("119.90", "119.90"));
}

void TestJson::depthAndMemoryAreTold()
{
    QCOMPARE(depthOf(json("1")), std::size_t{0});
    QCOMPARE(depthOf(json("[]")), std::size_t{1});
    QCOMPARE(depthOf(json(R"({"a":1,"b":[[0]],"c":[]})")), std::size_t{3});
    const std::string big(10'000, 'x');
    QVERIFY(memoryOf(json("[\"" + big + "\"]")) > big.size());
    QVERIFY(memoryOf(json("[1]")) < 200);
}

void TestJson::errorsSayWhereAndWhat()
{
    const auto error = [](std::string_view text) {
        const auto parsed = parseJson(text);
        return parsed ? JsonError{"none", 0} : parsed.error();
    };
    QCOMPARE(error("").message, std::string("the text is empty"));
    QCOMPARE(error("  \n").message, std::string("the text is empty"));
    QCOMPARE(error(R"({"a":NaN})").message, std::string("unexpected 'NaN'"));
    QCOMPARE(error(R"({"a":NaN})").offset, std::size_t{5});
    QCOMPARE(error(R"({"a":1)").message, std::string("unexpected end of the text"));
    QCOMPARE(error(R"({"a":1)").offset, std::size_t{6});
    QCOMPARE(error("{} {}").message, std::string("text after the end of the document"));
    QCOMPARE(error("{} {}").offset, std::size_t{3});
    QCOMPARE(error("[1,]").message, std::string("unexpected ']'"));
    QCOMPARE(error("[\"a\xFF\"]").message, std::string("invalid UTF-8"));
    QCOMPARE(error("[\"a]").message, std::string("a string is not closed"));
}

QTEST_APPLESS_MAIN(TestJson)
#include "test_json.moc"
