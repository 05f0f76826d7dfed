#include "core/store/sqlite.h"
#include "tests/unit/store/density_test.h"

using namespace hindcast;
using namespace hindcast::store;
using namespace hindcast::store::test;

/// Workspaces from before there were density levels.
class TestDensityOlder : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::string path(const QString& name) const { return folder_.filePath(name).toStdString(); }

private slots:
    void anOlderWorkspaceIsCountedWhenItIsOpenedToWriteAndHasNoLevelsBefore()
    {
        auto made = history(Shape::Bursts, 9'000, 12, 21);
        for (Made& each : made) each.entities = each.reject ? 0 : std::max(each.entities, 1);
        const std::string file = path("older");
        {
            Open open(file);
            for (std::size_t i = 0; i < made.size(); ++i) {
                append(*open.writer, open.part, i, made[i]);
                if (i % 1'000 == 0) QVERIFY(open.writer->commit().has_value());
            }
            QVERIFY(open.writer->commit().has_value());
        }
        {
            auto connection = Connection::open(file, Connection::Access::Write);
            QVERIFY((*connection)
                        ->execute("DROP TABLE density; DELETE FROM meta WHERE name LIKE 'density%' OR name LIKE 'unplaced%';"
                                  "PRAGMA user_version = 1")
                        .has_value());
        }
        {
            auto store = Store::open(file, Mode::ReadOnly);
            auto reader = (*store)->reader();
            const auto density = (*reader)->density({Timestamp{0}, Timestamp{1}, 5, 5, {}, false});
            QVERIFY(density.has_value());
            QVERIFY(!density->available);
        }
        {
            // Stopped in the middle it is as it was, and can be begun again.
            std::stop_source stop;
            stop.request_stop();
            const auto stopped = Store::open(file, Mode::ReadWrite, stop.get_token());
            QVERIFY(!stopped.has_value());
            QCOMPARE(stopped.error().kind, Error::Kind::Cancelled);
            auto connection = Connection::open(file, Connection::Access::Read);
            QCOMPARE(*(*connection)->integer("PRAGMA user_version"), std::int64_t{1});
        }
        auto store = Store::open(file, Mode::ReadWrite);
        QVERIFY(store.has_value());
        check(**store, made);
        auto writer = (*store)->writer();
        QVERIFY(writer.has_value());
        auto part = (*writer)->addPart(*(*writer)->addSource("file", "a", "a", ""), "t", Partition{0});
        const auto more = history(Shape::Bursts, 500, 5, 9);
        for (std::size_t i = 0; i < more.size(); ++i) append(**writer, *part, made.size() + i, more[i]);
        QVERIFY((*writer)->commit().has_value());
        made.insert(made.end(), more.begin(), more.end());
        check(**store, made);
    }

    void whatWasOfNoEntityInAnOlderWorkspaceIsSaidToBeUnplaced()
    {
        const std::string file = path("nobody's");
        {
            Open open(file);
            auto made = history(Shape::Steady, 100, 2, 1);
            for (std::size_t i = 0; i < made.size(); ++i) {
                made[i].time = Timestamp::fromSeconds(1'700'000'000 + static_cast<std::int64_t>(i));
                made[i].reject = false;
                made[i].entities = i < 30 ? 0 : 2;
                append(*open.writer, open.part, i, made[i]);
            }
            QVERIFY(open.writer->commit().has_value());
        }
        {
            auto connection = Connection::open(file, Connection::Access::Write);
            QVERIFY((*connection)->execute("DROP TABLE density; PRAGMA user_version = 1").has_value());
        }
        auto store = Store::open(file, Mode::ReadWrite);
        auto reader = (*store)->reader();
        const auto counts = (*reader)->counts();
        const auto density = (*reader)->density({*counts->firstTime, Timestamp{counts->lastTime->ns + 1}, 10, 5, {}, false});
        QCOMPARE(density->unplaced, std::uint64_t{30});
        std::uint64_t sum = 0;
        for (const std::uint32_t each : density->total) sum += each;
        QCOMPARE(sum, std::uint64_t{70});
    }

    void theRaisingOfALargeWorkspaceIsToldAndAsFineAsOneThatGrewInItsOrder()
    {
        // Entity by entity the times go over the whole log again and again.
        auto made = history(Shape::Steady, 200'000, 5, 3);
        for (Made& each : made) each.entities = each.reject ? 0 : 1;
        const std::string file = path("raised");
        std::int64_t grown = 0;
        {
            Open open(file);
            for (std::size_t i = 0; i < made.size(); ++i) append(*open.writer, open.part, i, made[i]);
            QVERIFY(open.writer->commit().has_value());
        }
        {
            auto connection = Connection::open(file, Connection::Access::Write);
            grown = *(*connection)->integer("SELECT value FROM meta WHERE name = 'density_finest'");
            QVERIFY((*connection)
                        ->execute("DROP TABLE density; DELETE FROM meta WHERE name LIKE 'density%' OR name LIKE 'unplaced%';"
                                  "PRAGMA user_version = 1")
                        .has_value());
        }
        std::vector<std::uint64_t> told;
        auto store = Store::open(file, Mode::ReadWrite, {}, [&](std::uint64_t done, std::uint64_t total) {
            told.push_back(done);
            QVERIFY(done <= total);
        });
        QVERIFY(store.has_value());
        QVERIFY(told.size() >= 2 && std::ranges::is_sorted(told));
        check(**store, made);
        auto connection = Connection::open(file, Connection::Access::Read);
        QVERIFY(*(*connection)->integer("SELECT value FROM meta WHERE name = 'density_finest'") <= grown);
    }
};

QTEST_GUILESS_MAIN(TestDensityOlder)
#include "test_density_older.moc"
