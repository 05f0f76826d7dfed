#include "core/event/decimal.h"

#include <QTest>

#include <random>

using namespace hindcast;

class TestDecimal : public QObject {
    Q_OBJECT
private slots:
    void theGrammarIsThatOfJson();
    void sumsKeepTheLongerFraction_data();
    void sumsKeepTheLongerFraction();
    void hugeExponentsAreRefused();
    void randomSumsAreThoseOfIntegers();
    void longSumsCanBeTakenBack();
    void orderIsByExactValue_data();
    void orderIsByExactValue();
    void randomOrderIsThatOfIntegers();
};

void TestDecimal::theGrammarIsThatOfJson()
{
    for (const char* text : {"0", "-0", "10", "0.5", "-1.25e+10", "1E5", "0e0"}) QVERIFY2(isJsonNumber(text), text);
    for (const char* text : {"", "-", "01", "+1", ".5", "1.", "1e", "1e+", "0x1", "1 ", " 1", "NaN", "-Infinity", "1.5.2", "--1"})
        QVERIFY2(!isJsonNumber(text), text);
}

void TestDecimal::sumsKeepTheLongerFraction_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<QByteArray>("sum");
    const auto row = [](const char* a, const char* b, const char* sum) {
        QTest::addRow("%s + %s", a, b) << QByteArray(a) << QByteArray(b) << QByteArray(sum);
    };
    row("62.00", "119.90", "181.90");
    row("0.1", "0.2", "0.3");
    row("1", "2.50", "3.50");
    row("-1.5", "1.50", "0.00");
    row("-0", "-0", "0");
    row("0.05", "-0.10", "-0.05");
    row("9.99", "0.01", "10.00");
    row("99999999999999999999", "1", "100000000000000000000");
    row("100000000000000000000", "-1", "99999999999999999999");
    row("-100000000000000000000.5", "1", "-99999999999999999999.5");
    row("1e2", "0.5", "100.5");
    row("1.50e1", "0", "15.0");
    row("1e-3", "1", "1.001");
    row("1.5E+3", "-1500", "0");
    row("0.00000000000000000001", "1", "1.00000000000000000001");
    row("9223372036854775807", "9223372036854775807", "18446744073709551614");
}

void TestDecimal::sumsKeepTheLongerFraction()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(QByteArray, sum);
    const auto there = addDecimals(a.toStdString(), b.toStdString());
    const auto back = addDecimals(b.toStdString(), a.toStdString());
    QVERIFY(there && back);
    QCOMPARE(*there, sum.toStdString());
    QCOMPARE(*back, sum.toStdString());
}

void TestDecimal::hugeExponentsAreRefused()
{
    QVERIFY(!addDecimals("1e10001", "1"));
    QVERIFY(!addDecimals("1e-10001", "1"));
    QVERIFY(!addDecimals("1e99999999999999999999999", "1"));
    QVERIFY(!addDecimals("abc", "1"));
    const auto large = addDecimals("1e10000", "1");
    QVERIFY(large);
    QCOMPARE(large->size(), std::size_t{10'001});
    QVERIFY(large->starts_with("10") && large->ends_with("01"));
}

namespace {

/// `value` / 10^scale, and the same number in a notation that leaves the fast path.
std::string plain(std::int64_t value, int scale)
{
    std::string digits = std::to_string(value < 0 ? -value : value);
    if (static_cast<int>(digits.size()) <= scale) digits.insert(0, static_cast<std::size_t>(scale) + 1 - digits.size(), '0');
    if (scale > 0) digits.insert(digits.size() - static_cast<std::size_t>(scale), ".");
    return (value < 0 ? "-" : "") + digits;
}
std::string exponential(std::int64_t value, int scale) { return std::to_string(value) + "e-" + std::to_string(scale); }

}  // namespace

void TestDecimal::randomSumsAreThoseOfIntegers()
{
    std::mt19937_64 random(21);
    for (int i = 0; i < 50'000; ++i) {
        const int scale = static_cast<int>(random() % 8);
        const auto a = static_cast<std::int64_t>(random() % 2'000'000'000'000) - 1'000'000'000'000;
        const auto b = static_cast<std::int64_t>(random() % 2'000'000'000'000) - 1'000'000'000'000;
        const std::string sum = plain(a + b, scale);
        QCOMPARE(*addDecimals(plain(a, scale), plain(b, scale)), sum);
        QCOMPARE(*addDecimals(exponential(a, scale), exponential(b, scale)), sum);
        QCOMPARE(*addDecimals(plain(a, scale), exponential(b, scale)), sum);
    }
}

void TestDecimal::longSumsCanBeTakenBack()
{
    std::mt19937_64 random(22);
    const auto number = [&random](bool fraction) {
        std::string text(1, static_cast<char>('1' + random() % 9));
        for (std::size_t i = random() % 60; i > 0; --i) text += static_cast<char>('0' + random() % 10);
        if (!fraction) return text;
        text += '.';
        for (std::size_t i = 1 + random() % 60; i > 0; --i) text += static_cast<char>('0' + random() % 10);
        return text;
    };
    for (int i = 0; i < 5'000; ++i) {
        const std::string a = (random() % 2 == 0 ? "-" : "") + number(true);
        const std::string b = number(random() % 2 == 0);
        const auto sum = addDecimals(a, b);
        QVERIFY(sum && isJsonNumber(*sum));
        QVERIFY(compareDecimals(*sum, a) > 0);
        QCOMPARE(compareDecimals(*addDecimals(*sum, "-" + b), a), std::strong_ordering::equal);
    }
}

void TestDecimal::orderIsByExactValue_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<int>("order");
    const auto row = [](const char* a, const char* b, int order) {
        QTest::addRow("%s and %s", a, b) << QByteArray(a) << QByteArray(b) << order;
    };
    row("1", "1.0", 0);
    row("1e400", "10e399", 0);
    row("1e400", "1e399", 1);
    row("-1e400", "1", -1);
    row("0", "-0.000", 0);
    row("0e99999999999999999999", "0", 0);
    row("1e-400", "0", 1);
    row("1e99999999999999999999", "1e99999999999999999998", 1);
    row("1e99999999999999999999", "10e99999999999999999998", 0);
    row("-1e-99999999999999999999", "-1e-99999999999999999998", 1);
    row("1e0000000000000000000000000002", "100", 0);
    row("9007199254740993", "9007199254740992", 1);
    row("0.1", "0.10000000000000000000001", -1);
    row("123456789012345678901234567890", "123456789012345678901234567891", -1);
    row("12e30", "1.2e31", 0);
    row("0.00012", "12e-5", 0);
}

void TestDecimal::orderIsByExactValue()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(int, order);
    QCOMPARE(compareDecimals(a.toStdString(), b.toStdString()), order <=> 0);
    QCOMPARE(compareDecimals(b.toStdString(), a.toStdString()), 0 <=> order);
}

void TestDecimal::randomOrderIsThatOfIntegers()
{
    std::mt19937_64 random(23);
    for (int i = 0; i < 50'000; ++i) {
        const int scale = static_cast<int>(random() % 6);
        const auto a = static_cast<std::int64_t>(random() % 2'000) - 1'000;
        const auto b = static_cast<std::int64_t>(random() % 2'000) - 1'000;
        QCOMPARE(compareDecimals(plain(a, scale), plain(b, scale)), a <=> b);
        QCOMPARE(compareDecimals(exponential(a, scale), plain(b, scale)), a <=> b);
        QCOMPARE(compareDecimals(exponential(a, scale), exponential(b, scale)), a <=> b);
    }
}

QTEST_APPLESS_MAIN(TestDecimal)
#include "test_decimal.moc"
