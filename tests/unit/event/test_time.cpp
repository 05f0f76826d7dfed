#include "core/event/time.h"

#include <QTest>

#include <chrono>
#include <random>

using namespace hindcast;

namespace {

std::string iso(std::optional<Timestamp> time) { return time ? toIso(*time) : "none"; }
std::string fromIso(std::string_view text, int zone = 0) { return iso(timestampFromIso(text, zone)); }

}  // namespace

class TestTime : public QObject {
    Q_OBJECT
private slots:
    void isoTextIsReadInAllItsForms();
    void textThatIsNoTimeIsRefused();
    void onlyRepresentableYearsAreTaken();
    void everyInstantReadsBack();
    void theCalendarIsThatOfTheStandardLibrary();
    void fractionsComeInGroupsOfThree();
    void epochsAreReadByUnit();
    void epochsAreReadByMagnitude();
    void epochsOutOfRangeAreRefused();
    void usersWriteMoments();
    void millisecondsRoundDown();
    void aSumOrADifferenceStopsAtTheEndsOfTime();
    void unitsHaveNames();
};

void TestTime::isoTextIsReadInAllItsForms()
{
    QCOMPARE(fromIso("2025-11-04"), std::string("2025-11-04T00:00:00Z"));
    QCOMPARE(fromIso("2025-11-04T09:14"), std::string("2025-11-04T09:14:00Z"));
    QCOMPARE(fromIso("2025-11-04T09:14:22.118Z"), std::string("2025-11-04T09:14:22.118Z"));
    QCOMPARE(fromIso("2025/11/04 09:14:22"), std::string("2025-11-04T09:14:22Z"));
    QCOMPARE(fromIso("2025/11/04/09:14:22"), std::string("2025-11-04T09:14:22Z"));
    QCOMPARE(fromIso("2025-11-04t09:14:22z"), std::string("2025-11-04T09:14:22Z"));
    QCOMPARE(fromIso("2025-11-04T09:14:22+01:00"), std::string("2025-11-04T08:14:22Z"));
    QCOMPARE(fromIso("2025-11-04T09:14:22+0130"), std::string("2025-11-04T07:44:22Z"));
    QCOMPARE(fromIso("2025-11-04 09:14:22.5-08"), std::string("2025-11-04T17:14:22.500Z"));
    QCOMPARE(fromIso("2025-11-04 09:14:22 +0100"), std::string("2025-11-04T08:14:22Z"));
    QCOMPARE(fromIso("2025-11-04 09:14:22 UTC"), std::string("2025-11-04T09:14:22Z"));
    QCOMPARE(fromIso("2025-11-04T09:14:22,25Z"), std::string("2025-11-04T09:14:22.250Z"));
    QCOMPARE(fromIso("2025-11-04T09:14:22.1234567899Z"), std::string("2025-11-04T09:14:22.123456789Z"));
    QCOMPARE(fromIso("2025-11-04T09:14", 60), std::string("2025-11-04T08:14:00Z"));
    QCOMPARE(fromIso("2025-11-04T09:14Z", 60), std::string("2025-11-04T09:14:00Z"));
    QCOMPARE(fromIso("2016-12-31T23:59:60Z"), std::string("2017-01-01T00:00:00Z"));
    QCOMPARE(fromIso("2024-02-29"), std::string("2024-02-29T00:00:00Z"));
    QCOMPARE(fromIso("2000-02-29"), std::string("2000-02-29T00:00:00Z"));
    QCOMPARE(fromIso("1948-03-01T00:00:00.5Z"), std::string("1948-03-01T00:00:00.500Z"));
}

void TestTime::textThatIsNoTimeIsRefused()
{
    for (const char* text : {"",
                             "2025",
                             "2025-11",
                             "2025-13-01",
                             "2025-00-10",
                             "2025-11-00",
                             "2025-11-31",
                             "2025-02-29",
                             "1900-02-29",
                             "2025-11/04",
                             "2025-1-4",
                             "2025-11-04T",
                             "2025-11-04T9:14",
                             "2025-11-04T24:00:00",
                             "2025-11-04T09:60",
                             "2025-11-04T09:14:61",
                             "2025-11-04T09:14:22.",
                             "2025-11-04T09:14:22+1",
                             "2025-11-04T09:14:22+01:",
                             "2025-11-04T09:14:22+24:00",
                             "2025-11-04T09:14:22+01:60",
                             "2025-11-04T09:14:22Zx",
                             "2025-11-04x",
                             " 2025-11-04",
                             "2025-11-04 ",
                             "20251104",
                             "-025-11-04",
                             "NA",
                             "2025-11-04T09:14:22+01:000"})
        QVERIFY2(!timestampFromIso(text), text);
}

void TestTime::onlyRepresentableYearsAreTaken()
{
    QCOMPARE(toIso(Timestamp::min()), std::string("1677-09-21T00:12:43.145224192Z"));
    QCOMPARE(toIso(Timestamp::max()), std::string("2262-04-11T23:47:16.854775807Z"));
    QVERIFY(timestampFromIso("1677-09-21T00:12:43.145224192Z") == Timestamp::min());
    QVERIFY(timestampFromIso("2262-04-11T23:47:16.854775807Z") == Timestamp::max());
    QVERIFY(!timestampFromIso("1677-09-21T00:12:43.145224191Z"));
    QVERIFY(!timestampFromIso("2262-04-11T23:47:16.854775808Z"));
    QVERIFY(!timestampFromIso("0001-01-01T00:00:00Z"));
    QVERIFY(!timestampFromIso("9999-12-31T23:59:59Z"));
}

void TestTime::everyInstantReadsBack()
{
    std::mt19937_64 random(51);
    for (int i = 0; i < 200'000; ++i) {
        auto ns = static_cast<std::int64_t>(random());
        if (i % 3 == 1) ns -= ns % 1'000'000;
        if (i % 3 == 2) ns >>= random() % 60;
        const Timestamp time{ns};
        QVERIFY(timestampFromIso(toIso(time)) == time);
    }
}

void TestTime::theCalendarIsThatOfTheStandardLibrary()
{
    using namespace std::chrono;
    for (sys_days day = sys_days(year(1678) / 1 / 1); day < sys_days(year(2262) / 1 / 1); day += days(1)) {
        const year_month_day date(day);
        char text[16];
        std::snprintf(text, sizeof text, "%04d-%02u-%02u", int(date.year()), unsigned(date.month()), unsigned(date.day()));
        const auto time = timestampFromIso(text);
        QVERIFY2(time && time->ns == nanoseconds(day.time_since_epoch()).count(), text);
        QCOMPARE(toIso(*time).substr(0, 10), std::string(text));
    }
}

void TestTime::fractionsComeInGroupsOfThree()
{
    QCOMPARE(toIso(Timestamp{0}), std::string("1970-01-01T00:00:00Z"));
    QCOMPARE(toIso(Timestamp{1}), std::string("1970-01-01T00:00:00.000000001Z"));
    QCOMPARE(toIso(Timestamp{1'500}), std::string("1970-01-01T00:00:00.000001500Z"));
    QCOMPARE(toIso(Timestamp{2'000}), std::string("1970-01-01T00:00:00.000002Z"));
    QCOMPARE(toIso(Timestamp{500'000'000}), std::string("1970-01-01T00:00:00.500Z"));
    QCOMPARE(toIso(Timestamp{-1}), std::string("1969-12-31T23:59:59.999999999Z"));
    QCOMPARE(toIso(Timestamp{-1'000'000'000}), std::string("1969-12-31T23:59:59Z"));
}

void TestTime::epochsAreReadByUnit()
{
    const auto ns = [](std::string_view text, TimeUnit unit) {
        const auto time = timestampFromEpoch(text, unit);
        return time ? std::to_string(time->ns) : std::string("none");
    };
    QCOMPARE(ns("1700000000", TimeUnit::Seconds), std::string("1700000000000000000"));
    QCOMPARE(ns("1700000000.25", TimeUnit::Seconds), std::string("1700000000250000000"));
    QCOMPARE(ns("1.7E9", TimeUnit::Seconds), std::string("1700000000000000000"));
    QCOMPARE(ns("1.70000000012345678991e+9", TimeUnit::Seconds), std::string("1700000000123456789"));
    QCOMPARE(ns("1700000000123", TimeUnit::Milliseconds), std::string("1700000000123000000"));
    QCOMPARE(ns("1700000000123456", TimeUnit::Microseconds), std::string("1700000000123456000"));
    QCOMPARE(ns("1700000000123456789", TimeUnit::Nanoseconds), std::string("1700000000123456789"));
    QCOMPARE(ns("-1.5", TimeUnit::Seconds), std::string("-1500000000"));
    QCOMPARE(ns("0", TimeUnit::Seconds), std::string("0"));
    QCOMPARE(ns("0.9", TimeUnit::Nanoseconds), std::string("0"));
    QCOMPARE(ns("17e-1", TimeUnit::Milliseconds), std::string("1700000"));
    QCOMPARE(ns("0e999999", TimeUnit::Milliseconds), std::string("0"));
    QCOMPARE(ns("000017", TimeUnit::Nanoseconds), std::string("17"));
    for (const char* text : {"", "-", "+1", "1.", ".5", "1e", "abc", "12a", "0x10", " 1", "1 "})
        QCOMPARE(ns(text, TimeUnit::Seconds), std::string("none"));
    QCOMPARE(ns("17", TimeUnit::Iso), std::string("none"));
}

void TestTime::epochsAreReadByMagnitude()
{
    const auto read = [](std::string_view text) { return iso(timestampFromEpoch(text, TimeUnit::Auto)); };
    const std::string moment = "2023-11-14T22:13:20Z";
    QCOMPARE(read("1700000000"), moment);
    QCOMPARE(read("1700000000.0"), moment);
    QCOMPARE(read("1700000000000"), moment);
    QCOMPARE(read("1700000000000000"), moment);
    QCOMPARE(read("1700000000000000000"), moment);
    QCOMPARE(read("1.7E12"), moment);
    QCOMPARE(read("0"), std::string("1970-01-01T00:00:00Z"));
    QCOMPARE(read("-86400"), std::string("1969-12-31T00:00:00Z"));
    QCOMPARE(read("9223372036"), std::string("2262-04-11T23:47:16Z"));
}

void TestTime::epochsOutOfRangeAreRefused()
{
    for (const char* text :
         {"9223372037", "99999999999", "-9223372037", "99999999999999999999", "1e300", "1e99999999999999999999"})
        QVERIFY2(!timestampFromEpoch(text, TimeUnit::Seconds), text);
    QVERIFY(timestampFromEpoch("9223372036854775807", TimeUnit::Nanoseconds) == Timestamp::max());
    QVERIFY(timestampFromEpoch("-9223372036854775808", TimeUnit::Nanoseconds) == Timestamp::min());
    QVERIFY(!timestampFromEpoch("9223372036854775808", TimeUnit::Nanoseconds));
    QVERIFY(!timestampFromEpoch("-9223372036854775809", TimeUnit::Nanoseconds));
}

void TestTime::usersWriteMoments()
{
    const Timestamp now = *timestampFromIso("2025-11-04T12:00:00Z");
    const auto read = [&](std::string_view text) {
        const auto time = timestampFromUser(text, now);
        return time ? toIso(*time) : std::string("none");
    };
    QCOMPARE(read("now"), std::string("2025-11-04T12:00:00Z"));
    QCOMPARE(read("-2h"), std::string("2025-11-04T10:00:00Z"));
    QCOMPARE(read(" -90s "), std::string("2025-11-04T11:58:30Z"));
    QCOMPARE(read("-3d"), std::string("2025-11-01T12:00:00Z"));
    QCOMPARE(read("-15m"), std::string("2025-11-04T11:45:00Z"));
    QCOMPARE(read("-1w"), std::string("2025-10-28T12:00:00Z"));
    QCOMPARE(read("-1h30m"), std::string("2025-11-04T10:30:00Z"));
    QCOMPARE(read("-250ms"), std::string("2025-11-04T11:59:59.750Z"));
    QCOMPARE(read("+1d"), std::string("2025-11-05T12:00:00Z"));
    QCOMPARE(read("2025-11-04 09:14"), std::string("2025-11-04T09:14:00Z"));
    QCOMPARE(read("2025-11-04T09:14:00+01:00"), std::string("2025-11-04T08:14:00Z"));
    QCOMPARE(read("1700000000"), std::string("2023-11-14T22:13:20Z"));
    QCOMPARE(read("1700000000000"), std::string("2023-11-14T22:13:20Z"));
    QCOMPARE(read("-100"), std::string("1969-12-31T23:58:20Z"));
    for (const char* text : {"", "yesterdayish", "-2x", "-h", "-", "2025-11-99", "-99999999999w", "-1h30"})
        QCOMPARE(read(text), std::string("none"));
    const auto refused = timestampFromUser("soon", now);
    QVERIFY(!refused && refused.error().kind == Error::Kind::BadInput && !refused.error().hint.empty());
}

void TestTime::millisecondsRoundDown()
{
    QCOMPARE(Timestamp{1'999'999}.milliseconds(), std::int64_t{1});
    QCOMPARE(Timestamp{-1}.milliseconds(), std::int64_t{-1});
    QCOMPARE(Timestamp{-1'000'000}.milliseconds(), std::int64_t{-1});
    QCOMPARE(Timestamp::min().milliseconds(), std::int64_t{-9'223'372'036'855});
}

void TestTime::aSumOrADifferenceStopsAtTheEndsOfTime()
{
    QCOMPARE(Timestamp{5}.plus(7).ns, std::int64_t{12});
    QCOMPARE(Timestamp{5}.plus(-7).ns, std::int64_t{-2});
    QCOMPARE(Timestamp::max().plus(1), Timestamp::max());
    QCOMPARE(Timestamp{INT64_MAX - 1}.plus(1), Timestamp::max());
    QCOMPARE(Timestamp{1}.plus(INT64_MAX), Timestamp::max());
    QCOMPARE(Timestamp::min().plus(-1), Timestamp::min());
    QCOMPARE(Timestamp{-2}.plus(INT64_MIN), Timestamp::min());
    QCOMPARE(Timestamp::max().plus(INT64_MIN).ns, std::int64_t{-1});
    QCOMPARE(Timestamp{5}.until(Timestamp{12}), std::int64_t{7});
    QCOMPARE(Timestamp{12}.until(Timestamp{5}), std::int64_t{-7});
    QCOMPARE(Timestamp::min().until(Timestamp::max()), INT64_MAX);
    QCOMPARE(Timestamp::max().until(Timestamp::min()), INT64_MIN);
    QCOMPARE(Timestamp{-1}.until(Timestamp::max()), INT64_MAX);
    QCOMPARE(Timestamp{0}.until(Timestamp::min()), INT64_MIN);
}

void TestTime::unitsHaveNames()
{
    for (const char* name : {"auto", "iso", "s", "ms", "us", "ns"}) {
        const auto unit = timeUnitFromName(name);
        QVERIFY(unit);
        QCOMPARE(nameOf(*unit), std::string_view(name));
    }
    QVERIFY(!timeUnitFromName("minutes"));
}

QTEST_APPLESS_MAIN(TestTime)
#include "test_time.moc"
