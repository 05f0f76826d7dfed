#include "core/ingest/batch_queue.h"
#include "core/store/sqlite.h"
#include "tests/unit/ingest/memory_source.h"

#include <filesystem>
#include <random>

using namespace hindcast;
using namespace hindcast::test;

/// What bounds a run: the disk and the memory.
class TestLimits : public WithStores {
    Q_OBJECT

    static std::vector<MemorySource::Line> unpackable(int count, std::size_t bytes)
    {
        std::mt19937 random(7);
        std::vector<MemorySource::Line> lines;
        for (int i = 0; i < count; ++i) {
            std::string text(bytes, ' ');
            for (char& one : text) one = static_cast<char>('a' + random() % 26);
            lines.push_back({"users", "user-1", "{\"user_id\":\"user-1\",\"text\":\"" + text + "\"}", 0, i});
        }
        return lines;
    }

private slots:
    void theDiskLimitEndsTheRunPolitely()
    {
        auto store = newStore("limited");
        MemorySource source(userEvents(200'000, 2), 500);
        ingest::Options options;
        options.diskLimit = 1;
        options.commitEvery = std::chrono::milliseconds(5);
        auto summary = ingest::run(*store, source, options, {}, {});
        QVERIFY(summary.has_value());
        QVERIFY(!summary->complete);
        QVERIFY2(summary->because.find("disk limit") != std::string::npos, summary->because.c_str());
        auto reader = store->reader();
        QCOMPARE((*reader)->counts()->records, summary->progress.stored);
    }

    void theDiskLimitHoldsWhereRecordsComeFasterThanCommits()
    {
        auto store = newStore("limited-and-fast");
        MemorySource source(userEvents(100'000, 3), 500);
        ingest::Options options;
        options.diskLimit = 1 << 20;
        options.commitEvery = std::chrono::minutes(10);
        auto summary = ingest::run(*store, source, options, {}, {});
        QVERIFY(summary.has_value() && !summary->complete);
        QVERIFY(summary->progress.stored > 0 && summary->progress.stored < 100'000);
    }

    void theDiskLimitIsMetInTheMidstOfWhatComesAtOnce_data()
    {
        QTest::addColumn<int>("batch");
        QTest::newRow("batches that waited for a guess") << 10;  // fewer records than are looked at before the first is taken
        QTest::newRow("one batch") << 190;
    }
    void theDiskLimitIsMetInTheMidstOfWhatComesAtOnce()
    {
        QFETCH(int, batch);
        auto store = newStore(("limited-at-once-" + std::to_string(batch)).c_str());
        MemorySource source(unpackable(190, 50'000), static_cast<std::size_t>(batch));
        ingest::Options options;
        options.diskLimit = 3'000'000;
        auto summary = ingest::run(*store, source, options, {}, {});
        QVERIFY2(summary.has_value() && summary->diskFull, summary ? "" : summary.error().text().c_str());
        const std::uint64_t file = (*store->reader())->counts()->fileBytes;
        QVERIFY2(file >= 3'000'000 && file < 4'000'000, std::to_string(file).c_str());
    }

    void theDiskLimitIsOfTheFileAndNotOfItsWriteAheadLog()
    {
        auto store = newStore("limited-and-slow");
        MemorySource source(unpackable(20'000, 900));
        ingest::Options options;
        options.diskLimit = 3'000'000;
        options.commitEvery = std::chrono::milliseconds(0);  // each record a commit: a log of many times the file's size
        auto summary = ingest::run(*store, source, options, {}, {});
        QVERIFY2(summary.has_value() && summary->diskFull, summary ? "" : summary.error().text().c_str());
        QVERIFY(summary->progress.stored < 20'000);
        auto reader = store->reader();
        const std::uint64_t told = (*reader)->counts()->fileBytes;
        const std::string path = store->path();
        reader->reset();
        store.reset();
        const std::uint64_t file = std::filesystem::file_size(path);
        QCOMPARE(told, file);
        QVERIFY2(file >= 3'000'000 && file < 3'500'000, std::to_string(file).c_str());
    }

    void whereAReadingStopsItsWriteAheadLogIsCutUnlessAReaderNeedsItJustThen()
    {
        auto store = newStore("cut-log");
        const std::string log = store->path() + "-wal";
        const auto read = [&](std::uint32_t seed) {
            std::mt19937 random(seed);
            std::vector<MemorySource::Line> lines;
            for (int i = 0; i < 2'000; ++i) {
                std::string text(900, ' ');
                for (char& one : text) one = static_cast<char>('a' + random() % 26);
                const std::string user = "user-" + std::to_string(seed);
                lines.push_back(
                    {"users-" + std::to_string(seed), user, "{\"user_id\":\"" + user + "\",\"text\":\"" + text + "\"}", 0, i});
            }
            MemorySource source(lines);
            ingest::Options options;
            options.diskLimit = 200'000 * std::uint64_t{seed};
            return ingest::run(*store, source, options, {}, {});
        };
        auto reader = store->reader();  // as a window has them open all the time
        QVERIFY(reader.has_value() && (*reader)->counts().has_value());
        auto first = read(1);
        QVERIFY(first.has_value() && first->diskFull);
        QCOMPARE(std::filesystem::file_size(log), std::uintmax_t{0});
        {
            auto longReader = store::Connection::open(store->path(), store::Connection::Access::Read);
            QVERIFY(longReader.has_value());
            QVERIFY((*longReader)->execute("BEGIN; SELECT count(*) FROM parts").has_value());
            auto second = read(20);  // an end like any other, and no error
            QVERIFY2(second.has_value(), second ? "" : second.error().text().c_str());
            QVERIFY(std::filesystem::file_size(log) > 0);
        }
        QVERIFY(read(30).has_value());
        QCOMPARE(std::filesystem::file_size(log), std::uintmax_t{0});
    }

    void aFullQueueHoldsTheSourceBack()
    {
        ingest::BatchQueue queue(1000);
        std::atomic<int> pushed = 0;
        std::stop_source stop;
        std::jthread producer([&] {
            for (int i = 0; i < 10; ++i) {
                ingest::Delivery delivery;
                delivery.batch.bytes = 400;
                if (!queue.push(std::move(delivery), stop.get_token())) return;
                ++pushed;
            }
        });
        QTRY_COMPARE(pushed.load(), 2);
        QTest::qWait(50);
        QCOMPARE(pushed.load(), 2);
        QVERIFY(queue.pop(std::chrono::milliseconds(0)).has_value());
        QTRY_COMPARE(pushed.load(), 3);
        stop.request_stop();
        producer.join();
        QCOMPARE(pushed.load(), 3);
    }
};

QTEST_GUILESS_MAIN(TestLimits)
#include "test_limits.moc"
