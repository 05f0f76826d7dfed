#include "core/store/store.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>

using namespace hindcast;
using namespace hindcast::store;

class TestRejectPages : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::shared_ptr<Store> store_;
    std::unique_ptr<Writer> writer_;
    std::unique_ptr<Reader> reader_;
    std::mt19937_64 random_{7};

    std::int64_t below(std::int64_t most) { return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(most)); }

    void append(PartId part, std::int64_t offset, bool reject)
    {
        RawRecord record;
        record.offset = Offset{offset};
        record.key = "user-1";
        record.value = reject ? "{cut" : "{}";
        EventFacts facts;
        if (!reject || offset % 2 == 0) facts.entities = {{"", "user", "user-1"}};
        facts.type = reject ? "reject" : "Seen";
        facts.time = Timestamp::fromMilliseconds(1'700'000'000'000 + offset);
        if (reject) facts.reject = "unexpected end at byte " + std::to_string(offset);
        QVERIFY(writer_->append(part, record, {}, facts).has_value());
        writer_->setProgress(part, Offset{offset + 1});
    }

    /// The page is the stretch of all of them that the query means.
    void compare(const RejectQuery& query)
    {
        const auto all = reader_->rejects();
        QVERIFY(all.has_value());
        const auto page = reader_->rejectPage(query);
        QVERIFY(page.has_value());
        const auto rowOf = [&](EventId id) { return std::ranges::lower_bound(*all, id, {}, &Reject::id) - all->begin(); };
        QCOMPARE(page->total, static_cast<std::int64_t>(all->size()));
        QCOMPARE(page->anchorRow.has_value(), query.anchor.has_value());
        if (query.anchor) QCOMPARE(*page->anchorRow, std::int64_t{rowOf(*query.anchor)});
        const std::int64_t first =
            std::clamp<std::int64_t>(query.first + page->anchorRow.value_or(0), 0, static_cast<std::int64_t>(all->size()));
        QCOMPARE(page->first, first);
        QCOMPARE(page->rows.size(), std::min(query.limit, all->size() - static_cast<std::size_t>(first)));
        for (std::size_t i = 0; i < page->rows.size(); ++i) {
            const Reject& expected = (*all)[static_cast<std::size_t>(first) + i];
            QVERIFY(page->rows[i].id == expected.id && page->rows[i].time == expected.time);
            QVERIFY(page->rows[i].reason == expected.reason && page->rows[i].entity == expected.entity);
        }
        const bool there = query.mark && std::ranges::binary_search(*all, *query.mark, {}, &Reject::id);
        QCOMPARE(page->markRow.has_value(), there);
        if (there) QCOMPARE(*page->markRow, std::int64_t{rowOf(*query.mark)});
    }

private slots:
    void init()
    {
        static int run = 0;
        writer_.reset();
        reader_.reset();
        store_ = *Store::open(folder_.filePath(QString::number(++run)).toStdString(), Mode::CreateOrOpen);
        writer_ = *store_->writer();
        reader_ = *store_->reader();
    }

    void withoutRejectsAPageIsEmpty()
    {
        compare({0, 10, {}, {}});
        compare({-5, 10, EventId(PartId{3}, Offset{17}), EventId(PartId{3}, Offset{17})});
    }

    void everyPageIsTheStretchOfAllThatItIsAskedFor()
    {
        const SourceId source = *writer_->addSource("file", "a", "a", "");
        std::vector<PartId> parts;
        for (int i = 0; i < 4; ++i) parts.push_back(*writer_->addPart(source, "t", Partition{i}));
        std::vector<std::int64_t> next(parts.size(), 0);
        // The third has none, the last has many; more come in before and behind what was looked at.
        const std::vector<int> sizes{60, 900, 40, 12'000};
        for (int step = 0; step < 4; ++step) {
            for (std::size_t part = 0; part < parts.size(); ++part)
                for (int i = 0; i < sizes[part]; ++i) append(parts[part], next[part]++, part != 2 && below(3) != 0);
            QVERIFY(writer_->commit().has_value());
            const std::int64_t total = reader_->rejectPage({})->total;
            QVERIFY(total > 1000);
            const auto someId = [&] {
                const auto part = static_cast<std::size_t>(below(4));
                return EventId(parts[part], Offset{below(next[part] + 5)});
            };
            for (int i = 0; i < 60; ++i) {
                const auto limit = static_cast<std::size_t>(below(50));
                compare({below(total + 20), limit, {}, i % 3 == 0 ? std::optional(someId()) : std::nullopt});
                compare({below(80) - 60, limit, someId(), i % 3 == 1 ? std::optional(someId()) : std::nullopt});
            }
            // Page after page, as one scrolls.
            for (std::int64_t row = 0; row < total; row += 700) compare({row, 40, {}, {}});
            for (std::int64_t row = total; row >= 0; row -= 700) compare({row, 40, {}, {}});
        }
    }
};

QTEST_GUILESS_MAIN(TestRejectPages)
#include "test_reject_pages.moc"
