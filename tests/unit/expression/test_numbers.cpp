#include "core/event/decimal.h"
#include "core/expression/big_decimal.h"
#include "core/expression/number.h"
#include "core/expression/value.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace hindcast;
using namespace hindcast::expression;

class TestNumbers : public QObject {
    Q_OBJECT
private slots:
    void textsThatAreNoNumberAreRefused();
    void doublesOfDocumentsKeepTheirText();
    void productsAndQuotientsOfRandomIntegersFitTogether();
    void randomShortNumbersComputeAsLongOnes();
    void divisionsOfDecimalsAreRoundedToEven_data();
    void divisionsOfDecimalsAreRoundedToEven();
    void whatIsTooLargeIsNotComputed();
};

static std::string randomInteger(std::mt19937_64& random, std::size_t mostDigits)
{
    const std::size_t digits = 1 + random() % mostDigits;
    std::string text = random() % 2 == 0 ? "-" : "";
    text += static_cast<char>('1' + random() % 9);
    // Runs of nines and zeros are where carries and guesses go wrong.
    const auto kind = random() % 3;
    while (text.size() < digits) text += kind == 0 ? '9' : kind == 1 ? '0' : static_cast<char>('0' + random() % 10);
    return text;
}

void TestNumbers::textsThatAreNoNumberAreRefused()
{
    for (const char* text : {"", "-", "01", "+1", ".5", "1.", "1e", "1e+", "0x1", "1 ", " 1", "NaN", "1.5.2", "--1", "00", "-01",
                             "1234567890123456789012x", "."})
        QVERIFY2(!readNumber(text), text);
    for (const char* text : {"0", "-0", "10", "0.5", "-1.25e+10", "1E5", "0e0", "0.000000000000000001", "9223372036854775807",
                             "-9223372036854775808", "9223372036854775808", "99999999999999999999", "1234567890.123456789012"}) {
        const auto number = readNumber(text);
        QVERIFY2(number.has_value(), text);
        QVERIFY2(compareDecimals(textOf(*number), text) == 0, text);
    }
    QVERIFY(readNumber("-9223372036854775808")->isShort());
}

void TestNumbers::doublesOfDocumentsKeepTheirText()
{
    Arena arena;
    std::mt19937_64 random(5);
    for (int i = 0; i < 20'000; ++i) {
        std::string text = std::to_string(random() % 1'000'000) + '.' + std::to_string(random() % 1'000'000'000);
        while (text.back() == '0' && text[text.size() - 2] != '.') text.pop_back();
        const Json json = numberFromText(text);
        const Number number = numberOf(json, arena);
        QCOMPARE(textOf(number), text);
        arena.rewind({});
    }
    for (const double value : {0.1 + 0.2, 1e22, 1e-7, 123456.789e3, 4.35, -0.0, 1e300, 5e-324})
        QVERIFY(compareDecimals(textOf(numberOf(Json(value), arena)), numberText(Json(value))) == 0);
}

void TestNumbers::productsAndQuotientsOfRandomIntegersFitTogether()
{
    std::mt19937_64 random(11);
    for (int i = 0; i < 20'000; ++i) {
        const std::string a = randomInteger(random, 120);
        const std::string b = randomInteger(random, 80);
        const std::string quotient = quotientOfIntegers(a, b).value();
        const std::string rest = remainderOfDecimals(a, b).value();
        // a = b × quotient + rest, and the rest is the smaller, with the sign of a.
        QCOMPARE(addDecimals(multiplyDecimals(b, quotient).value(), rest).value(), a);
        const auto size = [](const std::string& text) { return text.front() == '-' ? text.substr(1) : text; };
        QVERIFY(compareDecimals(size(rest), size(b)) < 0);
        QVERIFY(rest == "0" || (rest.front() == '-') == (a.front() == '-'));
        QCOMPARE(quotientOfIntegers(multiplyDecimals(a, b).value(), b).value(), a);
    }
}

void TestNumbers::randomShortNumbersComputeAsLongOnes()
{
    std::mt19937_64 random(13);
    Arena arena;
    const auto any = [&] {
        std::string text = randomInteger(random, 19);
        if (random() % 2 == 0) {
            const std::size_t sign = text.front() == '-' ? 1 : 0;
            if (text.size() > sign + 1) text.insert(sign + 1 + random() % (text.size() - sign - 1), 1, '.');
        }
        return text;
    };
    for (int i = 0; i < 50'000; ++i) {
        const std::string a = any();
        const std::string b = any();
        const Number x = readNumber(a).value();
        const Number y = readNumber(b).value();
        QCOMPARE(textOf(x), a);
        QVERIFY(compare(x, y) == compareDecimals(a, b));
        QCOMPARE(textOf(compute(Operation::Add, x, y, arena).value()), addDecimals(a, b).value());
        QVERIFY(compareDecimals(textOf(compute(Operation::Multiply, x, y, arena).value()), multiplyDecimals(a, b).value()) == 0);
        QVERIFY(compareDecimals(textOf(compute(Operation::Remainder, x, y, arena).value()), remainderOfDecimals(a, b).value()) ==
                0);
        const Number difference = compute(Operation::Subtract, x, y, arena).value();
        QVERIFY(compare(compute(Operation::Add, difference, y, arena).value(), x) == 0);
        if (x.isInteger() && y.isInteger())
            QCOMPARE(textOf(compute(Operation::Divide, x, y, arena).value()), quotientOfIntegers(a, b).value());
        arena.rewind({});
    }
}

void TestNumbers::divisionsOfDecimalsAreRoundedToEven_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<QByteArray>("quotient");
    const auto row = [](const char* a, const char* b, const char* quotient) {
        QTest::addRow("%s / %s", a, b) << QByteArray(a) << QByteArray(b) << QByteArray(quotient);
    };
    row("1.0", "3", "0.3333333333333333333333333333333333");
    row("-2.0", "3", "-0.6666666666666666666666666666666667");
    row("1.0", "8", "0.125");
    row("0.0", "8", "0.0");
    row("100.0", "4", "25.0");
    row("1e10", "1e-10", "100000000000000000000.0");
    row("1.0", "1024", "0.0009765625");
    row("0.10", "0.010", "10.0");
    row("10000000000000000000000000000000005.0", "10", "1000000000000000000000000000000000.0");
    row("10000000000000000000000000000000015.0", "10", "1000000000000000000000000000000002.0");
    row("10000000000000000000000000000000005.1", "10", "1000000000000000000000000000000001.0");
    row("9999999999999999999999999999999999.9", "1", "10000000000000000000000000000000000.0");
    row("123456789012345678901234567890123456789.0", "1.0", "123456789012345678901234567890123500000.0");
}

void TestNumbers::divisionsOfDecimalsAreRoundedToEven()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(QByteArray, quotient);
    QCOMPARE(QByteArray::fromStdString(divideDecimals(a.toStdString(), b.toStdString()).value()), quotient);
}

void TestNumbers::whatIsTooLargeIsNotComputed()
{
    Arena arena;
    const Number huge = readNumber("1e100000").value();
    for (const Operation operation : {Operation::Add, Operation::Multiply, Operation::Divide, Operation::Remainder})
        QVERIFY(compute(operation, huge, Number{1, {}, 0}, arena).error() == Fault::TooLarge);
    for (const Operation operation : {Operation::Divide, Operation::Remainder}) {
        QVERIFY(compute(operation, huge, Number{}, arena).error() == Fault::DivisionByZero);
        QVERIFY(compute(operation, Number{1, {}, 0}, readNumber("0.00").value(), arena).error() == Fault::DivisionByZero);
    }
    QVERIFY(!multiplyDecimals(std::string(20'000, '9'), "1"));
    QVERIFY(multiplyDecimals(std::string(9'000, '9'), std::string(9'000, '9')).has_value());
}

QTEST_APPLESS_MAIN(TestNumbers)
#include "test_numbers.moc"
