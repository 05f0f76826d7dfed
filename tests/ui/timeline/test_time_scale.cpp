#include "ui/look/shown_zone.h"
#include "ui/timeline/axis_label.h"
#include "ui/timeline/time_scale.h"

#include <QtTest>

#include <cmath>
#include <random>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

Timestamp at(const char* iso) { return *timestampFromIso(iso); }

QStringList labels(const TimeScale& scale, double spacing)
{
    const TickStep step = tickStepFor(scale, spacing);
    QStringList out;
    for (const Tick& tick : ticksOf(scale, step)) out << axisLabel(tick, step);
    return out;
}

void live(const QByteArray& zone)
{
    qputenv("TZ", zone);
    setShownZone(ShownZone::Utc);
    setShownZone(ShownZone::Local);
}

}  // namespace

class TestTimeScale : public QObject {
    Q_OBJECT
private slots:
    void cleanup() { setShownZone(ShownZone::Utc); }

    void aRoundTripIsOffByLessThanAHundredthOfAPixelOrANanosecond()
    {
        std::mt19937_64 random(7);
        for (int i = 0; i < 20'000; ++i) {
            const auto span = static_cast<std::int64_t>(
                std::exp(std::uniform_real_distribution<double>(std::log(1e3), std::log(3e18))(random)));
            const auto from = static_cast<std::int64_t>(std::uniform_real_distribution<double>(-4e18, 4e18)(random));
            const TimeScale scale{Timestamp{from}, Timestamp{from + span}, 132, 1400};
            const double x = std::uniform_real_distribution<double>(132, 1532)(random);
            const Timestamp time = scale.timeFromPixel(x);
            QVERIFY(std::abs(scale.pixelFromTime(time) - x) <= 0.01 + 0.5 / scale.nsPerPixel());
            const Timestamp back = scale.timeFromPixel(scale.pixelFromTime(time));
            QVERIFY(std::abs(static_cast<double>(back.ns - time.ns)) <= std::max(1.0, 0.01 * scale.nsPerPixel()));
        }
    }

    void aPointerMeansTheRoundestTimeOfItsPixel()
    {
        const TimeScale days{at("2025-11-02"), at("2025-11-05"), 0, 1000};
        QCOMPARE(roundTimeFromPixel(days, 333.3).ns % 1'000'000'000, std::int64_t{0});
        const TimeScale seconds{at("2025-11-02"), at("2025-11-02T00:00:10Z"), 0, 1000};
        QCOMPARE(roundTimeFromPixel(seconds, 333.337).ns % 1'000'000, std::int64_t{0});
        QVERIFY(std::abs(seconds.pixelFromTime(roundTimeFromPixel(seconds, 333.337)) - 333.337) <= 0.5);
        QVERIFY(std::abs(days.pixelFromTime(roundTimeFromPixel(days, 333.3)) - 333.3) <= 0.5);
        const TimeScale finest{at("2025-11-02"), at("2025-11-02T00:00:00.000001Z"), 0, 1000};
        QCOMPARE(roundTimeFromPixel(finest, 500).ns, at("2025-11-02").ns + 500);
    }

    void theEdgesOfTheWindowAreTheEdgesOfTheLane()
    {
        const TimeScale scale{at("2025-11-02"), at("2025-11-05"), 100, 900};
        QCOMPARE(scale.pixelFromTime(scale.from), 100.0);
        QCOMPARE(scale.pixelFromTime(scale.to), 1000.0);
        QCOMPARE(scale.timeFromPixel(400).ns, at("2025-11-03").ns);
    }

    void timesAtTheEndsOfTimeDoNotOverflow()
    {
        const TimeScale scale{at("2025-11-02"), at("2025-11-02T00:00:00.000001Z"), 0, 1000};
        QVERIFY(scale.pixelFromTime(Timestamp::min()) < -1e12);
        QVERIFY(scale.pixelFromTime(Timestamp::max()) > 1e12);
        QCOMPARE(scale.timeFromPixel(1e300).ns, Timestamp::max().ns);
        QCOMPARE(scale.timeFromPixel(-1e300).ns, Timestamp::min().ns);
    }

    void ticksStandAtRoundTimesAndNameTheDayWhereItChanges()
    {
        const TimeScale scale{at("2025-11-03T17:10:00Z"), at("2025-11-05T01:00:00Z"), 0, 700};
        QCOMPARE(labels(scale, 110), (QStringList{"3 Nov 18:00", "4 Nov 00:00", "06:00", "12:00", "18:00", "5 Nov 00:00"}));
    }

    void labelsAreAsFineAsTheStep_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<qlonglong>("span");
        QTest::addColumn<QString>("second");
        QTest::newRow("microseconds") << "2025-11-04T09:14:22.118Z" << 10'000LL << "09:14:22.118002";
        QTest::newRow("milliseconds") << "2025-11-04T09:14:22Z" << 100'000'000LL << "09:14:22.020";
        QTest::newRow("seconds") << "2025-11-04T09:14:00Z" << 60'000'000'000LL << "09:14:15";
        QTest::newRow("minutes") << "2025-11-04T09:00:00Z" << 600'000'000'000LL << "09:02";
        QTest::newRow("days") << "2025-11-04T00:00:00Z" << 4 * 86'400'000'000'000LL << "5 Nov";
        QTest::newRow("weeks on Mondays") << "2025-11-03T00:00:00Z" << 35 * 86'400'000'000'000LL << "10 Nov";
        QTest::newRow("months") << "2025-01-01T00:00:00Z" << 365 * 86'400'000'000'000LL << "Apr";
        QTest::newRow("years") << "2000-01-01T00:00:00Z" << 3'652 * 86'400'000'000'000LL << "2002";
    }
    void labelsAreAsFineAsTheStep()
    {
        QFETCH(QString, from);
        QFETCH(qlonglong, span);
        QFETCH(QString, second);
        const Timestamp start = at(from.toUtf8().constData());
        const QStringList all = labels({start, Timestamp{start.ns + span}, 0, 600}, 110);
        QVERIFY2(all.size() >= 2, qPrintable(all.join('|')));
        QCOMPARE(all[1], second);
    }

    void ticksStandAtRoundLocalTimesAcrossDaylightSaving_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QString>("around");
        QTest::newRow("Berlin, forward") << QByteArray("Europe/Berlin") << "2025-03-30T01:00:00Z";
        QTest::newRow("Berlin, back") << QByteArray("Europe/Berlin") << "2025-10-26T01:00:00Z";
        QTest::newRow("Kolkata") << QByteArray("Asia/Kolkata") << "2025-11-04T09:14:22Z";
        QTest::newRow("St John's, forward") << QByteArray("America/St_Johns") << "2025-03-09T05:30:00Z";
        QTest::newRow("St John's, back") << QByteArray("America/St_Johns") << "2025-11-02T04:30:00Z";
        QTest::newRow("St John's, back over midnight") << QByteArray("America/St_Johns") << "2006-10-29T02:31:00Z";
        QTest::newRow("Sao Paulo, a day without its midnight") << QByteArray("America/Sao_Paulo") << "2018-11-04T03:00:00Z";
    }
    void ticksStandAtRoundLocalTimesAcrossDaylightSaving()
    {
        QFETCH(QByteArray, zone);
        QFETCH(QString, around);
        live(zone);
        const Timestamp middle = at(around.toUtf8().constData());
        constexpr std::int64_t kDay = 86'400'000'000'000;
        std::mt19937_64 random(5);
        for (int i = 0; i < 2'000; ++i) {
            const auto span = static_cast<std::int64_t>(
                std::exp(std::uniform_real_distribution<double>(std::log(1e10), std::log(4e17))(random)));
            const auto from = middle.ns - std::uniform_int_distribution<std::int64_t>(0, span)(random);
            const TimeScale scale{Timestamp{from}, Timestamp{from + span}, 0, 1200};
            const TickStep step = tickStepFor(scale, 110);
            const std::vector<Tick> ticks = ticksOf(scale, step);
            QVERIFY(ticks.size() >= 2 || span < 2e10);
            for (std::size_t t = 0; t < ticks.size(); ++t) {
                QVERIFY(ticks[t].time >= scale.from && ticks[t].time < scale.to);
                const std::int64_t clock = shownClock(ticks[t].time);
                if (step.unit == TickStep::Unit::Nanoseconds)
                    QCOMPARE(clock % step.count, std::int64_t{0});
                else  // midnight, or where there was none the first moment of the day
                    QVERIFY(clock % kDay == 0 || shownClock(Timestamp{ticks[t].time.ns - 1}) / kDay < clock / kDay);
                if (t == 0) continue;
                QVERIFY(ticks[t].time > ticks[t - 1].time);
                QVERIFY(ticks[t].x - ticks[t - 1].x > 80);
            }
        }
    }

    void theHourThatComesTwiceIsSeenTwice()
    {
        live("Europe/Berlin");
        const TimeScale scale{at("2025-10-25T23:30:00Z"), at("2025-10-26T03:30:00Z"), 0, 600};
        QCOMPARE(labels(scale, 110), (QStringList{"26 Oct 02:00", "02:00", "03:00", "04:00"}));
        const TimeScale spring{at("2025-03-29T23:30:00Z"), at("2025-03-30T03:30:00Z"), 0, 600};
        QCOMPARE(labels(spring, 110), (QStringList{"30 Mar 01:00", "03:00", "04:00", "05:00"}));
    }

    void localTicksAreAsManyAsThereIsRoomFor()
    {
        live("Europe/Berlin");
        const TimeScale scale{at("2025-10-24"), at("2025-10-28"), 0, 1400};
        for (int i = 0; i < 1'000; ++i) {
            const QStringList ticks = labels({scale.from, Timestamp{scale.to.ns + i}, 0, 1400}, 110);
            QVERIFY2(ticks.size() > 1 && ticks.size() <= 1400 / 80, qPrintable(ticks.join(QLatin1Char('|'))));
        }
    }

    void daysBeginAtLocalMidnight()
    {
        live("Asia/Kolkata");
        const TimeScale scale{at("2025-11-03T12:00:00Z"), at("2025-11-06T12:00:00Z"), 0, 400};
        const TickStep step = tickStepFor(scale, 110);
        const std::vector<Tick> ticks = ticksOf(scale, step);
        QCOMPARE(ticks.front().time.ns, at("2025-11-03T18:30:00Z").ns);
        QCOMPARE(axisLabel(ticks.front(), step), QStringLiteral("4 Nov"));
    }

    void ticksNeverCrowd()
    {
        std::mt19937_64 random(11);
        for (int i = 0; i < 3'000; ++i) {
            const auto span = static_cast<std::int64_t>(
                std::exp(std::uniform_real_distribution<double>(std::log(1e3), std::log(5e18))(random)));
            const auto from = static_cast<std::int64_t>(std::uniform_real_distribution<double>(-6e18, 4e18)(random));
            const TimeScale scale{Timestamp{from}, Timestamp{from + span}, 0, 1200};
            const std::vector<Tick> ticks = ticksOf(scale, tickStepFor(scale, 110));
            QVERIFY(ticks.size() <= 12);
            for (std::size_t t = 1; t < ticks.size(); ++t) {
                QVERIFY(ticks[t].time > ticks[t - 1].time);
                QVERIFY(ticks[t].x - ticks[t - 1].x > 90);  // a February is shorter than the mean month
            }
        }
    }

    void aRangeIsToldAsShortAsItCanBe()
    {
        QCOMPARE(rangeText(at("2025-11-02"), at("2025-11-05")), QStringLiteral("2 – 5 Nov 2025"));
        QCOMPARE(rangeText(at("2025-10-30"), at("2025-11-05")), QStringLiteral("30 Oct – 5 Nov 2025"));
        QCOMPARE(rangeText(at("2024-12-30"), at("2025-01-02")), QStringLiteral("30 Dec 2024 – 2 Jan 2025"));
        QCOMPARE(rangeText(at("2025-11-04T09:00:00Z"), at("2025-11-04T17:30:00Z")), QStringLiteral("4 Nov 2025 09:00 – 17:30"));
    }
};

QTEST_GUILESS_MAIN(TestTimeScale)
#include "test_time_scale.moc"
