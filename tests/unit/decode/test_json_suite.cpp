#include "decode_support.h"

#include <QDirIterator>
#include <QTest>

using namespace hindcast;
using namespace hindcast::decode;
using namespace hindcast::decode::test;

/// JSONTestSuite through the decoder.
class TestJsonSuite : public QObject {
    Q_OBJECT
private slots:
    void theDecoderAgreesWithTheSuite_data();
    void theDecoderAgreesWithTheSuite();
};

void TestJsonSuite::theDecoderAgreesWithTheSuite_data()
{
    QTest::addColumn<QString>("path");
    QDir folder(samplePath("conf-json-parsing/test_parsing"));
    if (!folder.exists()) QSKIP("the JSONTestSuite samples are not here");
    for (const QFileInfo& file : folder.entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Name))
        QTest::newRow(qPrintable(file.fileName())) << file.filePath();
}

void TestJsonSuite::theDecoderAgreesWithTheSuite()
{
    QFETCH(QString, path);
    Mapping mapping;
    mapping.format = ValueFormat::Json;
    Decoder decoder(mapping, "suite");
    const OwnedRecord record("key-1", fileBytes(path));
    const EventFacts facts = decoded(decoder, record);
    const QString name = QFileInfo(path).fileName();
    if (name.startsWith(u'y')) {
        QCOMPARE(QString::fromStdString(facts.reject), QString());
        QVERIFY(!facts.payload.empty());
    }
    // Bytes that carry a schema registry's magic byte are recognised before they are judged as JSON, and are no reject.
    if (name.startsWith(u'n') && facts.wire != Wire::SchemaIdOnly) {
        QVERIFY(!facts.reject.empty());
        QCOMPARE(text(facts.type), "reject");
    }
    QCOMPARE(lanes(facts), "suite/key-1");
}

QTEST_GUILESS_MAIN(TestJsonSuite)
#include "test_json_suite.moc"
