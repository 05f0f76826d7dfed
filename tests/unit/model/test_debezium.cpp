#include "core/model/debezium.h"
#include "tests/unit/model/model_test.h"

#include <QObject>

using namespace hindcast;
using namespace hindcast::test;
using hindcast::model::builtIn;

namespace {

std::string envelope(std::string_view op, std::string_view before, std::string_view after)
{
    return R"({"before":)" + std::string(before) + R"(,"after":)" + std::string(after) +
           R"(,"source":{"schema":"public","table":"users"},"op":")" + std::string(op) + "\"}";
}

TestEvent row(EventKind kind, std::string_view after, std::string_view before = "null")
{
    const char* op = kind == EventKind::Create ? "c" : kind == EventKind::Delete ? "d" : kind == EventKind::Snapshot ? "r" : "u";
    return {.type = "row", .payload = envelope(op, before, after), .kind = kind, .entity = "1"};
}

TestEvent inTable(EventKind kind, std::string_view before, std::string_view after)
{
    TestEvent event = row(kind, after, before);
    event.entity = "*";
    return event;
}

/// The state of a table without a key that holds {"a": n} once for each n.
std::string rowsOf(std::initializer_list<int> numbers)
{
    Json rows = Json::object();
    for (const int n : numbers) {
        const std::string row = "{\"a\":" + std::to_string(n) + "}";
        rows[row] = json("{\"row\":" + row + ",\"count\":1}");
    }
    return "{\"rows\":" + toText(rows) + "}";
}

}  // namespace

class DebeziumTest : public QObject {
    Q_OBJECT

private slots:
    void aRowIsWhatItsLastChangeLeft()
    {
        Fold fold(builtIn("debezium"));
        fold.on(row(EventKind::Snapshot, R"({"id":1,"name":"Ann","price":119.90})"));
        COMPARE_TEXT(fold.now(), std::string(R"({"id":1,"name":"Ann","price":119.90})"));
        fold.on(row(EventKind::Update, R"({"id":1,"name":"Bea","price":119.90})"));
        COMPARE_TEXT(line(fold.changes), std::string(R"(same /id; replace /name "Ann"->"Bea"; same /price)"));
        fold.on(row(EventKind::Snapshot, R"({"id":1,"name":"Bea","price":119.90})"));
        COMPARE_TEXT(line(fold.changes), std::string("same /id; same /name; same /price"));
        fold.on(row(EventKind::Delete, "null", R"({"id":1,"name":"","price":0})"));
        QVERIFY(!fold.state.alive);
        fold.on(row(EventKind::Create, R"({"id":1,"name":"Cid"})"));
        COMPARE_TEXT(fold.now(), std::string(R"({"id":1,"name":"Cid"})"));
        fold.on({.kind = EventKind::Truncate, .entity = "1"});
        QVERIFY(!fold.state.alive);
    }

    void anAddedColumnAppearsAndADroppedOneGoes()
    {
        Fold fold(builtIn("debezium"));
        fold.on(row(EventKind::Create, R"({"id":1,"a":1,"b":2})"));
        fold.on(row(EventKind::Update, R"({"id":1,"b":2,"c":null})"));
        COMPARE_TEXT(line(fold.changes), std::string("same /id; same /b; add /c null; remove /a 1"));
        COMPARE_TEXT(fold.now(), std::string(R"({"id":1,"b":2,"c":null})"));
    }

    void anUnavailableValueCarriesThePredecessorsForward_data()
    {
        QTest::addColumn<QString>("known");
        QTest::addColumn<QString>("mark");
        QTest::newRow("text") << R"("a long text")" << R"("__debezium_unavailable_value")";
        QTest::newRow("bytes in base64") << R"("AAEC")" << R"("X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==")";
        QTest::newRow("bytes in hex") << R"("000102")" << R"("5f5f646562657a69756d5f756e617661696c61626c655f76616c7565")";
        QTest::newRow("array of text") << R"(["x","y"])" << R"(["__debezium_unavailable_value"])";
        QTest::newRow("array of numbers")
            << "[1,2]"
            << "[95,95,100,101,98,101,122,105,117,109,95,117,110,97,118,97,105,108,97,98,108,101,95,118,97,108,117,101]";
        QTest::newRow("array of uuids") << R"(["0"])" << R"(["b68a35a7-17ad-35b3-af2a-ae46edb4545a"])";
        QTest::newRow("map") << R"({"k":"v"})" << R"({"__debezium_unavailable_value":"__debezium_unavailable_value"})";
        QTest::newRow("map as text") << "\"{\\\"k\\\":\\\"v\\\"}\""
                                     << "\"{\\\"__debezium_unavailable_value\\\":\\\"__debezium_unavailable_value\\\"}\"";
    }
    void anUnavailableValueCarriesThePredecessorsForward()
    {
        QFETCH(QString, known);
        QFETCH(QString, mark);
        const std::string value = known.toStdString();
        const std::string unavailable = mark.toStdString();
        Fold fold(builtIn("debezium"));
        fold.on(row(EventKind::Create, R"({"id":1,"doc":)" + value + "}"));
        fold.on(row(EventKind::Update, R"({"id":2,"doc":)" + unavailable + "}"));
        COMPARE_TEXT(line(fold.changes), std::string("replace /id 1->2"));
        QVERIFY(sameText(fold.state.document, json(R"({"id":2,"doc":)" + value + "}")));

        Fold withoutBirth(builtIn("debezium"));
        withoutBirth.on(row(EventKind::Update, R"({"id":2,"doc":)" + unavailable + "}"));
        QVERIFY(model::isUnavailable(model::ValueView(withoutBirth.state.document["doc"])));
        withoutBirth.on(row(EventKind::Update, R"({"id":2,"doc":)" + unavailable + "}"));
        COMPARE_TEXT(line(withoutBirth.changes), std::string("same /id"));
        Fold withBefore(builtIn("debezium"));
        withBefore.on(row(EventKind::Update, R"({"id":2,"doc":)" + unavailable + "}", R"({"id":1,"doc":)" + value + "}"));
        QVERIFY(sameText(withBefore.state.document, json(R"({"id":2,"doc":)" + value + "}")));
    }

    void whatOnlyResemblesTheMarkIsAValue()
    {
        for (const char* value : {R"("__debezium_unavailable_valuE")", "[95,95]", "[]", "{}", R"("")", "95", "null"})
            QVERIFY2(!model::isUnavailable(model::ValueView(json(value))), value);
    }

    void aTableWithoutAKeyIsTheMultisetOfItsRows()
    {
        Fold fold(builtIn("debezium"));
        fold.on(inTable(EventKind::Create, "null", R"({"a":1})"));
        fold.on(inTable(EventKind::Create, "null", R"({"a":1})"));
        COMPARE_TEXT(line(fold.changes), std::string(R"(replace /rows/{"a":1}/count 1->2)"));
        fold.on(inTable(EventKind::Create, "null", R"({"a":2})"));
        fold.on(inTable(EventKind::Update, R"({"a":1})", R"({"a":3})"));
        COMPARE_TEXT(fold.now(), rowsOf({1, 2, 3}));
        fold.on(inTable(EventKind::Delete, R"({"a":2})", "null"));
        fold.on(inTable(EventKind::Delete, R"({"a":1})", "null"));
        COMPARE_TEXT(fold.now(), rowsOf({3}));
        fold.on(inTable(EventKind::Delete, R"({"a":9})", "null"));
        COMPARE_TEXT(fold.error,
                     std::string("debezium: the deleted row is not among the known rows: the history may begin after it"));
        fold.on(inTable(EventKind::Delete, "null", "null"));
        QVERIFY(!fold.error.empty());
        TestEvent truncate{.payload = envelope("t", "null", "null"), .kind = EventKind::Truncate, .entity = "*"};
        fold.on(truncate);
        COMPARE_TEXT(fold.now(), std::string(R"({"rows":{}})"));
    }

    void aTruncateOfATableWithoutKnownRowsBeginsNoLife()
    {
        Fold fold(builtIn("debezium"));
        fold.on(TestEvent{.payload = envelope("t", "null", "null"), .kind = EventKind::Truncate, .entity = "*"});
        QVERIFY(fold.error.empty() && !fold.state.alive);
    }

    void anEnvelopeWithoutARowIsAnErrorOfThatEventOnly()
    {
        Fold fold(builtIn("debezium"));
        fold.on(row(EventKind::Create, R"({"id":1})")).on(row(EventKind::Update, "null"));
        COMPARE_TEXT(fold.error, std::string("debezium: the envelope has no after row"));
        COMPARE_TEXT(fold.now(), std::string(R"({"id":1})"));
        fold.on({.payload = R"({"x":1})"});
        COMPARE_TEXT(fold.error, std::string("debezium: the payload is no Debezium envelope: it has no 'op'"));
        fold.on({.payload = envelope("u", "null", R"({"id":5})")});
        COMPARE_TEXT(fold.now(), std::string(R"({"id":5})"));
        fold.on({.payload = "x", .kind = EventKind::Message});
        QVERIFY(fold.error.empty() && fold.changes.empty());
    }
};

QTEST_APPLESS_MAIN(DebeziumTest)
#include "test_debezium.moc"
