#include "core/event/entity.h"
#include "core/event/event.h"
#include "core/event/facts.h"

#include <QTest>

#include <random>
#include <set>

using namespace hindcast;

class TestEntity : public QObject {
    Q_OBJECT
private slots:
    void textSplitsAtTheFirstSlash();
    void everyKeyReadsBack();
    void partsOfACompositeIdStayApart();
    void eventIdsOrderByPartThenOffset();
    void kindsHaveNames();
    void clearedFactsAreLikeNew();
};

void TestEntity::textSplitsAtTheFirstSlash()
{
    QCOMPARE((EntityKey{"user", "user-123"}.text()), std::string("user/user-123"));
    QCOMPARE((EntityKey{"a/b%c", "x/y%z"}.text()), std::string("a%2Fb%25c/x/y%z"));
    QCOMPARE(EntityKey::fromText("a%2fb%25c/x/y%z"), (EntityKey{"a/b%c", "x/y%z"}));
    QCOMPARE(EntityKey::fromText("public.users/7"), (EntityKey{"public.users", "7"}));
    QCOMPARE(EntityKey::fromText("user-123"), (EntityKey{"", "user-123"}));
    QCOMPARE(EntityKey::fromText("user/"), (EntityKey{"user", ""}));
    QCOMPARE(EntityKey::fromText("50%/1"), (EntityKey{"50%", "1"}));
}

void TestEntity::everyKeyReadsBack()
{
    std::mt19937 random(61);
    const auto text = [&random] {
        static constexpr std::string_view kBytes = "a%2F5,/%%";
        std::string made;
        for (std::size_t i = random() % 7; i > 0; --i) made += kBytes[random() % kBytes.size()];
        return made;
    };
    for (int i = 0; i < 20'000; ++i) {
        const EntityKey key{text(), text()};
        QCOMPARE(EntityKey::fromText(key.text()), key);
    }
}

void TestEntity::partsOfACompositeIdStayApart()
{
    CompositeId id;
    id.add("1");
    id.add("a,b");
    id.add("50%");
    QCOMPARE(id.text(), std::string("1,a%2Cb,50%25"));
    id.clear();
    id.add("");
    id.add("");
    QCOMPARE(id.text(), std::string(","));

    std::set<std::string> seen;
    for (const char* first : {"", "a", ",", "a,", "%2C", "%"})
        for (const char* second : {"", "a", ",", ",a", "%2C", "%"}) {
            CompositeId pair;
            pair.add(first);
            pair.add(second);
            seen.insert(pair.text());
        }
    QCOMPARE(seen.size(), std::size_t{36});
}

void TestEntity::eventIdsOrderByPartThenOffset()
{
    const EventId id(PartId{7}, Offset{EventId::kMaxOffset});
    QCOMPARE(id.part(), PartId{7});
    QCOMPARE(id.offset(), Offset{EventId::kMaxOffset});
    QVERIFY(id < EventId(PartId{8}, Offset{0}));
    QVERIFY(static_cast<std::int64_t>(EventId(PartId{EventId::kMaxPart}, Offset{EventId::kMaxOffset}).packed) > 0);
}

void TestEntity::kindsHaveNames()
{
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < kEventKinds; ++i) names.insert(nameOf(static_cast<EventKind>(i)));
    QCOMPARE(names.size(), kEventKinds);
    QCOMPARE(nameOf(EventKind::Tombstone), std::string_view("tombstone"));
}

void TestEntity::clearedFactsAreLikeNew()
{
    EventFacts facts;
    facts.entities.push_back({"server", "user", "1"});
    facts.type = "Made";
    facts.kind = EventKind::Delete;
    facts.time = Timestamp{5};
    facts.timeIsBrokers = true;
    facts.order = {1, 2, 3};
    facts.wire = Wire::Json;
    facts.payload = facts.domainVersion = facts.correlation = facts.causation = facts.transaction = "x";
    facts.databaseTime = Timestamp{6};
    facts.linkedTo = facts.linkedFrom = EntityRef{"a", "b", "c"};
    facts.decodedAs = "JSON";
    facts.reject = "no";
    facts.clear();
    QVERIFY(facts.entities.empty() && facts.type.empty() && facts.kind == EventKind::Plain && facts.time == Timestamp{});
    QVERIFY(!facts.timeIsBrokers && facts.order.absent() && facts.wire == Wire::None);
    QVERIFY(facts.payload.empty() && facts.domainVersion.empty() && facts.correlation.empty() && facts.causation.empty());
    QVERIFY(facts.transaction.empty() && !facts.databaseTime && !facts.linkedTo && !facts.linkedFrom);
    QVERIFY(facts.decodedAs.empty() && facts.reject.empty());
}

QTEST_APPLESS_MAIN(TestEntity)
#include "test_entity.moc"
