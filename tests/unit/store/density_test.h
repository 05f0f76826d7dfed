#pragma once
#include "core/store/store.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

// Made histories, and the plain counts that the density levels are compared with.
namespace hindcast::store::test {

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

inline Timestamp timeOf(Shape shape, std::mt19937_64& random, int i)
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

inline std::vector<Made> history(Shape shape, int count, int types, std::uint64_t seed)
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

inline void factsOf(const Made& made, EventFacts& facts)
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

inline std::string valueOf(std::size_t i, const Made& made)
{
    return "{\"n\":" + std::to_string(i) + ",\"of\":\"" + made.entity + "\"}";
}

inline void append(Writer& writer, PartId part, std::size_t i, const Made& made,
                   Writer::Appended expected = Writer::Appended::Stored)
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
inline std::vector<std::int64_t> timesOf(const std::vector<Made>& made, const std::function<bool(const Made&)>& wanted)
{
    std::vector<std::int64_t> times;
    for (const Made& each : made)
        if (each.time.isKnown() && wanted(each)) times.push_back(each.time.ns);
    std::ranges::sort(times);
    return times;
}

inline std::int64_t before(const std::vector<std::int64_t>& times, Wide limit)
{
    if (limit > INT64_MAX) return static_cast<std::int64_t>(times.size());
    if (limit < INT64_MIN) return 0;
    return std::ranges::lower_bound(times, static_cast<std::int64_t>(limit)) - times.begin();
}

/// Whatever stretch of columns is added up: at least the events that lie a bucket within, at most those a bucket around.
inline void compare(const Density& density, const std::uint32_t* row, const std::vector<std::int64_t>& times, bool whole)
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

inline void check(Store& store, const std::vector<Made>& made)
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

}  // namespace hindcast::store::test
