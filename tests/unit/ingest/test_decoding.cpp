#include "tests/unit/ingest/memory_source.h"

using namespace hindcast;
using namespace hindcast::test;

/// What a run makes of its records, by which mapping.
class TestDecoding : public WithStores {
    Q_OBJECT

private slots:
    void aGivenMappingHoldsForWhatIsStoredTooAndAProposalForNothingThatHasOne()
    {
        auto lines = userEvents(100, 1);
        auto store = storeOf("given", {lines.begin(), lines.begin() + 50});
        QVERIFY(store != nullptr);
        decode::Mapping mapping = ingest::savedMappings(**store->reader())->front();
        mapping.type.reset();  // all are called "event" then
        ingest::Options proposed;
        proposed.proposals = {mapping};
        MemorySource second({lines.begin(), lines.begin() + 70});
        QVERIFY(ingest::run(*store, second, proposed, {}, {}).has_value());
        QVERIFY((*store->reader())->types()->size() == 3 && *ingest::savedMappings(**store->reader()) != std::vector{mapping});
        ingest::Options given;
        given.mappings = {mapping};
        MemorySource third(lines);
        QVERIFY(ingest::run(*store, third, given, {}, {}).has_value());
        QVERIFY(*ingest::savedMappings(**store->reader()) == std::vector{mapping});
        std::uint64_t events = 0;
        const auto types = (*store->reader())->types();
        for (const store::TypeCount& type : *types)
            if (type.events > 0) {
                QCOMPARE(type.name, std::string("event"));
                events += type.events;
            }
        QCOMPARE(events, std::uint64_t{100});
    }

    void whereTheSourceDoesNotOpenItIsToldAllTheSameThatAllWasDecodedAnew()
    {
        const auto lines = userEvents(100, 1);
        auto store = storeOf("not-opened", lines);
        QVERIFY(store != nullptr);
        auto reader = store->reader();
        const auto before = *(*reader)->directory();
        decode::Mapping mapping = ingest::savedMappings(**reader)->front();
        mapping.type.reset();
        ingest::Options given;
        given.mappings = {mapping};
        MemorySource second(lines);
        second.opening = []() -> Result<void> { return fail("cannot connect", "nobody is there"); };
        bool told = false;
        const auto summary =
            ingest::run(*store, second, given, {}, [&](const ingest::Progress& progress) { told |= progress.remapped; });
        QVERIFY(!summary.has_value());
        QVERIFY(told);
        QVERIFY(*ingest::savedMappings(**reader) == std::vector{mapping});
        const auto now = *(*reader)->directory(before);
        QCOMPARE(now->counts, (*store->reader())->directory().value()->counts);
        QVERIFY(now->madeAnew != before->madeAnew);
    }

    void recordsThatCannotBeDecodedAreKeptWithTheirReasons()
    {
        auto store = newStore("rejects");
        auto lines = userEvents(50, 1);
        lines[7].value = "{\"event_type\":\"UserReg";
        lines[8].value = "{\"a\":NaN}";
        MemorySource source(lines);
        auto summary = ingest::run(*store, source, {}, {}, {});
        QVERIFY(summary.has_value() && summary->complete);
        QCOMPARE(summary->progress.rejects, std::uint64_t{2});
        auto reader = store->reader();
        auto rejects = (*reader)->rejects();
        QCOMPARE(rejects->size(), std::size_t{2});
        QVERIFY(rejects->front().entity.has_value());
        QCOMPARE(std::string(*(*(*reader)->record(rejects->front().id))->record.value), lines[7].value);
        QCOMPARE((*reader)->counts()->events, std::uint64_t{48});
    }

    void anotherMappingIsAppliedToWhatIsStored()
    {
        auto store = storeOf("remapped", userEvents(300, 1));
        QVERIFY(store != nullptr);
        auto json =
            parseJson(R"([{"topic":"users","entities":[{"category":{"const":"type"},"id":{"from":"value","at":"/event_type"}}],
                                   "type":{"from":"value","at":"/user_id"}}])");
        auto mappings = decode::mappingsFromJson(*json);
        QVERIFY2(mappings.has_value(), mappings ? "" : mappings.error().text().c_str());
        auto done = ingest::remap(*store, *mappings, {}, {});
        QVERIFY2(done.has_value(), done ? "" : done.error().text().c_str());
        auto reader = store->reader();
        QCOMPARE((*reader)->counts()->entities, std::uint64_t{3});
        QVERIFY((*reader)->findEntity({"type", "OrderPlaced"})->has_value());
        QVERIFY(ingest::savedMappings(**reader)->front() == mappings->front());
    }
};

QTEST_GUILESS_MAIN(TestDecoding)
#include "test_decoding.moc"
