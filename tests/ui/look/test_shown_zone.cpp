#include "ui/look/format.h"
#include "ui/look/shown_zone.h"

#include <QSignalSpy>
#include <QtTest>

#include <ctime>
#include <random>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

Timestamp at(const char* iso) { return *timestampFromIso(iso); }

void live(const char* zone)
{
    qputenv("TZ", zone);
    tzset();
    setShownZone(ShownZone::Utc);
    setShownZone(ShownZone::Local);
}

}  // namespace

class TestShownZone : public QObject {
    Q_OBJECT
private slots:
    void cleanup() { setShownZone(ShownZone::Utc); }

    void timesAreInUtcUntilTheLocalZoneIsChosen()
    {
        QCOMPARE(timeText(at("2025-07-01T12:00:00Z")), QStringLiteral("2025-07-01 12:00:00.000"));
        QCOMPARE(zonedTimeText(at("2025-07-01T12:00:00Z")), QStringLiteral("2025-07-01 12:00:00.000 UTC"));
        QSignalSpy changed(&ShownZoneSignal::get(), &ShownZoneSignal::changed);
        live("Europe/Berlin");
        QCOMPARE(changed.count(), 1);
        QCOMPARE(zonedTimeText(at("2025-07-01T12:00:00Z")), QStringLiteral("2025-07-01 14:00:00.000 CEST"));
        QCOMPARE(zonedTimeText(at("2025-12-01T12:00:00Z")), QStringLiteral("2025-12-01 13:00:00.000 CET"));
        QCOMPARE(shortTimeText(at("2025-12-31T23:30:00.118Z")), QStringLiteral("01 Jan 00:30:00.118"));
    }

    void finerDigitsAreShownInAnyZone()
    {
        live("America/St_Johns");
        QCOMPARE(timeText(at("2025-11-04T09:14:22.118204Z")), QStringLiteral("2025-11-04 05:44:22.118204"));
        QCOMPARE(timeText(at("2025-11-04T09:14:22.118204337Z")), QStringLiteral("2025-11-04 05:44:22.118204337"));
        QCOMPARE(timeText(at("1969-12-31T23:59:59.999999999Z")), QStringLiteral("1969-12-31 20:29:59.999999999"));
    }

    void zonesHaveTheNameTheyHadThen()
    {
        live("Asia/Kolkata");
        QCOMPARE(zoneName(at("2025-11-04")), QStringLiteral("IST"));
        live("Europe/Istanbul");
        QCOMPARE(zoneName(at("2025-11-04")), QStringLiteral("UTC+3"));
        live("Europe/Berlin");
        QCOMPARE(zoneName(at("2025-01-01"), at("2025-07-01")), QStringLiteral("CET/CEST"));
        QCOMPARE(zoneName(at("2025-01-01"), at("2025-02-01")), QStringLiteral("CET"));
    }

    void clockAndInstantAreRoundTrips_data()
    {
        QTest::addColumn<QByteArray>("zone");
        for (const char* zone : {"UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "Australia/Lord_Howe",
                                 "America/Sao_Paulo", "Pacific/Apia"})
            QTest::newRow(zone) << QByteArray(zone);
    }
    void clockAndInstantAreRoundTrips()
    {
        QFETCH(QByteArray, zone);
        live(zone.constData());
        std::mt19937_64 random(3);
        for (int i = 0; i < 3'000; ++i) {
            const Timestamp time{
                std::uniform_int_distribution<std::int64_t>(-2'000'000'000, 4'000'000'000)(random) * 1'000'000'000 + i};
            const std::int64_t clock = shownClock(time);
            // As the C library sees it.
            const std::time_t seconds = time.milliseconds() / 1000 - (time.milliseconds() % 1000 < 0 ? 1 : 0);
            std::tm there{};
            localtime_r(&seconds, &there);
            QCOMPARE(shownOffset(time), std::int64_t{there.tm_gmtoff} * 1'000'000'000);
            const Timestamp back = instantOfClock(clock);
            QVERIFY(back <= time);  // of two that look the same the first
            QCOMPARE(shownClock(back), clock);
        }
    }

    void whatClocksJumpOverIsTheChangeItself()
    {
        live("Europe/Berlin");
        QCOMPARE(instantOfClock(at("2025-03-30T02:30:00Z").ns).ns, at("2025-03-30T01:00:00Z").ns);
        QCOMPARE(instantOfClock(at("2025-03-30T03:00:00Z").ns).ns, at("2025-03-30T01:00:00Z").ns);
        QCOMPARE(instantOfClock(at("2025-03-30T01:59:59Z").ns).ns, at("2025-03-30T00:59:59Z").ns);
        live("America/Sao_Paulo");  // 2018-11-04 began at one o'clock
        QCOMPARE(instantOfClock(at("2018-11-04T00:00:00Z").ns).ns, at("2018-11-04T03:00:00Z").ns);
    }

    void whatClocksShowTwiceIsTheFirstUnlessTheZonesNameSaysTheOther()
    {
        live("Europe/Berlin");
        const Timestamp now = at("2025-11-04");
        QCOMPARE(timeFromUser("2025-10-26 02:30", now)->ns, at("2025-10-26T00:30:00Z").ns);
        QCOMPARE(timeFromUser("2025-10-26 02:30 CEST", now)->ns, at("2025-10-26T00:30:00Z").ns);
        QCOMPARE(timeFromUser("2025-10-26 02:30:00.250 CET", now)->ns, at("2025-10-26T01:30:00.250Z").ns);
        QVERIFY(!timeFromUser("2025-10-26 02:30 PST", now));
    }

    void typedTimesWithoutAZoneAreTheShownZones()
    {
        const Timestamp now = at("2025-11-04T12:00:00Z");
        QCOMPARE(timeFromUser("2025-07-01 14:00", now)->ns, at("2025-07-01T14:00:00Z").ns);
        live("Asia/Kolkata");
        QCOMPARE(timeFromUser(" 2025-07-01 14:00 ", now)->ns, at("2025-07-01T08:30:00Z").ns);
        QCOMPARE(timeFromUser("2025-07-01", now)->ns, at("2025-06-30T18:30:00Z").ns);
        // A zone, an epoch and what is relative mean what they say.
        QCOMPARE(timeFromUser("2025-07-01T14:00:00Z", now)->ns, at("2025-07-01T14:00:00Z").ns);
        QCOMPARE(timeFromUser("2025-07-01 14:00 UTC", now)->ns, at("2025-07-01T14:00:00Z").ns);
        QCOMPARE(timeFromUser("2025-07-01 14:00+02:00", now)->ns, at("2025-07-01T12:00:00Z").ns);
        QCOMPARE(timeFromUser("1762250400", now)->ns, at("2025-11-04T10:00:00Z").ns);
        QCOMPARE(timeFromUser("-2h", now)->ns, at("2025-11-04T10:00:00Z").ns);
        QVERIFY(!timeFromUser("teatime", now));
    }

    void whatIsShownCanBeTypedBack_data() { clockAndInstantAreRoundTrips_data(); }
    void whatIsShownCanBeTypedBack()
    {
        QFETCH(QByteArray, zone);
        live(zone.constData());
        const Timestamp start = at("2025-01-01");
        for (int i = 0; i < 8'760 * 2; ++i) {
            const Timestamp time{start.ns + i * std::int64_t{1'800'000'000'000} + 118'204'337};
            const auto back = timeFromUser(zonedTimeText(time).toStdString(), start);
            QVERIFY2(back, qPrintable(zonedTimeText(time)));
            // Lord Howe has one name for both of two half hours that look the same.
            if (zone == "Australia/Lord_Howe" && *back != time)
                QCOMPARE(zonedTimeText(*back), zonedTimeText(time));
            else
                QCOMPARE(back->ns, time.ns);
        }
    }

    void theEndsOfTimeDoNotOverflow()
    {
        live("Asia/Kolkata");
        QCOMPARE(shownClock(Timestamp::max()), INT64_MAX);
        (void)instantOfClock(INT64_MAX);
        (void)instantOfClock(INT64_MIN);
        live("America/St_Johns");
        QCOMPARE(shownClock(Timestamp::min()), INT64_MIN);
        (void)civil(Timestamp::min());
        (void)shownOffsetChanges(Timestamp::min(), Timestamp::max());
    }
};

QTEST_MAIN(TestShownZone)
#include "test_shown_zone.moc"
