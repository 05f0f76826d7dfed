#include "core/store/density_page.h"
#include "core/store/schema.h"
#include "core/store/store.h"

#include <QTemporaryDir>
#include <QTest>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <map>
#include <random>

using namespace hindcast;
using namespace hindcast::store;

namespace {

__extension__ typedef __int128 Wide;

struct Made {
    std::string type, entity;
    Timestamp time;
    EventKind kind = EventKind::Plain;
    int entities = 1;
    bool reject = false;
    [[nodiscard]] bool death() const
    {
        return kind == EventKind::Delete || kind == EventKind::Truncate || kind == EventKind::Tombstone;
    }
};

/// How the times of a history lie.
enum class Shape { Steady, Bursts, Jumps, Extreme, Thick };

Timestamp timeOf(Shape shape, std::mt19937_64& random, int i)
{
    constexpr std::int64_t kStart = 1'700'000'000'000'000'000;
    const auto any = static_cast<std::int64_t>(random());
    switch (shape) {
        case Shape::Steady: return {kStart + std::int64_t{i} * 20'000'000};
        case Shape::Bursts: return {kStart + (i / 500) * 3'600'000'000'000 + any % 2'000'000'000};
        case Shape::Jumps: return {kStart + any % 90'000'000'000'000'000};
        case Shape::Extreme: return {i % 7 == 0 ? any : (i % 2 == 0 ? -1 : 1) * (any & 0xffffff)};
        case Shape::Thick: return {kStart + any % 1'000'000};
    }
    return {};
}

std::vector<Made> history(Shape shape, int count, int types, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::vector<Made> made;
    for (int i = 0; i < count; ++i) {
        Made each;
        each.type = "type" + std::to_string(random() % static_cast<std::uint64_t>(types));
        each.entity = "id-" + std::to_string(random() % 90);
        each.time = timeOf(shape, random, i);
        if (random() % 40 == 0) each.time = Timestamp{random() % 2 == 0 ? 0 : INT64_MAX};
        if (random() % 50 == 0)
            each.kind = random() % 2 == 0 ? EventKind::Delete : EventKind::Truncate;
        else if (random() % 60 == 0)
            each.kind = EventKind::Tombstone;
        each.reject = random() % 70 == 0;
        each.entities = static_cast<int>(random() % 3);
        made.push_back(std::move(each));
    }
    return made;
}

void factsOf(const Made& made, EventFacts& facts)
{
    facts.type = made.type;
    facts.time = made.time;
    facts.kind = made.kind;
    static constexpr const char* kCategories[] = {"user", "order"};
    // A tombstone's entity must be no table row here: then it is a death of its own.
    const bool row = made.kind == EventKind::Delete || made.kind == EventKind::Truncate;
    for (int i = 0; i < made.entities; ++i) facts.entities.push_back({"", row ? "table" : kCategories[i], made.entity});
    if (made.reject) facts.reject = "no";
}

std::string valueOf(std::size_t i, const Made& made)
{
    return "{\"n\":" + std::to_string(i) + ",\"of\":\"" + made.entity + "\"}";
}

void append(Writer& writer, PartId part, std::size_t i, const Made& made, Writer::Appended expected = Writer::Appended::Stored)
{
    const std::string value = valueOf(i, made);
    RawRecord record;
    record.offset = Offset{static_cast<std::int64_t>(i)};
    record.value = value;
    EventFacts facts;
    factsOf(made, facts);
    const auto done = writer.append(part, record, {}, facts);
    QVERIFY(done.has_value());
    QCOMPARE(*done, expected);
}

/// The plain truth: the times of what a query counts, sorted.
std::vector<std::int64_t> timesOf(const std::vector<Made>& made, const std::function<bool(const Made&)>& wanted)
{
    std::vector<std::int64_t> times;
    for (const Made& each : made)
        if (each.time.isKnown() && wanted(each)) times.push_back(each.time.ns);
    std::ranges::sort(times);
    return times;
}

std::int64_t before(const std::vector<std::int64_t>& times, Wide limit)
{
    if (limit > INT64_MAX) return static_cast<std::int64_t>(times.size());
    if (limit < INT64_MIN) return 0;
    return std::ranges::lower_bound(times, static_cast<std::int64_t>(limit)) - times.begin();
}

/// Whatever stretch of columns is added up: at least the events that lie a bucket within, at most those a bucket around.
void compare(const Density& density, const std::uint32_t* row, const std::vector<std::int64_t>& times, bool whole)
{
    const Wide span = static_cast<Wide>(density.to.ns) - density.from.ns;
    const auto edge = [&](std::size_t column) { return density.from.ns + span * static_cast<int>(column) / density.columns; };
    std::uint64_t sum = 0;
    std::mt19937_64 random(3);
    std::vector<std::uint64_t> until{0};
    for (std::size_t i = 0; i < density.columns; ++i) until.push_back(sum += row[i]);
    if (whole) QCOMPARE(sum, times.size());
    for (int round = 0; round < 300; ++round) {
        std::size_t i = round < 150 ? 0 : random() % density.columns;
        std::size_t j = random() % density.columns + 1;
        if (i > j) std::swap(i, j);
        const auto counted = static_cast<std::int64_t>(until[j] - until[i]);
        const Wide slack = static_cast<Wide>(density.bucketNs) + 2;
        const std::int64_t least = before(times, edge(j) - slack) - before(times, edge(i) + slack);
        const std::int64_t most = before(times, edge(j) + slack) - before(times, edge(i) - slack);
        QVERIFY2(
            counted >= least && counted <= most,
            qPrintable(QStringLiteral("columns %1 to %2: %3, not %4 to %5").arg(i).arg(j).arg(counted).arg(least).arg(most)));
    }
}

void check(Store& store, const std::vector<Made>& made)
{
    auto reader = store.reader();
    QVERIFY(reader.has_value());
    const auto event = [](const Made& each) { return !each.reject; };
    const auto events = timesOf(made, event);
    const auto counts = (*reader)->counts();
    QVERIFY(counts.has_value());
    QCOMPARE(counts->events, static_cast<std::uint64_t>(std::ranges::count_if(made, event)));
    if (events.empty()) return;
    QCOMPARE(counts->firstTime->ns, events.front());
    QCOMPARE(counts->lastTime->ns, events.back());
    const auto types = (*reader)->types();
    QVERIFY(types.has_value());
    for (const std::uint32_t columns : {1U, 7U, 333U, 1500U}) {
        DensityQuery query{*counts->firstTime, Timestamp{counts->lastTime->ns + 1}, columns, 6, {}, false};
        auto whole = (*reader)->density(query);
        QVERIFY(whole.has_value());
        QVERIFY(whole->available);
        QCOMPARE(whole->unplaced, counts->events - events.size());
        compare(*whole, whole->total.data(), events, true);
        compare(*whole, whole->deaths.data(), timesOf(made, [](const Made& each) { return !each.reject && each.death(); }), true);
        QCOMPARE(whole->types.size(), std::min<std::size_t>(6, types->size()));
        for (std::size_t t = 0; t < whole->types.size(); ++t) {
            const std::string name = (*types)[whole->types[t].value].name;
            compare(*whole, &whole->counts[t * columns],
                    timesOf(made, [&](const Made& each) { return !each.reject && each.type == name; }), true);
        }
        // A part of it, at its own times.
        const std::int64_t from = events[events.size() / 3];
        const std::int64_t to = std::max(events[events.size() / 2], from + 1);
        query.from = Timestamp{from};
        query.to = Timestamp{to};
        auto part = (*reader)->density(query);
        QVERIFY(part.has_value());
        compare(*part, part->total.data(), events, false);
        // Rejects, wherever they lie.
        const auto rejects = timesOf(made, [](const Made& each) { return each.reject; });
        if (!rejects.empty()) {
            query.from = Timestamp{std::min(rejects.front(), events.front())};
            query.to = Timestamp{std::max(rejects.back(), events.back()) + 1};
            auto around = (*reader)->density(query);
            QVERIFY(around.has_value());
            std::uint64_t sum = 0;
            for (const std::uint32_t each : around->rejects) sum += each;
            QCOMPARE(sum, rejects.size());
        }
        // Without two types, and only these two.
        for (const bool only : {false, true}) {
            query = {*counts->firstTime, Timestamp{counts->lastTime->ns + 1}, columns, 6, {TypeId{0}, TypeId{1}}, only};
            auto filtered = (*reader)->density(query);
            QVERIFY(filtered.has_value());
            const auto shown = [&](const Made& each) {
                const bool named = each.type == (*types)[0].name || (types->size() > 1 && each.type == (*types)[1].name);
                return !each.reject && named == only;
            };
            compare(*filtered, filtered->total.data(), timesOf(made, shown), true);
        }
    }
}

struct Open {
    explicit Open(const std::string& path)
        : store(*Store::open(path, Mode::CreateOrOpen)),
          writer(*store->writer()),
          part(*writer->addPart(*writer->addSource("file", "a", "a", ""), "t", Partition{0})),
          other(*writer->addPart(*writer->addSource("file", "a", "a", ""), "t", Partition{1}))
    {
    }
    std::shared_ptr<Store> store;
    std::unique_ptr<Writer> writer;
    PartId part, other;
};

}  // namespace

class TestDensity : public QObject {
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

QTEST_GUILESS_MAIN(TestDensity)
#include "test_density.moc"
