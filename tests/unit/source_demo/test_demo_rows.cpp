#include "core/event/time.h"
#include "tests/unit/source_demo/demo_log.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace hindcast;

namespace {

constexpr const char* kUsers = "shop.public.users";
constexpr const char* kItems = "shop.public.order_items";

std::uint64_t lsnOf(const Json& payload) { return payload.at("source").at("lsn").get<std::uint64_t>(); }

}  // namespace

/// The database's side of the demo: what a Debezium connector would have written.
class TestDemoRows : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { demo_ = readDemo({}); }

    void envelopesHaveTheMembersOfDebezium37()
    {
        std::size_t rows = 0;
        for (const DemoRecord& record : demo_) {
            if ((record.topic != kUsers && record.topic != kItems) || !record.value) continue;
            ++rows;
            const Json payload = record.payload();
            for (const char* member : {"before", "after", "source", "transaction", "op", "ts_ms", "ts_us", "ts_ns"})
                QVERIFY(payload.contains(member));
            const Json& source = payload.at("source");
            for (const char* member : {"version", "connector", "name", "ts_ms", "snapshot", "db", "sequence", "ts_us", "ts_ns",
                                       "schema", "table", "txId", "lsn", "xmin", "origin", "origin_lsn"})
                QVERIFY(source.contains(member));
            QCOMPARE("shop.public." + textAt(source, "/table"), record.topic);
            QVERIFY(record.headers.contains("__debezium.context.connectorName"));
            const auto sequence = parseJson(textAt(source, "/sequence"));
            QVERIFY(sequence.has_value());
            QCOMPARE(sequence->size(), std::size_t{2});
            QCOMPARE((*sequence)[1].get<std::string>(), numberText(source.at("lsn")));
        }
        QVERIFY(rows > 10'000);
    }

    void theLogBeginsWithASnapshotOfUsers()
    {
        std::vector<std::string> marks;
        bool changed = false;
        for (const DemoRecord& record : demo_) {
            if ((record.topic != kUsers && record.topic != kItems) || !record.value) continue;
            const Json payload = record.payload();
            const bool read = textAt(payload, "/op") == "r";
            changed = changed || !read;
            QVERIFY(!read || !changed);
            if (read) marks.push_back(textAt(payload, "/source/snapshot"));
        }
        QCOMPARE(marks.size(), std::size_t{59});
        QCOMPARE(marks.front(), std::string("first"));
        QCOMPARE(marks[1], std::string("true"));
        QCOMPARE(marks.back(), std::string("last"));
    }

    void aUsersRowHasItsPredecessorsAfterAsBefore()
    {
        std::map<std::string, std::string> rows;
        for (const DemoRecord& record : demo_) {
            if (record.topic != kUsers || !record.value) continue;
            const Json payload = record.payload();
            const std::string op = textAt(payload, "/op");
            if (op == "r" || op == "c") {
                QVERIFY(!rows.contains(record.key));
                QVERIFY(payload.at("before").is_null());
            } else {
                QCOMPARE(toText(payload.at("before")), rows.at(record.key));
            }
            if (op == "d") {
                QVERIFY(payload.at("after").is_null());
                rows.erase(record.key);
            } else {
                rows[record.key] = toText(payload.at("after"));
            }
        }
        QVERIFY(rows.size() > 2'000);
    }

    void everyDeleteIsFollowedByItsTombstone()
    {
        std::map<std::pair<std::string, int>, std::string> open;  // the key that was deleted last in a partition
        std::size_t tombstones = 0;
        for (const DemoRecord& record : demo_) {
            if (record.topic != kUsers && record.topic != kItems) continue;
            std::string& deleted = open[{record.topic, record.partition}];
            if (!record.value) {
                QCOMPARE(record.key, deleted);
                deleted.clear();
                ++tombstones;
                continue;
            }
            QVERIFY(deleted.empty());
            if (textAt(record.payload(), "/op") == "d") deleted = record.key;
        }
        QVERIFY(tombstones > 300);
    }

    void changesComeInTheOrderOfTheDatabasesLog()
    {
        std::uint64_t lastLsn = 0;
        std::uint64_t lastTransaction = 0;
        std::int64_t lastCommit = 0;
        for (const DemoRecord& record : demo_) {
            if ((record.topic != kUsers && record.topic != kItems) || !record.value) continue;
            const Json payload = record.payload();
            QVERIFY(lsnOf(payload) >= lastLsn);
            const bool again = record.headers.contains("__debezium.oldkey") || textAt(payload, "/op") == "r";
            if (!again) QVERIFY(lsnOf(payload) > lastLsn);
            lastLsn = lsnOf(payload);
            const auto transaction = payload.at("source").at("txId").get<std::uint64_t>();
            QVERIFY(transaction >= lastTransaction);
            lastTransaction = transaction;
            const auto commit = payload.at("source").at("ts_ms").get<std::int64_t>();
            QVERIFY(commit >= lastCommit);
            QVERIFY(commit < record.brokerMs);
            lastCommit = commit;
        }
    }

    void rowSevenIsBornChangesAndDies()
    {
        std::vector<std::string> life;
        for (const DemoRecord& record : demo_)
            if (record.topic == kUsers && record.key == R"({"id":7})")
                life.push_back(record.value ? textAt(record.payload(), "/op") : "tombstone");
        QCOMPARE(life, (std::vector<std::string>{"c", "u", "u", "u", "u", "d", "tombstone"}));
    }

    void aChangedKeyIsADeleteATombstoneAndAnInsert()
    {
        std::vector<const DemoRecord*> parts;
        for (const DemoRecord& record : demo_)
            if (record.headers.contains("__debezium.newkey") || record.headers.contains("__debezium.oldkey"))
                parts.push_back(&record);
        QCOMPARE(parts.size(), std::size_t{3});
        const Json away = parts[0]->payload();
        const Json here = parts[2]->payload();
        QCOMPARE(parts[0]->key, std::string(R"({"id":12})"));
        QCOMPARE(parts[0]->headers.at("__debezium.newkey"), parts[2]->key);
        QCOMPARE(parts[2]->headers.at("__debezium.oldkey"), parts[0]->key);
        QVERIFY(!parts[1]->value);
        QCOMPARE(textAt(away, "/op"), std::string("d"));
        QCOMPARE(textAt(here, "/op"), std::string("c"));
        QCOMPARE(lsnOf(away), lsnOf(here));
        QCOMPARE(textAt(away, "/before/name"), textAt(here, "/after/name"));
        QCOMPARE(numberAt(here, "/after/id"), std::string("72"));
    }

    void transactionMarkersCountTheirEvents()
    {
        std::map<std::string, std::size_t> counted;  // by transaction
        std::set<std::string> begun;
        std::size_t ended = 0;
        for (const DemoRecord& record : demo_) {
            if (record.topic == "shop.transaction") {
                const Json payload = record.payload();
                const std::string id = textAt(payload, "/id").substr(0, textAt(payload, "/id").find(':'));
                if (textAt(payload, "/status") == "BEGIN") {
                    QVERIFY(begun.insert(id).second);
                    continue;
                }
                QVERIFY(begun.contains(id));
                QCOMPARE(payload.at("event_count").get<std::size_t>(), counted[id]);
                ++ended;
                continue;
            }
            if ((record.topic != kUsers && record.topic != kItems) || !record.value) continue;
            const Json payload = record.payload();
            const std::string id = numberAt(payload, "/source/txId");
            QCOMPARE(payload.at("transaction").is_null(), !begun.contains(id));
            if (!payload.at("transaction").is_null())
                QCOMPARE(payload.at("transaction").at("total_order").get<std::size_t>(), ++counted[id]);
        }
        QCOMPARE(ended, begun.size());
        QVERIFY(ended > 20 && ended < 1'000);
    }

    void anOrdersItemsAreInsertedInOneTransaction()
    {
        std::set<std::string> transactions;
        std::size_t items = 0;
        for (const DemoRecord& record : demo_) {
            if (record.topic != kItems || !record.value) continue;
            const Json payload = record.payload();
            if (textAt(payload, "/op") != "c" || numberAt(payload, "/after/order_id") != "8841") continue;
            ++items;
            QCOMPARE(record.key, R"({"order_id":8841,"line":)" + numberAt(payload, "/after/line") + "}");
            transactions.insert(numberAt(payload, "/source/txId"));
        }
        QCOMPARE(items, std::size_t{2});
        QCOMPARE(transactions.size(), std::size_t{1});
    }

    void aUsersRowFollowsTheUsersEvents()
    {
        std::map<std::string, std::string> address;
        std::map<std::string, std::string> row;
        std::set<std::string> gone;
        for (const DemoRecord& record : demo_) {
            const Json payload = record.payload();
            if (record.topic == "users" && !payload.is_discarded()) {
                const std::string number = record.key.substr(5);
                const std::string type = textAt(payload, "/event_type");
                if (type == "AddressAdded") address[number] = textAt(payload, "/address");
                if (type == "AddressChanged") address[number] = textAt(payload, "/new_address");
                if (type == "UserDeleted") gone.insert(number);
            }
            if (record.topic == kUsers && record.value && textAt(payload, "/op") != "d")
                row[numberAt(payload, "/after/id")] = textAt(payload, "/after/address");
        }
        QVERIFY(address.size() > 2'000);
        for (const auto& [number, text] : address)
            if (!gone.contains(number)) QCOMPARE(row.at(number), text);
    }

private:
    std::vector<DemoRecord> demo_;
};

QTEST_GUILESS_MAIN(TestDemoRows)
#include "test_demo_rows.moc"
