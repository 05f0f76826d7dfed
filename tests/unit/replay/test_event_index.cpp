#include "core/replay/event_index.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace hindcast;
using hindcast::replay::EventIndex;
using hindcast::replay::HistoryEvent;

namespace {

using Events = std::vector<HistoryEvent>;

HistoryEvent eventOf(std::uint32_t part, std::int64_t offset)
{
    HistoryEvent event;
    event.id = EventId(PartId{part}, Offset{offset});
    return event;
}

/// By walking: what the index is to find.
Version walked(const Events& events, EventId id)
{
    const auto found = std::ranges::find(events, id, &HistoryEvent::id);
    return found == events.end() ? Version{} : Version{static_cast<std::uint64_t>(found - events.begin()) + 1};
}

}  // namespace

class TestEventIndex : public QObject {
    Q_OBJECT
private slots:
    void nothingIsFoundWhereThereIsNothing()
    {
        const Events none;
        QVERIFY(EventIndex().isOf(none));
        QCOMPARE(EventIndex(none).find(none, EventId(PartId{1}, Offset{0})), Version{});
    }

    void whatWasPutTogetherByHandHasNone()
    {
        const Events events{eventOf(1, 0)};
        QVERIFY(!EventIndex().isOf(events));
        QVERIFY(EventIndex(events).isOf(events));
    }

    void everyEventIsFoundWhereItStandsAndNoOther_data()
    {
        QTest::addColumn<int>("parts");
        QTest::addColumn<bool>("mixed");  // within a part, too: rows that their database had in another order
        QTest::newRow("one part in its order") << 1 << false;
        QTest::newRow("several parts, each in its order") << 5 << false;
        QTest::newRow("one part in another order") << 1 << true;
        QTest::newRow("several parts in another order") << 5 << true;
    }
    void everyEventIsFoundWhereItStandsAndNoOther()
    {
        QFETCH(int, parts);
        QFETCH(bool, mixed);
        std::mt19937 random(11);
        for (const int size : {1, 2, 3, 50, 400}) {
            Events events;
            std::vector<std::int64_t> next(static_cast<std::size_t>(parts));
            for (int i = 0; i < size; ++i) {
                const auto part = random() % static_cast<unsigned>(parts);
                next[part] += 1 + static_cast<std::int64_t>(random() % 3);  // compacted: some offsets are nobody's
                events.push_back(eventOf(part + 1, next[part]));
            }
            if (mixed) std::ranges::shuffle(events, random);
            const EventIndex index(events);
            for (std::uint32_t part = 0; part <= static_cast<std::uint32_t>(parts) + 1; ++part)
                for (std::int64_t offset = 0; offset <= 3 * size; ++offset) {
                    const EventId id(PartId{part}, Offset{offset});
                    QCOMPARE(index.find(events, id), walked(events, id));
                }
        }
    }
};

QTEST_GUILESS_MAIN(TestEventIndex)
#include "test_event_index.moc"
