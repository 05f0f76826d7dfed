#include "decode_support.h"

#include "core/decode/guess.h"
#include "core/decode/guess_samples.h"

#include <QProcess>
#include <QTest>

#include <set>

using namespace hindcast;
using namespace hindcast::decode;
using namespace hindcast::decode::test;

class TestGuess : public QObject {
    Q_OBJECT
private slots:
    void namesAreReadInWords();
    void theRunningExampleIsUnderstood();
    void fewRecordsMayEachHaveATypeOfTheirOwn();
    void hardlyAnyTwoRecordsAlikeIsNoType();
    void hundredsOfEventTypesAreTypes();
    void numberedEventTypesAreTypes();
    void aFieldCalledTypeIsItWhateverFewValuesStandBesideIt_data();
    void aFieldCalledTypeIsItWhateverFewValuesStandBesideIt();
    void aKeyThatAMemberRepeatsNamesTheCategory();
    void uniqueKeysOfManyEntitiesAreStillTheId();
    void aKeyThatNamesTheMessageIsNotTheEntity();
    void aCategoryOfItsOwnForEachRecordIsNotGuessed();
    void epochsAreToldByTheirMagnitude();
    void headersAreLookedAt();
    void membersOfAnEnvelopeAreFound();
    void textAndBytesAreSaid();
    void noRecordsGiveTheDefault();
    void theGuessIsTheSameEachTime();
    void aFewTimesThatCannotBeReadDoNotCostAllTheOthersTheirs();
    void thePackageLogIsUnderstood();
    void theTrafficFinesAreUnderstood();
    void theHistoryOfFilesIsUnderstood();
    void capturedTopicsAreRecognised_data();
    void capturedTopicsAreRecognised();
};

namespace {

/// Records with their header table, as a batch has them.
struct Samples {
    std::vector<OwnedRecord> owned;
    std::vector<RawRecord> records;
    std::vector<Header> headers;

    void add(OwnedRecord record)
    {
        owned.push_back(std::move(record));
        RawRecord raw = owned.back().raw;
        raw.firstHeader = static_cast<std::uint32_t>(headers.size());
        headers.insert(headers.end(), owned.back().table.begin(), owned.back().table.end());
        records.push_back(raw);
    }
    void add(std::optional<std::string> key, std::string value) { add(OwnedRecord(std::move(key), std::move(value))); }
    [[nodiscard]] Guess guess(const char* topic) const { return guessMapping(topic, records, headers); }
};

QString written(const Guess& guess) { return QString::fromStdString(toText(toJson(guess.mapping))); }

QString reasons(const Guess& guess)
{
    QString all;
    for (const std::string& reason : guess.reasons) all += QString::fromStdString(reason) + u'\n';
    return all;
}

Samples lines(const std::string& text, std::size_t most)
{
    Samples samples;
    std::size_t start = 0;
    while (start < text.size() && samples.records.size() < most) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        samples.add(std::nullopt, text.substr(start, end - start));
        start = end + 1;
    }
    return samples;
}

}  // namespace

void TestGuess::namesAreReadInWords()
{
    const auto joined = [](std::string_view name) {
        QStringList words;
        for (const std::string& word : wordsOf(name)) words += QString::fromStdString(word);
        return words.join(u'-');
    };
    QCOMPARE(joined("user_id"), "user-id");
    QCOMPARE(joined("userID"), "user-id");
    QCOMPARE(joined("Case ID"), "case-id");
    QCOMPARE(joined("HTTPRequestId"), "http-request-id");
    QCOMPARE(joined("ORDER_PLACED"), "order-placed");
    QCOMPARE(joined("order.placed.v2"), "order-placed-v2");
    const auto noun = [](const char* topic) { return QString::fromStdString(topicNoun(topic)); };
    QCOMPARE(noun("orders"), "order");
    QCOMPARE(noun("shop.eu.orders.v1"), "order");
    QCOMPARE(noun("user-events"), "user");
    QCOMPARE(noun("categories"), "category");
    QCOMPARE(noun("order-status"), "order_status");
    QCOMPARE(noun("dpkg-events.jsonl"), "dpkg");
    QCOMPARE(noun("events"), "events");
}

void TestGuess::theRunningExampleIsUnderstood()
{
    Samples samples;
    samples.add(
        "user-123",
        R"({"event_type":"UserRegistered","user_id":"user-123","name":"Ada","timestamp":"2025-11-01T09:00:00Z","correlation_id":"c1"})");
    samples.add(
        "user-123",
        R"({"event_type":"AddressAdded","user_id":"user-123","address":"x","timestamp":"2025-11-02T09:00:00Z","correlation_id":"c2","causation_id":"c1"})");
    samples.add(
        "user-123",
        R"({"event_type":"OrderPlaced","user_id":"user-123","order_id":"order-456","total":62.00,"timestamp":"2025-11-03T09:00:00Z","correlation_id":"c3","causation_id":"c1"})");
    samples.add(
        "user-123",
        R"({"event_type":"AddressChanged","user_id":"user-123","new_address":"y","timestamp":"2025-11-04T09:00:00Z","correlation_id":"c4"})");
    const Guess guess = samples.guess("events");
    QCOMPARE(
        written(guess),
        R"({"topic":"events","envelope":"plain","entities":[{"category":{"const":"user"},"id":{"from":"key"}},)"
        R"({"category":{"const":"order"},"id":{"from":"value","at":"/order_id"}}],"type":{"from":"value","at":"/event_type"},)"
        R"("time":{"from":"value","at":"/timestamp","unit":"iso"},"correlation":{"from":"value","at":"/correlation_id"},)"
        R"("causation":{"from":"value","at":"/causation_id"}})");
    QVERIFY(reasons(guess).contains("type: /event_type, 4 values in 4 records\n"));
    QVERIFY(reasons(guess).contains("entity id: the message key, 1 in 4 records, the same as /user_id; category \"user\"\n"));
    QVERIFY(reasons(guess).contains("also order: /order_id, as 1 records have a type that begins with \"order\"\n"));
}

void TestGuess::fewRecordsMayEachHaveATypeOfTheirOwn()
{
    Samples samples;
    samples.add("a", R"({"type":"Opened"})");
    QCOMPARE(
        written(samples.guess("t")),
        R"({"topic":"t","envelope":"plain","entities":[{"category":{"const":"t"},"id":{"from":"key"}}],"type":{"from":"value","at":"/type"}})");
}

void TestGuess::hundredsOfEventTypesAreTypes()
{
    // 300 types, so that of 200 samples most have one of their own; and a member that sorts them into a few.
    Samples samples;
    for (int i = 0; i < 200; ++i) {
        const auto word = [](int number) {
            std::string out = "com.example.";
            for (const char digit : std::to_string(number)) out += static_cast<char>('A' + (digit - '0'));
            return out + "Changed";
        };
        samples.add("k" + std::to_string(i % 40), R"({"event_type":")" + word(i * 73 % 139) + R"(","eventKind":"kind)" +
                                                      std::string(1, static_cast<char>('a' + i % 11)) + R"("})");
    }
    const Guess guess = samples.guess("t");
    QVERIFY(guess.mapping.type);
    QCOMPARE(guess.mapping.type->at.text(), std::string("/event_type"));
}

void TestGuess::numberedEventTypesAreTypes()
{
    Samples samples;
    for (int i = 0; i < 200; ++i)
        samples.add("k" + std::to_string(i % 40),
                    R"({"event_type":"Type)" + std::to_string(100 + i * 7 % 60) + R"(","amount":)" + std::to_string(i) + "}");
    const Guess guess = samples.guess("t");
    QVERIFY(guess.mapping.type);
    QCOMPARE(guess.mapping.type->at.text(), std::string("/event_type"));
    // What merely could be one is none with numbers in it, nor is a number alone whatever its name.
    Samples others;
    for (int i = 0; i < 200; ++i)
        others.add("k" + std::to_string(i % 40), R"({"shelf":"A-)" + std::to_string(100 + i % 5) + R"(","type":")" +
                                                     std::to_string(i % 5) + R"(","amount":)" + std::to_string(i) + "}");
    QVERIFY(!others.guess("t").mapping.type);
}

void TestGuess::aFieldCalledTypeIsItWhateverFewValuesStandBesideIt_data()
{
    QTest::addColumn<int>("records");
    QTest::addColumn<bool>("sure");
    QTest::newRow("a few that share types") << 300 << true;
    QTest::newRow("hardly any that share one") << 40 << false;
}

void TestGuess::aFieldCalledTypeIsItWhateverFewValuesStandBesideIt()
{
    QFETCH(const int, records);
    QFETCH(const bool, sure);
    // 300 types that come at random, nine actors and ten reasons that sort the records into a few.
    const std::vector<std::string> verbs{"Created", "Updated", "Validated", "Expired",  "Archived",
                                         "Merged",  "Split",   "Blocked",   "Restored", "Approved"};
    Samples samples;
    std::set<std::string> types;
    for (int i = 0; i < records; ++i) {
        const auto number = static_cast<std::size_t>(i) * 7919 % 1009 % 300;
        const std::string type = std::string("Noun") + static_cast<char>('a' + number / 10) + verbs[number % 10];
        types.insert(type);
        const std::string id = "6513270e-269e-4d37-8f03-" + std::to_string(100'000'000'000 + i * 37 % 200);
        samples.add(id, R"({"id":")" + id + R"(","type":")" + type + R"(","time":)" + std::to_string(1'764'000'000'000 + i * 10) +
                            R"(,"step":)" + std::to_string(i) + R"(,"actor":"service-)" + std::to_string(i % 9) +
                            R"(","reason":")" + verbs[static_cast<std::size_t>(i * i + i / 3) % 10] + R"(","amount":)" +
                            std::to_string(i % 97) + ".5}");
    }
    QVERIFY(types.size() * 2 > static_cast<std::size_t>(records));
    QCOMPARE(types.size() * 10 <= static_cast<std::size_t>(records) * 9, sure);
    const Guess guess = samples.guess("noisy");
    QCOMPARE(guess.mapping.type.has_value(), sure);
    if (sure) QCOMPARE(guess.mapping.type->at.text(), std::string("/type"));
}

void TestGuess::hardlyAnyTwoRecordsAlikeIsNoType()
{
    Samples samples;
    const char* letters = "abcdefghijklmnopqrstuvwxyz";
    for (int i = 0; i < 200; ++i) {
        const std::string word = std::string("kind") + letters[i % 26] + letters[i / 26];
        samples.add("k" + std::to_string(i % 7), R"({"type":")" + word + R"(","name":")" + word + R"("})");
    }
    const Guess guess = samples.guess("things");
    QVERIFY(!guess.mapping.type);
    QVERIFY(reasons(guess).contains("all are called \"event\""));
}

void TestGuess::aFewTimesThatCannotBeReadDoNotCostAllTheOthersTheirs()
{
    Samples samples;
    for (int i = 0; i < 100; ++i) {
        const std::string time = i == 7 ? "9999-12-31T00:00:00Z" : "2025-11-04T09:14:" + std::to_string(10 + i % 50) + "Z";
        samples.add("u" + std::to_string(i % 5), R"({"type":"Seen","timestamp":")" + time + R"("})");
    }
    const Guess guess = samples.guess("clicks");
    QVERIFY(written(guess).contains(R"("time":{"from":"value","at":"/timestamp","unit":"iso"})"));
    QVERIFY2(reasons(guess).contains("in 99 records; not readable in 1"), qPrintable(reasons(guess)));
}

void TestGuess::aKeyThatAMemberRepeatsNamesTheCategory()
{
    Samples samples;
    for (int i = 0; i < 60; ++i) {
        const std::string id = std::to_string(i % 9);
        samples.add(id, R"({"customerId":)" + id + R"(,"kind":")" + (i % 2 == 0 ? "a" : "b") + R"("})");
    }
    QCOMPARE(written(samples.guess("shop")), R"({"topic":"shop","envelope":"plain","entities":[{"category":{"const":"customer"},)"
                                             R"("id":{"from":"key"}}],"type":{"from":"value","at":"/kind"}})");
}

void TestGuess::uniqueKeysOfManyEntitiesAreStillTheId()
{
    Samples samples;
    for (int i = 0; i < 100; ++i)
        samples.add("u" + std::to_string(i),
                    R"({"type":"Seen","user_id":"u)" + std::to_string(i) + R"(","product_id":)" + std::to_string(i % 5) + "}");
    QVERIFY(written(samples.guess("clicks")).contains(R"("entities":[{"category":{"const":"user"},"id":{"from":"key"}}])"));
}

void TestGuess::aKeyThatNamesTheMessageIsNotTheEntity()
{
    Samples samples;
    for (int i = 0; i < 100; ++i)
        samples.add("e" + std::to_string(i), R"({"type":"Paid","event_id":"e)" + std::to_string(i) + R"(","order_id":"o)" +
                                                 std::to_string(i % 20) + R"("})");
    QVERIFY(written(samples.guess("orders"))
                .contains(R"("entities":[{"category":{"const":"order"},"id":{"from":"value","at":"/order_id"}}])"));
}

void TestGuess::aCategoryOfItsOwnForEachRecordIsNotGuessed()
{
    const auto guessed = [](bool fewTypes) {
        Samples samples;
        for (int i = 0; i < 100; ++i) {
            const std::string kind = fewTypes ? (i % 2 == 0 ? "user" : "order") : "kind" + std::to_string(i);
            samples.add(std::nullopt, R"({"aggregate_type":")" + kind + R"(","aggregate_id":"a)" + std::to_string(i % 10) +
                                          R"(","event_type":"X"})");
        }
        return written(samples.guess("events"));
    };
    QVERIFY(guessed(true).contains(
        R"({"category":{"from":"value","at":"/aggregate_type"},"id":{"from":"value","at":"/aggregate_id"}})"));
    QVERIFY(guessed(false).contains(R"({"category":{"const":"events"},"id":{"from":"value","at":"/aggregate_id"}})"));
}

void TestGuess::epochsAreToldByTheirMagnitude()
{
    const auto unit = [](const char* number) {
        Samples samples;
        for (int i = 0; i < 5; ++i) samples.add("k", R"({"ts":)" + std::string(number) + "}");
        const Guess guess = samples.guess("t");
        return guess.mapping.time ? QString::fromUtf8(nameOf(guess.mapping.time->unit).data()) : QStringLiteral("none");
    };
    QCOMPARE(unit("1762247662"), "s");
    QCOMPARE(unit("1762247662118"), "ms");
    QCOMPARE(unit("1762247662118000"), "us");
    QCOMPARE(unit("1762247662118000000"), "ns");
    QCOMPARE(unit("\"2025-11-04\""), "iso");
    QCOMPARE(unit("12"), "none");
    QCOMPARE(unit("\"soon\""), "none");
}

void TestGuess::headersAreLookedAt()
{
    Samples samples;
    for (int i = 0; i < 30; ++i)
        samples.add(OwnedRecord("o" + std::to_string(i % 4), R"({"total":1})",
                                {{"ce_type", i % 2 == 0 ? "OrderPlaced" : "OrderPaid"},
                                 {"x-correlation-id", "c" + std::to_string(i)},
                                 {"ce_time", "2025-11-04T09:00:00Z"}}));
    QCOMPARE(written(samples.guess("orders")),
             R"({"topic":"orders","envelope":"plain","entities":[{"category":{"const":"order"},"id":{"from":"key"}}],)"
             R"("type":{"from":"header","name":"ce_type"},"time":{"from":"header","name":"ce_time","unit":"iso"},)"
             R"("correlation":{"from":"header","name":"x-correlation-id"}})");
}

void TestGuess::membersOfAnEnvelopeAreFound()
{
    Samples samples;
    for (int i = 0; i < 30; ++i)
        samples.add(std::nullopt, R"({"type":"Moved","data":{"device_id":"d)" + std::to_string(i % 3) +
                                      R"("},"metadata":{"timestamp":1762247662,"correlationId":"c"}})");
    QCOMPARE(
        written(samples.guess("fleet")),
        R"({"topic":"fleet","envelope":"plain","entities":[{"category":{"const":"device"},"id":{"from":"value","at":"/data/device_id"}}],)"
        R"("type":{"from":"value","at":"/type"},"time":{"from":"value","at":"/metadata/timestamp","unit":"s"},)"
        R"("correlation":{"from":"value","at":"/metadata/correlationId"}})");
}

void TestGuess::textAndBytesAreSaid()
{
    Samples words;
    for (int i = 0; i < 5; ++i) words.add("k", "a line of a log");
    QCOMPARE(written(words.guess("log")), R"({"topic":"log","envelope":"auto","format":"text"})");
    Samples bytes;
    for (int i = 0; i < 5; ++i) bytes.add("k", "\xff\xfe\x01");
    QCOMPARE(written(bytes.guess("log")), R"({"topic":"log","envelope":"auto","format":"bytes"})");
    Samples broken;
    for (int i = 0; i < 5; ++i) broken.add("k", i == 0 ? R"({"type":)" : R"({"type":"A"})");
    const Guess guess = broken.guess("t");
    QVERIFY(guess.mapping.format == ValueFormat::Auto);
    QVERIFY(guess.mapping.type);
    QVERIFY(reasons(guess).contains("1 of 5 records cannot be read as such"));
}

void TestGuess::noRecordsGiveTheDefault()
{
    const Guess guess = Samples{}.guess("orders");
    QCOMPARE(written(guess), R"({"topic":"orders","envelope":"auto"})");
    QCOMPARE(guess.reasons.size(), 1u);
}

void TestGuess::theGuessIsTheSameEachTime()
{
    Samples samples;
    for (int i = 0; i < 50; ++i)
        samples.add(std::nullopt,
                    R"({"a_id":")" + std::to_string(i % 5) + R"(","b_id":")" + std::to_string(i % 5) + R"(","c":"x","d":"y"})");
    const Guess first = samples.guess("t");
    for (int i = 0; i < 5; ++i) {
        const Guess again = samples.guess("t");
        QVERIFY(again.mapping == first.mapping);
        QVERIFY(again.reasons == first.reasons);
    }
}

void TestGuess::thePackageLogIsUnderstood()
{
    const QString path = samplePath("logs-dpkg/dpkg-events.jsonl");
    if (!QFile::exists(path)) QSKIP("the package log is not here");
    QCOMPARE(
        written(lines(fileBytes(path), 300).guess("dpkg-events")),
        R"({"topic":"dpkg-events","envelope":"plain","entities":[{"category":{"const":"package"},"id":{"from":"value","at":"/package"}}],)"
        R"("type":{"from":"value","at":"/action"},"time":{"from":"value","at":"/time","unit":"iso"}})");
}

void TestGuess::theTrafficFinesAreUnderstood()
{
    const QString path = samplePath("logs-eventdataR/traffic_fines.jsonl.gz");
    if (!QFile::exists(path)) QSKIP("the traffic fines are not here");
    QProcess gzip;
    gzip.start(QStringLiteral("gzip"), {QStringLiteral("-dc"), path});
    if (!gzip.waitForFinished()) QSKIP("gzip is not here");
    QCOMPARE(
        written(lines(gzip.readAllStandardOutput().toStdString(), 300).guess("traffic_fines")),
        R"({"topic":"traffic_fines","envelope":"plain","entities":[{"category":{"const":"case"},"id":{"from":"value","at":"/case_id"}}],)"
        R"("type":{"from":"value","at":"/activity"},"time":{"from":"value","at":"/timestamp","unit":"iso"}})");
}

void TestGuess::theHistoryOfFilesIsUnderstood()
{
    for (const char* name : {"kafdrop", "leveldb"}) {
        const QString path = samplePath("logs-git-history/") + QLatin1String(name) + QStringLiteral("-events.jsonl");
        if (!QFile::exists(path)) QSKIP("the histories of files are not here");
        QCOMPARE(
            written(lines(fileBytes(path), 300).guess("git")),
            R"({"topic":"git","envelope":"plain","entities":[{"category":{"const":"path"},"id":{"from":"value","at":"/path"}}],)"
            R"("type":{"from":"value","at":"/change"},"time":{"from":"value","at":"/commit_time","unit":"s"}})");
    }
}

void TestGuess::capturedTopicsAreRecognised_data()
{
    QTest::addColumn<QString>("path");
    QDir folder(samplePath("kafka-captures"));
    if (!folder.exists()) QSKIP("the captured topics are not here");
    for (const QFileInfo& file : folder.entryInfoList({QStringLiteral("*.jsonl")}, QDir::Files, QDir::Name))
        QTest::newRow(qPrintable(file.completeBaseName())) << file.filePath();
}

void TestGuess::capturedTopicsAreRecognised()
{
    QFETCH(QString, path);
    Samples samples;
    std::string topic;
    for (auto& [name, record] : dump(path)) {
        topic = name;
        samples.add(std::move(record));
    }
    const Guess guess = samples.guess(topic.c_str());
    const QString name = QString::fromStdString(topic);
    QVERIFY(!guess.reasons.empty());
    const auto startsWithAny = [&](std::initializer_list<const char*> prefixes) {
        return std::ranges::any_of(prefixes, [&](const char* prefix) { return name.startsWith(QLatin1String(prefix)); });
    };
    if (startsWithAny({"plain.", "schemas.", "strs.", "__debezium"}) || name.endsWith(QStringLiteral(".message"))) {
        QCOMPARE(written(guess), QStringLiteral(R"({"topic":"%1","envelope":"debezium"})").arg(name));
    } else if (startsWithAny({"dbzavro.", "apicurio2.avro", "apicurio2.protobuf"})) {
        QCOMPARE(written(guess), QStringLiteral(R"({"topic":"%1","envelope":"auto"})").arg(name));
        QVERIFY(reasons(guess).contains("needs a registry"));
    } else if (startsWithAny({"unwrap"}) && !name.endsWith(QStringLiteral("nokey"))) {
        QVERIFY(guess.mapping.entities.size() == 1);
        QVERIFY(guess.mapping.entities.front().id.front().from == FieldSource::From::Key);
    }
}

QTEST_GUILESS_MAIN(TestGuess)
#include "test_guess.moc"
