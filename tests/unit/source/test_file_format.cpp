#include "core/source/file.h"
#include "tests/unit/source/support.h"

using namespace hindcast;
using namespace hindcast::source;

class TestFileFormat : public QObject {
    Q_OBJECT
    Files files_;

private slots:
    void theContentTellsTheFormat_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");  // "jsonl", "records", or words of the error
        QTest::newRow("events") << QByteArray("{\"user\":1}\n") << QByteArray("jsonl");
        QTest::newRow("events with a payload") << QByteArray("{\"type\":\"x\",\"payload\":{}}\n") << QByteArray("jsonl");
        QTest::newRow("cloud events") << QByteArray("{\"specversion\":\"1.0\",\"id\":\"1\",\"data\":{}}\n")
                                      << QByteArray("jsonl");
        QTest::newRow("array a line") << QByteArray("[1,2]\n[3]\n") << QByteArray("jsonl");
        QTest::newRow("broken first line") << QByteArray("{\"user\":\n\n{}") << QByteArray("jsonl");
        QTest::newRow("dump") << QByteArray("\n{\"topic\":\"t\",\"n\":1,\"value\":\"x\"}\n") << QByteArray("records");
        QTest::newRow("kcat") << QByteArray(
                                     "{\"topic\":\"t\",\"partition\":0,\"offset\":1,\"key\":\"\xFF\",\"payload\":\"\xC3\"}\n")
                              << QByteArray("records");
        QTest::newRow("csv") << QByteArray("case;activity\n1;A\n") << QByteArray("the format csv is planned for a later release");
        QTest::newRow("sqlite") << QByteArray("SQLite format 3\0....", 20) << QByteArray("the format sqlite is planned");
        QTest::newRow("ocel") << QByteArray("{\"objectTypes\":[],\"eventTypes\":[]}") << QByteArray("the format ocel is planned");
        QTest::newRow("pretty ocel") << QByteArray("{\n  \"objectTypes\": []\n}\n")
                                     << QByteArray("one JSON document over several lines");
        QTest::newRow("pretty array") << QByteArray("[\n  {\"a\":1}\n]\n") << QByteArray("one JSON array over several lines");
        QTest::newRow("text") << QByteArray("hello world\nhow are you\n") << QByteArray("neither JSON nor a record dump");
        QTest::newRow("binary") << QByteArray(
                                       "\x7f"
                                       "ELF\0\0\0",
                                       7)
                                << QByteArray("binary data");
        QTest::newRow("utf-16") << QByteArray("\xFF\xFE{\0}\0", 6) << QByteArray("UTF-16");
        QTest::newRow("blank") << QByteArray("\n\n  \n") << QByteArray("is empty: nothing to import");
        QTest::newRow("empty") << QByteArray() << QByteArray("is empty: nothing to import");
    }
    void theContentTellsTheFormat()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const auto path = files_.write("some.file", text.toStdString());
        const auto format = detectFormat(path);
        if (expected == "jsonl" || expected == "records") {
            QVERIFY2(format.has_value(), qPrintable(textOf(format)));
            QVERIFY(*format == *fileFormatFromName(expected.toStdString()));
        } else {
            QVERIFY2(textOf(format).contains(QString::fromUtf8(expected)), qPrintable(textOf(format)));
            QVERIFY(textOf(format).contains(QStringLiteral("some.file")));
        }
    }

    void aWorkspaceIsNoInput()
    {
        const auto path = files_.write("shop.hindcast", std::string("SQLite format 3\0........", 24));
        const auto source = makeFileSource(path, {}, "");
        QVERIFY2(textOf(source).contains(QStringLiteral("workspace")), qPrintable(textOf(source)));
        QCOMPARE(source.error().kind, Error::Kind::BadInput);
        QVERIFY(!makeFileSource(path, FileFormat::JsonLines, ""));
    }

    void aLaterFormatSaysSoByName()
    {
        const auto path = files_.write("x.csv", "a,b\n1,2\n");
        for (const char* name : {"csv", "sqlite", "ocel"}) {
            const auto source = makeFileSource(path, fileFormatFromName(name), "");
            QVERIFY(!source);
            QCOMPARE(source.error().kind, Error::Kind::Unsupported);
            QVERIFY(textOf(source).contains(QString::fromLatin1(name) + QStringLiteral(" is planned for a later release")));
        }
        QVERIFY(!fileFormatFromName("xes"));
    }

    void whatIsNotThereIsSaidBeforeTheFormat()
    {
        const auto missing = makeFileSource(files_.folder() + "/none.jsonl", FileFormat::Records, "");
        QVERIFY(textOf(missing).contains(QStringLiteral("no such file")));
        const auto folder = makeFileSource(files_.folder(), {}, "");
        QVERIFY(textOf(folder).contains(QStringLiteral("directory")));
    }

    void whereThereIsNothingToImportItIsSaidWhatToDo()
    {
        for (const char* text : {"", "\n\n  \n"}) {
            const auto format = detectFormat(files_.write("none.file", text));
            QVERIFY2(textOf(format).endsWith(QStringLiteral("is empty: nothing to import (name a file with records in it)")),
                     qPrintable(textOf(format)));
        }
    }

    void theUsersWordWinsOverTheGuess()
    {
        const auto path = files_.write("y.log", "hello\n{\"topic\":\"t\",\"n\":1,\"value\":\"x\"}\n");
        const auto source = makeFileSource(path, FileFormat::JsonLines, "mine");
        QVERIFY(source.has_value());
        QVERIFY((*source)->open({}).has_value());
        QCOMPARE(readAll(**source).records.at(0).topic, std::string("mine"));
    }
};

QTEST_GUILESS_MAIN(TestFileFormat)
#include "test_file_format.moc"
