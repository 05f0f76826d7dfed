#include "core/store/store.h"
#include "tests/ui/session/workspace_files.h"
#include "ui/session/session.h"
#include "ui/session/stored_probe.h"

#include <QDir>
#include <QFile>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

constexpr int kWaitMs = 20'000;

class Opened {
public:
    explicit Opened(const QString& path, bool create = true)
    {
        QSignalSpy opened(&session, &Session::opened);
        QSignalSpy failed(&session, &Session::failed);
        session.open(path, create);
        (void)QTest::qWaitFor([&] { return !opened.isEmpty() || !failed.isEmpty(); }, kWaitMs);
        if (!failed.isEmpty()) error = failed.first().at(0).toString() + QStringLiteral(": ") + failed.first().at(1).toString();
    }
    [[nodiscard]] bool import(const QString& file, const std::string& topic = "events")
    {
        QSignalSpy reading(&session, &Session::readingChanged);
        session.importFile(file, {}, {eventsMapping(topic)});
        return QTest::qWaitFor([&] { return !session.reading().reading; }, kWaitMs) && !session.reading().failed && idle();
    }
    [[nodiscard]] bool select(const QString& entity)
    {
        QSignalSpy changed(&session, &Session::historyChanged);
        session.selectByText(entity);
        return QTest::qWaitFor(
                   [&] { return session.history() && QString::fromStdString(session.history()->key.text()) == entity; },
                   kWaitMs) &&
               idle();
    }
    [[nodiscard]] bool idle()
    {
        // Twice: an answer may be on its way to this thread.
        for (int i = 0; i < 2; ++i) {
            if (!QTest::qWaitFor([&] { return session.isIdle(); }, kWaitMs)) return false;
            QCoreApplication::processEvents();
        }
        return QTest::qWaitFor([&] { return session.isIdle(); }, kWaitMs);
    }
    Session session;
    QString error;
};

QString stateText(const Session& session)
{
    return session.state() && session.state()->state.alive ? QString::fromStdString(toText(session.state()->state.document))
                                                           : QString();
}

}  // namespace

class TestSession : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;

    QString path(const char* name) { return folder_->filePath(QString::fromLatin1(name)); }

private slots:
    void theSpreadOfTheWholeLogIsToldOffTheGuiThreadForTheShownTypes()
    {
        const QTemporaryDir folder;
        writeEvents(folder.filePath("events.jsonl"), 20, 60);
        Opened opened(folder.filePath("w.hindcast"));
        QVERIFY(opened.import(folder.filePath("events.jsonl")));
        const auto& counts = opened.session.counts();
        QSignalSpy ready(&opened.session, &Session::densityReady);
        const auto ask = [&](int columns) {
            opened.session.requestDensity(*counts.firstTime, Timestamp{counts.lastTime->ns + 1}, columns);
        };
        // The newest of several is the one that is answered.
        for (int columns = 1; columns <= 50; ++columns) ask(columns);
        const auto last = [&] { return ready.back().at(0).value<std::shared_ptr<const DensityView>>(); };
        const auto sum = [&] {
            std::uint64_t all = 0;
            for (const std::uint32_t count : last()->total) all += count;
            return all;
        };
        QTRY_VERIFY_WITH_TIMEOUT(!ready.isEmpty() && last()->columns == 50, kWaitMs);
        QVERIFY(ready.size() < 50);
        QCOMPARE(sum(), std::uint64_t{1200});
        QCOMPARE(counts.events, std::uint64_t{1200});
        QCOMPARE(last()->types.size(), std::size_t{2});
        opened.session.typeFilter()->setShown(last()->types.front(), false);
        ask(51);
        QTRY_VERIFY_WITH_TIMEOUT(last()->columns == 51, kWaitMs);
        QCOMPARE(sum(), std::uint64_t{20});
    }

    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("HindcastTest"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
    }
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(folder_->isValid());
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, path("settings"));
    }

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
        mapping.name.emplace();
        mapping.name->from = decode::FieldSource::From::Value;
        mapping.name->at = *Pointer::parse("/address");
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

    void theStateFollowsThePlayhead()
    {
        writeEvents(path("events.jsonl"), 2, 10);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/user-1")));
        QCOMPARE(desk.session.playhead()->version().value, std::uint64_t{10});
        QVERIFY2(stateText(desk.session).contains(QStringLiteral("9 Main St")), qPrintable(stateText(desk.session)));
        desk.session.playhead()->setVersion(Version{4});
        QVERIFY(desk.idle());
        QCOMPARE(desk.session.state()->state.version.value, std::uint64_t{4});
        QVERIFY2(stateText(desk.session).contains(QStringLiteral("\"3 Main St\"")), qPrintable(stateText(desk.session)));
        QVERIFY(!desk.session.state()->changes.empty());
        QVERIFY(desk.session.event() && desk.session.event()->version.value == 4);
        QCOMPARE(QString::fromStdString(desk.session.event()->event.type), QStringLiteral("AddressChanged"));
        desk.session.playhead()->setVersion(Version{0});
        QVERIFY(desk.idle());
        QVERIFY(!desk.session.state()->state.alive);
        QVERIFY(!desk.session.event());
    }

    void whileScrubbingOnlyWhatIsNewestMustBeAnswered()
    {
        writeEvents(path("events.jsonl"), 1, 1000);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/user-0")));
        QSignalSpy states(&desk.session, &Session::stateChanged);
        for (std::uint64_t version = 1; version <= 900; ++version) desk.session.playhead()->setVersion(Version{version});
        QVERIFY(desk.idle());
        QCOMPARE(desk.session.state()->state.version.value, std::uint64_t{900});
        QVERIFY2(states.count() < 450, qPrintable(QString::number(states.count())));
    }

    void answersOfAnotherEntityAreDropped()
    {
        writeEvents(path("events.jsonl"), 40, 30);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        for (std::uint32_t i = 0; i < 40; ++i) {
            desk.session.select(EntityId{i});
            if (i % 7 == 0) QCoreApplication::processEvents();
        }
        QVERIFY(desk.idle());
        QCOMPARE(desk.session.selected()->value, 39u);
        QCOMPARE(desk.session.history()->entity.value, 39u);
        QCOMPARE(desk.session.state()->entity.value, 39u);
    }

    void whatIsAskedOfOneEntityIsNotAnsweredOfTheNext()
    {
        writeEvents(path("events.jsonl"), 2, 400);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/user-0")));
        bool flashed = false;
        connect(&desk.session, &Session::eventChanged, this, [&] {
            if (const auto event = desk.session.event()) flashed = flashed || event->version.value == 0;
        });
        for (int round = 0; round < 20; ++round) {
            desk.session.playhead()->setVersion(Version{5});
            QVERIFY(desk.idle());
            // Scrubbed while the other's history is on its way.
            desk.session.select(EntityId{static_cast<std::uint32_t>(1 - round % 2)});
            for (std::uint64_t version = 300; version < 310; ++version) desk.session.playhead()->setVersion(Version{version});
            QVERIFY(desk.idle());
            QCOMPARE(desk.session.state()->entity, *desk.session.selected());
            QCOMPARE(desk.session.state()->state.version, desk.session.playhead()->version());
            QCOMPARE(desk.session.event()->version, desk.session.playhead()->version());
        }
        QVERIFY(!flashed);
    }

    void whatEachEventChangedComesForTheRowsInView()
    {
        writeEvents(path("events.jsonl"), 1, 50);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/user-0")));
        QSignalSpy changes(&desk.session, &Session::changesReady);
        desk.session.requestChanges(Version{10}, Version{19});
        QVERIFY(changes.wait(kWaitMs));
        QCOMPARE(changes.first().at(0).value<Version>().value, std::uint64_t{10});
        const auto rows = changes.first().at(1).value<std::vector<Changes>>();
        QCOMPARE(rows.size(), std::size_t{10});
        const auto address =
            std::find_if(rows[0].begin(), rows[0].end(), [](const Change& change) { return change.pointer == "/address"; });
        QVERIFY(address != rows[0].end());
        QCOMPARE(toText(address->before), std::string("\"8 Main St\""));
        QCOMPARE(toText(address->after), std::string("\"9 Main St\""));
    }

    void changesOfScatteredVersionsComeStretchByStretch()
    {
        writeEvents(path("events.jsonl"), 1, 50);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/user-0")));
        QSignalSpy changes(&desk.session, &Session::changesReady);
        desk.session.requestChangesOf({{Version{2}, Version{3}}, {Version{40}, Version{40}}, {Version{49}, Version{99}}});
        QVERIFY(desk.idle());
        QCOMPARE(changes.count(), 3);
        QCOMPARE(changes.at(0).at(1).value<std::vector<Changes>>().size(), std::size_t{2});
        QCOMPARE(changes.at(1).at(0).value<Version>(), Version{40});
        QCOMPARE(changes.at(2).at(1).value<std::vector<Changes>>().size(), std::size_t{2});
    }

    void payloadValuesAreReadAtTheirPointersWithNumbersAsTheyCame()
    {
        QFile file(path("events.jsonl"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "{\"user_id\":\"u\",\"event_type\":\"Paid\",\"timestamp\":\"2025-11-04T00:00:00Z\",\"total\":42.00,"
            "\"note\":null,\"who\":{\"name\":\"\"}}\n"
            "{\"user_id\":\"u\",\"event_type\":\"Paid\",\"timestamp\":\"2025-11-04T00:01:00Z\","
            "\"total\":12345678901234567890.10,\"list\":[1,2,3]}\n");
        file.close();
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/u")));
        const auto& events = desk.session.history()->events;
        QSignalSpy ready(&desk.session, &Session::fieldsReady);
        desk.session.requestFields({events[0].id, events[1].id}, {"/total", "/note", "/who/name", "/list", "/none"});
        QVERIFY(ready.wait(kWaitMs));
        const auto rows = ready.first().at(0).value<std::shared_ptr<const FieldRows>>();
        QCOMPARE(rows->rows.size(), std::size_t{2});
        using Kind = FieldValue::Kind;
        const auto kinds = [&](std::size_t row) {
            std::vector<Kind> out;
            for (const FieldValue& value : rows->rows[row].second) out.push_back(value.kind);
            return out;
        };
        QVERIFY((kinds(0) == std::vector{Kind::Number, Kind::Null, Kind::Text, Kind::Missing, Kind::Missing}));
        QVERIFY((kinds(1) == std::vector{Kind::Number, Kind::Missing, Kind::Missing, Kind::Array, Kind::Missing}));
        QCOMPARE(rows->rows[0].second[0].text, std::string("42.00"));
        QCOMPARE(rows->rows[1].second[0].text, std::string("12345678901234567890.10"));
        QCOMPARE(rows->rows[1].second[3].members, std::size_t{3});

        QSignalSpy named(&desk.session, &Session::fieldNamesReady);
        desk.session.requestFieldNames({events[0].id, events[1].id});
        QVERIFY(named.wait(kWaitMs));
        const auto names = named.first().at(0).value<std::shared_ptr<const FieldNames>>();
        QStringList pointers;
        for (const FieldNames::Name& name : names->names)
            pointers << QStringLiteral("%1:%2").arg(QString::fromStdString(name.pointer)).arg(name.events);
        QCOMPARE(pointers.join(u' '),
                 QStringLiteral("/user_id:2 /event_type:2 /timestamp:2 /total:2 /note:1 /who/name:1 /list:1"));
    }

    void aLongTextIsCutBetweenCharacters()
    {
        const FieldValue value = fieldValue(std::make_unique<Json>(std::string(399, 'x') + "üü").get());
        QVERIFY(value.cut);
        QCOMPARE(value.text, std::string(399, 'x'));
    }

    void manyEventsAreWrittenAsTextWhileOneGoesOnScrubbingAndCanBeCancelled()
    {
        writeEvents(path("events.jsonl"), 2, 700);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/user-0")));
        std::vector<TextExport::Row> rows;
        for (std::size_t i = 0; i < 700; ++i) rows.emplace_back(desk.session.history()->events[i].id, Version{i + 1});
        const auto line = [](const EventView& view) {
            return QStringLiteral("%1 %2 %3")
                .arg(view.version.value)
                .arg(QString::fromStdString(view.entity.text()), QString::fromStdString(view.event.type));
        };
        QSignalSpy written(&desk.session, &Session::textWritten);
        QSignalSpy states(&desk.session, &Session::stateChanged);
        desk.session.requestText(rows, line);
        desk.session.playhead()->setVersion(Version{3});
        QVERIFY(desk.idle());
        QVERIFY(!states.isEmpty());
        const auto text = written.last().at(0).value<std::shared_ptr<const TextExport>>();
        QVERIFY(text->ended && !text->cut);
        QCOMPARE(text->done, std::size_t{700});
        QCOMPARE(text->text.count(u'\n'), 700);
        QVERIFY(text->text.startsWith(QStringLiteral("1 user/user-0 UserRegistered\n2 user/user-0 AddressChanged\n")));

        written.clear();
        desk.session.requestText(rows, line);
        desk.session.cancelText();
        QVERIFY(desk.idle());
        for (const auto& one : written) QVERIFY(!one.at(0).value<std::shared_ptr<const TextExport>>()->ended);
        // Another entity: what was under way is of no use.
        desk.session.requestText(rows, line);
        QVERIFY(desk.select(QStringLiteral("user/user-1")));
    }

    void provenanceArrivesInTheBackgroundAndNamesTheEventThatSetAField()
    {
        writeEvents(path("events.jsonl"), 1, 20);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/user-0")));
        QVERIFY(QTest::qWaitFor([&] { return desk.session.state() && desk.session.state()->provenance; }, kWaitMs));
        const auto provenance = desk.session.state()->provenance;
        QCOMPARE(provenance->setBy("/name", Version{20})->value, std::uint64_t{1});
        QCOMPARE(provenance->setBy("/address", Version{7})->value, std::uint64_t{7});
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

    void rulesThatWaitWhenTheWorkspaceIsClosedAreSaved()
    {
        const QString path = folder_->filePath(QStringLiteral("closed.hindcast"));
        Opened opened(path);
        for (const char* category : {"a", "b", "c"})
            opened.session.saveModel(QString::fromLatin1(category), *parseJson(R"({"builtIn":"latest"})"));
        opened.session.close();
        QSignalSpy again(&opened.session, &Session::opened);
        opened.session.open(path, false);
        QVERIFY(again.wait(kWaitMs));
        QVERIFY(opened.session.readOnlyBecause().isEmpty());
        auto store = store::Store::open(path.toStdString(), store::Mode::ReadOnly);
        const auto models = (*(*store)->reader())->setting("models");
        QVERIFY(models.has_value() && models->has_value());
        QCOMPARE((*models)->size(), std::size_t{3});
    }

    void aRuleIsInForceAtOnceThePlayheadStaysAndItCanBeTakenBack()
    {
        const QString path = folder_->filePath(QStringLiteral("rules.hindcast"));
        const QString file = folder_->filePath(QStringLiteral("rules.jsonl"));
        writeEvents(file, 2, 6);
        const Json rules = *parseJson(
            R"({"entity":"user","initial":{},"on":{"AddressChanged":[{"add":"/moves","value":{"const":1}}]},"otherwise":[{"merge":""}]})");
        QString merged;
        {
            Opened opened(path);
            QVERIFY(opened.import(file));
            QVERIFY(opened.select(QStringLiteral("user/user-0")));
            Session& session = opened.session;
            session.playhead()->setVersion(Version{4});
            QVERIFY(opened.idle());
            merged = stateText(session);
            QCOMPARE(session.state()->model->note, QStringLiteral("last seen values, no model"));
            QVERIFY(session.state()->model->whyNoRules.isEmpty());

            std::shared_ptr<const ModelPreview> preview;
            connect(&session, &Session::modelPreviewReady, this,
                    [&](const std::shared_ptr<const ModelPreview>& one) { preview = one; });
            session.previewModel(7, rules);
            QVERIFY(opened.idle());
            QVERIFY(preview && preview->view);
            QCOMPARE(preview->ticket, std::uint64_t{7});
            QVERIFY(toText(preview->view->state.document).find(R"("moves":3)") != std::string::npos);
            QCOMPARE(stateText(session), merged);  // a preview changes nothing
            session.previewModel(8, *parseJson(R"({"entity":"user","on":{"A":[{"set":"x","value":{"const":1}}]}})"));
            QVERIFY(opened.idle());
            QVERIFY(!preview->view && preview->error.contains(QStringLiteral("no JSON Pointer")));

            QSignalSpy changed(&session, &Session::modelsChanged);
            session.saveModel(QStringLiteral("user"), rules);
            QVERIFY(QTest::qWaitFor([&] { return !changed.isEmpty(); }, kWaitMs) && opened.idle());
            QCOMPARE(session.playhead()->version(), Version{4});
            QVERIFY2(stateText(session).contains(QStringLiteral("\"moves\":3")), qPrintable(stateText(session)));
            QVERIFY(session.state()->model->isRules);
            QCOMPARE(session.state()->model->version, 2);
            QTRY_VERIFY_WITH_TIMEOUT(session.state()->provenance != nullptr, kWaitMs);
            QCOMPARE(session.state()->provenance->setBy("/moves", Version{4}), std::optional(Version{4}));
            Changes fourth;
            connect(&session, &Session::changesReady, this,
                    [&](Version, const std::vector<Changes>& all) { fourth = all.front(); });
            session.requestChanges(Version{4}, Version{4});
            QVERIFY(opened.idle());
            QCOMPARE(fourth.size(), std::size_t{1});
            QCOMPARE(QString::fromStdString(fourth.front().pointer), QStringLiteral("/moves"));

            std::shared_ptr<const DiffView> diff;
            connect(&session, &Session::diffReady, this, [&](const std::shared_ptr<const DiffView>& one) { diff = one; });
            session.requestDiff(Version{2}, Version{4});
            QVERIFY(opened.idle());
            QVERIFY(diff && diff->aliveA && diff->aliveB);
            QCOMPARE(QString::fromStdString(toText(toPatch(diff->changes))),
                     QStringLiteral(R"([{"op":"replace","path":"/moves","value":3,"old":1}])"));
            session.requestDiff(Version{0}, Version{1});
            QVERIFY(opened.idle());
            QVERIFY(!diff->aliveA && diff->aliveB);
            QCOMPARE(diff->changes.size(), std::size_t{1});
            QVERIFY(diff->shown().size() > 2);  // member by member
        }
        Opened again(path, false);
        QVERIFY(again.select(QStringLiteral("user/user-0")));
        QCOMPARE(again.session.state()->model->version, 2);
        QSignalSpy changed(&again.session, &Session::modelsChanged);
        // Two at once: each builds on the one before.
        again.session.saveModel(QStringLiteral("user"), rules);
        again.session.undoModel(QStringLiteral("user"));
        again.session.undoModel(QStringLiteral("user"));
        QVERIFY(QTest::qWaitFor([&] { return changed.size() == 3; }, kWaitMs) && again.idle());
        again.session.playhead()->setVersion(Version{4});
        QVERIFY(again.idle());
        QCOMPARE(stateText(again.session), merged);
        QCOMPARE(again.session.state()->model->version, 1);
        QVERIFY(!again.session.state()->model->document);

        Opened readOnly(path, false);
        QVERIFY(!readOnly.session.readOnlyBecause().isEmpty());
        QVERIFY(readOnly.select(QStringLiteral("user/user-0")));
        QSignalSpy failed(&readOnly.session, &Session::failed);
        readOnly.session.saveModel(QStringLiteral("user"), rules);
        QVERIFY(QTest::qWaitFor([&] { return !failed.isEmpty(); }, kWaitMs));
        QCOMPARE(failed.first().at(0).toString(), QStringLiteral("cannot save the rules of user"));
        QVERIFY2(failed.first().at(1).toString().contains(QStringLiteral("read only")),
                 qPrintable(failed.first().at(1).toString()));
    }

    void aRuleIsSavedWhileSomethingIsBeingRead()
    {
        const QString path = folder_->filePath(QStringLiteral("rules-reading.hindcast"));
        const QString small = folder_->filePath(QStringLiteral("small.jsonl"));
        const QString large = folder_->filePath(QStringLiteral("large.jsonl"));
        writeEvents(small, 1, 3);
        writeEvents(large, 400, 400);
        Opened opened(path);
        QVERIFY(opened.import(small, "small"));
        QVERIFY(opened.select(QStringLiteral("user/user-0")));
        Session& session = opened.session;
        session.importFile(large, {}, {eventsMapping("large")});
        QVERIFY(session.reading().reading);
        QSignalSpy changed(&session, &Session::modelsChanged);
        session.saveModel(QStringLiteral("user"),
                          *parseJson(R"({"entity":"user","on":{"*":[{"add":"/n","value":{"const":1}}]}})"));
        QVERIFY(QTest::qWaitFor([&] { return !changed.isEmpty(); }, kWaitMs));
        QVERIFY(session.reading().reading);  // it did not wait for the end
        QVERIFY(QTest::qWaitFor([&] { return !session.reading().reading; }, 120'000) && opened.idle());
        QVERIFY(!session.reading().failed);
        QCOMPARE(session.counts().events, std::uint64_t{3 + 400 * 400});
        session.playhead()->toLast();
        QVERIFY(opened.idle());
        QCOMPARE(stateText(session), QStringLiteral("{\"n\":403}"));
    }
};

QTEST_GUILESS_MAIN(TestSession)
#include "test_session.moc"
