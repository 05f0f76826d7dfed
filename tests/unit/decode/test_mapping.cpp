#include "decode_support.h"

#include <QTest>

using namespace hindcast;
using namespace hindcast::decode;
using namespace hindcast::decode::test;

class TestMapping : public QObject {
    Q_OBJECT
private slots:
    void theContractsExampleIsRead();
    void whatIsWrittenReadsBackEqual_data();
    void whatIsWrittenReadsBackEqual();
    void errorsNameTopicAndMember_data();
    void errorsNameTopicAndMember();
    void anArrayHoldsSeveralMappings();
    void patternsMatchTopics_data();
    void patternsMatchTopics();
    void aNameWinsOverAPattern();
    void theSchemaIsJson();
};

void TestMapping::theContractsExampleIsRead()
{
    const Mapping mapping = mappingOf(R"({"topic": "orders", "envelope": "plain",
        "entities": [{"category": {"const": "user"}, "id": {"from": "key"}},
                     {"category": {"const": "order"}, "id": {"from": "value", "at": "/order_id"}}],
        "type": {"from": "value", "at": "/event_type"},
        "time": {"from": "value", "at": "/timestamp", "unit": "iso", "zone": "+01:30"},
        "version": {"from": "header", "name": "v"}, "name": {"from": "state", "at": "/name"}})");
    QCOMPARE(QString::fromStdString(mapping.topic), "orders");
    QVERIFY(mapping.envelope == Envelope::Plain);
    QCOMPARE(mapping.entities.size(), 2u);
    QVERIFY(mapping.entities[0].id[0].from == FieldSource::From::Key);
    QCOMPARE(QString::fromStdString(mapping.entities[1].category->constant), "order");
    QCOMPARE(QString::fromStdString(mapping.entities[1].id[0].at.text()), "/order_id");
    QVERIFY(mapping.time->unit == TimeUnit::Iso);
    QCOMPARE(mapping.time->zoneOffsetMinutes, 90);
    QCOMPARE(QString::fromStdString(mapping.version->name), "v");
    QVERIFY(mapping.name->from == FieldSource::From::State);
    QVERIFY(!mapping.correlation);
}

void TestMapping::whatIsWrittenReadsBackEqual_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("only the topic") << QByteArray(R"({"topic":"t","envelope":"auto"})");
    QTest::newRow("everything") << QByteArray(
        R"({"topic":"a.*","envelope":"debezium","format":"json","entities":[{"category":{"from":"topic","split":{"by":".","take":-1}},)"
        R"j("id":[{"from":"key","at":"/a~1b"},{"from":"header","name":"h","regex":"(\\d+)"}]},{"id":{"from":"value"}}],)j"
        R"("type":{"const":"x"},"time":{"from":"value","at":"/t","unit":"us","zone":"-05:30"},"version":{"from":"value","at":"/v"},)"
        R"("correlation":{"from":"header","name":"c"},"causation":{"from":"key"},"name":{"from":"state","at":"/n"}})");
}

void TestMapping::whatIsWrittenReadsBackEqual()
{
    QFETCH(QByteArray, json);
    const Mapping mapping = mappingOf(json.constData());
    QCOMPARE(QString::fromStdString(toText(toJson(mapping))), QString::fromUtf8(json));
    QVERIFY(mappingOf(toText(toJson(mapping)).c_str()) == mapping);
}

void TestMapping::errorsNameTopicAndMember_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("error");
    const QString here = QStringLiteral("mapping of topic \"t\": ");
    QTest::newRow("no topic") << QByteArray(R"({"envelope":"plain"})") << "mapping 1: topic is missing";
    QTest::newRow("no object") << QByteArray("7") << "mapping 1: the mapping is no JSON object";
    QTest::newRow("unknown member") << QByteArray(R"({"topic":"t","entity":[]})")
                                    << here + "entity is no member of a mapping file here";
    QTest::newRow("envelope") << QByteArray(R"({"topic":"t","envelope":"avro"})")
                              << here + R"(envelope is "avro", which is none of auto, plain, debezium)";
    QTest::newRow("later envelope") << QByteArray(R"({"topic":"t","envelope":"cloudevents"})")
                                    << here + R"(envelope is "cloudevents", which this release cannot read yet)";
    QTest::newRow("pointer") << QByteArray(R"({"topic":"t","entities":[{"id":{"from":"key"}},{"id":{"from":"value","at":"x"}}]})")
                             << here + R"(entities[1].id.at is "x", which is no JSON Pointer: write /member)";
    QTest::newRow("no id") << QByteArray(R"({"topic":"t","entities":[{}]})") << here + "entities[0].id is missing";
    QTest::newRow("empty id") << QByteArray(R"({"topic":"t","entities":[{"id":[]}]})") << here + "entities[0].id is empty";
    QTest::newRow("origin") << QByteArray(R"({"topic":"t","type":{"from":"body"}})")
                            << here + R"(type.from is "body", which is none of key, value, header, topic, state, const)";
    QTest::newRow("neither") << QByteArray(R"({"topic":"t","type":{"at":"/a"}})")
                             << here + R"(type has neither "from" nor "const")";
    QTest::newRow("header without name") << QByteArray(R"({"topic":"t","type":{"from":"header"}})")
                                         << here + "type.name is missing: the header's name";
    QTest::newRow("at of a topic") << QByteArray(R"({"topic":"t","type":{"from":"topic","at":"/a"}})")
                                   << here + "type.at is no member of a field from topic";
    QTest::newRow("state") << QByteArray(R"({"topic":"t","type":{"from":"state","at":"/a"}})")
                           << here + R"(type.from is "state": only a name can come from the state)";
    QTest::newRow("unit") << QByteArray(R"({"topic":"t","time":{"from":"key","unit":"h"}})")
                          << here + R"(time.unit is "h", which is none of auto, iso, s, ms, us, ns)";
    QTest::newRow("zone") << QByteArray(R"({"topic":"t","time":{"from":"key","zone":"Europe/Berlin"}})")
                          << here + R"(time.zone is "Europe/Berlin": write UTC or an offset such as +01:00)";
    QTest::newRow("split") << QByteArray(R"({"topic":"t","type":{"from":"key","split":{"by":"-","take":"1"}}})")
                           << here + "type.split.take is no whole number";
    QTest::newRow("split without by") << QByteArray(R"({"topic":"t","type":{"from":"key","split":{}}})")
                                      << here + "type.split.by is missing";
    QTest::newRow("type is a text") << QByteArray(R"({"topic":"t","type":"/a"})") << here + "type is no JSON object";
}

void TestMapping::errorsNameTopicAndMember()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, error);
    const auto mappings = mappingsFromJson(*parseJson(json.toStdString()));
    QVERIFY(!mappings.has_value());
    QCOMPARE(QString::fromStdString(mappings.error().text()), error);

    const auto regex = mappingsFromJson(*parseJson(R"j({"topic":"t","type":{"from":"key","regex":"("}})j"));
    QVERIFY(!regex.has_value());
    QVERIFY(regex.error().text().starts_with("mapping of topic \"t\": type.regex is no regular expression: "));
}

void TestMapping::anArrayHoldsSeveralMappings()
{
    const auto mappings = mappingsFromJson(*parseJson(R"([{"topic":"a"},{"topic":"b"}])"));
    QVERIFY(mappings.has_value());
    QCOMPARE(mappings->size(), 2u);
    QVERIFY(mappingsFromJson(*parseJson("[]"))->empty());
    QVERIFY(!mappingsFromJson(*parseJson(R"([{"topic":"a"},{}])")).has_value());
}

void TestMapping::patternsMatchTopics_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("topic");
    QTest::addColumn<bool>("matches");
    QTest::newRow("itself") << "orders" << "orders" << true;
    QTest::newRow("a prefix is not enough") << "order" << "orders" << false;
    QTest::newRow("all") << "*" << "" << true;
    QTest::newRow("ending") << "*.orders" << "shop.eu.orders" << true;
    QTest::newRow("middle") << "shop.*.orders" << "shop.eu.orders" << true;
    QTest::newRow("a star may be nothing") << "shop*" << "shop" << true;
    QTest::newRow("two stars, given back") << "*a*b" << "aabab" << true;
    QTest::newRow("no") << "*a*b" << "aabaa" << false;
    QTest::newRow("no other signs") << "o?ders" << "orders" << false;
}

void TestMapping::patternsMatchTopics()
{
    QFETCH(QString, pattern);
    QFETCH(QString, topic);
    QTEST(topicMatches(pattern.toStdString(), topic.toStdString()), "matches");
}

void TestMapping::aNameWinsOverAPattern()
{
    const auto mappings = mappingsFromJson(*parseJson(R"([{"topic":"*"},{"topic":"or*"},{"topic":"orders"}])"));
    QCOMPARE(QString::fromStdString(mappingFor(*mappings, "orders")->topic), "orders");
    QCOMPARE(QString::fromStdString(mappingFor(*mappings, "orders2")->topic), "*");
    QVERIFY(mappingFor({}, "orders") == nullptr);
}

void TestMapping::theSchemaIsJson()
{
    const auto schema = parseJson(mappingSchema());
    QVERIFY(schema.has_value());
    const Json* members = valueAt(*schema, *Pointer::parse("/$defs/mapping/properties"));
    QVERIFY(members != nullptr);
    // Each member that a mapping can be written with is told of.
    const Mapping full = mappingOf(R"({"topic":"t","format":"json","entities":[{"id":{"from":"key"}}],"type":{"const":"x"},
        "time":{"from":"key"},"version":{"from":"key"},"correlation":{"from":"key"},"causation":{"from":"key"},"name":{"from":"key"}})");
    const Json written = toJson(full);
    for (const auto& [name, value] : written.get_ref<const Json::object_t&>())
        QVERIFY2(members->get_ref<const Json::object_t&>().count(name) == 1, name.c_str());
    QCOMPARE(members->size(), written.size());
}

QTEST_GUILESS_MAIN(TestMapping)
#include "test_mapping.moc"
