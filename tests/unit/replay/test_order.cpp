#include "core/replay/history.h"
#include "tests/unit/replay/test_log.h"

#include <QElapsedTimer>
#include <QObject>

#include <algorithm>
#include <numeric>
#include <ranges>

using namespace hindcast;
using namespace hindcast::test;
using hindcast::replay::HistoryEvent;
using hindcast::replay::orderHistory;

namespace {

/// One record of the entity as the source holds it: where it stands by name, and what it says.
struct Told {
    int topic = 0;
    int partition = 0;
    std::int64_t offset = 0;
    std::int64_t time = 0;
    EventKind kind = EventKind::Plain;
    SourceOrder order = {};
    bool reject = false;

    [[nodiscard]] std::string name() const
    {
        return std::to_string(topic) + "/" + std::to_string(partition) + "@" + std::to_string(offset);
    }
    [[nodiscard]] std::pair<int, int> part() const { return {topic, partition}; }
};

constexpr int kPartitions = 4;

/// Numbers the parts in an order of arrival and gives what the index would hold then.
struct Arrived {
    store::Postings postings;
    std::vector<std::uint32_t> ranks;
    std::map<EventId, std::string> names;

    Arrived(const std::vector<Told>& told, std::uint32_t seed, bool withOrders)
    {
        std::vector<std::uint32_t> partIds(kPartitions * kPartitions);
        std::iota(partIds.begin(), partIds.end(), 1u);
        std::shuffle(partIds.begin(), partIds.end(), std::mt19937(seed));
        ranks.assign(partIds.size() + 1, UINT32_MAX);
        for (std::size_t i = 0; i < partIds.size(); ++i) ranks[partIds[i]] = static_cast<std::uint32_t>(i);
        std::vector<std::pair<store::Posting, SourceOrder>> lines;
        for (const Told& one : told) {
            const PartId part{
                partIds[static_cast<std::size_t>(one.topic) * kPartitions + static_cast<std::size_t>(one.partition)]};
            store::Posting posting;
            posting.id = EventId(part, Offset{one.offset});
            posting.time = Timestamp{one.time};
            posting.kind = one.kind;
            posting.reject = one.reject;
            lines.emplace_back(posting, one.order);
            names[posting.id] = one.name();
        }
        std::sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.first.id < b.first.id; });
        for (const auto& [posting, order] : lines) {
            postings.items.push_back(posting);
            if (withOrders) postings.orders.push_back(order);
        }
    }
    [[nodiscard]] std::vector<std::string> ordered() const
    {
        std::vector<std::string> list;
        Timestamp last = Timestamp::min();
        for (const HistoryEvent& event : orderHistory(postings, ranks)) {
            if (event.effective < last || event.effective < event.time) qFatal("effective time falls");
            last = event.effective;
            list.push_back(names.at(event.id));
        }
        return list;
    }
};

/// The contract word by word, on names: no part ids, no runs, no merging.
std::vector<std::string> naiveOrder(const std::vector<Told>& told)
{
    struct One {
        Told told;
        std::int64_t effective = 0;
        SourceOrder order;
        int afterDelete = 1;
        bool row = false;
    };
    std::vector<One> all;
    for (const Told& one : told) {
        if (one.reject) continue;
        // Its predecessors in the same partition, nearest last.
        std::vector<Told> before;
        for (const Told& other : told)
            if (!other.reject && other.part() == one.part() && other.offset < one.offset) before.push_back(other);
        std::sort(before.begin(), before.end(), [](const Told& a, const Told& b) { return a.offset < b.offset; });
        if (one.kind == EventKind::Tombstone && !before.empty() && before.back().kind == EventKind::Delete) continue;
        One made{one, one.time, one.order, 1, one.kind != EventKind::Plain && one.kind != EventKind::Tombstone};
        // An absorbed tombstone is no predecessor.
        std::vector<Told> counted;
        for (const Told& other : before) {
            const bool absorbed = other.kind == EventKind::Tombstone && !counted.empty() &&
                                  counted.back().kind == EventKind::Delete &&
                                  (&other == before.data() || (&other - 1)->kind == EventKind::Delete);
            if (!absorbed) counted.push_back(other);
        }
        for (const Told& other : counted) made.effective = std::max(made.effective, other.time);
        const auto afterDelete = [](const Told& t) { return t.kind == EventKind::Delete && !t.order.absent() ? 0 : 1; };
        made.afterDelete = afterDelete(one);
        if (one.kind == EventKind::Tombstone) {
            // Takes the place of the last row change before it in its partition, through other tombstones.
            for (const Told& other : std::views::reverse(counted)) {
                if (other.kind == EventKind::Tombstone) continue;
                if (other.kind != EventKind::Plain) {
                    made.row = true;
                    made.order = other.order;
                    made.afterDelete = afterDelete(other);
                }
                break;
            }
        }
        all.push_back(made);
    }
    const auto byTime = [](const One& a, const One& b) {
        return std::tie(a.effective, a.told.topic, a.told.partition, a.told.offset) <
               std::tie(b.effective, b.told.topic, b.told.partition, b.told.offset);
    };
    std::vector<One> rows;
    std::vector<One> plain;
    for (const One& one : all) (one.row ? rows : plain).push_back(one);
    std::stable_sort(rows.begin(), rows.end(), [&](const One& a, const One& b) {
        if (a.order != b.order) return a.order < b.order;
        if (a.afterDelete != b.afterDelete) return a.afterDelete < b.afterDelete;
        return byTime(a, b);
    });
    for (std::size_t i = 1; i < rows.size(); ++i) rows[i].effective = std::max(rows[i].effective, rows[i - 1].effective);
    std::stable_sort(plain.begin(), plain.end(), byTime);
    std::vector<std::string> names;
    while (!rows.empty() || !plain.empty()) {
        auto& from = plain.empty() || (!rows.empty() && byTime(rows.front(), plain.front())) ? rows : plain;
        names.push_back(from.front().told.name());
        from.erase(from.begin());
    }
    return names;
}

std::vector<Told> randomRecords(std::mt19937& random, bool rows, bool plain)
{
    const auto below = [&](std::uint32_t n) { return static_cast<std::int64_t>(random() % n); };
    std::vector<Told> told;
    std::map<std::pair<int, int>, std::int64_t> next;
    std::uint64_t lsn = 100;
    for (std::int64_t i = below(40); i >= 0; --i) {
        Told one;
        one.topic = static_cast<int>(below(3));
        one.partition = static_cast<int>(below(kPartitions));
        one.offset = next[one.part()]++;
        one.time = below(20);
        one.reject = below(12) == 0;
        const bool row = rows && (!plain || below(3) > 0);
        if (row) {
            constexpr EventKind kKinds[] = {EventKind::Create, EventKind::Update, EventKind::Update, EventKind::Delete,
                                            EventKind::Snapshot};
            one.kind = kKinds[below(5)];
            if (below(3) > 0) ++lsn;
            one.order = below(6) == 0 ? SourceOrder{} : SourceOrder{lsn / 4 + static_cast<std::uint64_t>(below(3)), lsn, 0};
        } else if (below(5) == 0) {
            one.kind = EventKind::Tombstone;
        }
        told.push_back(one);
        if (one.kind == EventKind::Delete && below(2) == 0) {
            Told tombstone = one;
            tombstone.offset = next[one.part()]++;
            tombstone.kind = EventKind::Tombstone;
            tombstone.order = {};
            tombstone.reject = false;
            told.push_back(tombstone);
        }
    }
    return told;
}

std::string joined(const std::vector<std::string>& names)
{
    std::string all;
    for (const std::string& name : names) all += name + " ";
    return all;
}

std::string orderOf(const std::vector<Told>& told) { return joined(Arrived(told, 1, true).ordered()); }

}  // namespace

class OrderTest : public QObject {
    Q_OBJECT

private slots:
    void everyArrivalGivesTheSameOrderAsTheNaiveReference_data()
    {
        QTest::addColumn<bool>("rows");
        QTest::addColumn<bool>("plain");
        QTest::newRow("plain events") << false << true;
        QTest::newRow("database rows") << true << false;
        QTest::newRow("both") << true << true;
    }
    void everyArrivalGivesTheSameOrderAsTheNaiveReference()
    {
        QFETCH(bool, rows);
        QFETCH(bool, plain);
        std::mt19937 random(2024);
        for (int round = 0; round < 1500; ++round) {
            const std::vector<Told> told = randomRecords(random, rows, plain);
            const std::string expected = joined(naiveOrder(told));
            for (std::uint32_t arrival = 0; arrival < 4; ++arrival)
                COMPARE_TEXT(joined(Arrived(told, random(), rows).ordered()), expected);
        }
    }

    void withinAPartitionOffsetsRuleWhateverTheTimesSay()
    {
        COMPARE_TEXT(orderOf({{0, 0, 0, 50}, {0, 0, 1, 10}, {0, 1, 0, 20}}), std::string("0/1@0 0/0@0 0/0@1 "));
        COMPARE_TEXT(orderOf({{0, 0, 0, 5}, {1, 0, 0, 5}, {0, 1, 0, 5}}), std::string("0/0@0 0/1@0 1/0@0 "));
    }

    void aKeyChangeAcrossPartitionsPutsTheDeleteFirst()
    {
        const SourceOrder same{7, 9, 0};
        COMPARE_TEXT(orderOf({{0, 0, 0, 5, EventKind::Create, same}, {0, 1, 0, 5, EventKind::Delete, same}}),
                     std::string("0/1@0 0/0@0 "));
    }

    void aLateSnapshotReadStandsBeforeNewerChanges()
    {
        COMPARE_TEXT(orderOf({{0, 0, 0, 5, EventKind::Create, {3, 3, 0}},
                              {0, 0, 1, 6, EventKind::Update, {4, 4, 0}},
                              {0, 0, 2, 7, EventKind::Snapshot, {}}}),
                     std::string("0/0@2 0/0@0 0/0@1 "));
    }

    void rowsWithoutASourcePositionGoByThePlainRule()
    {
        COMPARE_TEXT(orderOf({{0, 0, 0, 5, EventKind::Create}, {0, 0, 1, 5, EventKind::Delete}, {0, 0, 2, 5, EventKind::Create}}),
                     std::string("0/0@0 0/0@1 0/0@2 "));
    }

    void aTombstoneBelongsToTheDeleteBeforeItOrStandsForItself()
    {
        const SourceOrder first{1, 1, 0};
        const SourceOrder second{2, 2, 0};
        COMPARE_TEXT(
            orderOf(
                {{0, 0, 0, 1, EventKind::Delete, first}, {0, 0, 1, 2, EventKind::Tombstone}, {0, 0, 2, 3, EventKind::Tombstone}}),
            std::string("0/0@0 0/0@2 "));
        // On a row's topic it keeps its predecessor's place, before what another partition holds with a higher position.
        COMPARE_TEXT(orderOf({{0, 0, 0, 1, EventKind::Create, first},
                              {0, 0, 1, 900, EventKind::Tombstone},
                              {0, 1, 0, 3, EventKind::Create, second}}),
                     std::string("0/0@0 0/0@1 0/1@0 "));
        COMPARE_TEXT(orderOf({{0, 0, 0, 1}, {0, 0, 1, 2, EventKind::Tombstone}, {0, 0, 2, 3}}),
                     std::string("0/0@0 0/0@1 0/0@2 "));
    }

    void theVersionAsOfAnInstantTakesThatInstantIn()
    {
        const Arrived arrived({{0, 0, 0, 10}, {0, 0, 1, 30}, {0, 0, 2, 20}, {0, 0, 3, 40}}, 1, false);
        replay::History history;
        history.events = orderHistory(arrived.postings, arrived.ranks);
        const auto at = [&](std::int64_t ns) { return history.versionAt(Timestamp{ns}).value; };
        QCOMPARE(at(9), 0u);
        QCOMPARE(at(10), 1u);
        QCOMPARE(at(20), 1u);  // the third came behind one of 30
        QCOMPARE(at(30), 3u);
        QCOMPARE(at(40), 4u);
        QCOMPARE(at(INT64_MAX), 4u);
    }

    void aMillionEventsAreOrderedInNoTime()
    {
        store::Postings postings;
        for (std::int64_t i = 0; i < 1'000'000; ++i) {
            store::Posting posting;
            posting.id = EventId(PartId{static_cast<std::uint32_t>(1 + (i * 6) / 1'000'000)}, Offset{i % 166'667});
            posting.time = Timestamp{(i % 166'667) * 1000};
            postings.items.push_back(posting);
        }
        QElapsedTimer timer;
        timer.start();
        const auto spread = orderHistory(postings, {9, 1, 2, 3, 4, 5, 6});
        const auto six = timer.elapsed();
        for (std::int64_t i = 0; i < 1'000'000; ++i)
            postings.items[static_cast<std::size_t>(i)].id = EventId(PartId{1}, Offset{i});
        timer.restart();
        const auto single = orderHistory(postings, {9, 1});
        qInfo("1 M events: 6 partitions %lld ms, one %lld ms", static_cast<long long>(six),
              static_cast<long long>(timer.elapsed()));
        QCOMPARE(spread.size(), std::size_t{1'000'000});
        QCOMPARE(single.size(), std::size_t{1'000'000});
        QVERIFY(
            std::is_sorted(spread.begin(), spread.end(), [](const auto& a, const auto& b) { return a.effective < b.effective; }));
    }
};

QTEST_APPLESS_MAIN(OrderTest)
#include "test_order.moc"
