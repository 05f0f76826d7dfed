#include "core/store/density_page.h"
#include "core/store/sqlite.h"
#include "tests/unit/store/density_test.h"

#include <array>
#include <map>

using namespace hindcast;
using namespace hindcast::store;
using namespace hindcast::store::test;

/// A page of a density level, and what all of them take.
class TestDensityPage : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::string path(const QString& name) const { return folder_.filePath(name).toStdString(); }

private slots:
    void aPageIsReadAsItWasWritten()
    {
        std::mt19937_64 random(1);
        for (int types = 1; types < 40; types += 3) {
            std::map<std::pair<std::uint32_t, std::int64_t>, std::uint32_t> made;
            for (int i = 0; i < 400; ++i) {
                const auto row = DensityRow::of(TypeId{static_cast<std::uint32_t>(random() % static_cast<unsigned>(types))},
                                                random() % 9 == 0);
                made[{row, static_cast<std::int64_t>(random() % 256)}] = 1 + static_cast<std::uint32_t>(random() % 300);
            }
            made[{DensityRow::kRejects, 255}] = 5;
            std::vector<DensityCell> cells;
            for (const auto& [key, count] : made) cells.push_back({key.second - 512, key.first, count});
            const std::string stored = encodeDensityPage(cells);
            std::map<std::pair<std::uint32_t, std::int64_t>, std::uint32_t> read;
            std::array<std::uint64_t, 256> all{};
            bool sums = false;
            DensityPageReader reader(stored);
            while (reader.next()) {
                sums = sums || DensityRow::isSum(reader.row());
                reader.cells([&](std::uint32_t bucket, std::uint32_t count) {
                    if (reader.row() == DensityRow::kAll)
                        all[bucket] = count;
                    else if (!DensityRow::isSum(reader.row()))
                        read[{reader.row(), bucket}] = count;
                });
            }
            QVERIFY(!reader.damaged());
            QVERIFY(read == made);
            if (!sums) continue;
            for (const auto& [key, count] : made)
                if (DensityRow::isType(key.first)) all[static_cast<std::size_t>(key.second)] -= count;
            QCOMPARE(std::ranges::count(all, 0U), 256);
        }
    }

    void damagedPagesAreToldAndNeverRunAway()
    {
        std::mt19937_64 random(2);
        std::vector<DensityCell> cells;
        for (std::uint32_t row = 2; row < 40; ++row)
            for (std::int64_t bucket = row % 3; bucket < 256; bucket += 3) cells.push_back({bucket, row, row});
        const std::string whole = encodeDensityPage(cells);
        const std::string waiting = encodeDensityCells(cells);
        for (int round = 0; round < 3000; ++round) {
            std::string broken = round % 2 == 0 ? whole : waiting;
            for (int i = 0; i < 3; ++i) broken[random() % broken.size()] = static_cast<char>(random());
            broken.resize(random() % (broken.size() + 1));
            DensityPageReader reader(broken);
            std::size_t read = 0;
            while (reader.next())
                reader.cells([&](std::uint32_t bucket, std::uint32_t) {
                    ++read;
                    if (bucket >= 256) read = SIZE_MAX / 2;
                });
            QVERIFY(read <= broken.size());
            std::vector<DensityCell> out;
            (void)decodeDensityCells(broken, out);
            QVERIFY(out.size() <= broken.size());
        }
    }

    void thePagesStaySmallBesideThePayload()
    {
        Open open(path("small"));
        std::mt19937_64 random(5);
        constexpr std::size_t kEvents = 60'000;
        const std::string filling(180, 'x');
        for (std::size_t i = 0; i < kEvents; ++i) {
            const std::string value = "{\"n\":\"" + filling + std::to_string(i) + "\"}";
            const std::string type = "type" + std::to_string(random() % 300);
            RawRecord record;
            record.offset = Offset{static_cast<std::int64_t>(i)};
            record.value = value;
            EventFacts facts;
            facts.entities = {{"", "user", "one"}};
            facts.type = type;
            facts.time = Timestamp::fromSeconds(1'600'000'000 + static_cast<std::int64_t>(i) * 600);
            QVERIFY(open.writer->append(open.part, record, {}, facts).has_value());
            if (i % 5'000 == 0) QVERIFY(open.writer->commit().has_value());
        }
        QVERIFY(open.writer->commit().has_value());
        auto connection = Connection::open(path("small"), Connection::Access::Read);
        const auto bytes = *(*connection)->integer("SELECT sum(length(data)) FROM density");
        QVERIFY2(bytes < static_cast<std::int64_t>(kEvents * 190 / 50) + 700'000, qPrintable(QString::number(bytes)));
    }
};

QTEST_GUILESS_MAIN(TestDensityPage)
#include "test_density_page.moc"
