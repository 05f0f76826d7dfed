#include "core/store/chunk.h"
#include "core/store/posting_block.h"
#include "core/store/ranges.h"

#include <QTest>

#include <random>

using namespace hindcast;
using namespace hindcast::store;

/// What is packed comes out as it went in, and damage is told, never trusted.
class TestBlocks : public QObject {
    Q_OBJECT

private slots:
    void aChunkGivesItsRecordsBackToTheByte()
    {
        std::mt19937_64 random(1);
        for (int round = 0; round < 200; ++round) {
            ChunkBuilder builder;
            std::vector<std::string> bytes;
            std::vector<RawRecord> records;
            std::vector<std::vector<Header>> headers;
            bytes.reserve(2000);
            std::int64_t offset = static_cast<std::int64_t>(random() % 1'000'000'000);
            const auto text = [&](std::size_t longest) -> std::string_view {
                std::string each(random() % longest, '\0');
                for (char& c : each) c = static_cast<char>(random());
                return bytes.emplace_back(std::move(each));
            };
            const std::size_t count = random() % ChunkBuilder::kMaxRecords + 1;
            for (std::size_t i = 0; i < count; ++i) {
                RawRecord record;
                record.offset = Offset{offset};
                offset += 1 + static_cast<std::int64_t>(random() % (round % 3 == 0 ? 1000 : 1));
                record.timestampKind = static_cast<TimestampKind>(random() % (round % 2 == 0 ? 3 : 1));
                record.timestamp = Timestamp{static_cast<std::int64_t>(random()) / (round % 5 == 0 ? 1 : 1'000'000'000) * 1};
                if (random() % 4 != 0) record.key = text(20);
                if (random() % 5 != 0) record.value = text(300);
                if (random() % 9 == 0) record.defect = text(30);
                auto& list = headers.emplace_back();
                for (std::uint64_t h = random() % 3; h > 0; --h) {
                    Header header{text(10), std::nullopt};
                    if (random() % 2 == 0) header.value = text(10);
                    list.push_back(header);
                }
                record.headerCount = static_cast<std::uint32_t>(list.size());
                builder.add(record, list.data());
                records.push_back(record);
            }
            const std::string stored = builder.encode();
            const auto chunk = Chunk::decode(builder.first(), stored);
            QVERIFY(chunk != nullptr);
            QCOMPARE(chunk->size(), count);
            for (std::size_t i = 0; i < count; ++i) {
                const RawRecord got = chunk->record(i);
                QVERIFY(got.offset == records[i].offset && got.timestamp == records[i].timestamp);
                QVERIFY(got.timestampKind == records[i].timestampKind);
                QVERIFY(got.key == records[i].key && got.value == records[i].value && got.defect == records[i].defect);
                QCOMPARE(got.headerCount, records[i].headerCount);
                for (std::uint32_t h = 0; h < got.headerCount; ++h) {
                    QVERIFY(chunk->headers(got)[h].name == headers[i][h].name);
                    QVERIFY(chunk->headers(got)[h].value == headers[i][h].value);
                }
                QCOMPARE(chunk->find(got.offset), std::optional<std::size_t>(i));
            }
        }
    }

    void bytesOfAnySizeComeBackFromOneReusedBuffer()
    {
        Buffer buffer;
        std::string stored;
        for (const std::size_t size : {0, 1, 5, 20, 50, 90, 95, 96, 97, 200, 5000, 60, 100'000, 3}) {
            std::string content(size, '\0');
            for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>(i * i * 31 + size);
            compress(stored, content);
            QVERIFY(decompress(buffer, stored, kPadding));
            QVERIFY(buffer.view().substr(0, size) == content);
            QCOMPARE(buffer.size(), size + kPadding);
        }
    }

    void damagedChunksAreRefusedWithoutReadingBeyondTheirBytes()
    {
        ChunkBuilder builder;
        for (int i = 0; i < 100; ++i) {
            RawRecord record;
            record.offset = Offset{i};
            record.key = "user-1";
            record.value = R"({"event_type":"UserRegistered","user_id":"user-1"})";
            builder.add(record, nullptr);
        }
        const std::string whole = builder.encode();
        for (std::size_t cut = 0; cut < whole.size(); ++cut)
            QVERIFY(Chunk::decode(Offset{0}, std::string_view(whole).substr(0, cut)) == nullptr);
        std::mt19937_64 random(2);
        for (int i = 0; i < 5000; ++i) {
            std::string broken = whole;
            broken[random() % broken.size()] ^= static_cast<char>(1 + random() % 255);
            // Some bits of a frame mean nothing; what is readable is what was stored, never something else.
            const auto chunk = Chunk::decode(Offset{0}, broken);
            if (chunk == nullptr) continue;
            QCOMPARE(chunk->size(), std::size_t{100});
            for (std::size_t at = 0; at < chunk->size(); ++at)
                QVERIFY(chunk->record(at).key == "user-1" &&
                        chunk->record(at).value == R"({"event_type":"UserRegistered","user_id":"user-1"})");
        }
    }

    void postingsOfManyEntitiesComeBackWhole()
    {
        std::mt19937_64 random(3);
        for (int round = 0; round < 100; ++round) {
            std::vector<EntityPosting> postings;
            std::uint32_t entity = 0;
            for (int e = 0; e < 20; ++e) {
                entity += 1 + static_cast<std::uint32_t>(random() % 1000);
                std::uint64_t id = random() % 1'000'000;
                for (std::uint64_t n = 1 + random() % 60; n > 0; --n) {
                    id += 1 + random() % 300;
                    EntityPosting each;
                    each.entity = EntityId{entity};
                    const auto step = round % 3 == 0 ? 1 : round % 3 == 1 ? 1'000 : 1'000'000;
                    each.posting = {EventId{id},
                                    Timestamp{static_cast<std::int64_t>(random() >> 2) / step * step - INT64_MAX / 4},
                                    TypeId{static_cast<std::uint32_t>(random() % 300)},
                                    static_cast<EventKind>(random() % kEventKinds),
                                    random() % 2 == 0,
                                    random() % 7 == 0};
                    if (random() % 2 == 0) each.order = {random(), random(), static_cast<std::uint32_t>(random())};
                    postings.push_back(each);
                }
            }
            const std::string stored = encodePostings(postings);
            std::vector<EntityPosting> got;
            QVERIFY(decodePostings(stored, got));
            QCOMPARE(got.size(), postings.size());
            for (std::size_t i = 0; i < got.size(); ++i) {
                const auto &a = got[i], &b = postings[i];
                QVERIFY(a.entity == b.entity && a.posting.id == b.posting.id && a.posting.time == b.posting.time);
                QVERIFY(a.posting.type == b.posting.type && a.posting.kind == b.posting.kind &&
                        a.posting.primary == b.posting.primary);
                QVERIFY(a.posting.reject == b.posting.reject && a.order == b.order);
            }
            std::string cut = stored;
            cut.resize(cut.size() / 2);
            got.clear();
            QVERIFY(!decodePostings(cut, got));
        }
    }

    void statsComeBackWhole()
    {
        std::vector<EntityStat> stats{{EntityId{3}, 7, Timestamp{-5}, Timestamp{INT64_MAX}},
                                      {EntityId{90}, 0, Timestamp::max(), Timestamp::min()}};
        std::vector<EntityStat> got;
        QVERIFY(decodeStats(encodeStats(stats), got));
        QCOMPARE(got.size(), std::size_t{2});
        for (std::size_t i = 0; i < 2; ++i)
            QVERIFY(got[i].entity == stats[i].entity && got[i].count == stats[i].count && got[i].first == stats[i].first &&
                    got[i].last == stats[i].last);
    }

    void rangesThatTouchBecomeOne()
    {
        std::mt19937_64 random(4);
        for (int round = 0; round < 300; ++round) {
            std::vector<Range> ranges;
            std::vector<bool> naive(200);
            for (int i = 0; i < 20; ++i) {
                const auto from = static_cast<std::int64_t>(random() % 190);
                const auto to = from + static_cast<std::int64_t>(random() % 10);
                addRange(ranges, {Offset{from}, Offset{to}});
                for (auto at = from; at < to; ++at) naive[static_cast<std::size_t>(at)] = true;
            }
            std::vector<Range> expected;
            for (std::int64_t at = 0; at < 200; ++at) {
                if (!naive[static_cast<std::size_t>(at)]) continue;
                if (!expected.empty() && expected.back().to.value == at)
                    expected.back().to = Offset{at + 1};
                else
                    expected.push_back({Offset{at}, Offset{at + 1}});
            }
            QVERIFY(ranges == expected);
            QVERIFY(decodeRanges(encodeRanges(ranges)) == ranges);
        }
    }
};

QTEST_APPLESS_MAIN(TestBlocks)
#include "test_blocks.moc"
