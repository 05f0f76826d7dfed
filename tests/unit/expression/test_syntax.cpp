#include "tests/unit/expression/expression_test.h"

#include <QTest>

using namespace hindcast::expression;
using namespace hindcast::expression::test;

class TestSyntax : public QObject {
    Q_OBJECT
private slots:
    void whatIsWrongIsSaidWhereItIs_data();
    void whatIsWrongIsSaidWhereItIs();
    void anUnknownNameIsToldTheNames();
    void nestingHasAnEnd_data();
    void nestingHasAnEnd();
    void longChainsAreNoNesting();
    void whatIsTooLongIsRefused();
};

void TestSyntax::whatIsWrongIsSaidWhereItIs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("part");  // of the text, that is wrong
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* text, const char* part, const char* words) {
        QTest::addRow("%s", text) << QByteArray(text) << QByteArray(part) << QByteArray(words);
    };
    row("", "", "the expression is empty");
    row("  // only a comment", "", "the expression is empty");
    row("payload.total = 5", "=", "equal is written ==");
    row("type <> 'x'", "<>", "unequal is written !=");
    row("true & false", "&", "and is written &&");
    row("true | false", "|", "or is written ||");
    row("true and false", "and", "and is written &&");
    row("true OR false", "OR", "OR is written ||");
    row("not true", "not", "not is written !");
    row("payload.note like 'x'", "like", "like is written .matches");
    row("ttype == 'x'", "ttype", "did you mean type?");
    row("event.total > 1", "event", "did you mean payload?");
    row("payload.items.lenght() > 1", "lenght", "there is no function lenght(); did you mean size()?");
    row("length(payload.items) > 1", "length", "did you mean size()?");
    row("payload.note.includes('x')", "includes", "did you mean contains()?");
    row("payload.items.some(x, x > 1)", "some", "did you mean exists()?");
    row("int(payload.total) > 1", "int", "did you mean number()?");
    row("payload.note.tolower() == 'x'", "tolower", "did you mean lower()?");
    row("exists(payload.items, x, x > 1)", "exists", "is asked of a list");
    row("payload.items.exists(x > 1)", ">", ", is missing behind the name for each item");
    row("payload.items.exists(1, x > 1)", "1", "a name for each item comes first");
    row("payload.items.exists(x, x > 1, 2)", ",", ") is missing");
    row("size()", "size", "size() takes one operand");
    row("payload.note.contains()", "contains", "contains() takes two operands");
    row("payload.note.contains('a', 'b')", "contains", "contains() takes two operands");
    row("has(payload)", "has(payload)", "has() asks for a member");
    row("has(1)", "has(1)", "has() asks for a member");
    row("has(payload.a, payload.b)", "has(payload.a, payload.b)", "has() asks for a member");
    row("payload.total > ", "", "something is missing at the end");
    row("payload.total > )", ")", "a value is missing before )");
    row("(payload.total > 1", "", ") is missing");
    row("[1, 2", "", "] is missing");
    row("payload.total > 1)", ")", "an unexpected )");
    row("payload.total 5", "5", "an operator is missing before 5");
    row("payload.", "", "a name is missing behind the point");
    row("payload.total > 5abc", "5abc", "neither a number nor a name");
    row("1e", "1e", "the exponent has no digits");
    row("0x", "0x", "hex digits are missing");
    row("type == \"x", "\"x", "the text is not closed");
    row("type == 'x\ny'", "'x", "the text is not closed");
    row("type == '''x'", "'''x'", "the text is not closed");
    row("type == '\\q'", "\\q", "there is no such escape");
    row("type == '\\ud800'", "\\ud800", "names no character");
    row("type == '\\u12'", "\\u12", "the escape is too short");
    row("type == “x”", "“", "straight quotes");
    row("type == b'x'", "b", "there are no bytes");
    row("type == #", "#", "an unexpected character, #");
    row("type ? 1", "", ": is missing");
    row("time > timestamp('yesterday')", "'yesterday'", "this is no time");
    row("duration('5 minutes') > duration('1s')", "'5 minutes'", "this is no duration");
    row("type.matches('(')", "'('", "this is no regular expression");
    row("time > '2025-11-04'", "'2025-11-04'", "timestamp(\"2025-11-04\")");
    row("'2025-11-04' == time", "'2025-11-04'", "timestamp(\"2025-11-04\")");
    row("{'a' 1}", "1", ": is missing");
    row("in [1]", "in", "a value is missing before in");
    row("größe > 1", "größe", "there is no name größe");
}

void TestSyntax::whatIsWrongIsSaidWhereItIs()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, part);
    QFETCH(QByteArray, words);
    const auto parsed = Expression::parse(text.toStdString());
    QVERIFY(!parsed);
    const SyntaxError& error = parsed.error();
    QVERIFY2(error.message.find(words.toStdString()) != std::string::npos, error.message.c_str());
    QVERIFY(error.offset + error.length <= static_cast<std::size_t>(text.size()));
    if (!part.isEmpty())
        QCOMPARE(text.mid(static_cast<int>(error.offset), static_cast<int>(error.length)), part);
    else
        QCOMPARE(error.length, std::size_t{0});
}

void TestSyntax::anUnknownNameIsToldTheNames()
{
    const auto parsed = Expression::parse("zzzzzz == 1");
    QVERIFY(!parsed);
    for (const char* name : {"entity", "category", "id", "version", "type", "time", "topic", "partition", "offset", "key",
                             "headers", "payload", "state", "previous"})
        QVERIFY2(parsed.error().message.find(name) != std::string::npos, name);
}

void TestSyntax::nestingHasAnEnd_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const QByteArray& text) { QTest::addRow("%s", name) << text; };
    const int many = 10'000;
    row("parentheses", QByteArray(many, '(') + "1" + QByteArray(many, ')'));
    row("open parentheses", QByteArray(many, '('));
    row("lists", QByteArray(many, '[') + QByteArray(many, ']'));
    row("maps", QByteArray("{'a':").repeated(many) + "1" + QByteArray(many, '}'));
    row("mixed signs", QByteArray("!-").repeated(many) + "1");
    row("conditions", QByteArray("true?1:").repeated(many) + "1");
    row("indices", QByteArray("[0][").repeated(many) + "0" + QByteArray(many, ']'));
    row("sums", QByteArray("1+").repeated(many) + "1");
    row("members", "payload" + QByteArray(".a").repeated(many));
    row("members of a list", "[1]" + QByteArray(".a").repeated(many));
    row("calls", QByteArray("lower(").repeated(many) + "'a'" + QByteArray(many, ')'));
    row("macros", QByteArray("[1].exists(x,").repeated(many / 2) + "true" + QByteArray(many / 2, ')'));
}

void TestSyntax::nestingHasAnEnd()
{
    QFETCH(QByteArray, text);
    const auto parsed = Expression::parse(text.toStdString());
    QVERIFY(!parsed);
    QVERIFY2(parsed.error().message.find("deep") != std::string::npos, parsed.error().message.c_str());
}

void TestSyntax::longChainsAreNoNesting()
{
    // CEL asks for at least 32 of each.
    QByteArray either = "false";
    QByteArray both = "true";
    for (int i = 0; i < 2000; ++i) {
        either += " || payload.count == " + QByteArray::number(i + 3);
        both += " && true";
    }
    QCOMPARE(verdictOf(either.toStdString()), "true");
    QCOMPARE(verdictOf(both.toStdString()), "true");
    QCOMPARE(verdictOf((QByteArray("!").repeated(10'000) + "true").toStdString()), "true");
    QCOMPARE(verdictOf((QByteArray("(").repeated(100) + "true" + QByteArray(")").repeated(100)).toStdString()), "true");
    QCOMPARE(verdictOf((QByteArray("1+").repeated(300) + "1 == 301").toStdString()), "true");
    QCOMPARE(verdictOf(("'b' in [" + QByteArray("'a',").repeated(5000) + "'b']").toStdString()), "true");
}

void TestSyntax::whatIsTooLongIsRefused()
{
    const auto parsed = Expression::parse("'" + std::string(200'000, 'x') + "'");
    QVERIFY(!parsed);
    QVERIFY(parsed.error().message.find("longer") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestSyntax)
#include "test_syntax.moc"
