#include "tests/ui/session/session_test.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QThread>

#include <map>
#include <string>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// Workspaces: filled, opened, closed, shared, and where one stood in them.
class TestSession : public InFolder {
    Q_OBJECT

private slots:
    void init() { QVERIFY(begin()); }

    void anImportedFileIsThereAtOnceWithItsEntitiesAndTypes()
    {
        writeEvents(path("events.jsonl"), 3, 10);
        Opened desk(path("a.hindcast"));
        QVERIFY2(desk.session.isOpen(), qPrintable(desk.error));
        QVERIFY(desk.import(path("events.jsonl")));
        QCOMPARE(desk.session.counts().events, std::uint64_t{30});
        QCOMPARE(desk.session.counts().entities, std::uint64_t{3});
        QCOMPARE(desk.session.directory()->size(), std::size_t{3});
        QCOMPARE(desk.session.reading().ended, QStringLiteral("complete"));
        QSignalSpy rows(&desk.session, &Session::entityRowsReady);
        desk.session.requestEntityRows({EntityId{1}});
        QVERIFY(rows.wait(kWaitMs));
        const auto row = rows.first().first().value<std::vector<EntityRow>>();
        QCOMPARE(row.size(), std::size_t{1});
        QCOMPARE(row[0].category, QStringLiteral("user"));
        QCOMPARE(row[0].name, QStringLiteral("user-1"));
        QCOMPARE(row[0].events, 10u);
    }

    void whatOneLooksAtStaysWhileMoreArrives()
    {
        writeEvents(path("first.jsonl"), 2, 10);
        writeEvents(path("second.jsonl"), 2, 5, 10);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("first.jsonl"), "first"));
        QVERIFY(desk.select(QStringLiteral("user/user-0")));
        const Timestamp time = desk.session.playhead()->time();
        const Timestamp from = desk.session.timeWindow()->from();
        QVERIFY(desk.import(path("second.jsonl"), "second"));
        QVERIFY(QTest::qWaitFor([&] { return desk.session.history()->last().value == 15; }, kWaitMs));
        QVERIFY(desk.idle());
        QCOMPARE(desk.session.playhead()->version().value, std::uint64_t{10});
        QCOMPARE(desk.session.playhead()->time(), time);
        QCOMPARE(desk.session.timeWindow()->from(), from);
        QCOMPARE(desk.session.state()->state.of.value, std::uint64_t{15});
    }

    void aSecondSessionReadsOnlyAndNamesTheWriter()
    {
        writeEvents(path("events.jsonl"), 1, 5);
        Opened writer(path("a.hindcast"));
        QVERIFY(writer.import(path("events.jsonl")));
        Opened reader(path("a.hindcast"), false);
        QVERIFY2(reader.session.isOpen(), qPrintable(reader.error));
        QVERIFY(!reader.session.readOnlyBecause().isEmpty());
        QCOMPARE(reader.session.counts().events, std::uint64_t{5});
        QSignalSpy failed(&reader.session, &Session::failed);
        reader.session.importFile(path("events.jsonl"), {}, {});
        QCOMPARE(failed.count(), 1);
        // It sees what the other writes, a little later.
        writeEvents(path("more.jsonl"), 1, 5, 5);
        QVERIFY(writer.import(path("more.jsonl"), "more"));
        QVERIFY(QTest::qWaitFor([&] { return reader.session.counts().events == 10; }, kWaitMs));
    }

    void aWorkspaceThatIsNoneIsRefusedWithTheReason()
    {
        QFile file(path("letter.hindcast"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("Dear Alice, this is no database at all.\n");
        file.close();
        Opened desk(path("letter.hindcast"), false);
        QVERIFY(!desk.session.isOpen());
        QVERIFY2(desk.error.contains(QStringLiteral("letter.hindcast")), qPrintable(desk.error));
    }

    void closingForgetsEverythingAndAnotherCanBeOpened()
    {
        writeEvents(path("events.jsonl"), 2, 5);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/user-1")));
        desk.session.close();
        QVERIFY(!desk.session.isOpen());
        QVERIFY(desk.session.timeWindow()->to().ns < std::int64_t{60} * 1'000'000'000);  // of nothing, and not of what was
        QVERIFY(!desk.session.history() && !desk.session.state() && !desk.session.event() && !desk.session.selected());
        QCOMPARE(desk.session.counts().events, std::uint64_t{0});
        QSignalSpy opened(&desk.session, &Session::opened);
        desk.session.open(path("a.hindcast"), false);  // the same again: its lock has been given up by then
        QVERIFY(opened.wait(kWaitMs));
        QVERIFY(desk.session.readOnlyBecause().isEmpty());
    }

    void openingAgainLeadsBackToWhereOneStood()
    {
        writeEvents(path("events.jsonl"), 2, 10);
        {
            Opened desk(path("a.hindcast"));
            QVERIFY(desk.import(path("events.jsonl")));
            QVERIFY(desk.select(QStringLiteral("user/user-1")));
            desk.session.playhead()->setVersion(Version{3});
            desk.session.timeWindow()->zoomAbout(desk.session.playhead()->time(), 4);
        }
        Opened desk(path("a.hindcast"), false);
        QVERIFY(QTest::qWaitFor([&] { return desk.session.history() != nullptr; }, kWaitMs));
        QCOMPARE(QString::fromStdString(desk.session.history()->key.text()), QStringLiteral("user/user-1"));
        QCOMPARE(desk.session.playhead()->version().value, std::uint64_t{3});
    }

    void closingAndOpeningAtOnceLeadsBackToWhereOneStood()
    {
        writeEvents(path("events.jsonl"), 2, 10);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/user-1")));
        desk.session.playhead()->setVersion(Version{3});
        desk.session.close();
        desk.session.open(path("a.hindcast"), false);
        QVERIFY(QTest::qWaitFor([&] { return desk.session.history() != nullptr; }, kWaitMs));
        QCOMPARE(QString::fromStdString(desk.session.history()->key.text()), QStringLiteral("user/user-1"));
        QCOMPARE(desk.session.playhead()->version().value, std::uint64_t{3});
    }

    void whatCannotBeOpenedLeavesTheWorkspaceThatIsOpenAsItIs()
    {
        QFile letter(path("letter.hindcast"));
        QVERIFY(letter.open(QIODevice::WriteOnly) && letter.write("Dear Alice, this is no database at all.\n") > 0);
        letter.close();
        writeEvents(path("events.jsonl"), 2, 10);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/user-1")));
        desk.session.playhead()->setVersion(Version{3});
        QVERIFY(desk.idle());
        const QString ended = desk.session.reading().ended;
        QSignalSpy failed(&desk.session, &Session::failed);
        QSignalSpy closed(&desk.session, &Session::closed);
        for (const char* name : {"letter.hindcast", "nothing.hindcast"}) {
            desk.session.open(path(name), false);
            QVERIFY(desk.session.isOpening() && desk.session.isOpen());
            QVERIFY(failed.wait(kWaitMs));
            QVERIFY(failed.last().at(0).toString().contains(QString::fromLatin1(name)));
            QVERIFY(!desk.session.isOpening() && desk.session.isOpen());
            QCOMPARE(desk.session.path(), path("a.hindcast"));
            QCOMPARE(desk.session.playhead()->version().value, std::uint64_t{3});
            QCOMPARE(QString::fromStdString(desk.session.history()->key.text()), QStringLiteral("user/user-1"));
            QCOMPARE(desk.session.counts().events, std::uint64_t{20});
            QCOMPARE(desk.session.reading().ended, ended);
        }
        QCOMPARE(closed.count(), 0);
        // It is read into and looked at as before.
        QVERIFY(desk.select(QStringLiteral("user/user-0")));
        writeEvents(path("more.jsonl"), 2, 5, 10);
        desk.session.importFile(path("more.jsonl"), {}, {eventsMapping("more")});
        QVERIFY(QTest::qWaitFor([&] { return desk.session.counts().events == 30; }, kWaitMs));
    }

    void anotherWorkspaceTakesThePlaceOfTheOneThatIsOpen()
    {
        writeEvents(path("events.jsonl"), 2, 10);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/user-1")));
        desk.session.playhead()->setVersion(Version{3});
        QSignalSpy opened(&desk.session, &Session::opened);
        QSignalSpy closed(&desk.session, &Session::closed);
        desk.session.open(path("b.hindcast"), true);
        QVERIFY(opened.wait(kWaitMs));
        QCOMPARE(closed.count(), 1);
        QCOMPARE(desk.session.path(), path("b.hindcast"));
        QVERIFY(!desk.session.history() && !desk.session.selected());
        QCOMPARE(desk.session.counts().events, std::uint64_t{0});
        // The first one has been let go, and knows where its user stood.
        desk.session.open(path("a.hindcast"), false);
        QVERIFY(opened.wait(kWaitMs));
        QVERIFY2(desk.session.readOnlyBecause().isEmpty(), qPrintable(desk.session.readOnlyBecause()));
        QVERIFY(QTest::qWaitFor([&] { return desk.session.history() != nullptr; }, kWaitMs));
        QCOMPARE(desk.session.playhead()->version().value, std::uint64_t{3});
    }

    void whoIsAskedForTwiceIsNotInItsOwnWay()
    {
        Opened desk(path("a.hindcast"));
        QSignalSpy opened(&desk.session, &Session::opened);
        for (const char* name : {"b.hindcast", "c.hindcast"}) {
            desk.session.open(path(name), true);
            // The first attempt has begun; whether it is done by then or not, its answer has not been taken.
            const QDeadlineTimer patience(kWaitMs);
            while (!QFile::exists(path(name)) && !patience.hasExpired()) QThread::yieldCurrentThread();
            desk.session.open(path(name), true);
            QVERIFY(opened.wait(kWaitMs));
            QCOMPARE(desk.session.path(), path(name));
            QVERIFY2(desk.session.readOnlyBecause().isEmpty(), qPrintable(desk.session.readOnlyBecause()));
        }
        QVERIFY(desk.idle());
        QCOMPARE(opened.count(), 2);
    }

    void theSameFileUnderAnyNameIsClosedBeforeItIsOpenedAgain()
    {
        writeEvents(path("events.jsonl"), 2, 10);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(QFile::link(path("a.hindcast"), path("link.hindcast")));
        QSignalSpy opened(&desk.session, &Session::opened);
        for (const char* name : {"a.hindcast", "link.hindcast", "a.hindcast"}) {
            desk.session.open(path(name), false);
            QVERIFY(opened.wait(kWaitMs));
            QVERIFY2(desk.session.readOnlyBecause().isEmpty(), qPrintable(desk.session.readOnlyBecause()));
            QCOMPARE(desk.session.counts().events, std::uint64_t{20});
        }
    }

    void whatAReaderPinsIsItsOwnAndThereAgain()
    {
        writeEvents(path("events.jsonl"), 2, 10);
        Opened writer(path("a.hindcast"));
        QVERIFY(writer.import(path("events.jsonl")));
        {
            Opened reader(path("a.hindcast"), false);
            QVERIFY(!reader.session.readOnlyBecause().isEmpty());
            reader.session.pins()->add(QStringLiteral("user/user-1"));
        }
        Opened reader(path("a.hindcast"), false);
        QCOMPARE(reader.session.pins()->names(), QStringList{QStringLiteral("user/user-1")});
        QVERIFY(writer.session.pins()->names().isEmpty());
    }

    void stoppingAnImportLeavesWhatWasReadAndSaysPartial()
    {
        writeEvents(path("events.jsonl"), 200, 1000);
        Opened desk(path("a.hindcast"));
        desk.session.importFile(path("events.jsonl"), {}, {eventsMapping("events")});
        QVERIFY(desk.session.reading().reading);
        desk.session.stopReading();
        QVERIFY(QTest::qWaitFor([&] { return !desk.session.reading().reading; }, kWaitMs));
        QVERIFY(!desk.session.reading().failed);
        QVERIFY(desk.session.isOpen());
    }

    void typesLookAsTheyDidWhenTheWorkspaceIsOpenedAgain()
    {
        // Which type is the more frequent changes meanwhile, and with it who would come first.
        writeEvents(path("first.jsonl"), 3, 1);
        writeEvents(path("second.jsonl"), 3, 5, 1);
        const auto colors = [](const Session& session) {
            std::map<std::string, int> out;
            for (const std::string name : {"UserRegistered", "AddressChanged"}) out.emplace(name, session.typeSeries(name));
            return out;
        };
        std::map<std::string, int> before;
        {
            Opened desk(path("a.hindcast"));
            QVERIFY(desk.import(path("first.jsonl"), "first"));
            QVERIFY(desk.select(QStringLiteral("user/user-0")));
            QVERIFY(desk.import(path("second.jsonl"), "second"));
            QVERIFY(desk.select(QStringLiteral("user/user-1")));
            before = colors(desk.session);
            QVERIFY(before.at("UserRegistered") >= 0 && before.at("AddressChanged") >= 0);
            QCOMPARE(desk.session.typeSeries("NeverHeardOf"), -1);
        }
        Opened again(path("a.hindcast"), false);  // on user-1, while the colours came with user-0
        QVERIFY(QTest::qWaitFor([&] { return again.session.history() != nullptr; }, kWaitMs) && again.idle());
        QVERIFY(colors(again.session) == before);
    }

    void aFileThatIsNotThereIsSaidAndTheSessionGoesOn()
    {
        Opened desk(path("a.hindcast"));
        QSignalSpy failed(&desk.session, &Session::failed);
        desk.session.importFile(path("nothing.jsonl"), {}, {});
        QVERIFY(failed.wait(kWaitMs));
        QVERIFY(desk.session.reading().failed);
        QVERIFY(!desk.session.reading().ended.isEmpty());
        writeEvents(path("events.jsonl"), 1, 5);
        QVERIFY(desk.import(path("events.jsonl")));
    }

    void aWorkspaceWithPinsOpensAtTheFirstWhereNobodyStoodInIt()
    {
        writeEvents(path("events.jsonl"), 3, 10);
        {
            Opened desk(path("a.hindcast"));
            QVERIFY(desk.import(path("events.jsonl")));
            desk.session.pins()->add(QStringLiteral("user/user-2"));
            desk.session.pins()->add(QStringLiteral("user/user-1"));
        }
        Opened desk(path("a.hindcast"));
        QVERIFY(QTest::qWaitFor([&] { return desk.session.history() != nullptr; }, kWaitMs));
        QCOMPARE(QString::fromStdString(desk.session.history()->key.text()), QStringLiteral("user/user-2"));
        QTRY_COMPARE(desk.session.playhead()->version().value, std::uint64_t{10});
    }

    void theDemoOpensOnUser123InTheMiddleOfItsLife()
    {
        qputenv("XDG_DATA_HOME", path("data").toUtf8());
        Session session;
        QSignalSpy opened(&session, &Session::opened);
        session.openDemo();
        QVERIFY(opened.wait(120'000));
        QVERIFY(QTest::qWaitFor([&] { return session.history() && session.state(); }, kWaitMs));
        QCOMPARE(QString::fromStdString(session.history()->key.text()), QStringLiteral("user/user-123"));
        const std::uint64_t last = session.history()->last().value;
        QVERIFY(last > 4);
        QVERIFY(session.playhead()->version().value > 1 && session.playhead()->version().value < last);
        QVERIFY(session.counts().events >= 50'000);
        // Nothing half is left beside it.
        const QStringList left = QDir(path("data") + QStringLiteral("/hindcast")).entryList({QStringLiteral("*making*")});
        QVERIFY2(left.isEmpty(), qPrintable(left.join(' ')));
    }

    void anOpeningBehindAReadingIsToldAsSoonAsThatHasStopped()
    {
        qputenv("XDG_DATA_HOME", path("behind").toUtf8());
        writeEvents(path("events.jsonl"), 5, 40);
        Opened desk(path("shop.hindcast"));
        Session& session = desk.session;
        int silent = 0;
        const QObject here;
        connect(
            &session, &Session::readingChanged, &here,
            [&] {
                if (session.isOpening() && !session.reading().reading) ++silent;
            },
            Qt::QueuedConnection);
        session.importFile(path("events.jsonl"), {}, {eventsMapping("events")});
        session.openDemo();
        QCOMPARE(session.reading().source, QStringLiteral("events.jsonl"));
        session.stopReading();
        QVERIFY(session.isOpening());
        QVERIFY(QTest::qWaitFor([&] { return session.reading().source == QLatin1String("demo"); }, kWaitMs));
        QVERIFY(session.isOpening() && session.reading().reading);
        QCoreApplication::processEvents();
        QCOMPARE(silent, 0);
        // Given up, the reading before it is told again, as it ended.
        session.stopReading();
        QVERIFY(!session.isOpening() && session.isOpen() && !session.reading().reading);
        QCOMPARE(session.reading().source, QStringLiteral("events.jsonl"));
    }

    void aDemoThatCannotBeReadIsMadeAnew()
    {
        qputenv("XDG_DATA_HOME", path("spoilt").toUtf8());
        QVERIFY(QDir().mkpath(path("spoilt/hindcast")));
        QFile file(path("spoilt/hindcast/demo.hindcast"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("no workspace") > 0);
        file.close();
        Session session;
        QSignalSpy opened(&session, &Session::opened);
        session.openDemo();
        QVERIFY(opened.wait(120'000));
        QVERIFY(session.counts().events >= 50'000);
        // What was there is kept: it may hold what the user has pinned.
        QFile kept(path("spoilt/hindcast/demo.damaged-1.hindcast"));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), QByteArray("no workspace"));
    }
};

QTEST_GUILESS_MAIN(TestSession)
#include "test_session.moc"
