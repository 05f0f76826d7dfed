#include "decode_support.h"

#include <QTest>

#include <map>
#include <set>

using namespace hindcast;
using namespace hindcast::decode;
using namespace hindcast::decode::test;

/// What real servers published.
class TestCaptures : public QObject {
    Q_OBJECT
private slots:
    void everyCaptureDecodesWithoutRejects_data();
    void everyCaptureDecodesWithoutRejects();
    void theKeyChangeOfACapturedRowIsLinked();
    void theGeneratedWorkloadDecodes();
    void envelopesOfManyConnectorsDecode();
};

void TestCaptures::everyCaptureDecodesWithoutRejects_data()
{
    QTest::addColumn<QString>("path");
    QDir folder(samplePath("kafka-captures"));
    if (!folder.exists()) QSKIP("the captured topics are not here");
    for (const QFileInfo& file : folder.entryInfoList({QStringLiteral("*.jsonl")}, QDir::Files, QDir::Name))
        QTest::newRow(qPrintable(file.completeBaseName())) << file.filePath();
}

void TestCaptures::everyCaptureDecodesWithoutRejects()
{
    QFETCH(QString, path);
    const QString name = QFileInfo(path).completeBaseName();
    const auto records = dump(path);
    QVERIFY(!records.empty());
    Decoder decoder({}, records.front().topic);
    const bool registry = name.startsWith(QStringLiteral("dbzavro")) ||
                          (name.startsWith(QStringLiteral("apicurio2")) && !name.contains(QStringLiteral("jsonschema")));
    const bool envelopes = (name.startsWith(QStringLiteral("plain.")) || name.startsWith(QStringLiteral("schemas.")) ||
                            name.startsWith(QStringLiteral("strs."))) &&
                           !name.endsWith(QStringLiteral(".transaction"));
    for (const auto& [topic, record] : records) {
        const Decoded facts = decoded(decoder, record);
        QCOMPARE(QString::fromStdString(facts.reject), QString());
        if (!record.raw.value) {
            QVERIFY(facts.kind == EventKind::Tombstone);
            QCOMPARE(facts.entities.empty(), !record.raw.key.has_value());
        } else if (registry) {
            QVERIFY(facts.wire == Wire::SchemaIdOnly);
            QVERIFY(facts.decodedAs.find("needs a registry") != std::string::npos);
        } else if (envelopes) {
            QVERIFY(facts.kind != EventKind::Plain);
            QVERIFY(!facts.timeIsBrokers);
            QVERIFY(facts.databaseTime.has_value());
            QVERIFY(!facts.order.absent());
            QVERIFY(facts.kind == EventKind::Message || facts.entities.size() == 1);
            QVERIFY(facts.payload.starts_with("{"));
        } else if (name.endsWith(QStringLiteral(".transaction"))) {
            QVERIFY(facts.type.starts_with("transaction "));
            QVERIFY(facts.entities.empty());
        } else if (name.startsWith(QStringLiteral("__debezium-heartbeat"))) {
            QCOMPARE(text(facts.type), "heartbeat");
        } else if (name.contains(QStringLiteral("jsonschema"))) {
            QVERIFY(facts.wire == Wire::SchemaIdJson);
        }
    }
}

void TestCaptures::theKeyChangeOfACapturedRowIsLinked()
{
    if (!QDir(samplePath("kafka-captures")).exists()) QSKIP("the captured topics are not here");
    for (const char* capture : {"kafka-captures/plain.public.customers.jsonl", "kafka-captures/schemas.public.customers.jsonl"}) {
        const auto records = dump(samplePath(capture));
        Decoder decoder({}, records.front().topic);
        std::vector<QString> story;
        for (const auto& [topic, record] : records) {
            const Decoded facts = decoded(decoder, record);
            QString line = text(facts.type) + u' ' + lanes(facts);
            if (facts.linkedTo) line += QStringLiteral(" to ") + text(facts.linkedTo->id);
            if (facts.linkedFrom) line += QStringLiteral(" from ") + text(facts.linkedFrom->id);
            story.push_back(line.replace(QString::fromStdString(topic.substr(0, topic.find('.'))) + u':', QString()));
        }
        const auto tells = [&](const char* line) { return std::ranges::find(story, QLatin1String(line)) != story.end(); };
        QVERIFY(tells("snapshot public.customers/1"));
        QVERIFY(tells("delete public.customers/4 to 1001"));
        QVERIFY(tells("tombstone public.customers/4"));
        QVERIFY(tells("create public.customers/1001 from 4"));
    }
}

void TestCaptures::theGeneratedWorkloadDecodes()
{
    const QString path = samplePath("cdc-debezium-generated/plain.jsonl");
    if (!QFile::exists(path)) QSKIP("the generated workload is not here");
    std::map<std::string, Decoder> decoders;
    std::map<QString, int> types;
    std::set<QString> categories;
    int links = 0;
    for (const auto& [topic, record] : dump(path)) {
        auto decoder = decoders.find(topic);
        if (decoder == decoders.end()) decoder = decoders.emplace(topic, Decoder({}, topic)).first;
        const Decoded facts = decoded(decoder->second, record);
        QCOMPARE(QString::fromStdString(facts.reject), QString());
        ++types[text(facts.type)];
        for (const EntityRef& entity : facts.entities) categories.insert(text(entity.category));
        links += facts.linkedTo ? 1 : 0;
        links -= facts.linkedFrom ? 1 : 0;
    }
    QCOMPARE(categories, (std::set<QString>{"inventory.customers", "inventory.everything", "inventory.line_items",
                                            "inventory.nokey", "inventory.orders", "inventory.products"}));
    QCOMPARE(links, 0);  // each change of a key has both its ends
    QCOMPARE(types["message"], 11);
    QCOMPARE(types["heartbeat"], 4);
    QCOMPARE(types["transaction BEGIN"] + types["transaction END"], 4192);
    QVERIFY(types["create"] > 0 && types["update"] > 0 && types["delete"] > 0 && types["snapshot"] > 0 && types["tombstone"] > 0);
    QCOMPARE(types.count("event"), 0u);
}

void TestCaptures::envelopesOfManyConnectorsDecode()
{
    const QString path = samplePath("cdc-debezium-documents/docs-messages.jsonl");
    if (!QFile::exists(path)) QSKIP("the documents are not here");
    int changes = 0;
    for (const QByteArray& line : QByteArray::fromStdString(fileBytes(path)).split('\n')) {
        if (line.isEmpty()) continue;
        const auto document = parseJson(line.toStdString());
        QVERIFY(document.has_value());
        const std::string message = toText(*valueAt(*document, *Pointer::parse("/message")));
        const std::string kind = valueAt(*document, *Pointer::parse("/kind"))->get<std::string>();
        Decoder decoder({}, "docs");
        const Decoded facts = decoded(decoder, OwnedRecord("1", message));
        QCOMPARE(QString::fromStdString(facts.reject), QString());
        if (kind.size() != 1) continue;
        ++changes;
        const std::map<std::string, std::string> types{{"c", "create"},   {"u", "update"},   {"d", "delete"},
                                                       {"r", "snapshot"}, {"t", "truncate"}, {"m", "message"}};
        QCOMPARE(text(facts.type), QString::fromStdString(types.at(kind)));
    }
    QVERIFY(changes > 20);
}

QTEST_GUILESS_MAIN(TestCaptures)
#include "test_captures.moc"
