#include "tests/ui/session/session_test.h"

#include <QFile>

#include <algorithm>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// What is told of the selected entity and of the log: states, changes, payloads, provenance, density.
class TestSessionState : public InFolder {
    Q_OBJECT

private slots:
    void init() { QVERIFY(begin()); }

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
};

QTEST_GUILESS_MAIN(TestSessionState)
#include "test_session_state.moc"
