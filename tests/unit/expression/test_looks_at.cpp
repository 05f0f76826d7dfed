#include "tests/unit/expression/expression_test.h"

#include <QTest>

using namespace hindcast;
using namespace hindcast::expression;

class TestLooksAt : public QObject {
    Q_OBJECT
private slots:
    void statePathsAreFewAndDeep_data();
    void statePathsAreFewAndDeep();
    void payloadPathsAreAllThatAreConstant_data();
    void payloadPathsAreAllThatAreConstant();
    void typesNamedAreThoseComparedForEquality();
    void whatIsUsedIsTold();
    void stateIsReadThroughItsSlots();
};

static QByteArray joined(const std::vector<Pointer>& paths)
{
    QByteArray text;
    for (const Pointer& path : paths) text += (text.isEmpty() ? "" : " ") + QByteArray::fromStdString("[" + path.text() + "]");
    return text;
}

static std::shared_ptr<const Expression> parsed(const char* text)
{
    auto result = Expression::parse(text);
    if (!result) qFatal("%s: %s", text, result.error().message.c_str());
    return *result;
}

void TestLooksAt::statePathsAreFewAndDeep_data()
{
    QTest::addColumn<QByteArray>("paths");
    const auto row = [](const char* text, const char* paths) { QTest::newRow(text) << QByteArray(paths); };
    row("payload.total > 5", "");
    row("state.items.exists(i, i.qty > 2) && previous.total < 5", "[/items] [/total]");
    row("state.a.b.c == 1 && state.a.b.d == 2", "[/a/b/c] [/a/b/d]");
    row("state.a.b == 1 && state.a.b.c == 2 && previous.a.b.d == 3", "[/a/b]");
    row("state.a == 1 && state.ab == 2 && state.a.b == 3", "[/a] [/ab]");
    row("state == previous && state.a == 1", "[]");
    row("state.items[0].qty > state.items[1]['qty']", "[/items/0/qty] [/items/1/qty]");
    row("state.items[payload.at].qty > 1", "[/items]");
    row("state[payload.name] > 1", "[]");
    row("has(state.a.b)", "[/a/b]");
    row("state['a/b']['~'].c > 1", "[/a~1b/~0/c]");
    row("state.size() > 1", "[]");
    row("[1].exists(state, state == 1)", "");
}

void TestLooksAt::statePathsAreFewAndDeep()
{
    QFETCH(QByteArray, paths);
    QCOMPARE(joined(parsed(QTest::currentDataTag())->statePaths()), paths);
}

void TestLooksAt::payloadPathsAreAllThatAreConstant_data()
{
    QTest::addColumn<QByteArray>("paths");
    const auto row = [](const char* text, const char* paths) { QTest::newRow(text) << QByteArray(paths); };
    row("state.total > 5", "");
    row("payload.a.b > 1 && payload.a > 2 && payload['a']['b'] < 9", "[/a/b] [/a]");
    row("payload.items.exists(i, i.qty > payload.least)", "[/items] [/least]");
    row("payload == null", "[]");
    row("payload[type] == 1", "[]");
    row("has(payload.x.y)", "[/x/y]");
}

void TestLooksAt::payloadPathsAreAllThatAreConstant()
{
    QFETCH(QByteArray, paths);
    const auto expression = parsed(QTest::currentDataTag());
    QCOMPARE(joined(expression->payloadPaths()), paths);
    QCOMPARE(expression->usesPayload(), !paths.isEmpty());
}

void TestLooksAt::typesNamedAreThoseComparedForEquality()
{
    const auto types = [](const char* text) { return parsed(text)->typesNamed(); };
    using Texts = std::vector<std::string>;
    QCOMPARE(types("type == 'A' || 'B' == type || type == 'A'"), (Texts{"A", "B"}));
    QCOMPARE(types("type in ['A', 'B'] && payload.x == 'C'"), (Texts{"A", "B"}));
    QCOMPARE(types("type in ['A', payload.x]"), (Texts{"A"}));
    QCOMPARE(types("type != 'A' && !(type == 'B')"), (Texts{"A", "B"}));
    QCOMPARE(types("type.startsWith('A') && type > 'B'"), Texts{});
    QCOMPARE(types("[1].exists(type, type == 'A')"), Texts{});
}

void TestLooksAt::whatIsUsedIsTold()
{
    QVERIFY(parsed("state.a > 1")->usesState() && !parsed("state.a > 1")->usesPrevious());
    QVERIFY(parsed("previous.a > 1")->usesPrevious() && !parsed("previous.a > 1")->usesState());
    QVERIFY(parsed("key == 'a'")->usesRecord() && parsed("headers.a == 'a'")->usesRecord() &&
            parsed("'a' in headers")->usesRecord());
    QVERIFY(!parsed("payload.key == 'a'")->usesRecord() && !parsed("type == 'key'")->usesPayload());
    for (const char* text : {"type == 'a'", "state.a > 1 && time > timestamp('2025-01-01')", "version == 3", "topic == 'a'",
                             "partition == 1", "offset == 7", "key == 'a'", "size(headers) > 0", "payload.a == state.a"})
        QVERIFY2(parsed(text)->usesEvent(), text);
    for (const char* text : {"state.type == 'type'", "previous.a < state.a", "state.a.exists(type, type == 1)",
                             "category == 'user'", "entity == 'user/1' && id == '1'"})
        QVERIFY2(!parsed(text)->usesEvent(), text);
    QCOMPARE(parsed(" type == 'a' ")->text(), " type == 'a' ");
}

void TestLooksAt::stateIsReadThroughItsSlots()
{
    const auto expression = parsed("state.items[1].qty == 2 && size(state.items) == 2 && previous.total < 5");
    QCOMPARE(joined(expression->statePaths()), "[/items] [/total]");
    const Json items = *parseJson(R"([{"qty":1},{"qty":2}])");
    const Json total(4);
    const Json* const state[] = {&items, nullptr};
    const Json* const previous[] = {nullptr, &total};
    Facts facts;
    facts.state = state;
    facts.previous = previous;
    Evaluator evaluator(expression);
    QVERIFY(evaluator(facts) == Verdict::True);
}

QTEST_APPLESS_MAIN(TestLooksAt)
#include "test_looks_at.moc"
