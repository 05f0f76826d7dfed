#include "tests/ui/session/session_test.h"
#include "ui/session/go_to.h"

#include <QFile>

#include <algorithm>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// What is looked for: names, ids, places, keys.
class TestSessionFind : public InFolder {
    Q_OBJECT

private slots:
    void init() { QVERIFY(begin()); }

    void entitiesAreCalledWhatTheMappingSaysOfTheirState()
    {
        writeEvents(path("events.jsonl"), 3, 10);
        decode::Mapping mapping = eventsMapping("events");
        mapping.name.emplace();
        mapping.name->from = decode::FieldSource::From::State;
        mapping.name->at = *Pointer::parse("/name");
        Opened desk(path("a.hindcast"));
        desk.session.importFile(path("events.jsonl"), {}, {mapping});
        QVERIFY(QTest::qWaitFor([&] { return !desk.session.reading().reading; }, kWaitMs) && desk.idle());
        std::vector<EntityName> names;
        connect(&desk.session, &Session::entityNamesReady, this,
                [&](const std::vector<EntityName>& some) { names.insert(names.end(), some.begin(), some.end()); });
        desk.session.requestEntityNames({EntityId{2}, EntityId{0}});
        QVERIFY(QTest::qWaitFor([&] { return names.size() == 2; }, kWaitMs));
        QCOMPARE(names[0].name, QStringLiteral("Alice 2"));
        QCOMPARE(names[0].events, 10u);
        QCOMPARE(names[1].name, QStringLiteral("Alice 0"));
    }

    void aNameMayStandInTheKeyOrBeCutOutOfTheLastEvent()
    {
        writeEvents(path("events.jsonl"), 2, 10);
        decode::Mapping mapping = eventsMapping("events");
        mapping.name = fromValue("/address");
        mapping.name->splitBy = " ";
        mapping.name->splitTake = -1;
        Opened desk(path("a.hindcast"));
        desk.session.importFile(path("events.jsonl"), {}, {mapping});
        QVERIFY(QTest::qWaitFor([&] { return !desk.session.reading().reading; }, kWaitMs) && desk.idle());
        QSignalSpy ready(&desk.session, &Session::entityNamesReady);
        desk.session.requestEntityNames({EntityId{1}});
        QVERIFY(ready.wait(kWaitMs));
        QCOMPARE(ready.first().first().value<std::vector<EntityName>>().front().name, QStringLiteral("St"));
    }

    void whereNoMappingNamesAnythingNothingIsAnswered()
    {
        writeEvents(path("events.jsonl"), 2, 10);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QSignalSpy ready(&desk.session, &Session::entityNamesReady);
        desk.session.requestEntityNames({EntityId{1}});
        QVERIFY(desk.idle());
        QVERIFY(ready.isEmpty());
    }

    void goingToARejectShowsTheRejectInItsEntitysLife()
    {
        {
            QFile file(path("bad.records"));
            QVERIFY(file.open(QIODevice::WriteOnly));
            for (int i = 0; i < 6; ++i)
                file.write(
                    QStringLiteral("{\"topic\":\"events\",\"partition\":0,\"offset\":%1,\"timestamp\":%2,\"key\":\"user-%3\","
                                   "\"value\":\"%4\"}\n")
                        .arg(i)
                        .arg(1'762'214'400'000LL + i * 60'000)
                        .arg(i % 2)
                        .arg(i == 3 ? QStringLiteral("{cut") : QStringLiteral("{\\\"event_type\\\":\\\"Seen\\\"}"))
                        .toUtf8());
        }
        Opened desk(path("a.hindcast"));
        decode::Mapping mapping = eventsMapping("events");
        mapping.entities.front().id.front().from = decode::FieldSource::From::Key;
        mapping.entities.front().id.front().at = {};
        mapping.time.reset();
        desk.session.importFile(path("bad.records"), {}, {mapping});
        QVERIFY(QTest::qWaitFor([&] { return !desk.session.reading().reading; }, kWaitMs) && desk.idle());
        QCOMPARE(desk.session.counts().rejects, std::uint64_t{1});
        QSignalSpy looked(&desk.session, &Session::lookedUp);
        desk.session.lookUp(readGoTo(QStringLiteral("0:3"), Timestamp::now()));
        QVERIFY(QTest::qWaitFor([&] { return !looked.isEmpty() && looked.last().at(2).toBool(); }, kWaitMs));
        const auto hits = looked.last().at(1).value<std::vector<GoToHit>>();
        QCOMPARE(hits.size(), std::size_t{1});
        // From another entity, and from the same.
        for (int round = 0; round < 2; ++round) {
            QVERIFY(desk.select(round == 0 ? QStringLiteral("user/user-0") : QStringLiteral("user/user-1")));
            desk.session.goTo(hits[0]);
            QVERIFY(QTest::qWaitFor(
                [&] { return desk.idle() && desk.session.event() && desk.session.event()->event.id == hits[0].event; }, kWaitMs));
            QCOMPARE(QString::fromStdString(desk.session.history()->key.text()), QStringLiteral("user/user-1"));
            QCOMPARE(desk.session.event()->version.value, std::uint64_t{0});
        }
        // By its mark on a lane, too.
        for (int round = 0; round < 2; ++round) {
            QVERIFY(desk.select(QStringLiteral("user/user-1")));
            const EntityId life = *desk.session.selected();
            desk.session.playhead()->toFirst();
            if (round == 0) QVERIFY(desk.select(QStringLiteral("user/user-0")));
            QVERIFY(desk.idle() && desk.session.event()->event.id != hits[0].event);
            desk.session.selectEvent(life, hits[0].event);
            QVERIFY(QTest::qWaitFor(
                [&] { return desk.idle() && desk.session.event() && desk.session.event()->event.id == hits[0].event; }, kWaitMs));
            QCOMPARE(desk.session.event()->version.value, std::uint64_t{0});
            QCOMPARE(desk.session.playhead()->version().value, std::uint64_t{1});  // of the first and the third minute
            QCOMPARE(desk.session.playhead()->time(), hits[0].time);
        }
    }

    void aPlaceOfATopicThatWasMadeAnewIsMissedOnce()
    {
        Opened desk(path("a.hindcast"));
        for (const char* made : {"before", "anew", "again"}) {
            QFile file(path("epochs.records"));
            QVERIFY(file.open(QIODevice::WriteOnly));
            for (int i = 0; i < 4; ++i)
                file.write(QStringLiteral("{\"topic\":\"events\",\"partition\":0,\"offset\":%1,\"timestamp\":1762214400000,"
                                          "\"value\":\"{\\\"user_id\\\":\\\"user-1\\\",\\\"event_type\\\":\\\"%2\\\"}\"}\n")
                               .arg(i)
                               .arg(QLatin1String(made))
                               .toUtf8());
            file.close();
            QVERIFY(desk.import(path("epochs.records")));
        }
        QSignalSpy looked(&desk.session, &Session::lookedUp);
        const auto hits = [&](const QString& text) {
            looked.clear();
            desk.session.lookUp(readGoTo(text, Timestamp::now()));
            if (!QTest::qWaitFor([&] { return !looked.isEmpty() && looked.last().at(2).toBool(); }, kWaitMs))
                return std::vector<GoToHit>();
            return looked.last().at(1).value<std::vector<GoToHit>>();
        };
        QCOMPARE(hits(QStringLiteral("events [0] @ 2")).size(), std::size_t{3});
        const auto missing = hits(QStringLiteral("events [0] @ 99"));
        QCOMPARE(missing.size(), std::size_t{1});
        QVERIFY(!missing[0].trouble.isEmpty());
    }

    void aRecordIsFoundByItsKeyWhereThatIsNoEntitysId()
    {
        {
            QFile file(path("keys.records"));
            QVERIFY(file.open(QIODevice::WriteOnly));
            for (int i = 0; i < 20; ++i)
                file.write(QStringLiteral(
                               "{\"topic\":\"events\",\"partition\":0,\"offset\":%1,\"timestamp\":1762214400000,\"key\":\"k-%1\","
                               "\"value\":\"{\\\"user_id\\\":\\\"user-%2\\\",\\\"event_type\\\":\\\"Seen\\\"}\"}\n")
                               .arg(i)
                               .arg(i % 3)
                               .toUtf8());
        }
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("keys.records")));
        QCOMPARE(desk.session.counts().records, std::uint64_t{20});
        QSignalSpy looked(&desk.session, &Session::lookedUp);
        desk.session.lookUp(readGoTo(QStringLiteral("k-7"), Timestamp::now()));
        QVERIFY(QTest::qWaitFor([&] { return !looked.isEmpty() && looked.last().at(2).toBool(); }, kWaitMs));
        const auto hits = looked.last().at(1).value<std::vector<GoToHit>>();
        QCOMPARE(hits.size(), std::size_t{1});
        QCOMPARE(hits[0].place.offset, Offset{7});
        QCOMPARE(hits[0].entityText, QStringLiteral("user/user-1"));
        desk.session.goTo(hits[0]);
        QVERIFY(QTest::qWaitFor([&] { return desk.session.history() != nullptr; }, kWaitMs) && desk.idle());
        QCOMPARE(desk.session.playhead()->version(), Version{3});
        desk.session.lookUp(readGoTo(QStringLiteral("k-77"), Timestamp::now()));
        QVERIFY(QTest::qWaitFor(
            [&] { return looked.last().at(0).toString() == QLatin1String("k-77") && looked.last().at(2).toBool(); }, kWaitMs));
        QVERIFY(looked.last().at(1).value<std::vector<GoToHit>>().empty());
    }

    void aSearchFindsAPartOfAnId()
    {
        writeEvents(path("events.jsonl"), 120, 1);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        std::vector<EntityId> found;
        bool last = false;
        connect(&desk.session, &Session::entitiesFound, this, [&](const std::vector<EntityId>& ids, bool end) {
            found.insert(found.end(), ids.begin(), ids.end());
            last = end;
        });
        desk.session.searchEntities(QStringLiteral("user-11"));
        QVERIFY(QTest::qWaitFor([&] { return last; }, kWaitMs));
        QCOMPARE(found.size(), std::size_t{11});  // 11, 110 … 119
    }

    void whatASearchIsLikelierToMeanIsToldBeforeItsEnd()
    {
        writeEvents(path("events.jsonl"), 120, 1);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        std::vector<std::vector<EntityId>> named;
        std::vector<EntityId> found;
        bool last = false;
        connect(&desk.session, &Session::entitiesNamed, this, [&](const std::vector<EntityId>& ids) {
            QVERIFY(!last);
            named.push_back(ids);
        });
        connect(&desk.session, &Session::entitiesFound, this, [&](const std::vector<EntityId>& ids, bool end) {
            found.insert(found.end(), ids.begin(), ids.end());
            last = end;
        });
        desk.session.searchEntities(QStringLiteral("11"));
        QVERIFY(QTest::qWaitFor([&] { return last; }, kWaitMs));
        // No id is "11"; it is the last word of "user-11", and stands within others.
        QCOMPARE(named.size(), std::size_t{2});
        QVERIFY(named[0].empty());
        QCOMPARE(named[1].size(), std::size_t{1});
        QVERIFY(std::find(found.begin(), found.end(), named[1][0]) != found.end());
        named.clear();
        last = false;
        desk.session.searchEntities(QStringLiteral("USER-11"));
        QVERIFY(QTest::qWaitFor([&] { return last; }, kWaitMs));
        QCOMPARE(named.back().size(), std::size_t{10});  // begin with it: 110 … 119
    }

    void anEntityThatIsNotThereIsSaid()
    {
        Opened desk(path("a.hindcast"));
        QSignalSpy failed(&desk.session, &Session::failed);
        desk.session.selectByText(QStringLiteral("user/nobody"));
        QVERIFY(failed.wait(kWaitMs));
        QVERIFY(failed.first().at(0).toString().contains(QStringLiteral("user/nobody")));
    }
};

QTEST_GUILESS_MAIN(TestSessionFind)
#include "test_session_find.moc"
