#include "core/replay/completeness.h"
#include "tests/unit/replay/test_log.h"

#include <QObject>

using namespace hindcast;
using namespace hindcast::test;
using hindcast::replay::judgeCompleteness;

namespace {

store::Part part(std::uint32_t id, std::string topic, std::int32_t partition, std::vector<store::Range> read)
{
    store::Part made;
    made.id = PartId{id};
    made.source = SourceId{1};
    made.topic = std::move(topic);
    made.partition = Partition{partition};
    made.read = std::move(read);
    return made;
}

store::Range range(std::int64_t from, std::int64_t to) { return {Offset{from}, Offset{to}}; }

store::Posting posting(std::uint32_t partId, std::int64_t offset, bool reject = false)
{
    store::Posting made;
    made.id = EventId(PartId{partId}, Offset{offset});
    made.reject = reject;
    return made;
}

}  // namespace

class CompletenessTest : public QObject {
    Q_OBJECT

private slots:
    void aLifeReadFromTheStartOfAllItsPartitionsIsComplete()
    {
        std::vector<store::Part> parts{part(1, "orders", 0, {range(0, 100)}), part(2, "orders", 1, {range(0, 5)}),
                                       part(3, "users", 0, {range(7, 9)})};
        parts[2].logStart = Offset{7};
        QVERIFY(judgeCompleteness(parts, {posting(1, 4), posting(2, 0)}).complete);
        parts.push_back(part(4, "orders", 2, {}));  // an empty partition
        QVERIFY(judgeCompleteness(parts, {posting(1, 4)}).complete);
    }

    void whatIsMissingIsSaid_data()
    {
        QTest::addColumn<int>("lack");
        QTest::addColumn<QString>("because");
        QTest::newRow("retention")
            << 0 << "orders/1 begins at offset 1 200: earlier records were not there to be read (retention, or a slice)";
        QTest::newRow("late start") << 1 << "orders/1 was read from offset 2 000 000 (the last 24 hours)";
        QTest::newRow("hole") << 2 << "orders/1 lacks offsets 10 to 19: they were gone before they could be read";
        QTest::newRow("compaction") << 3 << "orders/1 is compacted: of a key's older events some may be gone";
        QTest::newRow("unread") << 4 << "orders/1 was not read from its start (live only)";
        QTest::newRow("another epoch") << 5 << "";
        QTest::newRow("reject") << 6 << "a record with its key at orders/0 offset 9 could not be decoded";
        QTest::newRow("rejects") << 7 << "2 records with its key could not be decoded, the first at orders/0 offset 8";
        QTest::newRow("several") << 8 << "a record with its key at orders/0 offset 9 could not be decoded; and 1 more reason";
    }
    void whatIsMissingIsSaid()
    {
        QFETCH(int, lack);
        QFETCH(QString, because);
        std::vector<store::Part> parts{part(1, "orders", 0, {range(0, 100)}), part(2, "orders", 1, {range(0, 50)})};
        std::vector<store::Posting> postings{posting(1, 4)};
        store::Part& other = parts[1];
        if (lack == 0) {
            other.logStart = Offset{1200};
            other.read = {range(1200, 1300)};
        } else if (lack == 1) {
            other.read = {range(2'000'000, 2'000'010)};
            other.startReason = "the last 24 hours";
        } else if (lack == 2) {
            other.read = {range(0, 10), range(20, 30)};
        } else if (lack == 3 || lack == 8) {
            other.compacted = true;
        } else if (lack == 4) {
            other.read.clear();
            other.startReason = "live only";
        } else if (lack == 5) {
            other.epoch = 1;
            other.read = {range(30, 40)};
        }
        if (lack == 7) postings.push_back(posting(1, 8, true));
        if (lack >= 6) postings.push_back(posting(1, 9, true));
        const replay::Completeness judged = judgeCompleteness(parts, postings);
        QCOMPARE(judged.reasons.size(), std::size_t{lack == 5 ? 0u : lack == 8 ? 2u : 1u});
        QCOMPARE(judged.complete, because.isEmpty());
        QCOMPARE(QString::fromStdString(judged.because), because);
    }

    void theReasonsOfItsOwnPartitionsComeFirst()
    {
        std::vector<store::Part> parts;
        for (std::uint32_t i = 0; i < 6; ++i) {
            parts.push_back(part(i + 1, "noisy", static_cast<std::int32_t>(i), {range(100, 200)}));
            parts.back().startReason = "began at time 2025-11-04T09:00:00.123456789Z";
        }
        const replay::Completeness judged = judgeCompleteness(parts, {posting(3, 120), posting(5, 130)});
        QCOMPARE(judged.reasons.size(), std::size_t{6});
        QVERIFY2(judged.because.starts_with("noisy/2 was read from offset 100 "), judged.because.c_str());
        QVERIFY(judged.reasons[1].starts_with("noisy/4 ") && judged.reasons[2].starts_with("noisy/0 "));
    }
};

QTEST_APPLESS_MAIN(CompletenessTest)
#include "test_completeness.moc"
