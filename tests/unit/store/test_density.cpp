#include "core/store/density_page.h"
#include "tests/unit/store/density_test.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace hindcast;
using namespace hindcast::store;
using namespace hindcast::store::test;

/// What is told of how events spread, beside a plain count of them.
class TestDensity : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::string path(const QString& name) const { return folder_.filePath(name).toStdString(); }

private slots:
    void theColumnsAgreeWithAPlainCount_data()
    {
        QTest::addColumn<int>("shape");
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("types");
        QTest::addColumn<int>("commitEvery");
        QTest::newRow("steady, few commits") << int(Shape::Steady) << 30'000 << 5 << 9'000;
        QTest::newRow("steady, many commits") << int(Shape::Steady) << 1'000 << 3 << 1;
        QTest::newRow("bursts of many types") << int(Shape::Bursts) << 20'000 << 300 << 700;
        QTest::newRow("out of order") << int(Shape::Jumps) << 60'000 << 5 << 500;
        QTest::newRow("out of order, many types") << int(Shape::Jumps) << 200'000 << 40 << 50'000;
        QTest::newRow("from 1678 to 2262") << int(Shape::Extreme) << 5'000 << 5 << 90;
        QTest::newRow("all within a millisecond") << int(Shape::Thick) << 3'000 << 2 << 100;
        QTest::newRow("one event") << int(Shape::Steady) << 1 << 1 << 1;
    }

    void theColumnsAgreeWithAPlainCount()
    {
        QFETCH(int, shape);
        QFETCH(int, count);
        QFETCH(int, types);
        QFETCH(int, commitEvery);
        const auto made = history(static_cast<Shape>(shape), count, types, static_cast<std::uint64_t>(count + types));
        Open open(path(QString::fromLatin1(QTest::currentDataTag())));
        for (std::size_t i = 0; i < made.size(); ++i) {
            append(*open.writer, i % 3 == 0 ? open.other : open.part, i, made[i]);
            // What is known already is not counted again.
            if (i % 11 == 5) append(*open.writer, i % 3 == 0 ? open.other : open.part, i, made[i], Writer::Appended::Duplicate);
            if (i % static_cast<std::size_t>(commitEvery) == 0) QVERIFY(open.writer->commit().has_value());
        }
        QVERIFY(open.writer->commit().has_value());
        check(*open.store, made);
    }

    void theyAgreeAfterReopeningAndAfterADeathBetweenTwoCommits()
    {
        const auto made = history(Shape::Bursts, 6'000, 12, 4);
        const std::string file = path("killed");
        for (std::size_t from = 0; from < made.size(); from += 1'000) {
            const pid_t child = ::fork();
            if (child == 0) {
                Open open(file);
                for (std::size_t i = from; i < from + 1'000; ++i) {
                    append(*open.writer, open.part, i, made[i]);
                    if (i % 37 == 0 && !open.writer->commit()) ::_exit(1);
                }
                if (!open.writer->commit()) ::_exit(1);
                // Begun and never committed: as good as never written.
                for (std::size_t i = from + 1'000; i < std::min(from + 1'300, made.size()); ++i)
                    append(*open.writer, open.part, i, made[i]);
                ::kill(::getpid(), SIGKILL);
            }
            int status = 0;
            ::waitpid(child, &status, 0);
            QVERIFY(WIFSIGNALED(status));
            const auto store = Store::open(file, Mode::ReadOnly);
            QVERIFY(store.has_value());
            check(**store, {made.begin(), made.begin() + static_cast<std::ptrdiff_t>(from) + 1'000});
        }
    }

    void whatIsSettledIsTheSameWhateverCommitsItCameIn()
    {
        const auto made = history(Shape::Bursts, 3'000, 9, 7);
        const auto columnsOf = [&](const char* name, std::size_t every) {
            const std::string file = path(name);
            Open open(file);
            for (std::size_t i = 0; i < made.size(); ++i) {
                append(*open.writer, open.part, i, made[i]);
                if (i % every == every - 1 && !open.writer->commit()) return std::vector<std::uint32_t>{};
            }
            open.writer->settle();
            if (!open.writer->commit()) return std::vector<std::uint32_t>{};
            DensityQuery query;
            query.from = Timestamp{1'700'000'000'000'000'000};
            query.to = Timestamp{query.from.ns + 8 * 3'600'000'000'000};
            query.columns = 97;
            const auto reader = (*Store::open(file, Mode::ReadOnly))->reader();
            return (*reader)->density(query)->total;
        };
        const auto once = columnsOf("once", made.size());
        QVERIFY(std::ranges::any_of(once, [](std::uint32_t count) { return count > 0; }));
        QCOMPARE(columnsOf("often", 70), once);
        QCOMPARE(columnsOf("seldom", 1'100), once);
    }

    void decodingAnewCountsAnew()
    {
        auto made = history(Shape::Steady, 20'000, 5, 8);
        Open open(path("remapped"));
        for (std::size_t i = 0; i < made.size(); ++i) append(*open.writer, open.part, i, made[i]);
        const auto redo = [&](bool whole) {
            return open.writer->remap(
                [&](PartId, const RawRecord& record, std::span<const Header>, EventFacts& facts) {
                    factsOf(made[static_cast<std::size_t>(record.offset.value)], facts);
                },
                [&](std::uint64_t) { return whole; });
        };
        const auto before = made;
        for (std::size_t i = 0; i < made.size(); ++i) {
            made[i].time.ns += static_cast<std::int64_t>(i % 5) * 86'400'000'000'000;
            if (i % 9 == 0) made[i].type = "another";
            if (i % 13 == 0) made[i].time = {};
        }
        QVERIFY(!redo(false).has_value());  // cancelled: all is as it was
        check(*open.store, before);
        QVERIFY(redo(true).has_value());
        check(*open.store, made);
        const auto more = history(Shape::Steady, 500, 5, 9);
        for (std::size_t i = 0; i < more.size(); ++i) append(*open.writer, open.part, made.size() + i, more[i]);
        QVERIFY(open.writer->commit().has_value());
        made.insert(made.end(), more.begin(), more.end());
        check(*open.store, made);
    }

    void aRejectStandsAtItsTimeAlsoWhereThatIsBeforeTheFirstEvent()
    {
        Open open(path("before-all"));
        constexpr std::int64_t kYear = 31'536'000'000'000'000;
        constexpr std::int64_t kStart = 1'700'000'000'000'000'000;
        // The reject lies in the bucket of the first event.
        constexpr std::int64_t kReject = kStart - 600'000;
        static_assert(kReject >> DensityKey::kFirst == kStart >> DensityKey::kFirst);
        const std::vector<Made> made{{"type", "id-1", Timestamp{kStart}},
                                     {"type", "id-1", Timestamp{kStart + kYear}},
                                     {"type", "id-1", Timestamp{kReject}, EventKind::Plain, 0, true}};
        for (std::size_t i = 0; i < made.size(); ++i) append(*open.writer, open.part, i, made[i]);
        QVERIFY(open.writer->commit().has_value());
        auto reader = open.store->reader();
        // Only what was before the first event.
        const auto density = (*reader)->density({Timestamp{kReject}, Timestamp{kStart}, 2, 5, {}, false});
        QVERIFY(density.has_value());
        std::uint64_t rejects = 0;
        for (const std::uint32_t each : density->rejects) rejects += each;
        QCOMPARE(rejects, std::uint64_t{1});
    }

    void anEmptyWorkspaceAnswersWithEmptyColumns()
    {
        Open open(path("empty"));
        auto reader = open.store->reader();
        for (const auto& [from, to] : {std::pair{INT64_MIN, INT64_MAX}, std::pair{INT64_MAX, INT64_MIN}, std::pair{0L, 0L}}) {
            const auto density = (*reader)->density({Timestamp{from}, Timestamp{to}, 100, 5, {}, false});
            QVERIFY(density.has_value());
            QVERIFY(density->available);
            QCOMPARE(density->total.size(), std::size_t{100});
            QCOMPARE(std::ranges::count(density->total, 0U), 100);
        }
    }
};

QTEST_GUILESS_MAIN(TestDensity)
#include "test_density.moc"
