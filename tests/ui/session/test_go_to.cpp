#include "ui/session/event_json.h"
#include "ui/session/go_to.h"

#include <QtTest>

#include <algorithm>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

// A Tuesday.
const Timestamp kNow = *timestampFromIso("2025-11-04T12:00:00Z");

QString moment(const char* text, int zone = 0)
{
    const auto time = readMoment(QString::fromUtf8(text), kNow, zone);
    return time ? QString::fromStdString(toIso(*time)) : QStringLiteral("none");
}

QString places(const char* text)
{
    QStringList out;
    for (const auto& place : readGoTo(QString::fromUtf8(text), kNow).places)
        out << QStringLiteral("%1[%2]@%3").arg(place.topic).arg(place.partition.value).arg(place.offset.value);
    return out.join(QLatin1Char(' '));
}

QStringList entities(const char* text) { return readGoTo(QString::fromUtf8(text), kNow).entities; }

}  // namespace

class TestGoTo : public QObject {
    Q_OBJECT
private slots:
    void aTimeOfDayIsNoEntity()
    {
        const GoToReadings readings = readGoTo(QStringLiteral("09:14"), Timestamp{1'762'247'662'000'000'000});
        QCOMPARE(readings.entities, QStringList{QStringLiteral("09:14")});
        QVERIFY(readings.time.has_value());
        QCOMPARE(readGoTo(QStringLiteral("user_id: user-123"), Timestamp{}).entities.value(1), QStringLiteral("user-123"));
    }

    void timesAreReadInEveryForm_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char* text, const char* wanted) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(wanted);
        };
        row("2025-11-04", "2025-11-04T00:00:00Z");
        row("2025-11-04 09:14", "2025-11-04T09:14:00Z");
        row("2025-11-04T09:14:22.118Z", "2025-11-04T09:14:22.118Z");
        row("2025-11-04t09:14:22.118z", "2025-11-04T09:14:22.118Z");
        row("2025-11-04 09:14:22.118 UTC", "2025-11-04T09:14:22.118Z");
        row("2025-11-04T09:14:22+01:00", "2025-11-04T08:14:22Z");
        row("2025-11-04 09:14:22.118000001", "2025-11-04T09:14:22.118000001Z");
        row("1762247662", "2025-11-04T09:14:22Z");
        row("1762247662118", "2025-11-04T09:14:22.118Z");
        row("1762247662118000", "2025-11-04T09:14:22.118Z");
        row("1762247662118000001", "2025-11-04T09:14:22.118000001Z");
        row("1762247662.5", "2025-11-04T09:14:22.500Z");
        row("now", "2025-11-04T12:00:00Z");
        row("-2h", "2025-11-04T10:00:00Z");
        row("- 2 h", "2025-11-04T10:00:00Z");
        row("-1h30m", "2025-11-04T10:30:00Z");
        row("2 hours ago", "2025-11-04T10:00:00Z");
        row("an hour ago", "2025-11-04T11:00:00Z");
        row("3 days ago", "2025-11-01T12:00:00Z");
        row("10 min ago", "2025-11-04T11:50:00Z");
        row("today 14:00", "2025-11-04T14:00:00Z");
        row("Today at 14:00", "2025-11-04T14:00:00Z");
        row("today", "2025-11-04T00:00:00Z");
        row("yesterday 9:15", "2025-11-03T09:15:00Z");
        row("yesterday 9:15:30.25", "2025-11-03T09:15:30.250Z");
        row("yesterday noon", "2025-11-03T12:00:00Z");
        row("last tuesday 14:00", "2025-10-28T14:00:00Z");
        row("tuesday 14:00", "2025-11-04T14:00:00Z");
        row("last monday 2pm", "2025-11-03T14:00:00Z");
        row("last wed 12 am", "2025-10-29T00:00:00Z");
        row("friday", "2025-10-31T00:00:00Z");
        row("9:15", "2025-11-04T09:15:00Z");
        row("4 Nov 2025 09:14:22", "2025-11-04T09:14:22Z");
        row("04 Nov 09:14:22.118", "2025-11-04T09:14:22.118Z");
        row("Nov 4, 2024", "2024-11-04T00:00:00Z");
        for (const char* none : {"", "user-123", "12", "2025", "48112", "v9", "#9", "teatime", "25:00", "9:61", "last", "may",
                                 "32 nov 2025", "-", "-2 parrots", "13pm"})
            row(none, "none");
    }
    void timesAreReadInEveryForm()
    {
        QFETCH(QString, text);
        QFETCH(QString, wanted);
        QCOMPARE(moment(text.toUtf8().constData()), wanted);
    }

    void aTimeWithoutAZoneIsOfTheZoneThatIsShown()
    {
        QCOMPARE(moment("2025-11-04 09:14", 60), QStringLiteral("2025-11-04T08:14:00Z"));
        QCOMPARE(moment("2025-11-04T09:14Z", 60), QStringLiteral("2025-11-04T09:14:00Z"));
        QCOMPARE(moment("2025-11-04 09:14 UTC", 60), QStringLiteral("2025-11-04T09:14:00Z"));
        QCOMPARE(moment("today 00:30", 60), QStringLiteral("2025-11-03T23:30:00Z"));
        QCOMPARE(moment("today", -13 * 60), QStringLiteral("2025-11-03T13:00:00Z"));  // there it is still the third
    }

    void aZoneMayBeNamedAfterATime()
    {
        QCOMPARE(moment("2025-11-04 06:30 EST", 60), QStringLiteral("2025-11-04T11:30:00Z"));
        QCOMPARE(moment("2025-07-04 06:30 edt"), QStringLiteral("2025-07-04T10:30:00Z"));
        QCOMPARE(moment("2025-11-04 06:30 CET"), QStringLiteral("2025-11-04T05:30:00Z"));
        QCOMPARE(moment("today 06:30 PST"), QStringLiteral("2025-11-04T14:30:00Z"));
        QCOMPARE(moment("4 Nov 2025 06:30 JST"), QStringLiteral("2025-11-03T21:30:00Z"));
        QCOMPARE(moment("2025-11-04 06:30 IST"), QStringLiteral("none"));  // India's, Israel's or Ireland's
        QCOMPARE(moment("est"), QStringLiteral("none"));
    }

    void aDateWithoutAYearIsOfTheYearWhereOneStands()
    {
        const auto near = [](const char* text, const char* here) {
            const auto time = readMoment(QString::fromUtf8(text), *timestampFromIso("2029-06-01"), 0, timestampFromIso(here));
            return time ? QString::fromStdString(toIso(*time)) : QStringLiteral("none");
        };
        QCOMPARE(near("04 Nov 09:14:22.118", "2025-10-01"), QStringLiteral("2025-11-04T09:14:22.118Z"));
        QCOMPARE(near("01 Jan 00:10", "2025-12-31"), QStringLiteral("2026-01-01T00:10:00Z"));
        QCOMPARE(near("29 Feb", "2025-03-01"), QStringLiteral("2024-02-29T00:00:00Z"));
        QCOMPARE(near("4 Nov 2021", "2025-10-01"), QStringLiteral("2021-11-04T00:00:00Z"));
    }

    void whatIsSoLongAgoIsNotSoToTheNanosecond()
    {
        const Timestamp now = *timestampFromIso("2025-11-04T12:00:00.123456789Z");
        for (const auto& [text, wanted] : {std::pair{"-2h", "2025-11-04T10:00:00Z"},
                                           {"2 hours ago", "2025-11-04T10:00:00Z"},
                                           {"-100ms", "2025-11-04T12:00:00.023Z"},
                                           {"now", "2025-11-04T12:00:00.123Z"}})
            QCOMPARE(QString::fromStdString(toIso(*readMoment(QLatin1String(text), now))), QLatin1String(wanted));
    }

    void placesAreReadInEveryForm()
    {
        QCOMPARE(places("3:48112"), QStringLiteral("[3]@48112"));
        QCOMPARE(places("3 : 48\u2009112"), QStringLiteral("[3]@48112"));
        QCOMPARE(places("orders 3:48112"), QStringLiteral("orders[3]@48112"));
        QCOMPARE(places("orders 3 : 48 112"), QStringLiteral("orders[3]@48112"));
        QCOMPARE(places("orders/3/48112"), QStringLiteral("orders[3]@48112"));
        QCOMPARE(places("shop.public.users:0:17"), QStringLiteral("shop.public.users[0]@17"));
        QCOMPARE(places("orders [3] @ 48112"), QStringLiteral("orders[3]@48112"));
        QCOMPARE(places("orders[3]@48112"), QStringLiteral("orders[3]@48112"));
        QCOMPARE(places("orders [3] at offset 48,112"), QStringLiteral("orders[3]@48112"));
        QCOMPARE(places("orders-3@48112"), QStringLiteral("orders[3]@48112"));
        QCOMPARE(places("users/2@1829"), QStringLiteral("users[2]@1829"));
        QCOMPARE(places("users 2 : 1\u2009531"), QStringLiteral("users[2]@1531"));
        QCOMPARE(places("my-orders-v2-3@48112"), QStringLiteral("my-orders-v2[3]@48112"));
        QCOMPARE(places("orders · partition 3 · offset 48 112"), QStringLiteral("orders[3]@48112"));
        QCOMPARE(places("topic=orders, partition=3, offset=48112"), QStringLiteral("orders[3]@48112"));
        QCOMPARE(places("Partition: 3 Offset: 48112"), QStringLiteral("[3]@48112"));
        QCOMPARE(places("user-123"), QString());
        QCOMPARE(places("99999999999:1"), QString());           // no partition is that large
        QCOMPARE(places("3:99999999999999999999"), QString());  // nor an offset
    }

    void aPlaceThatWeWriteIsRead()
    {
        for (const char* topic : {"orders", "shop.public.users", "my-orders-v2", "my orders.csv", "a/b/3", "7"}) {
            const QString text = positionText({"source", topic, 0, Partition{3}, Offset{48'112}});
            const GoToReadings::Place place{QString::fromUtf8(topic), Partition{3}, Offset{48'112}};
            const auto read = readGoTo(text, kNow).places;
            QVERIFY2(std::find(read.begin(), read.end(), place) != read.end(), qPrintable(text));
        }
        QCOMPARE(positionText("orders", Partition{3}, Offset{48'112}), QStringLiteral("orders/3/48112"));
    }

    void whatIsCopiedAlongIsTakenOff()
    {
        for (const char* text : {"user/user-123", "  user/user-123\n", "\"user/user-123\"", "'user/user-123'",
                                 "\"user/user-123\",", "\u201cuser/user-123\u201d", "`user/user-123`", "(user/user-123)",
                                 "\n\tuser/user-123\nand more", "\"'user/user-123'\";"})
            QVERIFY2(readGoTo(QString::fromUtf8(text), kNow).text == QLatin1String("user/user-123"), text);
        QVERIFY(readGoTo(QStringLiteral(" \n "), kNow).isEmpty());
        QCOMPARE(readGoTo(QStringLiteral("\""), kNow).text, QStringLiteral("\""));
        QVERIFY(readGoTo(QString(100'000, QLatin1Char('x')), kNow).text.size() < 5000);
    }

    void idsComeOutOfAddressesAndDocuments()
    {
        QVERIFY(entities("https://shop.example/admin/user/user-123?tab=orders").contains(QStringLiteral("user/user-123")));
        QVERIFY(entities("https://shop.example/admin/user/user-123").contains(QStringLiteral("user-123")));
        QVERIFY(entities("https://shop.example/find?id=a%2F77").contains(QStringLiteral("a/77")));
        QVERIFY(entities("https://shop.example/#/orders/8841").contains(QStringLiteral("8841")));
        QCOMPARE(entities("\"user_id\": \"user-123\",").last(), QStringLiteral("user-123"));
        QVERIFY(entities("order_id=8841").contains(QStringLiteral("8841")));
        QVERIFY(entities("public.users #7").contains(QStringLiteral("public.users/7")));
        QCOMPARE(entities("user-123"), QStringList{QStringLiteral("user-123")});
    }

    void versionsAreWrittenWithASignBeforeThem()
    {
        for (const char* text : {"#9", "v9", "V9", "version 9", " # 9 "})
            QVERIFY2(readGoTo(QString::fromLatin1(text), kNow).version == Version{9}, text);
        for (const char* text : {"9", "v", "user#9", "v9b", "#99999999999999999999"})
            QVERIFY2(!readGoTo(QString::fromLatin1(text), kNow).version, text);
    }

    void anExpressionAsksWhenItHeldForTheFirstTime()
    {
        const auto question = [](const char* text) { return readGoTo(QString::fromUtf8(text), kNow).question; };
        for (const char* text : {"state.balance < 0.0", "  state.balance < 0.0  ", "first time when state.balance < 0.0",
                                 "First time state.balance < 0.0"}) {
            const auto asked = question(text);
            QVERIFY2(asked, text);
            QCOMPARE(asked->expression, QStringLiteral("state.balance < 0.0"));
            QVERIFY(asked->trouble.isEmpty());
        }
        QVERIFY(question("type == \"OrderCancelled\""));
        QVERIFY(question("state.status == \"cancelled\""));
        for (const char* text : {"user-123", "user/user-123", "12:00", "2025-11-04 09:14", "#9", "v9", "3:48112", "42", "true",
                                 "1 < 2", "last tuesday 14:00", "Alice Smith", "-2h", "state.balance <", ""})
            QVERIFY2(!question(text), text);
        const auto wrong = question("first time when state.balance <");
        QVERIFY(wrong && !wrong->trouble.isEmpty());
        // What compares is a wrong expression where nobody is called so.
        const auto perhaps = [](const char* text) { return readGoTo(QString::fromUtf8(text), kNow).perhaps; };
        for (const char* text : {"state.balance <", "state.balance < 0 in account", "state.a && ", "a==", "state.total == = 3"}) {
            const auto one = perhaps(text);
            QCOMPARE(one.has_value(), QByteArray(text) != "a==");
            QVERIFY(!one || !one->trouble.isEmpty());
        }
        for (const char* text : {"user-123", "YWJj==", "a->b", "https://x.org/a?b=1&c=2", "first time when state.balance <"})
            QVERIFY2(!perhaps(text), text);
    }

    void whatMayBeSeveralThingsIsAllOfThem()
    {
        const GoToReadings number = readGoTo(QStringLiteral("1762247662118"), kNow);
        QVERIFY(number.time.has_value());
        QCOMPARE(number.entities, QStringList{QStringLiteral("1762247662118")});
        const GoToReadings clock = readGoTo(QStringLiteral("9:15"), kNow);
        QVERIFY(clock.time.has_value());
        QCOMPARE(clock.places.size(), std::size_t{1});
        const GoToReadings slashes = readGoTo(QStringLiteral("orders/3/48112"), kNow);
        QCOMPARE(slashes.places.size(), std::size_t{1});
        QCOMPARE(slashes.entities.first(), QStringLiteral("orders/3/48112"));
    }
};

QTEST_GUILESS_MAIN(TestGoTo)
#include "test_go_to.moc"
