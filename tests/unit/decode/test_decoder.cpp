#include "decode_support.h"

#include <QTest>

using namespace hindcast;
using namespace hindcast::decode;
using namespace hindcast::decode::test;

class TestDecoder : public QObject {
    Q_OBJECT
private slots:
    void withoutRulesTheKeyIsTheId_data();
    void withoutRulesTheKeyIsTheId();
    void rulesGiveSeveralEntities();
    void aRuleWithoutItsIdGivesNoEntity();
    void partsOfACompositeIdComeFromSeveralPlaces();
    void fieldsComeFromKeyHeaderTopicAndConstants();
    void splitAndRegexCutTexts();
    void numbersBeyondAllTypesStayExactIds();
    void theLastOfDuplicateKeysCounts();
    void timesAreReadByTheirUnit_data();
    void timesAreReadByTheirUnit();
    void anUnreadableTimeIsSaidAndTheBrokersTaken();
    void badValuesAreRejectsOnTheirLane_data();
    void badValuesAreRejectsOnTheirLane();
    void deepNestingIsRejected();
    void aPayloadOfTenMegabytesIsDecoded();
    void theFormatTextMakesAJsonString();
    void textThatIsNotUtf8IsBytes();
    void aSchemaIdIsRecognised();
    void jsonBehindASchemaIdIsRead();
    void compressedBytesAreRecognised();
    void aTombstoneTakesItsEntityFromTheKey();
    void aDefectOfTheSourceIsAReject();
    void connectsWrapperIsTakenOff();
    void aNullValueIsNoTombstone();
    void describeOwnsTheWholeStory();
    void headersComeFromTheBatchOrByThemselves();
    void thePayloadAloneIsTheOneDecoded_data();
    void thePayloadAloneIsTheOneDecoded();
};

namespace {

QString laneOf(const Mapping& mapping, const char* topic, const OwnedRecord& record)
{
    Decoder decoder(mapping, topic);
    const Decoded facts = decoded(decoder, record);
    return facts.reject.empty() ? lanes(facts) : QString::fromStdString(facts.reject);
}

const char* const kUserOrders = R"({"topic":"shop","envelope":"plain","entities":[
    {"category":{"const":"user"},"id":{"from":"value","at":"/user_id"}},
    {"category":{"const":"order"},"id":{"from":"value","at":"/order_id"}}],
    "type":{"from":"value","at":"/event_type"},"time":{"from":"value","at":"/timestamp","unit":"iso"},
    "version":{"from":"value","at":"/version"},"correlation":{"from":"header","name":"correlation-id"},
    "causation":{"from":"value","at":"/meta/cause"}})";

std::string bytes(std::initializer_list<int> values)
{
    std::string text;
    for (const int value : values) text += static_cast<char>(value);
    return text;
}

}  // namespace

void TestDecoder::withoutRulesTheKeyIsTheId_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("lane");
    QTest::newRow("text") << QByteArray("user-123") << "orders/user-123";
    QTest::newRow("a slash") << QByteArray("a/b") << "orders/a/b";
    QTest::newRow("number") << QByteArray("42") << "orders/42";
    QTest::newRow("JSON string") << QByteArray(R"("a\u00e4")") << QStringLiteral("orders/aä");
    QTest::newRow("one member") << QByteArray(R"({"id":7})") << "orders/7";
    QTest::newRow("several members, in their order") << QByteArray(R"({"b":"x,y","a":1,"c":null})") << "orders/x%2Cy,1,null";
    QTest::newRow("schema wrapper") << QByteArray(R"({"schema":{"type":"struct"},"payload":{"id":7}})") << "orders/7";
    QTest::newRow("a scalar in a schema wrapper") << QByteArray(R"({"schema":{"type":"int32"},"payload":12})") << "orders/12";
    QTest::newRow("no JSON after all") << QByteArray(R"({"id":7)") << R"(orders/{"id":7)";
    QTest::newRow("no UTF-8") << QByteArray("\xff\x00\x10", 3) << "orders/ff0010";
    QTest::newRow("schema id") << QByteArray("\0\0\0\0\x0c\x0asig-1", 11) << R"(orders/\x00\x00\x00\x00\x0c\x0asig-1)";
    QTest::newRow("JSON behind a schema id") << QByteArray("\0\0\0\0\x0c{\"id\":5}", 13) << "orders/5";
    QTest::newRow("an empty key names nothing") << QByteArray("") << "";
}

void TestDecoder::withoutRulesTheKeyIsTheId()
{
    QFETCH(QByteArray, key);
    QFETCH(QString, lane);
    QCOMPARE(laneOf({}, "orders", OwnedRecord(key.toStdString(), "{}")), lane);
    QCOMPARE(laneOf({}, "orders", OwnedRecord(std::nullopt, "{}")), QString());
}

void TestDecoder::rulesGiveSeveralEntities()
{
    Decoder decoder(mappingOf(kUserOrders), "shop");
    const OwnedRecord record(std::nullopt,
                             R"({"event_type":"OrderPlaced","user_id":"user-123","order_id":456,"version":7,)"
                             R"("timestamp":"2025-11-04T09:14:22.118Z","meta":{"cause":"c-1"}})",
                             {{"correlation-id", "first"}, {"correlation-id", "corr-9"}});
    const Decoded facts = decoded(decoder, record);
    QCOMPARE(lanes(facts), "user/user-123, order/456");
    QCOMPARE(text(facts.type), "OrderPlaced");
    QCOMPARE(facts.time.ns, 1'762'247'662'118'000'000);
    QVERIFY(!facts.timeIsBrokers);
    QCOMPARE(text(facts.domainVersion), "7");
    QCOMPARE(text(facts.correlation), "corr-9");
    QCOMPARE(text(facts.causation), "c-1");
    QVERIFY(facts.payload.data() == record.raw.value->data());
    QCOMPARE(facts.payload.size(), record.raw.value->size());
    QVERIFY(facts.wire == Wire::Json);
    QCOMPARE(QString::fromStdString(facts.decodedAs), "JSON");
}

void TestDecoder::aRuleWithoutItsIdGivesNoEntity()
{
    const Mapping mapping = mappingOf(kUserOrders);
    QCOMPARE(laneOf(mapping, "shop", OwnedRecord("k", R"({"order_id":"o-1"})")), "order/o-1");
    QCOMPARE(laneOf(mapping, "shop", OwnedRecord("k", R"({"order_id":null,"user_id":""})")), "");
    QCOMPARE(laneOf(mapping, "shop", OwnedRecord("k", "[1,2]")), "");
}

void TestDecoder::partsOfACompositeIdComeFromSeveralPlaces()
{
    const Mapping mapping = mappingOf(R"({"topic":"t","entities":[{"id":[{"from":"key","at":"/tenant"},
        {"from":"value","at":"/lines/0/sku"},{"from":"header","name":"region"}]}]})");
    const OwnedRecord record(R"({"tenant":"a%b"})", R"({"lines":[{"sku":"S,1"}]})", {{"region", "eu"}});
    QCOMPARE(laneOf(mapping, "t", record), "t/a%25b,S%2C1,eu");
    QCOMPARE(laneOf(mapping, "t", OwnedRecord(R"({"tenant":"a"})", R"({"lines":[{"sku":"S"}]})")), "");
}

void TestDecoder::fieldsComeFromKeyHeaderTopicAndConstants()
{
    const Mapping mapping = mappingOf(R"({"topic":"*","entities":[{"category":{"from":"topic","split":{"by":".","take":-1}},
        "id":{"from":"key"}},{"category":{"from":"header","name":"kind"},"id":{"const":"all"}}],"type":{"from":"header","name":"ce_type"}})");
    Decoder decoder(mapping, "shop.eu.orders");
    const Decoded facts = decoded(decoder, OwnedRecord("o-1", "{}", {{"ce_type", "OrderPlaced"}, {"kind", "report"}}));
    QCOMPARE(lanes(facts), "orders/o-1, report/all");
    QCOMPARE(text(facts.type), "OrderPlaced");
    const Decoded without = decoded(decoder, OwnedRecord("o-1", "{}", {{"ce_type", std::nullopt}}));
    QCOMPARE(lanes(without), "orders/o-1, shop.eu.orders/all");
    QCOMPARE(text(without.type), "event");
}

void TestDecoder::splitAndRegexCutTexts()
{
    const auto id = [](const char* source, const char* key) {
        Mapping mapping = mappingOf((std::string(R"({"topic":"t","entities":[{"id":)") + source + "}]}").c_str());
        return laneOf(mapping, "t", OwnedRecord(key, "{}"));
    };
    QCOMPARE(id(R"({"from":"key","split":{"by":"-","take":1}})", "user-123-x"), "t/123");
    QCOMPARE(id(R"({"from":"key","split":{"by":"-","take":-1}})", "user-123-x"), "t/x");
    QCOMPARE(id(R"({"from":"key","split":{"by":"-","take":5}})", "user-123"), "");
    QCOMPARE(id(R"({"from":"key","regex":"[0-9]+"})", "user-123-x"), "t/123");
    QCOMPARE(id(R"j({"from":"key","regex":"^(\\w+)-"})j", "user-123-x"), "t/user");
    QCOMPARE(id(R"({"from":"key","regex":"^z"})", "user-123-x"), "");
    QCOMPARE(id(R"({"from":"key","regex":"(a|b)*c"})", std::string(1'000'000, 'a').c_str()), "");
}

void TestDecoder::numbersBeyondAllTypesStayExactIds()
{
    const Mapping mapping = mappingOf(R"({"topic":"t","entities":[{"id":{"from":"value","at":"/id"}}]})");
    for (const char* number : {"9223372036854775807", "123456789012345678901234567890", "1e400", "119.90", "-0"}) {
        const OwnedRecord record(std::nullopt, std::string(R"({"id":)") + number + "}");
        QCOMPARE(laneOf(mapping, "t", record), QStringLiteral("t/") + QLatin1String(number));
    }
    QCOMPARE(laneOf(mapping, "t", OwnedRecord(std::nullopt, R"({"id":true})")), "t/true");
}

void TestDecoder::theLastOfDuplicateKeysCounts()
{
    QCOMPARE(laneOf(mappingOf(kUserOrders), "shop", OwnedRecord(std::nullopt, R"({"user_id":"a","user_id":"b"})")), "user/b");
    QCOMPARE(laneOf({}, "t", OwnedRecord(R"({"id":1,"id":2})", "{}")), "t/2");
}

void TestDecoder::timesAreReadByTheirUnit_data()
{
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("value");
    QTest::addColumn<qint64>("ns");
    constexpr qint64 kSecond = 1'000'000'000;
    QTest::newRow("seconds") << "s" << "1762247662.25" << 1'762'247'662 * kSecond + 250'000'000;
    QTest::newRow("milliseconds in a text") << "ms" << R"("1762247662118")" << 1'762'247'662'118 * qint64{1'000'000};
    QTest::newRow("by magnitude") << "auto" << "1762247662118000" << 1'762'247'662'118 * qint64{1'000'000};
    QTest::newRow("ISO by itself") << "auto" << R"("2025-11-04T09:14:22Z")" << 1'762'247'662 * kSecond;
    QTest::newRow("the zone of the mapping") << "iso" << R"("2025-11-04 10:14:22")" << 1'762'247'662 * kSecond;
}

void TestDecoder::timesAreReadByTheirUnit()
{
    QFETCH(QString, unit);
    QFETCH(QString, value);
    QFETCH(qint64, ns);
    const std::string json =
        R"({"topic":"t","time":{"from":"value","at":"/t","zone":"+01:00","unit":")" + unit.toStdString() + "\"}}";
    Decoder decoder(mappingOf(json.c_str()), "t");
    const Decoded facts = decoded(decoder, OwnedRecord("k", R"({"t":)" + value.toStdString() + "}"));
    QCOMPARE(facts.time.ns, ns);
    QVERIFY(!facts.timeIsBrokers);
}

void TestDecoder::anUnreadableTimeIsSaidAndTheBrokersTaken()
{
    Decoder decoder(mappingOf(R"({"topic":"t","time":{"from":"value","at":"/t"}})"), "t");
    const Decoded facts = decoded(decoder, OwnedRecord("k", R"({"t":"9999-99-99"})").at(1000));
    QCOMPARE(facts.time.ns, 1'000'000'000);
    QVERIFY(facts.timeIsBrokers);
    QCOMPARE(QString::fromStdString(facts.decodedAs), QStringLiteral("JSON · time not readable: 9999-99-99"));
    QVERIFY(facts.reject.empty());
    QVERIFY(decoded(decoder, OwnedRecord("k", "{}").at(1000)).timeIsBrokers);
}

void TestDecoder::badValuesAreRejectsOnTheirLane_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("reason");
    QTest::newRow("cut") << QByteArray(R"({"user_id":"user-1","total":)") << "not JSON: unexpected end at byte 28";
    QTest::newRow("empty") << QByteArray("") << "not JSON: the value is empty";
    QTest::newRow("NaN") << QByteArray(R"({"a":NaN})") << "not JSON: unexpected character 'N' at byte 5";
    QTest::newRow("words") << QByteArray("hello") << "not JSON: unexpected character 'h' at byte 0";
    QTest::newRow("invalid UTF-8") << QByteArray("{\"a\":\"\xc3\x28\"}") << "not JSON: invalid UTF-8 at byte 6";
    QTest::newRow("latin-1") << QByteArray("{\"a\":\"M\xfcller\"}") << "not JSON: invalid UTF-8 at byte 7";
}

void TestDecoder::badValuesAreRejectsOnTheirLane()
{
    QFETCH(QByteArray, value);
    QFETCH(QString, reason);
    Decoder decoder(mappingOf(kUserOrders), "shop");
    const Decoded facts = decoded(decoder, OwnedRecord("user-9", value.toStdString()).at(5));
    QCOMPARE(QString::fromStdString(facts.reject), reason);
    QCOMPARE(lanes(facts), "user/user-9");
    QCOMPARE(text(facts.type), "reject");
    QCOMPARE(facts.time.milliseconds(), 5);
    QVERIFY(facts.timeIsBrokers);
    QVERIFY(facts.payload.empty());
    // The next record is none the worse for it.
    QCOMPARE(lanes(decoded(decoder, OwnedRecord("k", R"({"user_id":"u"})"))), "user/u");
}

void TestDecoder::deepNestingIsRejected()
{
    Decoder decoder({}, "t");
    const Decoded open = decoded(decoder, OwnedRecord("k", std::string(100'000, '[')));
    QCOMPARE(QString::fromStdString(open.reject), "not JSON: nested deeper than 256 levels at byte 256");
    std::string objects;
    for (int i = 0; i < 100'000; ++i) objects += R"({"a":)";
    QVERIFY(!decoded(decoder, OwnedRecord("k", objects + "1" + std::string(100'000, '}'))).reject.empty());
    QVERIFY(!decoded(decoder, OwnedRecord(std::string(100'000, '{'), "1")).entities.empty());
}

void TestDecoder::aPayloadOfTenMegabytesIsDecoded()
{
    Decoder decoder(mappingOf(kUserOrders), "shop");
    const std::string value = R"({"note":")" + std::string(10 << 20, 'x') + R"(","user_id":"u\u0031"})";
    const Decoded facts = decoded(decoder, OwnedRecord(std::nullopt, value));
    QCOMPARE(lanes(facts), "user/u1");
    QCOMPARE(facts.payload.size(), value.size());
}

void TestDecoder::theFormatTextMakesAJsonString()
{
    Decoder decoder(mappingOf(R"j({"topic":"log","format":"text","entities":[{"category":{"const":"user"},
        "id":{"from":"value","regex":"user=(\\w+)"}}],"type":{"from":"value","split":{"by":" "}}})j"),
                    "log");
    const Decoded facts = decoded(decoder, OwnedRecord(std::nullopt, "LOGIN \"x\"\n user=ada"));
    QCOMPARE(text(facts.payload), R"("LOGIN \"x\"\n user=ada")");
    QVERIFY(facts.wire == Wire::Text);
    QCOMPARE(lanes(facts), "user/ada");
    QCOMPARE(text(facts.type), "LOGIN");
    QCOMPARE(text(decoded(decoder, OwnedRecord(std::nullopt, "")).payload), "\"\"");
}

void TestDecoder::textThatIsNotUtf8IsBytes()
{
    Decoder decoder(mappingOf(R"({"topic":"log","format":"text"})"), "log");
    const Decoded facts = decoded(decoder, OwnedRecord("k", "M\xfcller"));
    QVERIFY(facts.wire == Wire::Bytes);
    QVERIFY(facts.reject.empty());
    QCOMPARE(QString::fromStdString(facts.decodedAs), "bytes: the text is not UTF-8");
    QCOMPARE(lanes(facts), "log/k");
}

void TestDecoder::aSchemaIdIsRecognised()
{
    Decoder decoder(mappingOf(kUserOrders), "shop");
    const Decoded facts = decoded(decoder, OwnedRecord("user-5", bytes({0, 0, 0, 0, 14, 2, 0x41}), {{"correlation-id", "c"}}));
    QVERIFY(facts.wire == Wire::SchemaIdOnly);
    QVERIFY(facts.reject.empty());
    QCOMPARE(QString::fromStdString(facts.decodedAs), "Avro or Protobuf, schema id 14: needs a registry");
    QCOMPARE(lanes(facts), "user/user-5");
    QCOMPARE(text(facts.correlation), "c");
    QVERIFY(facts.payload.empty());
}

void TestDecoder::jsonBehindASchemaIdIsRead()
{
    Decoder decoder(mappingOf(kUserOrders), "shop");
    const Decoded facts = decoded(decoder, OwnedRecord("k", bytes({0, 0, 0, 1, 2}) + R"({"user_id":"u-1"})"));
    QVERIFY(facts.wire == Wire::SchemaIdJson);
    QCOMPARE(QString::fromStdString(facts.decodedAs), "JSON, schema id 258");
    QCOMPARE(lanes(facts), "user/u-1");
    QCOMPARE(text(facts.payload), R"({"user_id":"u-1"})");
}

void TestDecoder::compressedBytesAreRecognised()
{
    Decoder decoder({}, "t");
    const auto word = [&](const std::string& value) {
        const Decoded facts = decoded(decoder, OwnedRecord("k", value));
        return facts.wire == Wire::Bytes && facts.reject.empty() ? QString::fromStdString(facts.decodedAs) : QStringLiteral("?");
    };
    QCOMPARE(word(bytes({0x1f, 0x8b, 8, 0})), "compressed bytes (gzip)");
    QCOMPARE(word(bytes({0x28, 0xb5, 0x2f, 0xfd, 1})), "compressed bytes (zstd)");
    QCOMPARE(word(bytes({4, 0x22, 0x4d, 0x18, 1})), "compressed bytes (lz4)");
    QCOMPARE(word(bytes({0x82}) + "SNAPPY" + bytes({0, 1})), "compressed bytes (snappy)");
}

void TestDecoder::aTombstoneTakesItsEntityFromTheKey()
{
    Decoder decoder(mappingOf(kUserOrders), "shop");
    const Decoded facts = decoded(decoder, OwnedRecord("user-1", std::nullopt).at(7));
    QVERIFY(facts.kind == EventKind::Tombstone);
    QVERIFY(facts.wire == Wire::None);
    QCOMPARE(text(facts.type), "tombstone");
    QCOMPARE(lanes(facts), "user/user-1");
    QVERIFY(facts.payload.empty());
    QCOMPARE(lanes(decoded(decoder, OwnedRecord(std::nullopt, std::nullopt))), "");
    const Mapping byKey = mappingOf(R"({"topic":"t","entities":[{"category":{"const":"a"},"id":{"from":"value","at":"/x"}},
        {"category":{"const":"b"},"id":{"from":"key","split":{"by":"-","take":1}}}]})");
    QCOMPARE(laneOf(byKey, "t", OwnedRecord("user-1", std::nullopt)), "b/1");
}

void TestDecoder::aDefectOfTheSourceIsAReject()
{
    Decoder decoder({}, "t");
    OwnedRecord record("k", R"({"good":"json"})");
    record.raw.defect = "line 7 is no record: no topic";
    const Decoded facts = decoded(decoder, record);
    QCOMPARE(QString::fromStdString(facts.reject), "line 7 is no record: no topic");
    QCOMPARE(lanes(facts), "t/k");
}

void TestDecoder::connectsWrapperIsTakenOff()
{
    Decoder decoder(mappingOf(kUserOrders), "shop");
    const Decoded wrapped =
        decoded(decoder, OwnedRecord("k", R"({"schema":{"type":"struct"},"payload":{"user_id":"u-1","event_type":"E"}})"));
    QCOMPARE(lanes(wrapped), "user/u-1");
    QCOMPARE(text(wrapped.payload), R"({"user_id":"u-1","event_type":"E"})");
    const Decoded death = decoded(decoder, OwnedRecord("u-1", R"({"schema":{"type":"struct"},"payload":null})"));
    QVERIFY(death.kind == EventKind::Tombstone);
    QCOMPARE(lanes(death), "user/u-1");
    // Somebody's own members of that name are no wrapper.
    const char* own = R"({"schema":"order.v1","payload":{"user_id":"u-1"}})";
    QCOMPARE(text(decoded(decoder, OwnedRecord("k", own)).payload), QLatin1String(own));
}

void TestDecoder::aNullValueIsNoTombstone()
{
    Decoder decoder({}, "t");
    const Decoded facts = decoded(decoder, OwnedRecord("k", "null"));
    QVERIFY(facts.kind == EventKind::Plain);
    QCOMPARE(text(facts.payload), "null");
    QCOMPARE(lanes(facts), "t/k");
}

void TestDecoder::describeOwnsTheWholeStory()
{
    Decoder decoder(mappingOf(kUserOrders), "shop");
    Event event;
    {
        const OwnedRecord record(std::nullopt, R"({"user_id":"u\u0031","version":3})", {{"a", std::nullopt}, {"b", "x"}});
        event = describe(decoder, record.raw, record.table);
    }
    QCOMPARE(event.entities.size(), 1u);
    QCOMPARE(QString::fromStdString(event.entities[0].text()), "user/u1");
    QVERIFY(!event.key);
    QCOMPARE(QString::fromStdString(*event.value), R"({"user_id":"u\u0031","version":3})");
    QCOMPARE(event.headers.size(), 2u);
    QVERIFY(!event.headers[0].second);
    QCOMPARE(QString::fromStdString(*event.headers[1].second), "x");
    QCOMPARE(QString::fromStdString(*event.domainVersion), "3");
    QVERIFY(!event.correlation);
    QVERIFY(!event.brokerTime);
}

void TestDecoder::headersComeFromTheBatchOrByThemselves()
{
    const std::vector<Header> table{{"a", "0"}, {"ce_type", "Mine"}, {"ce_type", "Other"}};
    Decoder decoder(mappingOf(R"({"topic":"t","type":{"from":"header","name":"ce_type"}})"), "t");
    RawRecord record;
    record.value = "{}";
    record.firstHeader = 1;
    record.headerCount = 1;
    EventFacts facts;
    decoder.decode(record, table, facts);
    QCOMPARE(text(facts.type), "Mine");
    decoder.decode(record, std::span(table).subspan(2, 1), facts);
    QCOMPARE(text(facts.type), "Other");
    record.headerCount = 9;
    decoder.decode(record, table, facts);
    QCOMPARE(text(facts.type), "event");
}

void TestDecoder::thePayloadAloneIsTheOneDecoded_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("object") << QByteArray(R"({"a":1})");
    QTest::newRow("space around it") << QByteArray("{\"a\":1} \n");
    QTest::newRow("space before it") << QByteArray(" \n{\"a\":1}");
    QTest::newRow("no member") << QByteArray("{ }");
    QTest::newRow("array") << QByteArray("[1, 2] ");
    QTest::newRow("wrapped") << QByteArray(R"({"schema":{"type":"struct"},"payload":{"a":1}})");
    QTest::newRow("wrapped, the other way round") << QByteArray(R"({ "payload":{"a":1},"schema":null})");
    QTest::newRow("wrapped, with an escaped name") << QByteArray(R"({"\u0073chema":{"type":"struct"},"payload":{"a":1}})");
    QTest::newRow("a wrapped null") << QByteArray(R"({"schema":{"type":"struct"},"payload":null})");
    QTest::newRow("members of that name") << QByteArray(R"({"schema":"v1","payload":{"a":1}})");
    QTest::newRow("behind a schema id") << QByteArray("\0\0\0\0\1{\"a\":1}", 12);
    QTest::newRow("unreadable") << QByteArray("\0\0\0\0\1\2\3", 7);
    QTest::newRow("Debezium") << QByteArray(R"({"op":"c","source":{"table":"t"},"after":{"a":1}})");
}

void TestDecoder::thePayloadAloneIsTheOneDecoded()
{
    QFETCH(QByteArray, value);
    Decoder decoder({}, "t");
    const OwnedRecord record("k", value.toStdString());
    const QString whole = text(decoded(decoder, record).payload);
    QCOMPARE(text(decoder.payload(record.raw, record.table)), whole);
    QVERIFY(decoder.payload(OwnedRecord("k", std::nullopt).raw, {}).empty());
}

QTEST_GUILESS_MAIN(TestDecoder)
#include "test_decoder.moc"
