#include "core/source/file.h"
#include "tests/unit/source/support.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>

using namespace hindcast;
using namespace hindcast::source;

namespace {
/// moc cannot read raw strings that hold quotes.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}
}  // namespace

class TestRecords : public QObject {
    Q_OBJECT
    Files files_;

    Read read(const std::string& text, const std::vector<Resume>& resume = {})
    {
        auto source = makeRecordsSource({files_.write("dump.jsonl", text)});
        if (auto opened = source->open(resume); !opened) return {{}, {}, opened.error()};
        return readAll(*source);
    }

private slots:
    void everyMemberIsRead()
    {
        const auto got = read(
            json("{'topic':'o','partition':3,'offset':42,'timestamp':1795532933554,'timestamp_type':'LogAppendTime',"
                 "'key':'k\\u00e4y','value':'{\\'a\\':\\'\\\\n\\'}','headers':[['h','x'],['n',null],['b',{'b64':'AAE='}]]}\n"));
        QCOMPARE(got.records.size(), 1u);
        const Copy& record = got.records[0];
        QCOMPARE(record.defect, std::string());
        QCOMPARE(record.where(), std::string("o/3/42"));
        QCOMPARE(record.timestampMs, 1795532933554);
        QVERIFY(record.timestampKind == TimestampKind::LogAppend);
        QCOMPARE(*record.key, std::string("k\u00e4y"));
        QCOMPARE(*record.value, std::string(json("{'a':'\\n'}")));
        QCOMPARE(record.headers.size(), 3u);
        QCOMPARE(*record.headers[0].second, std::string("x"));
        QVERIFY(!record.headers[1].second);
        QCOMPARE(*record.headers[2].second, std::string("\0\1", 2));
        QCOMPARE(got.progress.at("o/3"), 43);
    }

    void kcatOutputReadsAsItIs()
    {
        const auto got =
            read(json("{'topic':'t','partition':0,'offset':7,'tstype':'create','ts':1700000000000,'broker':1,'headers':['a','1','"
                      "e',null],"
                      "'key':'k','payload':{'order': 1, 'total': 119.90 }}\n"
                      "{'topic':'t','partition':0,'offset':8,'tstype':'create','ts':-1,'broker':1,'key':null,'payload':null}\n") +
                 "{\"topic\":\"t\",\"partition\":0,\"offset\":9,\"ts\":1,\"key\":\"\xC3\x28\xFF\",\"payload\":"
                 "\"\xFE\\u00e9\xC3\xA9\\\"\x80\"}\n"
                 "{\"topic\":\"t\",\"partition\":0,\"offset\":10,\"headers\":[\"h\",\"\xFF\"],\"key\":\"k\",\"payload\":["
                 "\"\xFF\xC3\xA9\"]}\n");
        QCOMPARE(got.records.size(), 4u);
        QCOMPARE(*got.records[0].value, std::string(json("{'order': 1, 'total': 119.90 }")));
        QCOMPARE(got.records[0].headers.size(), 2u);
        QCOMPARE(got.records[0].headers[1].first, std::string("e"));
        QVERIFY(!got.records[0].headers[1].second);
        QVERIFY(!got.records[1].key);
        QVERIFY(!got.records[1].value);
        QVERIFY(got.records[1].timestampKind == TimestampKind::None);
        QCOMPARE(got.records[2].defect, std::string());
        QCOMPARE(*got.records[2].key, std::string("\xC3\x28\xFF"));
        QCOMPARE(*got.records[2].value, std::string("\xFE\xC3\xA9\xC3\xA9\"\x80"));
        QCOMPARE(*got.records[3].value, std::string("[\"\xFF\xC3\xA9\"]"));
        QCOMPARE(*got.records[3].headers.at(0).second, std::string("\xFF"));
    }

    void headersComeInEveryForm()
    {
        const auto got =
            read(json("{'topic':'t','value':1,'headers':{'a':'1','b':{'b64':'/w=='},'c':null,'d':{'x':[1, 2]},'e':7}}\n"
                      "{'topic':'t','value':true,'headers':[{'key':'a','value':'1'},{'name':'b','value':null}]}\n"
                      "{'topic':'t','value':[1],'headers':null}\n"));
        QCOMPARE(got.records.size(), 3u);
        const auto& headers = got.records[0].headers;
        QCOMPARE(headers.size(), 5u);
        QCOMPARE(*headers[1].second, std::string("\xFF"));
        QVERIFY(!headers[2].second);
        QCOMPARE(*headers[3].second, std::string(json("{'x':[1, 2]}")));
        QCOMPARE(*headers[4].second, std::string("7"));
        QCOMPARE(*got.records[0].value, std::string("1"));
        QCOMPARE(got.records[1].headers.size(), 2u);
        QVERIFY(!got.records[1].headers[1].second);
        QCOMPARE(*got.records[1].value, std::string("true"));
        QCOMPARE(*got.records[2].value, std::string("[1]"));
    }

    void whatIsNoRecordIsADefectUnderTheFilesOwnName()
    {
        const auto got = read(
            "{\"topic\":\"t\",\"value\":\"a\"}\nnonsense\n{\"topic\":\"t\"\n[1]\n{\"topic\":\"t\",\"key\":\"k\"}\n"
            "{\"topic\":\"t\",\"value_b64\":\"%%\"}\n{\"topic\":\"t\",\"value\":\"b\"} x\n{\"topic\":\"t\",\"value\":\"c\"}\n");
        QCOMPARE(got.records.size(), 8u);
        QCOMPARE(got.records[0].where(), std::string("t/0/0"));
        for (std::size_t i = 1; i < 7; ++i) {
            QVERIFY2(!got.records[i].defect.empty(), std::to_string(i).c_str());
            QCOMPARE(got.records[i].where(), "dump.jsonl/0/" + std::to_string(i));
        }
        QCOMPARE(*got.records[1].value, std::string("nonsense"));
        QCOMPARE(got.records[7].where(), std::string("t/0/7"));
        QVERIFY(got.records[7].defect.empty());
    }

    void aPlaceThatNoRecordCanHaveIsADefect()
    {
        std::string text;
        for (const char* place : {"'partition':-1", "'partition':99999999999", "'partition':'first'", "'offset':-7",
                                  "'offset':9223372036854775807", "'offset':99999999999999999999", "'offset':[1]", "'n':-1"})
            text += json("{'topic':'t'," + std::string(place) + ",'value':'a'}\n");
        text += json("{'topic':'t','partition':null,'offset':17592186044415,'value':'b'}\n");
        const auto got = read(text);
        QCOMPARE(got.records.size(), 9u);
        for (std::size_t i = 0; i < 8; ++i) {
            QVERIFY2(!got.records[i].defect.empty(), std::to_string(i).c_str());
            QCOMPARE(got.records[i].where(), "dump.jsonl/0/" + std::to_string(i));
        }
        QCOMPARE(got.records[8].where(), std::string("t/0/17592186044415"));
    }

    void whatIsNotToldComesFromTheLine()
    {
        const auto got = read(
            "{\"partition\":1,\"offset\":5,\"value\":\"a\"}\n{\"topic\":\"u\",\"n\":9,\"value\":\"b\"}\n{\"value\":\"c\"}\n");
        QCOMPARE(got.records[0].where(), std::string("dump/1/5"));
        QCOMPARE(got.records[1].where(), std::string("u/0/9"));
        QCOMPARE(got.records[2].where(), std::string("dump/0/2"));
    }

    void aDumpThatBeginsInTheMiddleSaysSo()
    {
        auto source = makeRecordsSource({files_.write("m.jsonl",
                                                      "{\"topic\":\"t\",\"offset\":500,\"value\":\"a\"}\n"
                                                      "{\"topic\":\"u\",\"n\":1,\"value\":\"a\"}\n")});
        QVERIFY(source->open({}).has_value());
        readAll(*source);
        const auto facts = source->streams();
        QCOMPARE(facts.size(), 2u);
        QCOMPARE(facts[0].logStart.value, 500);
        QCOMPARE(facts[0].startedAt.value, 500);
        QCOMPARE(facts[0].capturedEnd->value, 501);
        QCOMPARE(facts[1].logStart.value, 0);  // `n` numbers the lines of the file, which is here from its beginning
    }

    void recordsOutOfOrderAllComeAndAResumeLosesNone()
    {
        std::string text;
        const std::vector<int> offsets{0, 1, 5, 3, 4, 6, 6, 2, 7};
        for (const int each : offsets) text += "{\"topic\":\"t\",\"offset\":" + std::to_string(each) + ",\"value\":\"v\"}\n";
        QCOMPARE(read(text).records.size(), offsets.size());
        QCOMPARE(read(text).progress.at("t/0"), 8);
        // Read up to offset 5 before: 0, 1 and 5 are known to be delivered, of the others only those that ascend can be left out.
        const auto resumed = read(text, {{{"t", Partition{0}}, Offset{6}}});
        std::vector<std::int64_t> got;
        for (const auto& record : resumed.records) got.push_back(record.offset);
        QCOMPARE(got, (std::vector<std::int64_t>{3, 4, 6, 6, 2, 7}));
    }

    void deepNestingAndHugeNumbersPassThroughAsBytes()
    {
        const std::string deep(100'000, '[');
        const std::string value = deep + std::string(100'000, ']');
        const auto got = read("{\"topic\":\"t\",\"payload\":" + value +
                              "}\n{\"topic\":\"t\",\"payload\":{\"n\":1e999,\"m\":123456789012345678901234567890}}\n");
        QCOMPARE(got.records.size(), 2u);
        QVERIFY(got.records[0].defect.empty() ? *got.records[0].value == value : !got.records[0].value->empty());
        QCOMPARE(*got.records[1].value, std::string("{\"n\":1e999,\"m\":123456789012345678901234567890}"));
    }

    void theSamplesAreReadFullyAndToTheByte()
    {
        if (!QDir(HINDCAST_SAMPLES).exists()) QSKIP("the folder of sample captures is not here");
        QStringList paths{QStringLiteral(HINDCAST_SAMPLES "/cdc-debezium-generated/plain.jsonl")};
        const QDir captures(QStringLiteral(HINDCAST_SAMPLES "/kafka-captures"));
        for (const QString& name : captures.entryList({QStringLiteral("*.jsonl")})) paths << captures.filePath(name);
        std::size_t captured = 0;
        for (const QString& path : paths) {
            const auto format = detectFormat(path.toStdString());
            QVERIFY2(format.has_value(), qPrintable(path));
            QVERIFY2(*format == FileFormat::Records, qPrintable(path));
            auto source = makeFileSource(path.toStdString(), {}, "");
            QVERIFY(source.has_value());
            QVERIFY((*source)->open({}).has_value());
            const auto got = readAll(**source);
            QVERIFY(!got.error);
            // An independent reader of the same file.
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            std::size_t at = 0;
            while (!file.atEnd()) {
                const QJsonObject line = QJsonDocument::fromJson(file.readLine()).object();
                QVERIFY(!line.isEmpty());
                QVERIFY(at < got.records.size());
                const Copy& record = got.records[at++];
                QCOMPARE(record.defect, std::string());
                QCOMPARE(QString::fromStdString(record.topic), line["topic"].toString());
                QCOMPARE(record.offset, line[line.contains("offset") ? "offset" : "n"].toInteger());
                const auto compare = [&](const char* name, const std::optional<std::string>& ours) {
                    const QJsonValue text = line[QLatin1String(name)];
                    const QJsonValue coded = line[QLatin1String(name) + QStringLiteral("_b64")];
                    if (coded.isString())
                        return ours && QByteArray::fromBase64(coded.toString().toLatin1()).toStdString() == *ours;
                    return text.isString() ? ours && text.toString().toUtf8().toStdString() == *ours : !ours;
                };
                QVERIFY2(compare("key", record.key), qPrintable(path));
                QVERIFY2(compare("value", record.value), qPrintable(path));
                const QJsonValue headers = line["headers"];
                QCOMPARE(static_cast<qsizetype>(record.headers.size()),
                         headers.isObject() ? headers.toObject().size() : headers.toArray().size());
            }
            QCOMPARE(at, got.records.size());
            captured += path.contains(QStringLiteral("kafka-captures")) ? at : 0;
            if (path.endsWith(QStringLiteral("generated/plain.jsonl"))) QCOMPARE(at, 8515u);
        }
        QCOMPARE(captured, 462u);
    }
};

QTEST_GUILESS_MAIN(TestRecords)
#include "test_records.moc"
