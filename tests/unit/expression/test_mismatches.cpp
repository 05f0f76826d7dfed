#include "tests/unit/expression/expression_test.h"

#include <QTest>

using namespace hindcast;
using namespace hindcast::expression;
using namespace hindcast::expression::test;

class TestMismatches : public QObject {
    Q_OBJECT
private slots:
    void theUserIsToldWhatToWrite_data();
    void theUserIsToldWhatToWrite();
    void whatIsFineIsNotCounted_data();
    void whatIsFineIsNotCounted();
    void eachEventCountsOnce();
    void theSamePathIsToldOnce();
};

static std::string told(const Evaluator& evaluator)
{
    std::string text;
    for (const Mismatch& each : evaluator.mismatches()) text += (text.empty() ? "" : "; ") + each.text();
    return text;
}

static std::string told(const std::string& text)
{
    const auto parsed = Expression::parse(text);
    if (!parsed) return parsed.error().message;
    Evaluator evaluator(*parsed);
    Sample().with(**parsed, [&](const Facts& facts) { return evaluator(facts); });
    return told(evaluator);
}

void TestMismatches::theUserIsToldWhatToWrite_data()
{
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* text, const char* words) { QTest::newRow(text) << QByteArray(words); };
    row("payload.number_text > 5", "1 event holds text at payload.number_text: use number(payload.number_text)");
    row("5 < payload.number_text", "1 event holds text at payload.number_text: use number(payload.number_text)");
    row("payload.number_text == 5", "1 event holds text at payload.number_text: use number(payload.number_text)");
    row("payload.number_text > payload.count", "1 event holds text at payload.number_text: use number(payload.number_text)");
    row("payload.count > payload.number_text", "1 event holds text at payload.number_text: use number(payload.number_text)");
    row("payload.number_text + 1 > 2", "1 event holds text at payload.number_text: use number(payload.number_text)");
    row("payload.at > timestamp('2025-01-01')", "1 event holds text at payload.at: use timestamp(payload.at)");
    row("time > payload.at", "1 event holds text at payload.at: use timestamp(payload.at)");
    row("payload.epoch < time", "1 event holds number at payload.epoch: use timestamp(payload.epoch)");
    row("payload.count == '3'", "1 event holds number at payload.count: use string(payload.count)");
    row("payload.count in ['3', '4']", "1 event holds number at payload.count: use string(payload.count)");
    row("payload.count.contains('3')", "1 event holds number at payload.count: use string(payload.count)");
    row("number(payload.note) > 1", "1 event holds text that is no number at payload.note");
    row("timestamp(payload.note) > time", "1 event holds text that is no time at payload.note");
    row("payload.count / payload.zero > 1", "1 event holds zero at payload.zero, by which nothing can be divided");
    row("payload.count.exists(x, x > 1)", "1 event holds number at payload.count, where list is needed");
    row("payload.count && true", "1 event holds number at payload.count, where true or false is needed");
    row("payload.total", "1 event holds number at payload.total, where true or false is needed");
    row("payload.items.exists(i, i.sku > 1)", "1 event holds text at i.sku: use number(i.sku)");
    row("state.name > 1", "1 event holds text at state.name: use number(state.name)");
    row("id == 1001", "1 event holds text at id: use number(id)");
    row("payload.huge * 1e20000 > 1", "1 event holds a number too large to compute with at payload.huge * 1e20000");
}

void TestMismatches::theUserIsToldWhatToWrite()
{
    QFETCH(QByteArray, words);
    QCOMPARE(QByteArray::fromStdString(told(QTest::currentDataTag())), words);
}

void TestMismatches::whatIsFineIsNotCounted_data()
{
    QTest::addColumn<bool>("nothing");
    for (const char* text : {"payload.missing > 5", "payload.nothing > 5", "payload.nothing == 5", "payload.count == null",
                             "payload.count in ['a', 3]", "payload.missing.deeper == 'a'", "payload.count.deeper == 'a'",
                             "has(payload.count.deeper)", "payload.nothing.contains('a')", "payload.count in []",
                             "[1, 'a'] == [1, 2]", "type == 'Other' && payload.number_text > 5"})
        QTest::newRow(text) << true;
}

void TestMismatches::whatIsFineIsNotCounted() { QCOMPARE(told(QTest::currentDataTag()), std::string()); }

void TestMismatches::eachEventCountsOnce()
{
    const auto parsed = Expression::parse("payload.items.exists(i, i.sku > 1) || payload.note > 1 || payload.note > 2");
    QVERIFY(parsed.has_value());
    Evaluator evaluator(*parsed);
    for (int i = 0; i < 412; ++i) Sample().with(**parsed, [&](const Facts& facts) { return evaluator(facts); });
    QCOMPARE(evaluator.mismatches().size(), std::size_t{2});
    for (const Mismatch& each : evaluator.mismatches()) QCOMPARE(each.count, std::uint64_t{412});
}

void TestMismatches::theSamePathIsToldOnce()
{
    QCOMPARE(told("payload.note > 1 || payload.note < 2"), "1 event holds text at payload.note: use number(payload.note)");
    Mismatch many{"payload.total", "text", "number", 48'211};
    QCOMPARE(many.text(), "48 211 events hold text at payload.total: use number(payload.total)");
}

QTEST_APPLESS_MAIN(TestMismatches)
#include "test_mismatches.moc"
