#include "core/source/file.h"
#include "core/source/line_reader.h"
#include "tests/unit/source/support.h"

#include <random>

using namespace hindcast;
using namespace hindcast::source;

class TestJsonLines : public QObject {
    Q_OBJECT
    Files files_;

    Read read(const std::string& path, std::int64_t resumeAt = 0)
    {
        auto source = makeJsonLinesSource({path, "t"});
        std::vector<Resume> resume;
        if (resumeAt > 0) resume.push_back({{"t", Partition{0}}, Offset{resumeAt}});
        if (auto opened = source->open(resume); !opened) return {{}, {}, opened.error()};
        return readAll(*source);
    }

private slots:
    void everyLineIsARecordAtItsLineNumber()
    {
        const auto got = read(files_.write("a.jsonl", "{\"a\":1}\n{\"a\":2}\r\n\n  \t\n{\"a\":3}"));
        QVERIFY(!got.error);
        QCOMPARE(got.records.size(), 3u);
        QCOMPARE(*got.records[0].value, std::string("{\"a\":1}"));
        QCOMPARE(*got.records[1].value, std::string("{\"a\":2}"));
        QCOMPARE(*got.records[2].value, std::string("{\"a\":3}"));
        QCOMPARE(got.records[2].offset, 4);
        QVERIFY(!got.records[0].key);
        QCOMPARE(got.records[0].topic, std::string("t"));
        QCOMPARE(got.progress.at("t/0"), 5);
    }

    void theTopicIsTheFilesNameWithoutItsEndings()
    {
        const auto path = files_.writeGzip("plain.public.orders.jsonl.gz", "{}\n");
        auto source = makeJsonLinesSource({path, ""});
        QVERIFY(source->open({}).has_value());
        QCOMPARE(source->streams().at(0).stream.topic, std::string("plain.public.orders"));
        const auto identity = source->identity();
        QVERIFY(identity.has_value());
        QCOMPARE(identity->name, std::string("plain.public.orders.jsonl.gz"));
        QVERIFY(!source->streams().at(0).capturedEnd);
        readAll(*source);
        QCOMPARE(source->streams().at(0).capturedEnd->value, 1);
        QCOMPARE(*source->status().bytesTotal, source->status().bytesDelivered);
    }

    void aByteOrderMarkIsPassedOverAndSaid()
    {
        const auto path = files_.write("bom.jsonl", "\xEF\xBB\xBF{\"a\":1}\n");
        auto source = makeJsonLinesSource({path, "t"});
        QVERIFY(source->open({}).has_value());
        const auto got = readAll(*source);
        QCOMPARE(*got.records.at(0).value, std::string("{\"a\":1}"));
        QVERIFY(source->status().notice.find("byte order mark") != std::string::npos);
    }

    void linesOfAnyLengthComeWholeAcrossBlocks_data()
    {
        QTest::addColumn<bool>("gzip");
        QTest::newRow("plain") << false;
        QTest::newRow("gzip") << true;
    }
    void linesOfAnyLengthComeWholeAcrossBlocks()
    {
        QFETCH(bool, gzip);
        std::mt19937 random(7);
        std::string text;
        std::vector<std::string> lines;
        for (int i = 0; i < 3000; ++i) {
            std::string line(random() % 100 == 0 ? random() % 300'000 : random() % 400, static_cast<char>('a' + i % 26));
            if (i == 1500) line.assign(11u << 20, 'x');
            text += line + (i % 3 == 0 ? "\r\n" : "\n");
            lines.push_back(std::move(line));
        }
        const auto got = read(gzip ? files_.writeGzip("big.gz", text) : files_.write("big.jsonl", text));
        QVERIFY(!got.error);
        std::size_t next = 0;
        for (const auto& record : got.records) {
            while (lines[next].empty()) ++next;
            QCOMPARE(record.offset, static_cast<std::int64_t>(next));
            QVERIFY(*record.value == lines[next]);
            ++next;
        }
        QCOMPARE(got.progress.at("t/0"), 3000);
        QVERIFY(next >= 2990);

        const auto rest = read(gzip ? files_.folder() + "/big.gz" : files_.folder() + "/big.jsonl", 2000);
        const auto from =
            std::find_if(got.records.begin(), got.records.end(), [](const Copy& each) { return each.offset >= 2000; });
        QCOMPARE(rest.records.size(), static_cast<std::size_t>(got.records.end() - from));
        QVERIFY(rest.records.front().value == from->value);
        QCOMPARE(rest.records.front().offset, from->offset);
    }

    void aLineOverTheLimitIsADefectAndTheRestGoesOn()
    {
        std::string text = "{\"a\":1}\n";
        text += std::string((65u << 20) + (64u << 10), 'x') + "\n{\"a\":2}\n" + std::string(80u << 20, 'y') + "\n{\"a\":3}\n";
        const auto got = read(files_.write("long.jsonl", text));
        QVERIFY(!got.error);
        QCOMPARE(got.records.size(), 5u);
        QVERIFY(got.records[0].defect.empty());
        QVERIFY2(got.records[1].defect.find("65 MB") != std::string::npos, got.records[1].defect.c_str());
        QCOMPARE(got.records[1].value->size(), LineReader::kKeptOfLongLine);
        QCOMPARE(*got.records[2].value, std::string("{\"a\":2}"));
        QCOMPARE(got.records[2].offset, 2);
        QVERIFY(got.records[3].defect.find("80 MB") != std::string::npos);
        QCOMPARE(*got.records[4].value, std::string("{\"a\":3}"));
        QCOMPARE(got.records[4].offset, 4);
        QCOMPARE(read(files_.folder() + "/long.jsonl", 4).records.size(), 1u);
    }

    void aFileThatBecameShorterIsReadAnewFromItsBeginning()
    {
        const auto path = files_.write("short.jsonl", "{}\n{}\n");
        auto source = makeJsonLinesSource({path, "t"});
        QVERIFY(source->open({{{"t", Partition{0}}, Offset{10}}}).has_value());
        QVERIFY(source->streams().at(0).startReason.find("shorter") != std::string::npos);
        QCOMPARE(readAll(*source).records.size(), 2u);
    }

    void whatWasWhollyReadBeforeGivesNothingMore()
    {
        const auto path = files_.write("done.jsonl", "{}\n{}\n");
        QCOMPARE(read(path, 2).records.size(), 0u);
        files_.write("done.jsonl", "{}\n{}\n{\"new\":1}\n");
        const auto more = read(path, 2);
        QCOMPARE(more.records.size(), 1u);
        QCOMPARE(more.records[0].offset, 2);
    }

    void gzipThatStopsShortGivesItsWholeLinesAndThenAnError()
    {
        std::string text;
        std::mt19937 random(3);
        for (int i = 0; i < 20'000; ++i) text += "{\"n\":" + std::to_string(random()) + "}\n";
        const auto path = files_.writeGzip("cut.gz", text);
        QFile file(QString::fromStdString(path));
        QVERIFY(file.resize(file.size() / 2));
        const auto got = read(path);
        QVERIFY(got.error);
        QVERIFY2(got.error->why.find("stops short") != std::string::npos, got.error->text().c_str());
        QVERIFY(got.records.size() > 5000);
        for (const auto& record : got.records) QVERIFY(record.value->ends_with("}"));
    }

    void cancellingEndsTheReading()
    {
        auto source = makeJsonLinesSource({files_.write("c.jsonl", "{}\n"), "t"});
        QVERIFY(source->open({}).has_value());
        source->cancel();
        const auto batch = source->next(1ms);
        QVERIFY(!batch);
        QCOMPARE(batch.error().kind, Error::Kind::Cancelled);
        QVERIFY(!source->finished());
    }

    void whatCannotBeOpenedSaysWhy()
    {
        const auto missing = read(files_.folder() + "/missing.jsonl");
        QVERIFY(missing.error && missing.error->why == "no such file");
        const auto folder = read(files_.folder());
        QVERIFY(folder.error && folder.error->why == "it is a directory");
        const auto empty = read(files_.write("empty.jsonl", ""));
        QVERIFY(empty.error && empty.error->kind == Error::Kind::BadInput);
        QVERIFY(empty.error->text().find("is empty: nothing to import") != std::string::npos);
        // And what to do about it.
        QVERIFY(missing.error->text().ends_with("missing.jsonl: no such file (check the name)"));
        QVERIFY(empty.error->text().ends_with("empty.jsonl is empty: nothing to import (name a file with records in it)"));
    }
};

QTEST_GUILESS_MAIN(TestJsonLines)
#include "test_json_lines.moc"
