#include "decode_support.h"

#include <QTest>

#include "core/decode/source_order.h"

using namespace hindcast;
using namespace hindcast::decode;
using namespace hindcast::decode::test;

class TestDebezium : public QObject {
    Q_OBJECT
private slots:
    void everyOperationHasItsTypeAndKind_data();
    void everyOperationHasItsTypeAndKind();
    void theWrappersOfKeyAndValueAreIndependent();
    void theCategoryNamesSchemaOrDatabase_data();
    void theCategoryNamesSchemaOrDatabase();
    void aTableWithoutAKeyIsOneEntity();
    void aTruncateStandsForTheWholeTable();
    void timesComeFromTheDatabaseFirst_data();
    void timesComeFromTheDatabaseFirst();
    void theTransactionIsTheDatabasesOwn();
    void databasesOrderTheirChanges_data();
    void databasesOrderTheirChanges();
    void aNullInASequenceIsTheLowest();
    void aKeyChangeLinksBothIds();
    void aTombstoneBelongsToTheTableRemembered();
    void theRememberedTableSurvivesARestart();
    void plainRecordsWithAnOpAreNotDebeziums();
    void markersHeartbeatsAndSchemaChangesBelongToNoEntity();
    void aBrokenEnvelopeStandsOnItsRowsLane();
    void mappedFieldsWinOverTheEnvelopes();
    void rowsKeepTheirIdentityBesideStrayRecords();
    void aPlainMappingLeavesEnvelopesAlone();
    void anOperationOfALaterReleaseIsKept();
};

namespace {

const char* const kSource = R"({"version":"3.7","connector":"postgresql","name":"srv","ts_ms":1000,"db":"shop",)"
                            R"("sequence":"[\"20\",\"30\"]","schema":"public","table":"orders","txId":77,"lsn":30})";

std::string change(const std::string& op, const std::string& source = kSource, const std::string& rest = "")
{
    return R"({"before":null,"after":{"id":1,"ö":"x"},"source":)" + source + R"(,"op":")" + op + R"(","ts_ms":2000)" + rest + "}";
}

Decoded decodedOnce(OwnedRecord record, Mapping mapping = {}, const char* topic = "srv.public.orders")
{
    Decoder decoder(std::move(mapping), topic);
    Decoded facts = decoded(decoder, std::move(record));
    // The views into the decoder are to outlive it here.
    static std::vector<std::unique_ptr<Decoder>> kept;
    kept.push_back(std::make_unique<Decoder>(std::move(decoder)));
    return facts;
}

}  // namespace

void TestDebezium::everyOperationHasItsTypeAndKind_data()
{
    QTest::addColumn<QString>("op");
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("lane");
    QTest::newRow("c") << "c" << "create" << int(EventKind::Create) << "srv:public.orders/1";
    QTest::newRow("u") << "u" << "update" << int(EventKind::Update) << "srv:public.orders/1";
    QTest::newRow("d") << "d" << "delete" << int(EventKind::Delete) << "srv:public.orders/1";
    QTest::newRow("r") << "r" << "snapshot" << int(EventKind::Snapshot) << "srv:public.orders/1";
    QTest::newRow("t") << "t" << "truncate" << int(EventKind::Truncate) << "srv:public.orders/*";
    QTest::newRow("m") << "m" << "message" << int(EventKind::Message) << "";
}

void TestDebezium::everyOperationHasItsTypeAndKind()
{
    QFETCH(QString, op);
    QFETCH(QString, type);
    QFETCH(int, kind);
    QFETCH(QString, lane);
    const std::string value = change(op.toStdString());
    const Decoded facts = decodedOnce(OwnedRecord(R"({"id":1})", value));
    QCOMPARE(text(facts.type), type);
    QCOMPARE(int(facts.kind), kind);
    QCOMPARE(lanes(facts), lane);
    QCOMPARE(text(facts.payload), QString::fromStdString(value));
    QCOMPARE(QString::fromStdString(facts.decodedAs), QStringLiteral("JSON · Debezium"));
}

void TestDebezium::theWrappersOfKeyAndValueAreIndependent()
{
    const std::string bare = change("u");
    const std::string wrapped = R"({"schema":{"type":"struct","name":"srv.public.orders.Envelope"},"payload":)" + bare + "}";
    const std::string emptySchema = R"({"schema":{},"payload":)" + bare + "}";
    for (const std::string& value : {bare, wrapped, emptySchema}) {
        for (const char* key : {R"({"a":"x","b":2})", R"({"schema":{"type":"struct"},"payload":{"a":"x","b":2}})"}) {
            const Decoded facts = decodedOnce(OwnedRecord(key, value));
            QCOMPARE(lanes(facts), "srv:public.orders/x,2");
            QCOMPARE(text(facts.payload), QString::fromStdString(bare));
            QVERIFY(facts.kind == EventKind::Update);
        }
    }
}

void TestDebezium::theCategoryNamesSchemaOrDatabase_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("lane");
    QTest::newRow("postgresql") << R"({"name":"s","db":"shop","schema":"public","table":"t"})" << "s:public.t/1";
    QTest::newRow("mysql") << R"({"connector":"mysql","name":"s","db":"shop","table":"t"})" << "s:shop.t/1";
    QTest::newRow("mongodb") << R"({"connector":"mongodb","name":"s","db":"shop","collection":"c"})" << "s:shop.c/1";
    QTest::newRow("vitess") << R"({"connector":"vitess","name":"s","db":"","keyspace":"k","table":"t"})" << "s:k.t/1";
    QTest::newRow("no table") << "{}" << "srv.public.orders/1";
    QTest::newRow("a slash in the name") << R"({"name":"s","schema":"a/b","table":"t"})" << "s:a%2Fb.t/1";
}

void TestDebezium::theCategoryNamesSchemaOrDatabase()
{
    QFETCH(QString, source);
    QFETCH(QString, lane);
    QCOMPARE(lanes(decodedOnce(OwnedRecord("1", change("c", source.toStdString())))), lane);
}

void TestDebezium::aTableWithoutAKeyIsOneEntity()
{
    for (const char* op : {"c", "u", "d", "r"}) {
        QCOMPARE(lanes(decodedOnce(OwnedRecord(std::nullopt, change(op)))), "srv:public.orders/*");
    }
}

void TestDebezium::aTruncateStandsForTheWholeTable()
{
    const Decoded facts = decodedOnce(OwnedRecord(std::nullopt, change("t")));
    QCOMPARE(lanes(facts), "srv:public.orders/*");
    QVERIFY(facts.kind == EventKind::Truncate);
}

void TestDebezium::timesComeFromTheDatabaseFirst_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("rest");
    QTest::addColumn<qint64>("ns");
    QTest::addColumn<bool>("database");
    QTest::newRow("milliseconds") << R"({"ts_ms":1000})" << "" << qint64{1'000'000'000} << true;
    QTest::newRow("microseconds of that millisecond")
        << R"({"ts_ms":1000,"ts_us":1000123})" << "" << qint64{1'000'123'000} << true;
    QTest::newRow("nanoseconds of it") << R"({"ts_ms":1000,"ts_us":1000123,"ts_ns":1000123456})" << "" << qint64{1'000'123'456}
                                       << true;
    QTest::newRow("finer ones that disagree") << R"({"ts_ms":1000,"ts_us":5,"ts_ns":7})" << "" << qint64{1'000'000'000} << true;
    QTest::newRow("before 1970") << R"({"ts_ms":-1,"ts_us":-999,"ts_ns":-998500})" << "" << qint64{-998'500} << true;
    QTest::newRow("0") << R"({"ts_ms":0})" << R"(,"ts_us":2000321)" << qint64{2'000'321'000} << false;
    QTest::newRow("missing") << "{}" << "" << qint64{2'000'000'000} << false;
    QTest::newRow("out of range") << R"({"ts_ms":1558965508000000000})" << "" << qint64{2'000'000'000} << false;
    QTest::newRow("a number in a text") << R"({"ts_ms":"1000"})" << "" << qint64{1'000'000'000} << true;
}

void TestDebezium::timesComeFromTheDatabaseFirst()
{
    QFETCH(QString, source);
    QFETCH(QString, rest);
    QFETCH(qint64, ns);
    QFETCH(bool, database);
    const Decoded facts = decodedOnce(OwnedRecord("1", change("c", source.toStdString(), rest.toStdString())));
    QCOMPARE(facts.time.ns, ns);
    QVERIFY(!facts.timeIsBrokers);
    QCOMPARE(facts.databaseTime.has_value(), database);
    const Decoded none = decodedOnce(OwnedRecord("1", R"({"op":"c","source":{"ts_ms":0},"ts_ms":0})").at(9));
    QCOMPARE(none.time.milliseconds(), 9);
    QVERIFY(none.timeIsBrokers);
}

void TestDebezium::theTransactionIsTheDatabasesOwn()
{
    const std::string block = R"(,"transaction":{"id":"77:30","total_order":1})";
    QCOMPARE(text(decodedOnce(OwnedRecord("1", change("c", kSource, block))).transaction), "77");
    QCOMPARE(text(decodedOnce(OwnedRecord("1", change("c", R"({"txId":"6.28.807"})", block))).transaction), "6.28.807");
    QCOMPARE(text(decodedOnce(OwnedRecord("1", change("c", R"({"txId":null})", block))).transaction), "77:30");
    QCOMPARE(text(decodedOnce(OwnedRecord("1", change("c", "{}", R"(,"transaction":null)"))).transaction), "");
}

void TestDebezium::databasesOrderTheirChanges_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QList<quint64>>("order");
    const auto order = [](quint64 major, quint64 minor, quint64 row) { return QList<quint64>{major, minor, row}; };
    QTest::newRow("postgresql") << R"({"connector":"postgresql","sequence":"[\"20\",\"30\"]"})" << order(20, 30, 0);
    QTest::newRow("postgresql, first null") << R"({"connector":"postgresql","sequence":"[null,\"30\"]"})" << order(0, 30, 0);
    QTest::newRow("postgresql, second null") << R"({"connector":"postgresql","sequence":"[\"20\",null]"})" << order(20, 0, 0);
    QTest::newRow("postgresql, both null") << R"({"connector":"postgresql","sequence":"[null,null]"})" << order(0, 0, 0);
    QTest::newRow("postgresql, never by LSN alone") << R"({"connector":"postgresql","lsn":30})" << order(0, 0, 0);
    QTest::newRow("postgresql, 64 bits") << R"({"connector":"postgresql","sequence":"[\"18446744073709551615\",\"1\"]"})"
                                         << order(18446744073709551615u, 1, 0);
    QTest::newRow("mysql") << R"({"connector":"mysql","file":"mysql-bin.000003","pos":401,"row":2})" << order(3, 401, 2);
    QTest::newRow("mariadb") << R"({"connector":"mariadb","file":"a.b.000012","pos":"4"})" << order(12, 4, 0);
    QTest::newRow("a commit log is no binlog")
        << R"({"connector":"cassandra","file":"commitlog-6-123456.log","pos":54})" << order(0, 0, 0);
    QTest::newRow("oracle") << R"({"connector":"oracle","scn":"2122184","commit_scn":"2122185"})" << order(2122185, 2122184, 0);
    QTest::newRow("sqlserver")
        << R"({"connector":"sqlserver","commit_lsn":"00000027:00000758:0005","change_lsn":"00000027:00000758:0003","event_serial_no":"2"})"
        << order(quint64{0x27} << 40 | quint64{0x758} << 14 | 5, quint64{0x27} << 40 | quint64{0x758} << 14 | 3, 2);
    QTest::newRow("another database") << R"({"connector":"db2","commit_lsn":"00000027:00000758:0005"})" << order(0, 0, 0);
}

void TestDebezium::databasesOrderTheirChanges()
{
    QFETCH(QString, source);
    QFETCH(QList<quint64>, order);
    const Decoded facts = decodedOnce(OwnedRecord("1", change("c", source.toStdString())));
    QCOMPARE((QList<quint64>{facts.order.major, facts.order.minor, facts.order.row}), order);
}

void TestDebezium::aNullInASequenceIsTheLowest()
{
    const auto order = [](const char* sequence) { return sourceOrder({.connector = "postgresql", .sequence = sequence}); };
    QVERIFY(order(R"([null,"30"])") < order(R"(["1","2"])"));
    QVERIFY(order(R"(["1",null])") < order(R"(["1","2"])"));
    QVERIFY(order(R"(["9","5"])") < order(R"(["10","1"])"));
    QVERIFY(order("[").absent());
    QVERIFY(order("nonsense").absent());
    const auto lsn = [](const char* commit) { return sourceOrder({.connector = "sqlserver", .commitLsn = commit}); };
    QVERIFY(lsn("00000027:00000758:0005") < lsn("00000027:00000758:0006"));
    QVERIFY(lsn("00000027:00000758:0005") < lsn("00000028:00000001:0001"));
}

void TestDebezium::aKeyChangeLinksBothIds()
{
    Decoder decoder({}, "srv.public.orders");
    const Decoded death = decoded(decoder, OwnedRecord(R"({"id":4})", change("d"), {{"__debezium.newkey", R"({"id":1001})"}}));
    QVERIFY(death.linkedTo.has_value());
    QCOMPARE(text(death.linkedTo->id), "1001");
    QCOMPARE(text(death.linkedTo->category), "public.orders");
    QCOMPARE(text(death.linkedTo->server), "srv");
    QVERIFY(!death.linkedFrom);
    const Decoded birth =
        decoded(decoder, OwnedRecord(R"({"id":1001})", change("c"),
                                     {{"__debezium.oldkey", R"({"schema":{"type":"struct"},"payload":{"id":4}})"}}));
    QVERIFY(birth.linkedFrom.has_value());
    QCOMPARE(text(birth.linkedFrom->id), "4");
    QVERIFY(!birth.linkedTo);
    const Decoded plain = decoded(decoder, OwnedRecord(R"({"id":1})", change("u")));
    QVERIFY(!plain.linkedTo && !plain.linkedFrom);
}

void TestDebezium::aTombstoneBelongsToTheTableRemembered()
{
    Decoder decoder({}, "srv.public.orders");
    QCOMPARE(lanes(decoded(decoder, OwnedRecord(R"({"id":4})", std::nullopt))), "srv.public.orders/4");
    (void)decoded(decoder, OwnedRecord(R"({"id":4})", change("d")));
    const Decoded facts = decoded(decoder, OwnedRecord(R"({"id":4})", std::nullopt));
    QVERIFY(facts.kind == EventKind::Tombstone);
    QCOMPARE(lanes(facts), "srv:public.orders/4");
    QCOMPARE(lanes(decoded(decoder, OwnedRecord(std::nullopt, std::nullopt))), "");
}

void TestDebezium::theRememberedTableSurvivesARestart()
{
    Decoder first({}, "srv.public.orders");
    (void)decoded(first, OwnedRecord(R"({"id":4})", change("d")));
    Decoder second({}, "srv.public.orders");
    second.setTable(first.table());
    QCOMPARE(lanes(decoded(second, OwnedRecord(R"({"id":4})", std::nullopt))), "srv:public.orders/4");
}

void TestDebezium::plainRecordsWithAnOpAreNotDebeziums()
{
    for (const char* value : {R"({"op":"add","source":{"a":1}})", R"({"op":"c","source":"web"})", R"({"op":"c"})",
                              R"({"source":{}})", R"({"event":"x","payload":{"op":"c","source":{}}})"}) {
        const Decoded facts = decodedOnce(OwnedRecord("k", value));
        QVERIFY(facts.kind == EventKind::Plain);
        QCOMPARE(text(facts.type), "event");
        QCOMPARE(lanes(facts), "srv.public.orders/k");
    }
}

void TestDebezium::markersHeartbeatsAndSchemaChangesBelongToNoEntity()
{
    const auto check = [](const char* topic, const char* value, const char* type, std::int64_t ms) {
        for (const std::string& shape :
             {std::string(value), R"({"schema":{"type":"struct"},"payload":)" + std::string(value) + "}"}) {
            const Decoded facts = decodedOnce(OwnedRecord(R"({"id":"x"})", shape), {}, topic);
            QCOMPARE(text(facts.type), type);
            QCOMPARE(lanes(facts), "");
            QVERIFY(facts.reject.empty());
            QVERIFY(facts.kind == EventKind::Plain);
            QCOMPARE(facts.time.milliseconds(), ms);
            QCOMPARE(text(facts.payload), QLatin1String(value));
        }
    };
    check("srv.transaction", R"({"status":"BEGIN","id":"757:27428776","ts_ms":5})", "transaction BEGIN", 5);
    check("tx", R"({"status":"END","id":"757:27428776","event_count":1,"data_collections":[],"ts_ms":6})", "transaction END", 6);
    check("__debezium-heartbeat.srv", R"({"ts_ms":7})", "heartbeat", 7);
    check("other", R"({"ts_ms":7})", "heartbeat", 7);
    check("srv", R"({"source":{"ts_ms":8},"ts_ms":9,"databaseName":"d","ddl":"CREATE TABLE t","tableChanges":[]})",
          "schema change", 8);

    QCOMPARE(text(decodedOnce(OwnedRecord("k", R"({"status":"END","id":"757:27","ts_ms":6})"), {}, "s.transaction").transaction),
             "757");
    QCOMPARE(
        text(decodedOnce(OwnedRecord("k", R"({"status":"END","id":"file=a,pos=1","ts_ms":6})"), {}, "s.transaction").transaction),
        "file=a,pos=1");
    // Elsewhere a status and an id are somebody's own.
    QCOMPARE(lanes(decodedOnce(OwnedRecord("k", R"({"status":"BEGIN","id":"1"})"), {}, "jobs")), "jobs/k");
}

void TestDebezium::aBrokenEnvelopeStandsOnItsRowsLane()
{
    Decoder decoder({}, "srv.public.orders");
    (void)decoded(decoder, OwnedRecord(R"({"id":4})", change("c")));
    const Decoded facts = decoded(decoder, OwnedRecord(R"({"id":4})", change("u").substr(0, 60)));
    QVERIFY(!facts.reject.empty());
    QCOMPARE(lanes(facts), "srv:public.orders/4");
}

void TestDebezium::mappedFieldsWinOverTheEnvelopes()
{
    const Mapping mapping = mappingOf(R"({"topic":"*","envelope":"debezium","entities":[{"category":{"const":"order"},
        "id":{"from":"value","at":"/after/id"}}],"time":{"from":"value","at":"/ts_ms","unit":"ms"}})");
    for (const std::string& value : {change("u"), R"({"schema":{},"payload":)" + change("u") + "}"}) {
        const Decoded facts = decodedOnce(OwnedRecord(R"({"id":9})", value), mapping);
        QCOMPARE(lanes(facts), "order/1");
        QCOMPARE(text(facts.type), "update");
        QCOMPARE(facts.time.milliseconds(), 2000);
        QCOMPARE(facts.databaseTime->milliseconds(), 1000);
    }
}

void TestDebezium::rowsKeepTheirIdentityBesideStrayRecords()
{
    const Mapping mapping = mappingOf(R"({"topic":"*","entities":[{"category":{"const":"user"},"id":{"from":"key"}}]})");
    Decoder decoder(mapping, "srv.public.orders");
    QCOMPARE(lanes(decoded(decoder, OwnedRecord(R"({"id":1})", change("c")))), "srv:public.orders/1");
    QCOMPARE(lanes(decoded(decoder, OwnedRecord("7", R"({"some":"other record"})"))), "user/7");
    QCOMPARE(lanes(decoded(decoder, OwnedRecord(R"({"id":1})", std::nullopt))), "srv:public.orders/1");
}

void TestDebezium::aPlainMappingLeavesEnvelopesAlone()
{
    Mapping mapping;
    mapping.envelope = Envelope::Plain;
    const Decoded facts = decodedOnce(OwnedRecord(R"({"id":9})", change("d")), mapping);
    QVERIFY(facts.kind == EventKind::Plain);
    QCOMPARE(lanes(facts), "srv.public.orders/9");
}

void TestDebezium::anOperationOfALaterReleaseIsKept()
{
    Mapping mapping;
    mapping.envelope = Envelope::Debezium;
    const Decoded facts = decodedOnce(OwnedRecord(R"({"id":9})", change("x")), mapping);
    QVERIFY(facts.kind == EventKind::Plain);
    QCOMPARE(text(facts.type), "x");
    QCOMPARE(lanes(facts), "srv:public.orders/9");
    // What is no envelope at all is read as plain.
    QCOMPARE(lanes(decodedOnce(OwnedRecord("k", R"({"a":1})"), mapping)), "srv.public.orders/k");
}

QTEST_GUILESS_MAIN(TestDebezium)
#include "test_debezium.moc"
