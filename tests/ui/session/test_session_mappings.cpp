#include "tests/ui/session/session_test.h"
#include "ui/session/stored_probe.h"

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// Decoding anew what is stored.
class TestSessionMappings : public InFolder {
    Q_OBJECT

private slots:
    void init() { QVERIFY(begin()); }

    void aReaderSeesThatTheWriterDecodedEverythingAnew()
    {
        writeEvents(path("events.jsonl"), 3, 6);
        Opened writer(path("a.hindcast"));
        QVERIFY(writer.import(path("events.jsonl")));
        Opened reader(path("a.hindcast"), false);
        QVERIFY(reader.select(QStringLiteral("user/user-2")));
        reader.session.playhead()->setVersion(Version{4});
        QSignalSpy changed(&reader.session, &Session::mappingsChanged);
        decode::Mapping mapping = eventsMapping("events");
        mapping.type = decode::FieldSource{};
        mapping.type->from = decode::FieldSource::From::Const;
        mapping.type->constant = "Something";
        writer.session.remap({mapping});
        QVERIFY(changed.wait(kWaitMs));
        QVERIFY(QTest::qWaitFor([&] { return reader.session.history() != nullptr; }, kWaitMs) && reader.idle());
        QCOMPARE(QString::fromStdString(reader.session.history()->key.text()), QStringLiteral("user/user-2"));
        QCOMPARE(reader.session.playhead()->version().value, std::uint64_t{4});
        QCOMPARE(reader.session.typeName(reader.session.history()->events[0].type), QStringLiteral("Something"));
        const auto directory = reader.session.directory();
        for (const std::uint32_t count : directory->counts) QCOMPARE(count, 6U);
    }

    void mappingAnewKeepsTheEntityByItsName()
    {
        writeEvents(path("events.jsonl"), 3, 6);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/user-2")));
        desk.session.playhead()->setVersion(Version{4});
        decode::Mapping mapping = eventsMapping("events");
        mapping.type = decode::FieldSource{};
        mapping.type->from = decode::FieldSource::From::Const;
        mapping.type->constant = "Something";
        QSignalSpy changed(&desk.session, &Session::mappingsChanged);
        desk.session.remap({mapping});
        QVERIFY(changed.wait(kWaitMs));
        QVERIFY(QTest::qWaitFor([&] { return desk.session.history() != nullptr; }, kWaitMs));
        QVERIFY(desk.idle());
        QCOMPARE(QString::fromStdString(desk.session.history()->key.text()), QStringLiteral("user/user-2"));
        QCOMPARE(desk.session.playhead()->version().value, std::uint64_t{4});
        QCOMPARE(desk.session.typeName(desk.session.history()->events[0].type), QStringLiteral("Something"));
    }

    void mappingOneTopicAnewLeavesTheOthersTheirs()
    {
        writeEvents(path("events.jsonl"), 3, 6);
        writeEvents(path("others.jsonl"), 2, 5);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.import(path("others.jsonl"), "others"));
        decode::Mapping mapping = eventsMapping("events");
        mapping.type.reset();
        QSignalSpy changed(&desk.session, &Session::mappingsChanged);
        desk.session.remap({mapping});
        QVERIFY(changed.wait(kWaitMs));
        StoredProbe* probe = desk.session.probe(&desk.session);
        QSignalSpy sampled(probe, &StoredProbe::sampled);
        probe->sample(QStringLiteral("others"));
        QVERIFY(sampled.wait(kWaitMs));
        QVERIFY(sampled.first().at(1).value<decode::Mapping>() == eventsMapping("others"));
        probe->sample(QStringLiteral("events"));
        QVERIFY(sampled.wait(kWaitMs));
        QVERIFY(sampled.last().at(1).value<decode::Mapping>() == mapping);
    }

    void whatIsStoredIsSampledAndShownAsAnotherMappingWouldHaveIt()
    {
        writeEvents(path("events.jsonl"), 3, 200);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QCOMPARE(desk.session.topics(), QStringList{QStringLiteral("events")});
        StoredProbe* probe = desk.session.probe(&desk.session);
        QSignalSpy sampled(probe, &StoredProbe::sampled);
        QSignalSpy previewed(probe, &StoredProbe::previewed);
        probe->sample(QStringLiteral("events"));
        decode::Mapping mapping = eventsMapping("events");
        mapping.type.reset();
        probe->preview(QStringLiteral("events"), mapping);
        QVERIFY(previewed.wait(kWaitMs));
        QCOMPARE(sampled.count(), 1);
        QVERIFY(sampled.first().at(1).value<decode::Mapping>() == eventsMapping("events"));  // as it was imported just now
        const auto samples = previewed.first().at(1).value<std::vector<SampleView>>();
        QCOMPARE(samples.size(), kSampleRecords);
        QCOMPARE(samples[7].event.type, std::string("event"));
        QCOMPARE(samples[7].event.position.offset.value, std::int64_t{7});
        QVERIFY(samples[7].event.entities.at(0).text().starts_with("user/user-"));
    }
};

QTEST_GUILESS_MAIN(TestSessionMappings)
#include "test_session_mappings.moc"
