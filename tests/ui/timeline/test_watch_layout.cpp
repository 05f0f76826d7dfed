#include "tests/ui/timeline/watch_fixture.h"
#include "ui/look/contrast.h"
#include "ui/timeline/watch_colors.h"
#include "ui/timeline/watch_layout.h"
#include "ui/timeline/watch_text.h"

#include <QElapsedTimer>
#include <QtTest>

#include <random>

using namespace hindcast;
using namespace hindcast::ui;
using test::runsOf;

class TestWatchLayout : public QObject {
    Q_OBJECT

    /// Version v stands at second v.
    static WatchLife lifeOf(const replay::WatchRuns& runs)
    {
        return {runs, runs.size(),
                [](Version version) { return Timestamp{static_cast<std::int64_t>(version.value) * 1'000'000'000}; }};
    }
    static TimeScale scaleOf(std::int64_t fromSecond, std::int64_t toSecond, double width = 1000)
    {
        return {Timestamp{fromSecond * 1'000'000'000}, Timestamp{toSecond * 1'000'000'000}, 100, width};
    }

private slots:
    void eachRunIsAPieceFromItsEventToTheNext()
    {
        const auto runs = runsOf({"", "1", "1", "2", "", "3"});
        const auto pieces = layOutWatch(lifeOf(*runs), scaleOf(0, 10), 3, true);
        QCOMPARE(pieces.size(), std::size_t{3});
        QCOMPARE(pieces[0].left, 300.0);  // at second 2
        QCOMPARE(pieces[0].right, 500.0);
        QCOMPARE(pieces[1].first, std::size_t{2});
        QCOMPARE(pieces[1].right, 600.0);  // it went at second 5
        QCOMPARE(pieces[2].left, 700.0);
        QCOMPARE(pieces[2].right, 1100.0);  // and goes on to the edge
    }

    void aViewWithinARunShowsThatRun()
    {
        const auto runs = runsOf({"1", "2", "2", "2", "2", "2", "2", "2", "2", "3"});
        const auto pieces = layOutWatch(lifeOf(*runs), scaleOf(4, 7), 3, true);
        QCOMPARE(pieces.size(), std::size_t{1});
        QCOMPARE(pieces[0].first, std::size_t{1});
        QCOMPARE(pieces[0].left, 100.0);
        QCOMPARE(pieces[0].right, 1100.0);
        QVERIFY(layOutWatch(lifeOf(*runs), scaleOf(-9, 0), 3, true).empty());  // before its life
        QCOMPARE(*watchRunAt(lifeOf(*runs), scaleOf(4, 7), 500), std::size_t{1});
        QVERIFY(!watchRunAt(lifeOf(*runs), scaleOf(-9, 0), 500));
        QCOMPARE(*watchRunAt(lifeOf(*runs), scaleOf(0, 100), 1099), std::size_t{2});
    }

    void whatIsTooNarrowIsMergedAndWhatFollowsItIsNot()
    {
        // A thousand changes within a second of each other, then a long rest.
        const auto runs = runsOf(1000, [](std::uint64_t v) { return std::to_string(v % 2); });
        const auto pieces = layOutWatch(lifeOf(*runs), scaleOf(0, 100'000), 3, true);
        QCOMPARE(pieces.size(), std::size_t{2});
        QCOMPARE(pieces[0].count, std::size_t{999});
        QCOMPARE(pieces[1].count, std::size_t{1});
        QCOMPARE(pieces[1].first, std::size_t{999});
        QCOMPARE(pieces[1].right, 1100.0);
        const auto columns = layOutWatch(lifeOf(*runs), scaleOf(0, 100'000), 1, false);
        QVERIFY(columns.size() > 5);
        QCOMPARE(columns[2].extremes->first, 0.0);
        QCOMPARE(columns[2].extremes->second, 1.0);
    }

    void aMillionRunsCostWhatTheirPixelsDo()
    {
        const auto runs = runsOf(1'000'000, [](std::uint64_t v) { return std::to_string(v * 7919 % 1000); });
        QCOMPARE(runs->size(), std::size_t{1'000'000});
        const WatchLife life = lifeOf(*runs);
        const TimeScale all = scaleOf(0, 1'000'001);
        std::uint64_t asked = 0;
        const WatchLife counted{*runs, runs->size(), [&](Version version) {
                                    ++asked;
                                    return life.place(version);
                                }};
        QElapsedTimer timer;
        timer.start();
        const auto columns = layOutWatch(counted, all, 1, false);
        const auto bands = layOutWatch(counted, all, 3, true);
        qInfo("columns and bands of 1 M runs in %.2f ms, %llu places looked at", static_cast<double>(timer.nsecsElapsed()) / 1e6,
              static_cast<unsigned long long>(asked));
        QVERIFY(asked < 200'000);
        QVERIFY2(columns.size() > 900 && columns.size() < 2'100, qPrintable(QString::number(columns.size())));
        QVERIFY2(bands.size() <= 2, qPrintable(QString::number(bands.size())));
        for (std::size_t i = 1; i < columns.size(); ++i) {
            QVERIFY(columns[i].left >= columns[i - 1].left);
            QCOMPARE(columns[i].first, columns[i - 1].first + columns[i - 1].count);
        }
    }

    void piecesCoverEveryRunOnceAtAnyZoom()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 300; ++round) {
            std::vector<std::string> values;
            const std::size_t count = 1 + random() % 200;
            for (std::size_t i = 0; i < count; ++i) values.push_back(std::to_string(random() % 4));
            const auto runs = runsOf(values);
            std::vector<std::int64_t> at;
            std::int64_t second = 0;
            for (std::size_t i = 0; i < count; ++i) at.push_back(second += random() % 3 == 0 ? 0 : random() % 400);
            const WatchLife life{*runs, runs->size(),
                                 [&](Version version) { return Timestamp{at[version.value - 1] * 1'000'000'000}; }};
            const auto from = static_cast<std::int64_t>(random() % 1000);
            const TimeScale scale = scaleOf(from - 300, from + 1 + static_cast<std::int64_t>(random() % 20'000));
            for (const bool join : {true, false}) {
                const auto pieces = layOutWatch(life, scale, join ? 3 : 1, join);
                for (std::size_t i = 0; i < pieces.size(); ++i) {
                    QVERIFY(pieces[i].left >= scale.left && pieces[i].right <= scale.right() + 0.01);
                    QVERIFY(pieces[i].right >= pieces[i].left);
                    if (i == 0) continue;
                    // One run after the other; of those at one place only the last has any width.
                    QVERIFY(pieces[i].first >= pieces[i - 1].first + pieces[i - 1].count);
                    QVERIFY(std::abs(pieces[i].left - pieces[i - 1].right) < 0.01);
                }
                if (!pieces.empty()) QCOMPARE(pieces.back().right, scale.right());
            }
        }
    }

    void sharesStandAnyNumbersOnTheScreen()
    {
        QCOMPARE(shareOf(0, {-1, 1}), 0.5);
        QCOMPARE(shareOf(5, {5, 5}), 0.5);
        const double most = std::numeric_limits<double>::max();
        QCOMPARE(shareOf(most, {-most, most}), 1.0);
        QCOMPARE(shareOf(0, {-most, most}), 0.5);
    }

    void bandsAreReadableInLightAndDark()
    {
        for (const Theme::Scheme scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
            const Theme theme(scheme);
            const WatchColors colors(theme);
            std::vector<QColor> all{colors.neutral()};
            for (int i = 0; i < WatchColors::kPastels; ++i) all.push_back(colors.pastel(i));
            for (const QColor& color : all) {
                const double apart = contrast(color, theme.color(Theme::Role::Text));
                QVERIFY2(apart >= 4.5, qPrintable(QStringLiteral("%1 %2").arg(color.name()).arg(apart)));
                QVERIFY2(contrast(color, theme.color(Theme::Role::Panel)) > 1.05, qPrintable(color.name()));
            }
        }
    }

    void aValueHasItsColourWhereverItComesAgain()
    {
        const auto runs = runsOf({"", "\"basic\"", "\"gold\"", "\"basic\"", "true", "null"});
        const Theme theme(Theme::Scheme::Light);
        const WatchColors colors(theme);
        QCOMPARE(colors.band(*runs, 1), colors.pastel(0));
        QCOMPARE(colors.band(*runs, 2), colors.pastel(1));
        QCOMPARE(colors.band(*runs, 3), colors.pastel(0));
        QCOMPARE(colors.band(*runs, 5), colors.neutral());
    }

    void valuesAreToldAsTheyCame()
    {
        const auto runs = runsOf({"119.90", "\"gold\"", "[1,2,3]", "{\"a\":1}", "[]", "null", ""});
        QStringList told;
        for (std::size_t i = 0; i < runs->size(); ++i) told << watchText(runs->value(i));
        QCOMPARE(told.join(QLatin1Char('|')), QStringLiteral("119.90|gold|3 items|1 field|[ ]|null|"));
    }
};

QTEST_MAIN(TestWatchLayout)
#include "test_watch_layout.moc"
